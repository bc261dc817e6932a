"""The raw archive: every response that is used, as WARC, written before anybody parses it.

While it is written a file is called `NAME.part`; closing it syncs and renames it, so that a file under its own name
is whole. Opening an existing file continues it, and a response already in it is not written again: references into
it stay good, whatever is run twice.
"""

import fcntl
import io
import os
import shutil
import threading
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from pipeline.sources.archive_index import Place, write_index
from pipeline.sources.archive_reader import records
from pipeline.sources.archive_record import record_bytes, record_id
from pipeline.sources.errors import ArchiveError
from pipeline.sources.responses import Response


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
        self._places: dict[str, Place] = {}
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None

    def __enter__(self) -> "Archive":
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._open()
        except OSError as error:
            raise self._unwritable(error) from error
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
        """Writes one response, dated `when`, unless it is there already; returns its reference `file#record`.

        The reference derives from what was asked and answered, not from the place in the file, which depends on
        which of many answers came first.
        """
        record = record_id(response)
        with self._lock:
            if record not in self._places:
                self._places[record] = self._write(record, response, when)
        return f"{self._name}#{record}"

    def close(self) -> None:
        """Syncs the file, gives it its name and writes the index beside it. An empty archive leaves no file."""
        if self._file is None:
            return
        try:
            self._finish(self._file)
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            self._file.close()
            self._file = None

    def _finish(self, file: IO[bytes]) -> None:
        file.flush()
        os.fsync(file.fileno())
        if not self._places:
            self._part.unlink(missing_ok=True)
            return
        self._part.replace(self.path)
        write_index(self.path, self._places.values())
        _sync_folder(self.path.parent)

    def _open(self) -> IO[bytes]:
        file = self._part.open("a+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise ArchiveError(f"{self._part}: another run is writing it; wait for that run or end it") from error
        file.truncate(0)
        if self.path.exists():
            self._continue(file)
        return file

    def _continue(self, file: IO[bytes]) -> None:
        with self.path.open("rb") as old:
            shutil.copyfileobj(old, file)
        self._places = {
            raw.record_id: Place(
                record=raw.record_id, url=raw.url, when=raw.when, status=raw.status, offset=offset, length=length
            )
            for offset, length, raw in records(self.path)
        }
        # A torn end would hide what is appended behind it.
        file.truncate(max((place.offset + place.length for place in self._places.values()), default=0))

    def _write(self, record: str, response: Response, when: datetime) -> Place:
        if self._file is None:
            raise ArchiveError(f"{self.path}: not open; use `with Archive(path) as archive:`")
        data = record_bytes(response, when)
        offset = self._file.seek(0, io.SEEK_END)
        try:
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise self._unwritable(error) from error
        return Place(
            record=record,
            url=response.final_url,
            when=when,
            status=response.status,
            offset=offset,
            length=len(data),
        )

    def _unwritable(self, error: OSError) -> ArchiveError:
        return ArchiveError(f"{self._part}: can't be written ({error.strerror}); free the disk and run again")


def _sync_folder(folder: Path) -> None:
    """A rename is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
