"""Extraction in a process of its own, with a deadline a page and a memory limit.

A page can make a parser run for minutes or take gigabytes, and a thread can't be stopped. The process is a plain
subprocess that speaks over pipes (worker.py): Airflow's task processes are daemonic and may have no multiprocessing
children. It is reused from page to page; a page that passes its deadline or kills it costs a fresh start.
"""

import contextlib
import json
import os
import selectors
import struct
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from pipeline.articles.errors import ExtractionFailed
from pipeline.articles.extract import Limits
from pipeline.records import Extraction

if TYPE_CHECKING:
    from pipeline.settings import Settings

_LENGTH = struct.Struct(">I")
_START_SECONDS = 120.0  # imports on a loaded machine; no page's deadline runs meanwhile
_MOST_REPLY = 64 << 20


class Extractor:
    """Extracts pages in a child process; a context manager, for one thread at a time.

    `timeout` is seconds a page, `memory` the child's address space in bytes. The child starts with the first page.
    """

    def __init__(self, limits: Limits | None = None, *, timeout: float = 10.0, memory: int = 1 << 30) -> None:
        self._limits = limits or Limits()
        self._timeout = timeout
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def configured(cls, settings: "Settings") -> Self:
        """An extractor with the limits of a deployment's settings."""
        limits = Limits(settings.max_page_bytes, settings.max_page_tags, settings.min_text_chars)
        return cls(limits, timeout=settings.extract_timeout, memory=settings.extract_memory)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def extract(self, html: bytes, url: str | None = None, *, content_type: str | None = None) -> Extraction:
        """As `pipeline.articles.extract`; raises ExtractionFailed also with `extraction_timeout` (deadline passed)
        and `extraction_crashed` (the child died or ran out of memory, twice). The next page finds a fresh child.
        """
        if len(html) > self._limits.max_page_bytes:  # not worth sending
            detail = f"{len(html):,} bytes; the setting max_page_bytes allows {self._limits.max_page_bytes:,}"
            raise ExtractionFailed("page_too_large", detail)
        head = json.dumps({"url": url, "content_type": content_type, "seconds": self._timeout}).encode()
        request = _frame(head) + _frame(html)
        # A death may be nobody's fault (the system's memory killer, an operator): the page gets a second child.
        reply = self._tried(request) or self._tried(request)
        if reply is None:
            detail = f"the extraction process died twice on this page (extract_memory is {self._memory >> 20} MiB)"
            raise ExtractionFailed("extraction_crashed", detail)
        return _extraction(json.loads(reply))

    def _tried(self, request: bytes) -> bytes | None:
        """The child's reply, or None if it died."""
        process = self._started()
        try:
            return _exchange(process, request, self._timeout)
        except TimeoutError:
            self._kill()
            detail = f"not done after extract_timeout = {self._timeout:g} s; the page is kept in the archive"
            raise ExtractionFailed("extraction_timeout", detail) from None
        except (EOFError, OSError):
            self._kill()
            return None
        except BaseException:  # a half-read reply must never be taken for the next page's
            self._kill()
            raise

    def close(self) -> None:
        """End the child, if one runs."""
        self._kill()

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._kill()
        self._process = _start(self._limits, self._memory)
        try:
            _exchange(self._process, b"", _START_SECONDS)
        except (TimeoutError, EOFError, OSError):
            code = self._kill()
            detail = f"the extraction process did not start (code {code}); is extract_memory too low?"
            raise ExtractionFailed("extraction_crashed", detail) from None
        return self._process

    def _kill(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close_quietly(pipe)
        process.kill()
        return process.wait()


def _start(limits: Limits, memory: int) -> "subprocess.Popen[bytes]":
    arguments = (memory, limits.max_page_bytes, limits.max_page_tags, limits.min_text_chars)
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.articles.worker", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        bufsize=0,
        close_fds=True,
        start_new_session=True,  # Ctrl-C is the parent's to handle
    )
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        os.set_blocking(pipe.fileno(), False)
    return process


def _environment() -> dict[str, str]:
    """What the child may see: no secrets, one thread (each takes address space), the same hash seed every time."""
    root = str(Path(__file__).resolve().parents[2])
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV") if name in os.environ
    }
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return kept | threads | {"PYTHONPATH": path, "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "2"}


def _exchange(process: "subprocess.Popen[bytes]", request: bytes, seconds: float) -> bytes:
    """Send a request, read one frame, under one deadline. Raises TimeoutError, or EOFError if the child dies."""
    assert process.stdin is not None
    assert process.stdout is not None
    deadline = time.monotonic() + seconds
    pending, received = memoryview(request), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if pending:
            selector.register(process.stdin, selectors.EVENT_WRITE)
        while not _complete(received):
            for key, _ in _ready(selector, deadline):
                if key.fileobj is process.stdout:
                    received += _read(process.stdout)
                else:
                    pending = pending[os.write(process.stdin.fileno(), pending) :]
                    if not pending:
                        selector.unregister(process.stdin)
    return bytes(received[_LENGTH.size :])


def _ready(selector: selectors.BaseSelector, deadline: float) -> list[tuple[selectors.SelectorKey, int]]:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return selector.select(left)


def _read(pipe: IO[bytes]) -> bytes:
    chunk = os.read(pipe.fileno(), 1 << 16)
    if not chunk:
        raise EOFError
    return chunk


def _complete(received: bytearray) -> bool:
    if len(received) < _LENGTH.size:
        return False
    (length,) = _LENGTH.unpack_from(received)
    if length > _MOST_REPLY:
        raise EOFError  # not a reply of ours: the child is beyond trust
    return bool(len(received) >= _LENGTH.size + length)


def _frame(body: bytes) -> bytes:
    return _LENGTH.pack(len(body)) + body


def _extraction(reply: dict[str, Any]) -> Extraction:
    if "reason" in reply:
        raise ExtractionFailed(reply["reason"], reply["detail"])
    published = reply.pop("published")
    return Extraction(**reply, published=datetime.fromisoformat(published) if published else None)


def _close_quietly(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError):
        pipe.close()
