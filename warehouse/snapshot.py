"""Finds the published snapshot: the pointer file `current` holds the name of a finished, never changed file."""

import re
from pathlib import Path

from warehouse.errors import SnapshotError, WarehouseError

POINTER = "current"
_NAME = re.compile(r"stancewire-(\d{6,})\.duckdb")


def snapshot_name(version: int) -> str:
    """File name of a version: `stancewire-000042.duckdb`."""
    return f"stancewire-{version:06d}.duckdb"


def snapshot_version(name: str) -> int | None:
    """The version in a snapshot's file name, None for any other name."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else None


def current_snapshot(directory: Path) -> Path | None:
    """The snapshot that the pointer names, None before the first publication.

    Raises SnapshotError if the pointer or the file is damaged, missing, or not this product's.
    """
    name = _pointed_at(directory)
    if name is None:
        return None
    try:
        return check_snapshot(directory / name)
    except SnapshotError as error:
        # A publication may have moved the pointer and cleaned up since it was read.
        newer = _pointed_at(directory)
        if error.reason != "snapshot_missing" or newer is None or newer == name:
            raise
        return check_snapshot(directory / newer)


def _pointed_at(directory: Path) -> str | None:
    try:
        name = (directory / POINTER).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(directory / POINTER, f"can't be read ({error})") from error
    if snapshot_version(name) is None:
        raise _damaged(directory / POINTER, f"names no snapshot ({name[:60]!r})")
    return name


def check_snapshot(path: Path) -> Path:
    """The path itself if the file there is a whole snapshot, judged by its header and its size.

    Cheap enough for every query: the full comparison is made once, before the pointer is moved. Raises SnapshotError.
    """
    try:
        with path.open("rb") as file:
            header = file.read(3 * _HEADER)
            size = file.seek(0, 2)
    except FileNotFoundError as error:
        message = f"snapshot {path} is missing: publish again with `stancewire run`"
        raise SnapshotError("snapshot_missing", message) from error
    except OSError as error:
        raise _damaged(path, f"can't be read ({error})") from error
    _check_header(path, header, size)
    return path


# DuckDB's storage layout: three headers of 4096 bytes, then blocks. The main header holds a checksum (8 bytes) and the
# magic bytes; each of the two database headers a checksum, then iteration, meta block, free list, block count, block
# size as 8-byte little-endian integers. The header with the higher iteration counts.
# https://duckdb.org/docs/stable/internals/storage
_HEADER = 4096


def _check_header(path: Path, header: bytes, size: int) -> None:
    if header[8:12] != b"DUCK":
        raise SnapshotError(
            "foreign_file", f"{path} is no DuckDB file: remove it and publish again with `stancewire run`"
        )
    if len(header) < 3 * _HEADER:
        raise _damaged(path, "ends inside its header")
    headers = [_integers(header, offset) for offset in (_HEADER, 2 * _HEADER)]
    newest = max(headers, key=lambda fields: fields[0])
    expected = 3 * _HEADER + newest[3] * newest[4]
    if size < expected:
        raise _damaged(path, f"is cut off: {size} of {expected} bytes")


def _integers(header: bytes, offset: int) -> list[int]:
    start = offset + 8
    return [int.from_bytes(header[at : at + 8], "little") for at in range(start, start + 40, 8)]


def _damaged(path: Path, cause: str) -> WarehouseError:
    return SnapshotError(
        "snapshot_damaged",
        f"{path} {cause}: publish again with `stancewire run`, or put the name of an older snapshot into "
        f"{path.parent / POINTER}",
    )
