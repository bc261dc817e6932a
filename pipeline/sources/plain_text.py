"""Feed text made plain: no markup, no entities, no controls, nothing that a screen would render invisibly.

feedparser hands RSS titles on with `<script>` and `<img onerror>` in them (TRAPS.md 8). What leaves here is text;
whoever shows it still escapes it.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S)
_BLOCK = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|td|h[1-6]|blockquote|hr)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")
_TAG_START = re.compile(r"<[A-Za-z][\w:-]*[\s/]")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# Embeddings, overrides, isolates: they reorder what follows, so that a reader sees other words than were written.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Zero-width and marks without shape. ZWNJ and ZWJ stay: Persian, Indic scripts and emoji need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u061c\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain text with how many bidi controls were made visible and how many invisible characters were removed."""

    text: str
    n_bidi: int = 0
    n_invisible: int = 0


def plain_text(markup: str, max_chars: int) -> Plain:
    """The text of a title or summary, in NFC, on one line, at most `max_chars` long (an ellipsis ends a cut one)."""
    text = _SPACE.sub(" ", markup[: max_chars * 10])  # markup may outweigh its text, not without bound
    for _ in range(3):  # text is often escaped twice, sometimes three times
        stripped = html.unescape(_without_tags(text))
        if stripped == text:
            break
        text = stripped
    text = _CONTROL.sub("\ufffd", _without_tags(text))
    text, n_invisible = _INVISIBLE.subn("", text)
    text, n_bidi = _BIDI.subn(lambda match: f"[U+{ord(match[0]):04X}]", text)
    text = unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())
    if len(text) > max_chars:
        text = text[: max_chars - 1].rstrip() + "…"
    return Plain(text, n_bidi, n_invisible)


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    text = _HIDDEN.sub(" ", text)
    text = _BLOCK.sub(" ", text)
    return _without_open_tag(_TAG.sub("", text))


def _without_open_tag(text: str) -> str:
    """Without a tag that lost its end: only if an attribute follows, since "a <b and c" is text."""
    start = text.rfind("<")
    tail = text[start:] if start >= 0 else ""
    return text[:start] if ">" not in tail and "=" in tail and _TAG_START.match(tail) else text
