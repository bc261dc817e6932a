"""What can go wrong at the warehouse: one class, one reason code each, and always what to do about it.

WarehouseError
├── SchemaError     schema_newer, schema_changed, foreign_file
├── StorageError    busy, storage_failed, publish_mismatch
├── SnapshotError   snapshot_missing, snapshot_damaged, foreign_file, schema_newer
└── QueryError      query_refused, query_invalid, query_timeout, query_memory, query_too_large, query_crashed
"""


class WarehouseError(Exception):
    """Names the thing, the cause and the remedy in one line; `reason` is the code."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type["WarehouseError"], tuple[str, str]]:
        return type(self), (self.reason, str(self))


class SchemaError(WarehouseError):
    """The file's schema is not one that this version can work on."""


class StorageError(WarehouseError):
    """The file can't be opened, read or written."""


class SnapshotError(WarehouseError):
    """The published snapshot can't be used."""


class QueryError(WarehouseError):
    """An ad-hoc query was refused, stopped or wrong."""


def storage_failed(what: str, error: Exception) -> StorageError:
    """The error for a disk that is full, read-only or broken, or a file in use; `what` says what did not happen."""
    cause = str(error).strip().splitlines()[0]
    if "Could not set lock" in cause:
        return StorageError("busy", f"{what}: the warehouse is open in another process; wait for that run to end")
    return StorageError(
        "storage_failed", f"{what} ({cause}): free the disk or mend its rights, then run again; nothing is half done"
    )
