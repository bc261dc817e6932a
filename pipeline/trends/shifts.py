"""Shifts that became news, with old and new evidence side by side, and the alerts that stand for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pipeline.records import Run
from pipeline.trends.statements import key_table
from warehouse.batch import StatementKey
from warehouse.reads import utc
from warehouse.registered import registered
from warehouse.sql_files import sql_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One verbatim fragment: who said it, where and when it was read."""

    text: str
    quote: str  # "direct", "indirect" or "mixed"
    speaker: str | None
    speaker_role: str | None
    outlet: str
    publisher: str
    url: str
    title: str | None
    published: datetime | None
    said_on: date | None
    stated_on: date | None
    article_id: str
    start_offset: int
    end_offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A change of position that became news on `raised_on`; the old side is empty for a first position."""

    alert_id: str
    proposal_id: str
    holder: str
    kind: str  # "reversal", "hardening", "softening", "first_position" or "split"
    from_stance: str | None
    to_stance: str
    from_statement_id: str | None
    to_statement_id: str
    shifted_on: date
    raised_on: date
    old: tuple[Evidence, ...] = ()
    new: tuple[Evidence, ...] = ()


def new_shifts(con: "DuckDBPyConnection", day: date | None) -> tuple[Shift, ...]:
    """The shifts that runs of `day` raised (all ever raised if None), with their evidence, in a fixed order."""
    rows = _raised(con, day)
    ids = {row[side] for row in rows for side in ("from_statement_id", "to_statement_id") if row[side]}
    words = _evidence(con, sorted(ids))
    return tuple(
        Shift(**row, old=words.get(row["from_statement_id"], ()), new=words.get(row["to_statement_id"], ()))
        for row in rows
    )


def record_alerts(con: "DuckDBPyConnection", run: Run, keys: Iterable[StatementKey]) -> None:
    """Brings `alert` in step with the raised shifts of the keys' holders, inside the caller's transaction.

    Doing it again changes nothing. Whoever sends alerts sends those of the run's own day: a backfill brings alerts of
    days gone by.
    """
    with registered(con, {"wanted_key": key_table(keys)}):
        con.execute(sql_file("trends/touched_positions.sql").text)
        con.execute(sql_file("trends/record_alerts.sql").text, {"run_id": run.run_id, "day": run.day})
        con.execute(sql_file("trends/withdraw_alerts.sql").text)


def _raised(con: "DuckDBPyConnection", day: date | None) -> list[dict[str, Any]]:
    cursor = con.execute(sql_file("trends/raised_shifts.sql").text, {"day": day})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _evidence(con: "DuckDBPyConnection", statement_ids: list[str]) -> dict[str | None, tuple[Evidence, ...]]:
    cursor = con.execute(sql_file("trends/statement_evidence.sql").text, {"ids": statement_ids})
    names = [column[0] for column in cursor.description]
    words: dict[str | None, tuple[Evidence, ...]] = {}
    for statement_id, *values in cursor.fetchall():
        row = dict(zip(names[1:], values, strict=True))
        evidence = Evidence(**row | {"published": utc(row["published"])})
        words[statement_id] = (*words.get(statement_id, ()), evidence)
    return words
