"""Clean text: NFC, no control or bidi characters, one space between words, paragraphs parted by a line feed."""

import re
import unicodedata
from dataclasses import dataclass

# Bidi embeddings, overrides, isolates and marks: they reorder what a reader sees (CVE-2021-42574).
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Soft hyphen, zero-width space, word joiner, byte order mark. The joiners U+200C and U+200D stay:
# Persian, Hindi and emoji are spelt with them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text and what was taken out of it or replaced in it, in characters."""

    text: str
    n_controls: int
    n_bidi: int
    n_replaced: int


def clean(raw: str, *, keep_blank_lines: bool = False) -> CleanText:
    """Normalise a text; offsets into the result are what evidence spans mean.

    Blank lines go unless `keep_blank_lines` (for plain text, whose layout is its author's). `n_replaced` counts
    U+FFFD in the result: characters whose bytes said nothing.
    """
    text = _LINE_BREAK.sub("\n", raw)
    text, n_bidi = _BIDI.subn("", text)
    text, n_controls = _CONTROL.subn("", text)
    text = _LONE_SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    lines = [_SPACES.sub(" ", line).strip() for line in unicodedata.normalize("NFC", text).split("\n")]
    text = "\n".join(lines if keep_blank_lines else filter(None, lines)).strip("\n")
    return CleanText(text, n_controls, n_bidi, text.count("\ufffd"))


def clean_line(raw: str | None) -> str | None:
    """A title, byline or name on one line; None if nothing is left of it."""
    if raw is None:
        return None
    return clean(raw).text.replace("\n", " ") or None
