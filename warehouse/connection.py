"""Opens the writer's own file and the published snapshots: one process writes, readers never touch its file."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.settings import Settings
from warehouse.errors import SchemaError, SnapshotError, storage_failed
from warehouse.migrate import check_applied, migrate
from warehouse.snapshot import check_snapshot

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The settings that the views apply; a snapshot carries them, so that it means the same wherever it is read.
VIEW_SETTINGS = (
    "min_confidence",
    "corroboration_direct",
    "corroboration_indirect",
    "split_window",
    "news_window",
    "same_statement_days",
)


def open_work(path: Path, settings: Settings) -> "DuckDBPyConnection":
    """Opens the work file for writing, created if missing, migrated, its views and thresholds up to date.

    Raises StorageError (`busy` while another process holds it) and SchemaError (a newer, changed or foreign schema).
    """
    con = _connect(path)
    try:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        _write_settings(con, settings)
    except BaseException:
        con.close()
        raise
    return con


def open_snapshot(path: Path) -> "DuckDBPyConnection":
    """Opens a published snapshot read-only.

    Raises SnapshotError: `snapshot_damaged` or `foreign_file` if it is no whole snapshot, `schema_newer` if a newer
    version wrote it.
    """
    import duckdb

    try:
        con = duckdb.connect(str(check_snapshot(path)), read_only=True)
        rows = con.execute("SELECT version, name, sha256 FROM schema_migration").fetchall()
        check_applied({version: (name, sha256) for version, name, sha256 in rows})
    except SchemaError as error:
        raise SnapshotError(error.reason, str(error)) from error
    except duckdb.Error as error:
        message = f"{path} is no stancewire snapshot: remove it and publish again with `stancewire run`"
        raise SnapshotError("foreign_file", message) from error
    return con


def _connect(path: Path) -> "DuckDBPyConnection":
    import duckdb

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path))
    except (duckdb.Error, OSError) as error:
        raise storage_failed(f"{path} can't be opened", error) from error


def _write_settings(con: "DuckDBPyConnection", settings: Settings) -> None:
    wanted = sorted((name, float(getattr(settings, name))) for name in VIEW_SETTINGS)
    if con.execute("SELECT name, value FROM setting ORDER BY name").fetchall() == wanted:
        return
    con.execute("BEGIN")
    con.execute("DELETE FROM setting")
    con.executemany("INSERT INTO setting VALUES (?, ?)", wanted)
    con.execute("COMMIT")
