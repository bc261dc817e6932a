"""Raw records read back from the archive, one by its reference or all of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.sources.decoding import decode
from pipeline.sources.errors import ArchiveError

REQUESTED = "X-Stancewire-Requested-URI"  # the URL asked for; WARC-Target-URI is the one that answered
# Our faults in the words of WARC 1.1, 5.13.
WARC_TRUNCATED = {"too_large": "length", "timeout_total": "time", "truncated": "disconnect"}
_FAULTS = {word: fault for fault, word in WARC_TRUNCATED.items()}
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
    """The record that `file#offset` refers to, its digests checked.

    Raises ArchiveError if there is no whole record, or it was changed.
    """
    path, offset = _locate(root, raw_ref)
    try:
        for _, _, raw in _read(path, offset, max_body_bytes):
            return raw
    except ArchiveError:
        raise
    except Exception as error:  # warcio raises whatever its parsers raise
        raise _damaged(path, offset, error) from error
    raise _damaged(path, offset, "no response record begins there")


def records(path: Path, *, max_body_bytes: int = _MAX_BODY) -> Iterator[tuple[int, int, RawRecord]]:
    """Every whole record of a file with its offset and length in bytes; a torn end is left out silently."""
    try:
        yield from _read(path, 0, max_body_bytes)
    except Exception:
        # What follows the last whole record can't be read, by the definition of torn.
        return


def _locate(root: Path, raw_ref: str) -> tuple[Path, int]:
    name, _, offset = raw_ref.rpartition("#")
    relative = Path(name)
    if not name or not offset.isdecimal() or relative.is_absolute() or ".." in relative.parts:
        raise ArchiveError(f"{raw_ref!r}: not a reference into the archive; it looks like 2026/file.warc.gz#123")
    path = root / relative
    if not path.is_file():
        raise ArchiveError(f"{path}: no such archive file; restore it from a backup, then replay")
    return path, int(offset)


def _read(path: Path, offset: int, max_body_bytes: int) -> Iterator[tuple[int, int, RawRecord]]:
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        file.seek(offset)
        iterator = ArchiveIterator(file, check_digests="raise")
        for record in iterator:
            wire = record.raw_stream.read()
            raw = _raw_record(record, wire, max_body_bytes)
            at, length = iterator.get_record_offset(), iterator.get_record_length()
            yield at, length, raw


def _raw_record(record: Any, wire: bytes, max_body_bytes: int) -> RawRecord:
    warc, http = record.rec_headers, record.http_headers
    headers = tuple((str(name), str(value)) for name, value in http.headers)
    encoding = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    decoded = decode(wire, encoding, max_body_bytes)
    url = warc.get_header("WARC-Target-URI")
    when = datetime.strptime(warc.get_header("WARC-Date"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return RawRecord(
        url=url,
        requested_url=warc.get_header(REQUESTED) or url,
        status=int(http.get_statuscode()),
        headers=headers,
        wire=wire,
        body=decoded.body,
        fault=_FAULTS.get(warc.get_header("WARC-Truncated")) or decoded.fault,
        when=when,
        record_id=warc.get_header("WARC-Record-ID"),
    )


def _damaged(path: Path, offset: int, cause: object) -> ArchiveError:
    return ArchiveError(f"{path} at byte {offset}: damaged ({cause}); restore the file from a backup, then replay")
