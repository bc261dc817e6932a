"""Dates of feeds, believed only within bounds: 1990 to one day after the fetch. Anything else is None, never now.

feedparser reads `0000-00-00` as the year -1, `1764000000` as 1763, 30 February as 2 March, and accepts an offset of
+99:00; of the national forms it claims to know it reads `2004년 05월 28일` as 1 November 2004. So its reading is never
used: the two forms that the specifications name, RFC 822 and ISO 8601, are read here, strictly.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)  # where no fetch time bounds it
_MAX_OFFSET = timedelta(hours=14)  # Kiribati
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.I)
_RFC822 = re.compile(r"(?:[A-Za-z]{2,9}\.?,?\s+)?\d{1,2}[\s-]+[A-Za-z]{3,9}\.?[\s-]+\d{2,4}\b|[A-Za-z]{3,9}\s+\w+.*\d")
_NUMERIC_ZONE = re.compile(r"[+-]\d{4}|[+-]\d\d:\d\d|Z|UTC?|GMT([+-]\d{1,4})?")
_ZONE_NAME = re.compile(r"\b([A-Z]{3,5})\)?\s*(?:\d{4})?\s*$")
# Names that email.utils doesn't know and that mean one zone only. IST, BST and AST mean several: see `_zone`.
_ZONES = {
    "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180,
    "SAST": 120, "WAT": 60, "CAT": 120, "EAT": 180, "PKT": 300, "HKT": 480, "SGT": 480, "JST": 540, "KST": 540,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "UTC": 0, "GMT": 0, "UT": 0, "Z": 0,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip


def feed_date(raw: str | None, fetched_at: datetime | None) -> datetime | None:
    """The moment a feed's date names, in UTC, or None if it can't be believed.

    A date without a zone is taken as UTC, as RFC 4287's and RSS's silence leaves nothing better; a zone's name that
    means several zones makes it None.
    """
    text = " ".join((raw or "")[:100].split())
    moment = _read(text)
    if moment is None:
        return None
    latest = _LATEST if fetched_at is None else fetched_at + timedelta(days=1)
    return moment if _EARLIEST <= moment <= latest else None


def _read(text: str) -> datetime | None:
    if match := _ISO.fullmatch(text):
        return _moment([int(part or 0) for part in match.groups()[:6]], _offset(match[7]))
    if _RFC822.match(text) and (parts := parsedate_tz(text)) is not None:
        return _moment([*parts[:6]], _zone(text, parts[9]))
    return None


def _moment(parts: list[int], offset: timedelta | None) -> datetime | None:
    if offset is None or abs(offset) > _MAX_OFFSET:
        return None
    year, month, day, hour, minute, second = parts
    try:
        # A leap second is read as the second before it.
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=timezone(offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timedelta:
    if not zone or zone in "Zz":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if zone[0] == "-" else size


def _zone(text: str, seconds: int | None) -> timedelta | None:
    """The offset of an RFC 822 date, from its number or its name; None for a name that means several zones."""
    if seconds:
        return timedelta(seconds=seconds)
    name = _ZONE_NAME.search(text)
    if name is None or _NUMERIC_ZONE.search(text.rpartition(" ")[2]):
        return timedelta(0)
    minutes = _ZONES.get(name[1])
    return None if minutes is None else timedelta(minutes=minutes)
