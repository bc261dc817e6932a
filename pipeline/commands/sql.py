"""`stancewire sql`: one question to the published warehouse, in a guarded process."""

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.home import Home
from pipeline.settings import Settings

if TYPE_CHECKING:
    from warehouse.query import QueryResult


class NothingPublished(Exception):
    """No snapshot has been published in this home yet."""


def ask(settings: Settings, query: str) -> "QueryResult":
    """The answer to one SELECT. Raises NothingPublished, or what `warehouse.query` refuses a query with."""
    from warehouse.query import QueryLimits, run_query

    limits = QueryLimits(timeout=settings.sql_timeout, memory=settings.sql_memory)
    return run_query(published(settings), query, limits=limits)


def published(settings: Settings) -> Path:
    """The newest snapshot. Raises NothingPublished."""
    from warehouse.snapshot import current_snapshot

    snapshot = current_snapshot(Home(settings.home).snapshots)
    if snapshot is None:
        raise NothingPublished(
            f"nothing is published in {settings.home} yet; try `stancewire run` or `stancewire demo`"
        )
    return snapshot


def print_csv(result: "QueryResult") -> None:
    """The answer as CSV. A cell that a spreadsheet would run as a formula is prefixed with an apostrophe."""
    writer = csv.writer(sys.stdout)
    writer.writerow([_inert(column) for column in result.columns])
    writer.writerows([_inert(cell) for cell in row] for row in result.rows)


def _inert(cell: object) -> object:
    # OWASP's "CSV injection": = + - @ tab and CR start a formula, also after blanks; numbers are left as they are.
    if isinstance(cell, str) and (cell[:1] in ("\t", "\r", "\n") or cell.lstrip()[:1] in ("=", "+", "-", "@")):
        return "'" + cell
    return "" if cell is None else cell
