"""What follows from a load: statements, and the alerts of the shifts between them."""

from typing import TYPE_CHECKING

from pipeline.records import Run
from pipeline.trends.shifts import record_alerts
from pipeline.trends.statements import assign_statements
from warehouse.batch import StatementKey

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def settle(con: "DuckDBPyConnection", run: Run, keys: frozenset[StatementKey]) -> None:
    """Computes the statements of `keys` anew and records the shifts that became news, in the caller's transaction."""
    if keys:
        assign_statements(con, keys)
        record_alerts(con, run, keys)
