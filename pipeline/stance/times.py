"""Whether a position is held now, was held earlier, or is a forecast."""

import re
from datetime import date

_PAST = re.compile(
    r"\b(?:had (?:\w+ )?(?:oppos|support|reject|back|argu|promis|call|favou?r|want|said|warn|dismiss|been (?:against|for|oppos))\w*|used to|"
    r"a year ago|(?:two|three|four|five|ten|several|some|many) years (?:ago|earlier)|years ago|last year|at (?:that|the) time|in those days|"
    r"until (?:then|recently|now|last)|previously|once (?:opposed|sceptical|skeptical|supported|championed|called|said|favou?red)|"
    r"before (?:taking|winning|becoming|entering|coming|his election|her election|the election)|as late as|as recently as|"
    r"while (?:he|she) was in office|while still|then prime minister|the then|less than a year ago|earlier this (?:year|month)|"
    r"back in|months (?:ago|earlier)|in (?:his|her) campaign|as (?:opposition )?leader of)\b"
)
_YEAR = re.compile(
    r"\b(?:in|since|of|january|february|march|april|may|june|july|august|september|october|november|december),? ((?:19|20)\d\d)\b"
)
_NOW = re.compile(r"\b(?:now|today|since (?:19|20)\d\d|for years|has (?:always|long|for)|still|remains?|continues?)\b")


def time_of(text: str, published: date | None, *, forecast: bool) -> str:
    """`current`, `past` or `future_expected` for the words of an utterance."""
    lowered = text.lower()
    if forecast:
        return "future_expected"
    years = [int(y) for y in _YEAR.findall(lowered)]
    old = bool(published and years and max(years) < published.year)
    if (_PAST.search(lowered) or old) and not _NOW.search(lowered):
        return "past"
    return "current"
