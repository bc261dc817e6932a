"""Raw records read back from the archive, one by its reference or all of a file."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from pipeline.sources.archive_index import read_offsets
from pipeline.sources.archive_record import REQUESTED, TRUNCATED
from pipeline.sources.decoding import decode
from pipeline.sources.errors import ArchiveError

_FAULTS = {word: fault for fault, word in TRUNCATED.items()}
_MAX_BODY = 15 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One archived response: `wire` as received, `body` decoded as far as it goes."""

    url: str
    requested_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    wire: bytes
    body: bytes
    fault: str | None
    when: datetime
    record_id: str

    @property
    def content_type(self) -> str | None:
        """The Content-Type header as sent."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), None)


def read_raw(root: Path, raw_ref: str, *, max_body_bytes: int = _MAX_BODY) -> RawRecord:
    """The record that `file#record` refers to, relative to `root`, its digests checked.

    Raises ArchiveError if there is no such record, it isn't whole, or it was changed.
    """
    path, record = _locate(root, raw_ref)
    offset = _offset(path, record)
    try:
        raw = next((raw for _, _, raw in _read(path, offset, max_body_bytes)), None)
    except Exception as error:  # warcio raises whatever its parsers raise
        raise _damaged(path, offset, error) from error
    if raw is None or raw.record_id != record:
        raise _damaged(path, offset, f"record {record} doesn't begin there")
    return raw


def records(path: Path, *, max_body_bytes: int = _MAX_BODY) -> Iterator[tuple[int, int, RawRecord]]:
    """Every whole record of a file with its offset and length in bytes, up to a torn end, which is left out."""
    try:
        yield from _read(path, 0, max_body_bytes)
    except Exception:
        # What follows the last whole record can't be read, by the definition of torn.
        return


def _locate(root: Path, raw_ref: str) -> tuple[Path, str]:
    name, _, record = raw_ref.rpartition("#")
    relative = Path(name)
    if not name or not record or relative.is_absolute() or ".." in relative.parts:
        raise ArchiveError(f"{raw_ref!r}: not a reference into the archive; it looks like 2026-11-24/file.warc.gz#id")
    path = root / relative
    if not path.is_file():
        raise ArchiveError(f"{path}: no such archive file; restore it from a backup, then replay")
    return path, record


def _offset(path: Path, record: str) -> int:
    stat = path.stat()
    offsets = _offsets(path, stat.st_mtime_ns, stat.st_size)
    if record not in offsets:
        raise ArchiveError(f"{path}: no whole record {record} in it; restore the file from a backup, then replay")
    return offsets[record]


@lru_cache(maxsize=16)  # a stage reads one file's records one after the other
def _offsets(path: Path, mtime_ns: int, size: int) -> dict[str, int]:
    """Where each record is: as the index says, or if there is none as the file itself says."""
    del mtime_ns, size  # they tell versions of the file apart
    return read_offsets(path) or {raw.record_id: offset for offset, _, raw in records(path)}


def _read(path: Path, offset: int, max_body_bytes: int) -> Iterator[tuple[int, int, RawRecord]]:
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        while (member := _member(file, offset)) is not None:
            length, data = member
            for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
                yield offset, length, _raw_record(record, record.raw_stream.read(), max_body_bytes)
            offset += length


def _member(file: IO[bytes], offset: int) -> tuple[int, bytes] | None:
    """The gzip member at an offset: its length in the file and its content; None at the file's end.

    warcio reads on where a member lacks its end, and then can't tell where the next begins.
    """
    file.seek(offset)
    stream, parts, length = zlib.decompressobj(zlib.MAX_WBITS + 16), [], 0
    while not stream.eof:
        chunk = file.read(1 << 16)
        if not chunk and not length:
            return None
        if not chunk:
            raise EOFError("the record is cut off")
        parts.append(stream.decompress(chunk))
        length += len(chunk)
    return length - len(stream.unused_data), b"".join(parts)


def _raw_record(record: Any, wire: bytes, max_body_bytes: int) -> RawRecord:
    warc, http = record.rec_headers, record.http_headers
    headers = tuple((str(name), str(value)) for name, value in http.headers)
    encoding = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    decoded = decode(wire, encoding, max_body_bytes)
    url = warc.get_header("WARC-Target-URI")
    return RawRecord(
        url=url,
        requested_url=warc.get_header(REQUESTED) or url,
        status=int(http.get_statuscode()),
        headers=headers,
        wire=wire,
        body=decoded.body,
        fault=_FAULTS.get(warc.get_header("WARC-Truncated")) or decoded.fault,
        when=datetime.strptime(warc.get_header("WARC-Date"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        record_id=warc.get_header("WARC-Record-ID").removeprefix("<urn:uuid:").removesuffix(">"),
    )


def _damaged(path: Path, offset: int, cause: object) -> ArchiveError:
    return ArchiveError(f"{path} at byte {offset}: damaged ({cause}); restore the file from a backup, then replay")
