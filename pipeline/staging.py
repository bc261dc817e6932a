"""What the stages of one run hand to each other: JSON Lines of records, written whole or not at all.

The first line of a file says how many records follow and what they were made from, so that a torn file is
recognised and a stage whose inputs have not changed need not run again.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


class StagingDamaged(Exception):
    """A staged file is torn or not ours. Remedy: delete the file and run the day again."""


@dataclass(frozen=True, slots=True)
class Staging:
    """The staged files of one run, in `root`."""

    root: Path

    def path(self, name: str) -> Path:
        """Where the records called `name` lie."""
        return self.root / f"{name}.jsonl"

    def write(self, name: str, records: Iterable[object], *, made_from: str = "") -> None:
        """Writes the records atomically: the file appears whole, after it has reached the disk."""
        lines = [_to_json(record) for record in records]
        header = json.dumps({"count": len(lines), "made_from": made_from}).encode()
        write_atomically(self.path(name), b"\n".join([header, *lines]) + b"\n")

    def read(self, name: str, kind: type[T]) -> tuple[T, ...]:
        """The records called `name`; none if the file is not there. Raises StagingDamaged for a torn file."""
        path = self.path(name)
        if not path.exists():
            return ()
        header, *lines = path.read_bytes().splitlines()
        if _header(path, header)["count"] != len(lines):
            raise StagingDamaged(f"{path}: holds {len(lines)} records, not as many as it says; delete it and run again")
        adapter = _adapter(kind)  # type: ignore[arg-type]  # a class is hashable
        return tuple(adapter.validate_json(line) for line in lines)

    def read_all(self, prefix: str, kind: type[T]) -> tuple[T, ...]:
        """The records of every shard of `prefix`, in the order of the shards."""
        names = sorted((p.stem for p in self.root.glob(f"{prefix}-*.jsonl")), key=lambda n: int(n.rsplit("-", 1)[1]))
        return tuple(record for name in names for record in self.read(name, kind))

    def digest(self, *patterns: str, key: str = "") -> str:
        """What the files that match the patterns hold, as one digest; `key` adds what else the result depends on."""
        sha = hashlib.sha256(key.encode())
        for path in sorted(p for pattern in patterns for p in self.root.glob(f"{pattern}.jsonl")):
            sha.update(path.name.encode())
            sha.update(path.read_bytes())
        return sha.hexdigest()

    def is_fresh(self, name: str, made_from: str) -> bool:
        """Whether the records called `name` were made from just these inputs."""
        path = self.path(name)
        if not path.exists():
            return False
        with path.open("rb") as file:
            made: bool = _header(path, file.readline())["made_from"] == made_from
            return made


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a file so that a reader, or a kill at any moment, sees the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _header(path: Path, line: bytes) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or "count" not in header:
        raise StagingDamaged(f"{path}: no header; delete it and run the day again")
    return header


def _to_json(record: object) -> bytes:
    line: bytes = _adapter(type(record)).dump_json(record)  # type: ignore[arg-type]  # a class is hashable
    return line


@cache
def _adapter(kind: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
