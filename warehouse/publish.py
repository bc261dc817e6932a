"""Publishes the work file as a finished snapshot: readers never wait and never see half a run."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def publish(source: "DuckDBPyConnection | Path", snapshots: Path, keep: int = 7) -> Path:
    """Copies the warehouse into a new snapshot file, checks it, moves the pointer to it, and returns its path.

    `source` is the work file or a connection to it outside a transaction. A warehouse that has not changed since the
    last publication gets no new snapshot. Of older snapshots the newest are kept, `keep` in all. Raises StorageError
    (the old snapshot is served on) and SnapshotError.
    """
    raise NotImplementedError
