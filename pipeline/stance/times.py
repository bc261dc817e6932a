"""Whether a position is held now, was held earlier, or is a forecast."""

import re
from datetime import date

from pipeline.stance.lexicon import words

_PAST = words("times", "past")
_YEAR = re.compile(
    r"\b(?:in|since|of|january|february|march|april|may|june|july|august|september|october|november|december),? "
    r"((?:19|20)\d\d)\b"
)
_NOW = words("times", "now")


_BEFORE_OFFICE = words("times", "before_office")
_IN_OFFICE = words("times", "in_office")


# Days after which a dated position is background to the news.
_RECENT = 28


def _older(before: str, published: date) -> bool:
    """Whether the dates before a sentence are all of earlier years, so that the passage is background."""
    years = [int(y) for y in _YEAR.findall(before.lower())]
    return bool(years) and max(years) < published.year


def before_office(text: str) -> bool:
    """Whether the words were said before the speaker took his office, and so are his own (ruling 3)."""
    return bool(_BEFORE_OFFICE.search(text.lower()))


def in_office(text: str) -> bool:
    """Whether a former official's words are from his time in office, and so were official then (ruling 2)."""
    return bool(_IN_OFFICE.search(text.lower()))


def time_of(text: str, published: date | None, said: date | None = None, before: str = "", *, forecast: bool) -> str:
    """`current`, `past` or `future_expected` for the words of an utterance.

    `said` is the date that its sentence gives, `before` what stands before the sentence in its paragraph.
    """
    lowered = text.lower()
    if forecast:
        return "future_expected"
    years = [int(y) for y in _YEAR.findall(lowered)]
    old = bool(published and years and max(years) < published.year)
    if before_office(lowered) or in_office(lowered):
        return "past"
    if published and before and not years and _older(before, published) and not _NOW.search(lowered):
        return "past"
    if published and said and (published - said).days > _RECENT:
        return "past"
    if (_PAST.search(lowered) or old) and not _NOW.search(lowered):
        return "past"
    return "current"
