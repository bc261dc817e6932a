"""Positions as the reports show them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from warehouse.sql_files import sql_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A holder's position on a proposal, unbroken since `since`, with its newest statement.

    What hangs on the statement is None where its reports were withdrawn since.
    """

    proposal_id: str
    proposal_name: str
    holder: str
    stance: str
    score: float
    since: date
    last_stated_on: date
    statement_id: str | None
    speaker: str | None
    speaker_role: str | None
    authority: str | None
    n_mentions: int | None
    n_publishers: int | None
    confidence: float | None


def positions(con: "DuckDBPyConnection", day: date | None = None) -> tuple[Position, ...]:
    """Every position now, or as believed at the end of `day`, by proposal and from support to opposition."""
    cursor = con.execute(sql_file("trends/positions.sql").text, {"day": day})
    names = [column[0] for column in cursor.description]
    return tuple(Position(**dict(zip(names, row, strict=True))) for row in cursor.fetchall())
