"""Reads what the reports show from a warehouse: shifts with their evidence, positions, coverage."""

from datetime import date
from typing import TYPE_CHECKING

from pipeline.reports.story import Position, ShiftStory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def read_shifts(connection: "DuckDBPyConnection", raised_on: date | None = None) -> tuple[ShiftStory, ...]:
    """The shifts raised on that day (all of them if None), newest first, each with old and new evidence."""
    raise NotImplementedError


def read_positions(connection: "DuckDBPyConnection", as_of: date | None = None) -> tuple[Position, ...]:
    """Every holder's position on every proposal as of a day (now if None), with evidence."""
    raise NotImplementedError
