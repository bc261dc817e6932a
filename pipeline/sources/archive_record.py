"""A response as a WARC record: one gzip member, the body as it came over the wire."""

import hashlib
import io
import uuid
from datetime import UTC, datetime

from pipeline.sources.responses import Response

REQUESTED = "X-Stancewire-Requested-URI"  # the URL asked for; WARC-Target-URI is the one that answered
# Our faults in the words of WARC 1.1, 5.13.
TRUNCATED = {"too_large": "length", "timeout_total": "time", "truncated": "disconnect"}

_NAMESPACE = uuid.UUID("6f0b7f0e-52d6-5c0a-9d6b-7a3b1f6f2c11")
# These describe the transfer, which is undone; kept under another name, as other crawlers do.
_TRANSFER = frozenset({"transfer-encoding", "content-length", "connection"})


def record_id(response: Response) -> str:
    """A UUID from what was asked and answered, not from when: the same answer twice is one record."""
    digest = hashlib.sha256(response.wire).hexdigest()
    parts = (response.url, response.final_url, response.status, response.header("content-type"), response.fault, digest)
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(map(str, parts))))


def record_bytes(response: Response, when: datetime) -> bytes:
    """The record, compressed, as it stands in the file; dated `when`."""
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
        warc_headers_dict=_warc_headers(response, when),
    )
    writer.write_record(record)
    return out.getvalue()


def _warc_headers(response: Response, when: datetime) -> dict[str, str]:
    headers = {
        "WARC-Record-ID": f"<urn:uuid:{record_id(response)}>",
        "WARC-Date": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        REQUESTED: response.url,
    }
    if response.fault in TRUNCATED:
        headers["WARC-Truncated"] = TRUNCATED[response.fault]
    return headers


def _http_headers(response: Response) -> list[tuple[str, str]]:
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in _TRANSFER else name, value) for name, value in response.headers
    ]
    return [*kept, ("Content-Length", str(len(response.wire)))]
