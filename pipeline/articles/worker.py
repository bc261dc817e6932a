"""The extraction process: reads pages from standard input, writes what it found to standard output.

Started by sandbox.py as `python -m pipeline.articles.worker MEMORY MAX_BYTES MAX_TAGS MIN_CHARS`. A frame is its
length (4 bytes, big-endian) and as many bytes. A request is two frames: JSON with `url`, `content_type` and
`seconds`, then the page. A reply is one frame of JSON: the extraction's fields, or `reason` and `detail`. JSON, not
pickle: what comes from the process that handles hostile pages is never executed.
"""

import json
import os
import signal
import struct
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from pipeline.articles.errors import ExtractionFailed
from pipeline.articles.extract import Limits, extract

_LENGTH = struct.Struct(">I")
_GRACE = 5.0  # seconds past the deadline after which the process ends itself if its parent is gone


def main(arguments: list[str]) -> None:
    """Serve pages until standard input ends."""
    memory, max_bytes, max_tags, min_chars = (int(argument) for argument in arguments)
    limits = Limits(max_page_bytes=max_bytes, max_page_tags=max_tags, min_text_chars=min_chars)
    requests = sys.stdin.buffer
    replies = _private_stdout()
    _warm_up()
    _limit_memory(memory)
    write_frame(replies, b"ready")
    while (head := read_frame(requests)) is not None:
        page = read_frame(requests)
        if page is None:
            return
        write_frame(replies, _answer(json.loads(head), page, limits))


def write_frame(pipe: BinaryIO, body: bytes) -> None:
    """Write one frame."""
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes | None:
    """Read one frame; None at the end of the stream."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    return body if len(body) == length else None


def _answer(request: dict[str, Any], page: bytes, limits: Limits) -> bytes:
    signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE)
    try:
        found: dict[str, Any] = asdict(
            extract(page, request["url"], content_type=request["content_type"], limits=limits)
        )
    except ExtractionFailed as failure:
        found = {"reason": failure.reason, "detail": failure.detail}
    except MemoryError:
        # The heap may be in any state now; a fresh process is cheap.
        os._exit(3)
    except Exception as error:
        found = {"reason": "extraction_failed", "detail": f"{type(error).__name__}: {error}"[:500]}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return json.dumps(found, default=str).encode()


def _private_stdout() -> BinaryIO:
    """The reply pipe under another number, so that nothing a library prints can get between the frames."""
    replies = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    return replies


def _warm_up() -> None:
    """Load everything before the first deadline runs and before memory is limited."""
    words = "The ministers of both states signed the agreement in the capital on Monday after long talks. "
    page = f"<html><body><article><h1>A title</h1>{f'<p>{words}</p>' * 5}</article></body></html>"
    extract(page.encode())


def _limit_memory(n_bytes: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
