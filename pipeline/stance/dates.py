"""When something was said: "on Tuesday", "last week", "in September" resolved against the publication date.

Weekdays are the last such day up to and including the day of publication, as news agencies use them.
"""

import re
from datetime import date, timedelta

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "(" + "|".join([*_MONTHS, "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"]) + r")\.?"
_WEEKDAY = re.compile(r"\b(last )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (\d{{4}}))?\b")
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?\b")
_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening)|earlier in the day|tonight)\b")
_YESTERDAY = re.compile(r"\b(?:yesterday|last night)\b")
# A weekday that something else happens on: "before Thursday's summit", "to vote on Monday", "talks due on Friday".
_OTHER_EVENT = re.compile(
    r"(?:until|before|by|ahead of|due (?:on|for)|scheduled for|will \w+ on|to (?:meet|vote|travel) \w* ?on|next) $"
)


# A date without a year that lies at most so many days ahead is a coming event's.
_AHEAD = 60


def said_on(sentence: str, published: date | None) -> date | None:
    """The day that the sentence gives for what it reports, None where it gives none.

    None too where the publication day is not known, against which a weekday could be resolved.
    """
    if published is None:
        return None
    lowered = sentence.lower()
    explicit = _explicit(lowered, published)
    if explicit:
        return explicit
    for match in _WEEKDAY.finditer(lowered):
        if not _OTHER_EVENT.search(lowered[: match.start()]):
            return _weekday(published, match[2], last=bool(match[1]))
    if _YESTERDAY.search(lowered):
        return published - timedelta(days=1)
    return published if _TODAY.search(lowered) else None


def _weekday(published: date, name: str, *, last: bool) -> date:
    back = (published.weekday() - _DAYS.index(name)) % 7
    return published - timedelta(days=7 if last and back == 0 else back)


def _explicit(lowered: str, published: date) -> date | None:
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.search(lowered)
        if match:
            return _calendar(match[3], match[month], int(match[day]), published)
    return None


def _calendar(year: str | None, month: str, day: int, published: date) -> date | None:
    number = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(month[:3]))
    try:
        found = date(int(year) if year else published.year, number, day)
    except ValueError:
        return None
    if not year and published < found <= published + timedelta(days=_AHEAD):
        return None
    if not year and found > published:
        found = found.replace(year=published.year - 1) if (number, day) != (2, 29) else published
    return found if found <= published else None
