"""Answers ad-hoc SQL on a snapshot, shut in: one reading statement, in a process of its own, with limits."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import QueryError
from warehouse.snapshot import check_snapshot

_WORKER = Path(__file__).with_name("query_worker.py")

# The worker stops its query itself; it is killed only if it can't, a while after.
_GRACE = 3.0


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
    """The result of exactly one SELECT, EXPLAIN, DESCRIBE, SHOW TABLES or SUMMARIZE on the snapshot.

    `params` (text, numbers, dates, None) are bound to `?` or `$name`. Raises QueryError with the reason
    `query_refused`, `query_invalid`, `query_timeout`, `query_memory`, `query_too_large` or `query_crashed`, and
    SnapshotError where the snapshot is no whole one.
    """
    limits = limits or QueryLimits()
    request = {
        "snapshot": str(check_snapshot(snapshot).absolute()),
        "sql": sql,
        "params": _plain(params),
        "timeout": limits.timeout,
        "memory": limits.memory,
        "threads": limits.threads,
        "max_rows": limits.max_rows,
        "max_bytes": limits.max_bytes,
    }
    answer = _ask(json.dumps(request), limits)
    if "reason" in answer:
        raise QueryError(answer["reason"], answer["message"].replace(str(snapshot.absolute().parent), "…"))
    return QueryResult(
        columns=tuple(answer["columns"]),
        types=tuple(answer["types"]),
        rows=tuple(tuple(row) for row in answer["rows"]),
    )


def _ask(request: str, limits: QueryLimits) -> dict[str, Any]:
    """Runs the worker: isolated Python, empty environment, empty working directory, killed at the deadline."""
    with tempfile.TemporaryDirectory(prefix="stancewire-query-") as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-B", str(_WORKER)],
                input=request.encode(),
                capture_output=True,
                cwd=folder,
                env={"HOME": folder, "LANG": "C.UTF-8"},
                timeout=limits.timeout + _GRACE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _timeout(limits) from error
    return _read(done, limits)


def _read(done: "subprocess.CompletedProcess[bytes]", limits: QueryLimits) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        # SIGXCPU or SIGKILL: the operating system's limit on processor time.
        if done.returncode in (-24, -9):
            raise _timeout(limits) from error
        raise QueryError(
            "query_crashed",
            f"the query's process ended with {done.returncode} and no answer, most likely for want of memory: "
            "select less, or raise sql_memory",
        ) from error
    return answer


def _timeout(limits: QueryLimits) -> QueryError:
    return QueryError(
        "query_timeout",
        f"the query was stopped after {limits.timeout:g} s: select less, or raise sql_timeout",
    )


def _plain(params: Sequence[Any] | Mapping[str, Any]) -> Any:
    if isinstance(params, Mapping):
        return {name: _scalar(value) for name, value in params.items()}
    return [_scalar(value) for value in params]


def _scalar(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
