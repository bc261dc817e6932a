"""Text as the detector reads it: the same length as the article's, with plain quotation marks and dashes.

Every offset into a normalised text is an offset into the original, which is what evidence spans rest on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‟": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "ʼ": "'",
        "–": "-",
        "—": "-",
        "―": "-",
        "‑": "-",
        "‐": "-",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\t": " ",
        "\r": " ",
        "\u200b": " ",
        "•": "-",
        "·": "-",
    }
)
# A single-quoted stretch counts as a quotation when it is several words long and closes at punctuation or a gap.
_SINGLE = re.compile(r"(?<![\w])'(?=[A-Z])[^'\n]*(?:(?<=\w)'(?=\w)[^'\n]*)*(?:[,.?!]'|'(?=[,.;:]?\s|$))")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; `closed` is false where it runs on into the next paragraph."""

    start: int
    end: int
    closed: bool = True

    def covers(self, start: int, end: int) -> bool:
        """Whether the stretch lies within the quotation's marks."""
        return self.start <= start and end <= self.end


def plain(text: str) -> str:
    """The text with typographic marks made plain, character for character."""
    return text.translate(_PLAIN)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that holds a word, outer blanks cut off."""
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        if line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            yield start, match.start() + len(line.rstrip())


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The quotations of one paragraph of a plain text, in order."""
    marks = [i for i in range(start, end) if text[i] == '"']
    found = [Quotation(a, b + 1) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if len(marks) % 2:
        found.append(Quotation(marks[-1], end, closed=False))
    for match in _SINGLE.finditer(text, start, end):
        inside = any(q.start < match.start() < q.end for q in found)
        if not inside and len(match[0].split()) >= 4:
            found.append(Quotation(match.start(), match.end()))
    return sorted(found, key=lambda q: q.start)
