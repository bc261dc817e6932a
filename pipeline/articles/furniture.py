"""What stands around an article's text and is not of it: layout tables, kickers, headlines, bylines, role words."""

import re
from typing import Any

_LEAD_LINES = 4  # lines among which a headline may stand
_KICKER = 60  # characters; a longer line before the headline is text
_BYLINE = re.compile(r"(?:by|written by|reported by)\b(?P<names>[^.!?]{0,100})", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bstaff (?:writer|reporter)s?\b|\b(?:correspondent|editor)s?$|\d",
    re.IGNORECASE,
)


def unwrap_layout_tables(tree: Any) -> None:
    """Turn tables that lay out the page into divisions, in place; a table of data has no blocks in its cells."""
    for table in tree.xpath("//table[.//td//p or .//td//div or .//td//h1 or .//td//table or @role='presentation']"):
        for element in table.iter("table", "tbody", "thead", "tr", "td", "th"):
            element.tag = "div"


def without_headline(text: str, title: str | None) -> tuple[str, str | None]:
    """The text from below its headline and byline on, and the names of that byline.

    Some templates have trafilatura take kicker, headline and byline for the first paragraphs.
    """
    lines = text.split("\n")
    start = _below_headline(lines, title)
    # A byline that no headline precedes is the paper's own opening of the piece.
    byline = _BYLINE.fullmatch(lines[start]) if 0 < start < len(lines) - 1 else None
    if byline is None:
        return "\n".join(lines[start:]), None
    return "\n".join(lines[start + 1 :]), byline["names"].strip(" |,:-–—") or None


def _below_headline(lines: list[str], title: str | None) -> int:
    wanted = (title or "").casefold()
    for number, line in enumerate(lines[:_LEAD_LINES]):
        if wanted and line.casefold() == wanted and number + 1 < len(lines):
            return number + 1
        if len(line) > _KICKER:
            break
    return 0


def real_names(author: str | None) -> str | None:
    """An author line ("Jane Doe; Wednesday; Staff Writer") without what is no name; None if nothing is left."""
    names = [name.strip() for name in (author or "").split(";")]
    return "; ".join(dict.fromkeys(name for name in names if name and not _NOT_A_NAME.search(name))) or None
