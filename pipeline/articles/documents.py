"""A single document from a file or standard input, plain text or HTML, for `stancewire detect`."""

import re

from pipeline.articles.decoding import decode
from pipeline.articles.errors import ExtractionFailed
from pipeline.articles.extract import Limits, extract
from pipeline.articles.text import clean

_HTML_NAME = re.compile(r"\.(?:x?html?|php|aspx?)$", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype html|html|head|body)\b", re.I | re.DOTALL
)
_HTML_BLOCK = re.compile(r"</(?:p|div|article|body|h[1-6])\s*>", re.IGNORECASE)


def read_text_or_html(data: bytes, name: str | None = None) -> tuple[str | None, str]:
    """Title (None for plain text: it is never guessed) and text of a document in any encoding.

    HTML is told by the file's name, its beginning or its closing tags. Plain text keeps its lines and blank lines.
    Raises ExtractionFailed: `empty_page` if there is nothing to read, else as `extract`.
    """
    text = decode(data)
    if _is_html(text, name):
        found = extract(data, limits=Limits(min_text_chars=1))
        return found.title, found.text
    if data.startswith((b"%PDF-", b"PK\x03\x04")):
        raise ExtractionFailed("not_html", "neither text nor HTML; convert the document to text first")
    plain = clean(text, keep_blank_lines=True).text
    if not plain:
        raise ExtractionFailed("empty_page", f"nothing to read in {name or 'the input'}")
    return None, plain


def _is_html(text: str, name: str | None) -> bool:
    if name is not None and _HTML_NAME.search(name):
        return "<" in text
    return _HTML_START.match(text) is not None or len(_HTML_BLOCK.findall(text[:20_000])) >= 2
