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


_BEFORE_OFFICE = re.compile(
    r"\b(?:before (?:he |she )?(?:took|taking|entering|winning|won|becoming|became|coming|came|being (?:elected|sworn)|his election|her election|"
    r"the election|his appointment)|while (?:still )?(?:a|one of|in opposition|running|campaigning|seeking|out of office|only)|"
    r"as (?:a |one of \w+ )?(?:candidates?|backbencher|private citizen|opposition)|in (?:his|her) (?:leadership |election )?campaign|"
    r"during (?:his|her|the) (?:leadership |election )?campaign|when (?:he|she) was (?:a|an|in opposition|still|not yet)|"
    r"in (?:an|his|her) (?:essay|book|article|paper|memoir))\b"
)
_IN_OFFICE = re.compile(r"\b(?:while (?:he|she) was (?:in office|prime|president|minister)|when (?:he|she) was (?:prime|president|\w+ minister)|as (?:prime|president|premier))\b")


def before_office(text: str) -> bool:
    """Whether the words were said before the speaker took his office, and so are his own (ruling 3)."""
    return bool(_BEFORE_OFFICE.search(text.lower()))


def in_office(text: str) -> bool:
    """Whether a former official's words are from his time in office, and so were official then (ruling 2)."""
    return bool(_IN_OFFICE.search(text.lower()))


def time_of(text: str, published: date | None, *, forecast: bool) -> str:
    """`current`, `past` or `future_expected` for the words of an utterance."""
    lowered = text.lower()
    if forecast:
        return "future_expected"
    years = [int(y) for y in _YEAR.findall(lowered)]
    old = bool(published and years and max(years) < published.year)
    if before_office(lowered) or in_office(lowered):
        return "past"
    if (_PAST.search(lowered) or old) and not _NOW.search(lowered):
        return "past"
    return "current"
