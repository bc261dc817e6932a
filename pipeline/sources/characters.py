"""Bytes to characters: which encoding a feed is really in, whatever its header and prolog say."""

import codecs
import re
from dataclasses import dataclass

_PROLOG = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_PROLOG_TEXT = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that the web uses for a larger set than their name says (WHATWG Encoding).
_SUPERSETS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
# Not XML 1.0 characters; a strict parser stops at the first of them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Characters:
    """A body as text, with the faults met on the way; the XML prolog, which names an encoding, is gone."""

    text: str
    encoding: str
    faults: tuple[str, ...]


def read_characters(body: bytes, content_type: str | None) -> Characters:
    """The text of a feed's body.

    In order: byte order mark, the pattern of UTF-16, UTF-8 if the bytes are valid as such (text in another encoding
    hardly ever is), the HTTP charset, the prolog's encoding (RFC 7303), windows-1252.
    """
    declared = _declared(body, content_type)
    encoding, skip = _encoding(body, declared)
    text = body[skip:].decode(encoding, "replace")
    faults = []
    if declared and _same(declared[0]) != encoding and not body.isascii():
        faults.append("encoding_mismatch")
    if replaced := text.count("\ufffd") - body.count(b"\xef\xbf\xbd"):
        faults += [f"encoding_replaced:{replaced}"] if replaced > 0 else []
    text, illegal = _ILLEGAL.subn("", text)
    if illegal:
        faults.append(f"control_characters:{illegal}")
    return Characters(_PROLOG_TEXT.sub("", text.lstrip("\ufeff"), count=1), encoding, tuple(faults))


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """The encodings named in the header and the prolog, as far as Python knows them."""
    named = [match[1] for match in [_CHARSET.search(content_type or "")] if match]
    named += [match[1].decode("ascii") for match in [_PROLOG.search(body[:1000])] if match]
    return [name.lower() for name in named if _known(name)]


def _known(name: str) -> bool:
    try:
        # UTF-7 hides markup from everybody who doesn't decode it; codecs such as `hex` make no text at all.
        return codecs.lookup(name).name != "utf-7" and codecs.lookup(name)._is_text_encoding
    except (LookupError, UnicodeError):
        return False


def _same(name: str) -> str:
    return _SUPERSETS.get(name, codecs.lookup(name).name)


def _encoding(body: bytes, declared: list[str]) -> tuple[str, int]:
    """The encoding and how many bytes of byte order mark to skip."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return name, len(bom)
    if (wide := _wide(body)) is not None:
        return wide, 0
    for name in declared:
        # These use seven bits only, so that any of their text is valid UTF-8 too.
        if name.startswith(("iso-2022", "hz")) and _decodes(body, name):
            return _same(name), 0
    if _is_utf8(body):
        return "utf-8", 0
    for name in declared:
        # UTF-16 without its NUL pattern is a lie, and UTF-8 was just found wanting.
        if not _same(name).startswith("utf") and _decodes(body, _same(name)):
            return _same(name), 0
    return "cp1252", 0


def _wide(body: bytes) -> str | None:
    """UTF-16 without a byte order mark, known by the NUL beside the `<` or `{` that every feed begins with."""
    first, second = body[:1] == b"\x00", body[1:2] == b"\x00"
    if first == second:
        return None
    return "utf-16-be" if first else "utf-16-le"


def _is_utf8(body: bytes) -> bool:
    """Valid UTF-8, or so nearly that a few broken characters are cheaper than garbling all the others."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        multibyte = sum(1 for char in text if char > "\x7f") - broken
        return multibyte > 4 * broken
    return True


def _decodes(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True
