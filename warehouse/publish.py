"""Publishes the work file as a finished snapshot: readers never wait and never see half a run.

A snapshot is written under a temporary name, compared with its source, flushed to the disk and renamed; only then does
the pointer move. Killed anywhere, the old pointer still names a whole file, and the next publication sweeps up.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.digest import content_digest, table_names
from warehouse.errors import SnapshotError, StorageError, storage_failed
from warehouse.snapshot import POINTER, current_snapshot, snapshot_name, snapshot_version

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TEMPORARY = ".publishing-"


def publish(source: "DuckDBPyConnection | Path", snapshots: Path, keep: int = 7) -> Path:
    """Copies the warehouse into a new snapshot file, checks it, moves the pointer to it, and returns its path.

    `source` is the work file or a connection to it outside a transaction. A warehouse that has not changed since the
    last publication gets no new snapshot. Of older snapshots the newest are kept, `keep` in all. Raises StorageError:
    `storage_failed` if the disk is full or read-only, `publish_mismatch` if the copy differs; the old snapshot is
    served on.
    """
    import duckdb

    try:
        snapshots.mkdir(parents=True, exist_ok=True)
        with _opened(source) as (con, database):
            return _publish(con, database, snapshots, keep)
    except (duckdb.Error, OSError) as error:
        raise storage_failed(
            f"nothing was published to {snapshots}, the last snapshot is still served", error
        ) from error


def _publish(con: "DuckDBPyConnection", database: str, snapshots: Path, keep: int) -> Path:
    _sweep(snapshots)
    digest = content_digest(con, database)
    current = _usable_current(snapshots)
    if current is not None and _published_digest(con, current) == digest:
        return current
    version = 1 + max(_versions(snapshots), default=0)
    temporary = snapshots / f"{_TEMPORARY}{snapshot_name(version)}"
    _copy(con, database, temporary, version, digest)
    final = snapshots / snapshot_name(version)
    _flush(temporary)
    temporary.rename(final)
    _flush(snapshots)
    _move_pointer(snapshots, final.name)
    _clean(snapshots, keep)
    return final


@contextmanager
def _opened(source: "DuckDBPyConnection | Path") -> "Iterator[tuple[DuckDBPyConnection, str]]":
    """A connection and the name of the source's database in it; a path is attached read-only."""
    import duckdb

    if not isinstance(source, Path):
        row = source.execute("SELECT current_database()").fetchone()
        yield source, row[0] if row else ""
        return
    with duckdb.connect() as con:
        con.execute(f"ATTACH {_quoted(source)} AS source (READ_ONLY)")
        con.execute("USE source")
        yield con, "source"


def _copy(con: "DuckDBPyConnection", database: str, target: Path, version: int, digest: str) -> None:
    """Copies tables, views, macros, keys and comments. The copy is complete when it is detached: no WAL is left."""
    con.execute(f"ATTACH {_quoted(target)} AS publishing")
    try:
        con.execute(f'COPY FROM DATABASE "{database}" TO publishing')
        con.execute("DELETE FROM publishing.main.snapshot_info")
        con.execute(
            f"INSERT INTO publishing.main.snapshot_info SELECT ?, ?, arg_max(run_id, as_of), max(as_of) "  # noqa: S608
            f'FROM "{database}".main.run',
            [version, digest],
        )
        if content_digest(con, "publishing") != digest:
            raise StorageError(
                "publish_mismatch",
                f"the copy {target.name} differs from its source in one of {len(table_names(con, database))} tables: "
                "run again; if it happens twice, check the disk",
            )
        con.execute("CHECKPOINT publishing")
    finally:
        con.execute("DETACH publishing")


def _published_digest(con: "DuckDBPyConnection", snapshot: Path) -> str | None:
    import duckdb

    try:
        con.execute(f"ATTACH {_quoted(snapshot)} AS published (READ_ONLY)")
    except duckdb.Error:
        return None
    try:
        row = con.execute("SELECT digest FROM published.main.snapshot_info").fetchone()
        return row[0] if row else None
    except duckdb.Error:
        return None
    finally:
        con.execute("DETACH published")


def _usable_current(snapshots: Path) -> Path | None:
    with suppress(SnapshotError):
        return current_snapshot(snapshots)
    return None


def _versions(snapshots: Path) -> list[int]:
    found = (snapshot_version(path.name) for path in snapshots.iterdir())
    return [version for version in found if version is not None]


def _move_pointer(snapshots: Path, name: str) -> None:
    temporary = snapshots / f"{_TEMPORARY}{POINTER}"
    temporary.write_text(f"{name}\n", "utf-8")
    _flush(temporary)
    temporary.replace(snapshots / POINTER)
    _flush(snapshots)


def _clean(snapshots: Path, keep: int) -> None:
    """Removes old snapshots. A reader that has one open keeps it: the file lives until it is closed."""
    current = _usable_current(snapshots)
    for version in sorted(_versions(snapshots), reverse=True)[keep:]:
        path = snapshots / snapshot_name(version)
        if path != current:
            path.unlink(missing_ok=True)


def _sweep(snapshots: Path) -> None:
    """Removes what a killed publication left behind."""
    for path in snapshots.glob(f"{_TEMPORARY}*"):
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _quoted(path: Path) -> str:
    """A path as an SQL string: ATTACH takes no parameter."""
    return "'" + str(path).replace("'", "''") + "'"
