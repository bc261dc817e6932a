"""Bytes to characters when the declared encoding may be wrong.

Order: byte order mark, UTF-16 by its zero bytes, valid UTF-8 (other encodings almost never form it by chance),
the declared names (HTTP header, then meta), UTF-8 with a few broken bytes, detection by content. The declared
names are widened as browsers do (https://encoding.spec.whatwg.org/#names-and-labels): `iso-8859-1` means
windows-1252, `gb2312` means gb18030.
"""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WIDENED = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
# Scripts that detection by content tells for sure. Among the Latin encodings it guesses; there windows-1252 is what
# browsers assume, and what nearly all undeclared pages in English are.
_SURE = ("cp1251", "koi8", "mac_cyrillic", "cp1253", "iso8859_7", "cp1255", "cp1256", "big5", "gb", "hz", "shift_jis",
         "cp932", "euc", "cp949", "johab", "iso2022", "cp874", "tis_620")  # fmt: skip
_HEAD_BYTES = 4096  # browsers look at 1,024; real pages put the tag later


def decode(data: bytes, content_type: str | None = None) -> str:
    """The page's characters; bytes that mean nothing become U+FFFD. Raises nothing."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    utf16 = _utf16_without_bom(data)
    if utf16 is not None:
        return data.decode(utf16, "replace")
    for encoding in ("utf-8", *_declared(data, content_type)):
        text = _strict(data, encoding)
        if text is not None:
            return text
    return _mostly_utf8(data) or _guessed(data)


def _declared(data: bytes, content_type: str | None) -> list[str]:
    names = _HEADER.findall(content_type or "")
    names += [name.decode("ascii", "replace") for name in _META.findall(data[:_HEAD_BYTES])]
    return [encoding for name in names if (encoding := _codec(name)) is not None]


def _codec(name: str) -> str | None:
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    # A page whose declaration could be read as ASCII is not UTF-16, whatever it says.
    return None if known.startswith(("utf-16", "utf-32", "utf-7")) else _WIDENED.get(known, known)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        # windows-1252 leaves five bytes undefined; one such slip is no reason to doubt the declaration.
        return _nearly(data, encoding) if encoding.startswith("cp125") else None


def _nearly(data: bytes, encoding: str) -> str | None:
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") <= max(1, len(text) // 2000) else None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes: far more characters beyond ASCII decode than fail."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(1 for character in text if character > "\x7f") - broken
    return text if beyond_ascii >= 3 * broken else None


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 shows in markup as a zero beside each ASCII byte."""
    head = data[:400]
    if head.count(0) * 3 < len(head) or len(head) < 4:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    encoding = best.encoding if best is not None and best.encoding.startswith(_SURE) else "cp1252"
    return data.decode(encoding, "replace")
