"""Answers ad-hoc SQL on a snapshot, shut in: one reading statement, in a process of its own, with limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryLimits:
    """What one query may use: seconds, bytes of memory, threads, rows and bytes of its result."""

    timeout: float = 30.0
    memory: int = 2 << 30
    threads: int = 2
    max_rows: int = 100_000
    max_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """A result with column names and DuckDB type names; values are as JSON has them (dates as ISO text)."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def records(self) -> list[dict[str, Any]]:
        """The rows as objects, as `sql --json` prints them."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def run_query(
    snapshot: Path,
    sql: str,
    params: Sequence[Any] | Mapping[str, Any] = (),
    limits: QueryLimits | None = None,
) -> QueryResult:
    """The result of exactly one SELECT, EXPLAIN, DESCRIBE, SHOW or SUMMARIZE on the snapshot.

    `params` are bound to `?` or `$name`. Raises QueryError with the reason `query_refused`, `query_invalid`,
    `query_timeout`, `query_memory`, `query_too_large` or `query_crashed`.
    """
    raise NotImplementedError
