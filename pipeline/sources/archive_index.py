"""The CDXJ index of an archive: one sorted line a record, key, time and a JSON object, as replay tools read it."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class IndexLine:
    """Where one record is."""

    key: str
    time: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, url: str, when: datetime, status: int, name: str, offset: int, length: int) -> "IndexLine":
        """The line of a record at `offset`, `length` bytes long, of the file `name`."""
        fields = (
            ("url", url),
            ("status", str(status)),
            ("filename", name),
            ("offset", str(offset)),
            ("length", str(length)),
        )
        return cls(surt(url), when.astimezone(UTC).strftime("%Y%m%d%H%M%S"), fields)

    def __str__(self) -> str:
        return f"{self.key} {self.time} {json.dumps(dict(self.fields), ensure_ascii=True)}"


def surt(url: str) -> str:
    """The URL with its host reversed, so that a domain's records sort together: `com,example)/path?query`."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host.replace(".", "").isdigit():  # an address stays as it is
        host = ",".join(reversed(host.split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")


def write_index(path: Path, lines: Iterable[IndexLine]) -> None:
    """Writes `NAME.cdxj` beside `NAME.warc.gz`, whole or not at all."""
    index = path.with_name(path.name.removesuffix(".warc.gz") + ".cdxj")
    part = index.with_name(index.name + ".part")
    with part.open("w", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in sorted(map(str, lines)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(index)
