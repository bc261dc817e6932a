import gzip
import random
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from pipeline.sources.decoding import decode

LIMIT = 1 << 20
TEXT = b"<rss>" + random.Random(7).randbytes(5_000).hex().encode() + b"</rss>"

ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "x-gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_body_comes_out_as_it_went_in(encoding: str) -> None:
    decoded = decode(ENCODERS[encoding](TEXT), encoding, LIMIT)
    assert (decoded.body, decoded.fault) == (TEXT, None)


def test_raw_deflate_is_read_too() -> None:
    assert decode(raw_deflate(TEXT), "deflate", LIMIT).body == TEXT


@pytest.mark.parametrize("encoding", [None, "", "identity", " Identity "])
def test_a_body_without_encoding_is_itself(encoding: str | None) -> None:
    assert decode(TEXT, encoding, LIMIT).body == TEXT


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_bomb_is_stopped_at_the_limit_with_little_memory(encoding: str) -> None:
    bomb = ENCODERS[encoding](bytes(64 << 20))
    tracemalloc.start()
    decoded = decode(bomb, encoding, LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (decoded.fault, len(decoded.body)) == ("too_large", LIMIT)
    assert peak < 16 << 20


def test_zstd_with_a_window_beyond_the_limit_is_refused() -> None:
    huge_window = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    wire = zstandard.ZstdCompressor(compression_params=huge_window).compressobj().compress(b"x" * 100)
    stream = zstandard.ZstdCompressor(compression_params=huge_window).compressobj()
    wire = stream.compress(b"x" * 100) + stream.flush()
    assert decode(wire, "zstd", LIMIT).fault == "bad_encoding"


@pytest.mark.parametrize("stacked", ["gzip, gzip", "gzip,br", "br, gzip, gzip"])
def test_stacked_encodings_are_refused(stacked: str) -> None:
    assert decode(gzip.compress(gzip.compress(TEXT)), stacked, LIMIT).fault == "bad_encoding"


@pytest.mark.parametrize("encoding", ["compress", "rot13"])
def test_unknown_encodings_are_refused(encoding: str) -> None:
    assert decode(TEXT, encoding, LIMIT).fault == "bad_encoding"


@pytest.mark.parametrize("encoding", ENCODERS)
def test_plain_text_under_a_wrong_encoding_is_refused(encoding: str) -> None:
    assert decode(TEXT, encoding, LIMIT).fault == "bad_encoding"


@pytest.mark.parametrize("encoding", ENCODERS)
def test_half_a_body_is_truncated_not_whole(encoding: str) -> None:
    wire = ENCODERS[encoding](TEXT)
    decoded = decode(wire[: len(wire) // 2], encoding, LIMIT)
    assert decoded.fault == "truncated"
    assert TEXT.startswith(decoded.body)


def test_a_wrong_checksum_is_refused() -> None:
    wire = bytearray(gzip.compress(TEXT))
    wire[-8] ^= 0xFF
    assert decode(bytes(wire), "gzip", LIMIT).fault == "bad_encoding"


def test_rubbish_after_a_whole_gzip_member_is_left_aside() -> None:
    assert decode(gzip.compress(TEXT) + b"rubbish", "gzip", LIMIT).body == TEXT


def test_a_thousand_gzip_members_are_read_as_one_body_within_the_limit() -> None:
    assert decode(gzip.compress(b"abc") * 1_000, "gzip", LIMIT).body == b"abc" * 1_000
    assert decode(gzip.compress(bytes(10_000)) * 1_000, "gzip", LIMIT).fault == "too_large"


def test_a_body_without_encoding_beyond_the_limit_is_too_large() -> None:
    assert decode(b"x" * (LIMIT + 1), None, LIMIT).fault == "too_large"
