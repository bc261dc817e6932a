"""Reads what the reports tell from a warehouse, with the queries `warehouse/queries/report_*.sql`."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.records import Run
from pipeline.reports.story import Quote, ReportedStatement, ShiftStory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]

# A page is read by a person: more words of one holder on one proposal, or more outlets that carry the same words,
# would bury the rest. The warehouse has them all.
MOST_STATEMENTS = 8
MOST_QUOTES = 6
MOST_COPIES = 4


@contextmanager
def reading(snapshot: "Path | DuckDBPyConnection") -> "Iterator[DuckDBPyConnection]":
    """A connection to read from: the one given, or the snapshot opened read-only and closed at the end."""
    from warehouse.connection import open_snapshot

    if isinstance(snapshot, Path):
        with open_snapshot(snapshot) as connection:
            yield connection
    else:
        yield snapshot


def rows(connection: "DuckDBPyConnection", name: str, **parameters: object) -> list[Row]:
    """The rows of the query `report_NAME.sql` as dicts."""
    from warehouse.sql_files import sql_file

    found = connection.execute(sql_file(f"queries/report_{name}.sql").text, parameters)
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def run_shifts(snapshot: "Path | DuckDBPyConnection", run: Run) -> tuple[ShiftStory, ...]:
    """The shifts that were raised on the run's day, the weightiest first, each with old and new evidence."""
    with reading(snapshot) as connection:
        return read_shifts(connection, run.day, run.day)


def read_shifts(connection: "DuckDBPyConnection", since: date, until: date) -> tuple[ShiftStory, ...]:
    """The shifts raised from one day to another, newest first, each with old and new evidence."""
    found = rows(connection, "shifts", since=since, until=until)
    ids = {row[key] for row in found for key in ("from_statement_id", "to_statement_id") if row[key]}
    said = {s.statement_id: s for s in read_statements(connection, until, ids=ids)}
    return tuple(_shift(row, said) for row in found if row["to_statement_id"] in said)


def read_statements(
    connection: "DuckDBPyConnection", day: date, *, since: date = date.max, ids: Collection[str] = ()
) -> tuple[ReportedStatement, ...]:
    """Statements known by `day` and made since `since`, and those with the given ids; newest first, with evidence.

    At most MOST_STATEMENTS of a holder on a proposal (beside those with the ids), each with MOST_QUOTES different
    fragments, each fragment from MOST_COPIES articles.
    """
    found = rows(connection, "statements", since=since, day=day, most=MOST_STATEMENTS, ids=sorted(ids))
    quotes: dict[str, list[Quote]] = defaultdict(list)
    ids = [row["statement_id"] for row in found]
    for row in rows(connection, "evidence", most=MOST_QUOTES, most_copies=MOST_COPIES, ids=ids):
        quotes[row.pop("statement_id")].append(Quote(**row))
    return tuple(_statement(row, quotes[row["statement_id"]]) for row in found)


def _statement(row: Row, quotes: list[Quote]) -> ReportedStatement:
    named = {key: value for key, value in row.items() if key != "proposal_id"}
    return ReportedStatement(proposal=row["proposal_id"], quotes=tuple(quotes), **named)


def _shift(row: Row, said: dict[str, ReportedStatement]) -> ShiftStory:
    return ShiftStory(
        proposal=row["proposal_id"],
        proposal_name=row["proposal_name"],
        holder=row["holder"],
        kind=row["kind"],
        old=said.get(row["from_statement_id"]),
        new=said[row["to_statement_id"]],
        shifted_on=row["shifted_on"],
        raised_on=row["raised_on"],
    )
