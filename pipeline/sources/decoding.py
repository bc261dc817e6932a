"""Content-Encoding undone with bounded output: no step makes more than the limit, whatever the input claims.

Counting after the fact is too late: 1.6 KB of brotli make one chunk of 1 GiB (TRAPS.md 1). A cap on the size makes
a cap on the ratio needless: what is small is harmless at any ratio.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

_ZSTD_WINDOW = 8 << 20  # RFC 9659: the window that a decoder of HTTP content has to support, and no more
# 256 bytes of zstd hold at most 64 blocks of 128 KiB, so that one step makes at most 8 MiB.
_ZSTD_SLICE = 256


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as far as it could be decoded; `fault` is None, `too_large`, `bad_encoding` or `truncated`."""

    body: bytes
    fault: str | None = None


def decode(wire: bytes, content_encoding: str | None, max_bytes: int) -> Decoded:
    """The body of a response from its bytes on the wire and its Content-Encoding header.

    Stacked encodings (`gzip, gzip`) are refused as `bad_encoding`: no honest server sends them.
    """
    names = [part.strip().lower() for part in (content_encoding or "").split(",")]
    names = [name for name in names if name not in {"", "identity", "none"}]
    if not names or not wire:
        return _bounded(wire, max_bytes)
    decoder = _DECODERS.get(names[0]) if len(names) == 1 else None
    return decoder(wire, max_bytes) if decoder else Decoded(b"", "bad_encoding")


def _bounded(body: bytes, max_bytes: int) -> Decoded:
    return Decoded(body[:max_bytes], "too_large") if len(body) > max_bytes else Decoded(body)


def _gzip(wire: bytes, max_bytes: int) -> Decoded:
    """RFC 1952: any number of members; rubbish after a whole member is left aside, as browsers do."""
    parts: list[bytes] = []
    room = max_bytes + 1
    rest = wire
    while rest.startswith(b"\x1f\x8b") or not parts:
        member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        try:
            parts.append(member.decompress(rest, room))
        except zlib.error:
            return Decoded(b"".join(parts), "bad_encoding")
        room -= len(parts[-1])
        if room <= 0:
            return _bounded(b"".join(parts), max_bytes)
        if not member.eof:
            return Decoded(b"".join(parts), "truncated")
        rest = member.unused_data
    return Decoded(b"".join(parts))


def _deflate(wire: bytes, max_bytes: int) -> Decoded:
    """RFC 9110 says zlib, half of the servers send raw deflate: both are read."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        stream = zlib.decompressobj(window)
        try:
            body = stream.decompress(wire, max_bytes + 1)
        except zlib.error:
            continue
        if len(body) > max_bytes:
            return _bounded(body, max_bytes)
        return Decoded(body, None if stream.eof else "truncated")
    return Decoded(b"", "bad_encoding")


def _brotli(wire: bytes, max_bytes: int) -> Decoded:
    import brotli

    stream = brotli.Decompressor()
    parts: list[bytes] = []
    room, data = max_bytes + 1, wire
    try:
        while room > 0 and not stream.is_finished():
            part = stream.process(data, output_buffer_limit=room)
            data = b""
            parts.append(part)
            room -= len(part)
            if not part and stream.can_accept_more_data():
                break
    except brotli.error:
        return Decoded(b"".join(parts), "bad_encoding")
    body = b"".join(parts)
    if len(body) > max_bytes:
        return _bounded(body, max_bytes)
    return Decoded(body, None if stream.is_finished() else "truncated")


def _zstd(wire: bytes, max_bytes: int) -> Decoded:
    import zstandard

    parts: list[bytes] = []
    size, rest = 0, wire
    try:
        while rest:
            frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
            at = 0
            while at < len(rest) and not frame.eof:
                part = frame.decompress(rest[at : at + _ZSTD_SLICE])
                at += _ZSTD_SLICE
                size += len(part)
                parts.append(part)
                if size > max_bytes:
                    return _bounded(b"".join(parts), max_bytes)
            if not frame.eof:
                return Decoded(b"".join(parts), "truncated")
            rest = frame.unused_data + rest[at:]
    except zstandard.ZstdError:
        return Decoded(b"".join(parts), "bad_encoding")
    return Decoded(b"".join(parts))


_DECODERS: dict[str, Callable[[bytes, int], Decoded]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
ACCEPT_ENCODING = "gzip, deflate, br, zstd"
