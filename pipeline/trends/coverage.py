"""Coverage as the reports show it: silence is not outage."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from warehouse.sql_files import sql_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageDay:
    """What was looked at on one day; `coverage` is the share of known feeds that answered, None without feeds."""

    day: date
    n_runs: int
    n_feeds: int
    n_feeds_answered: int
    coverage: float | None
    state: str  # "observed", "partial" or "outage"
    n_entries: int
    n_articles: int
    n_relevant: int
    n_mentions: int


def coverage(con: "DuckDBPyConnection", start: date | None = None, end: date | None = None) -> tuple[CoverageDay, ...]:
    """The days from `start` to `end`, both included; all from the first run's day to the last's if None."""
    cursor = con.execute(sql_file("trends/coverage.sql").text, {"start": start, "end": end})
    names = [column[0] for column in cursor.description]
    return tuple(CoverageDay(**dict(zip(names, row, strict=True))) for row in cursor.fetchall())
