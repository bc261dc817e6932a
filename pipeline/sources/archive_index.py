"""The CDXJ index of an archive: one sorted line a record, key, time and a JSON object, as replay tools read it."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one record stands in its file, in bytes, and what it answers."""

    record: str
    url: str
    when: datetime
    status: int
    offset: int
    length: int


def index_path(path: Path) -> Path:
    """The index of an archive file: `NAME.cdxj` beside `NAME.warc.gz`."""
    return path.with_name(path.name.removesuffix(".warc.gz") + ".cdxj")


def write_index(path: Path, places: Iterable[Place]) -> None:
    """Writes the index of an archive file, whole or not at all."""
    index = index_path(path)
    part = index.with_name(index.name + ".part")
    with part.open("w", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in sorted(_line(path.name, place) for place in places))
        file.flush()
        os.fsync(file.fileno())
    part.replace(index)


def read_offsets(path: Path) -> dict[str, int]:
    """The offset of each record by its id, as the index of an archive file says; empty if there is no usable one."""
    try:
        lines = index_path(path).read_text(encoding="ascii").splitlines()
        found = [json.loads(line.split(" ", 2)[2]) for line in lines]
        return {str(fields["record"]): int(fields["offset"]) for fields in found}
    except (OSError, ValueError, LookupError):
        return {}


def _line(name: str, place: Place) -> str:
    fields = {
        "url": place.url,
        "status": str(place.status),
        "filename": name,
        "offset": str(place.offset),
        "length": str(place.length),
        "record": place.record,
    }
    return f"{surt(place.url)} {place.when.astimezone(UTC):%Y%m%d%H%M%S} {json.dumps(fields)}"


def surt(url: str) -> str:
    """The URL with its host reversed, so that a domain's records sort together: `com,example)/path?query`."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host.replace(".", "").isdigit():  # an address stays as it is
        host = ",".join(reversed(host.split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    key = f"{host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")
    return key.encode("ascii", "backslashreplace").decode("ascii")
