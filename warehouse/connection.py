"""Opens the writer's own file: one process writes, readers use the published snapshots."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.settings import Settings
from warehouse.errors import StorageError
from warehouse.migrate import migrate

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


def _connect(path: Path) -> "DuckDBPyConnection":
    import duckdb

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path))
    except (duckdb.Error, OSError) as error:
        raise _storage_error(path, error) from error


def _storage_error(path: Path, error: Exception) -> StorageError:
    cause = str(error).strip().splitlines()[0]
    if "Could not set lock" in cause:
        return StorageError("busy", f"{path} is open in another process: wait for that run to end, or stop it")
    return StorageError("storage_failed", f"{path} can't be opened ({cause}): check the disk and the folder's rights")


def _write_settings(con: "DuckDBPyConnection", settings: Settings) -> None:
    wanted = sorted((name, float(getattr(settings, name))) for name in VIEW_SETTINGS)
    if con.execute("SELECT name, value FROM setting ORDER BY name").fetchall() == wanted:
        return
    con.execute("BEGIN")
    con.execute("DELETE FROM setting")
    con.executemany("INSERT INTO setting VALUES (?, ?)", wanted)
    con.execute("COMMIT")
