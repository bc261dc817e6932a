"""The raw archive: every response that is used, as WARC, written before anybody parses it.

One gzip member holds one response record with the body as it came over the wire. While it is written a file is
called `NAME.part`; closing it syncs and renames it, so that a file under its own name is whole. Opening an existing
file continues it, and a response already in it is not written again: a stage run twice leaves the same bytes, and
references into the file stay good.
"""

import fcntl
import io
import os
import shutil
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from pipeline.sources.archive_index import IndexLine, write_index
from pipeline.sources.archive_reader import (
    REQUESTED,
    WARC_TRUNCATED,
    RawRecord,
    read_raw,
    records,
)
from pipeline.sources.errors import ArchiveError
from pipeline.sources.responses import Response

__all__ = ["Archive", "RawRecord", "read_raw", "records"]

_NAMESPACE = uuid.UUID("6f0b7f0e-52d6-5c0a-9d6b-7a3b1f6f2c11")
# These describe the transfer, which is undone; kept under another name, as other crawlers do.
_TRANSFER = frozenset({"transfer-encoding", "content-length", "connection"})


@dataclass(frozen=True, slots=True)
class _Place:
    offset: int
    length: int
    line: IndexLine


class Archive:
    """One WARC file being written; a context manager. `root` is what references are relative to (its folder).

    Appending is safe from many threads. Leaving by an exception leaves `.part` behind, which nobody takes for data.
    """

    def __init__(self, path: Path, root: Path | None = None) -> None:
        if not path.name.endswith(".warc.gz"):
            raise ArchiveError(f"{path}: not a name for an archive; end it in .warc.gz")
        self.path = path
        self.root = root or path.parent
        self._name = path.relative_to(self.root).as_posix()
        self._part = path.with_name(path.name + ".part")
        self._places: dict[str, _Place] = {}
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None

    def __enter__(self) -> "Archive":
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._open()
        except OSError as error:
            raise ArchiveError(
                f"{self._part}: can't be written ({error.strerror}); free the disk or the path"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        elif self._file is not None:
            self._file.close()
            self._file = None

    def append(self, response: Response, when: datetime) -> str:
        """Writes one response, dated `when`, unless it is there already; returns its reference `file#offset`."""
        record_id = _record_id(response)
        with self._lock:
            place = self._places.get(record_id)
            if place is None:
                place = self._write(record_id, response, when)
                self._places[record_id] = place
        return f"{self._name}#{place.offset}"

    def close(self) -> None:
        """Syncs the file, gives it its name and writes the index beside it. An empty archive leaves no file."""
        if self._file is None:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        if self._places:
            self._part.replace(self.path)
            _sync_folder(self.path.parent)
            write_index(self.path, [place.line for place in self._places.values()])
        else:
            self._part.unlink(missing_ok=True)
        self._file.close()
        self._file = None

    def _open(self) -> IO[bytes]:
        file = self._part.open("a+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise ArchiveError(f"{self._part}: another run is writing it; wait for that run or end it") from error
        file.truncate(0)
        if self.path.exists():
            with self.path.open("rb") as old:
                shutil.copyfileobj(old, file)
            self._places = dict(_existing(self.path, self._name))
            # A torn end would hide what is appended behind it.
            file.truncate(max((place.offset + place.length for place in self._places.values()), default=0))
        return file

    def _write(self, record_id: str, response: Response, when: datetime) -> _Place:
        if self._file is None:
            raise ArchiveError(f"{self.path}: not open; use `with Archive(path) as archive:`")
        data = _record(record_id, response, when)
        try:
            offset = self._file.seek(0, io.SEEK_END)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise ArchiveError(
                f"{self._part}: can't be written ({error.strerror}); free the disk and run again"
            ) from error
        return _Place(
            offset, len(data), IndexLine.of(response.final_url, when, response.status, self._name, offset, len(data))
        )


def _existing(path: Path, name: str) -> list[tuple[str, _Place]]:
    return [
        (raw.record_id, _Place(offset, length, IndexLine.of(raw.url, raw.when, raw.status, name, offset, length)))
        for offset, length, raw in records(path)
    ]


def _record_id(response: Response) -> str:
    """From what was asked and answered, not from when: the same answer twice is one record."""
    import hashlib

    digest = hashlib.sha256(response.wire).hexdigest()
    parts = (response.url, response.final_url, response.status, response.header("content-type"), response.fault, digest)
    return f"<urn:uuid:{uuid.uuid5(_NAMESPACE, chr(31).join(map(str, parts)))}>"


def _record(record_id: str, response: Response, when: datetime) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    status = f"{response.status} {response.phrase}".strip()
    headers = StatusAndHeaders(status, _http_headers(response), protocol=response.http_version)
    record = writer.create_warc_record(
        response.final_url,
        "response",
        payload=io.BytesIO(response.wire),
        length=len(response.wire),
        http_headers=headers,
        warc_headers_dict=_warc_headers(record_id, response, when),
    )
    writer.write_record(record)
    return out.getvalue()


def _warc_headers(record_id: str, response: Response, when: datetime) -> dict[str, Any]:
    headers = {
        "WARC-Record-ID": record_id,
        "WARC-Date": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        REQUESTED: response.url,
    }
    if response.fault in WARC_TRUNCATED:
        headers["WARC-Truncated"] = WARC_TRUNCATED[response.fault]
    return headers


def _http_headers(response: Response) -> list[tuple[str, str]]:
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in _TRANSFER else name, value) for name, value in response.headers
    ]
    return [*kept, ("Content-Length", str(len(response.wire)))]


def _sync_folder(folder: Path) -> None:
    """A rename is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
