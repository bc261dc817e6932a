"""How long a server asks to be left alone (RFC 9110, 10.2.3)."""

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DEFAULT = 3600.0  # seconds, where a server says 429 and nothing usable beside it
_MOST = 2 * 24 * 3600.0  # more than two days is a mistake or malice


def rest_seconds(retry_after: str | None, now: datetime) -> float:
    """Seconds to wait from a Retry-After header, a number or a date, at most two days; the default if it is neither."""
    seconds = _seconds((retry_after or "").strip(), now)
    return DEFAULT if seconds is None or seconds < 0 else min(seconds, _MOST)


def _seconds(value: str, now: datetime) -> float | None:
    try:
        number = float(value)
        return None if math.isnan(number) else number
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
