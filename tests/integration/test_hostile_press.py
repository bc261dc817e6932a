"""One run over a press where most feeds do their worst: each ends in its outcome, and the honest ones are read."""

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import brotli
import pytest
import zstandard

from pipeline.records import Feed, FeedOutcome, Run
from pipeline.sources import Archive, Client, Limits, fetch_pages, poll_feeds, read_raw
from pipeline.sources.archive_reader import records
from tests.press import Press, Script, answer, drip, endless, item, page, rss, running_press

RUN = Run(run_id="2026-11-24", day=date(2026, 11, 24), as_of=datetime(2026, 11, 24, 12, tzinfo=UTC))
LIMITS = Limits(total_timeout=2.0, connect_timeout=1.0)


def bomb(encoding: str) -> bytes:
    """A gibibyte of zeros in a few kilobytes, or megabytes where the format can't do better."""
    if encoding == "gzip":
        one = gzip.compress(bytes(16 << 20))
        wire = one * 64
    elif encoding == "br":
        stream = brotli.Compressor(quality=1, lgwin=24)
        wire = b"".join(stream.process(bytes(64 << 20)) for _ in range(16)) + stream.finish()
    else:
        wire = zstandard.compress(bytes(64 << 20)) * 16
    return answer(wire, Content_Encoding=encoding)


LAUGHS = b"<!DOCTYPE rss [<!ENTITY a 'lol'>" + b"".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>".encode() for n in range(9)
)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

HOSTILE: dict[str, tuple[Script, str, str]] = {
    "drip": (drip(answer(rss(item(1))), 0.4), "failed", "timeout_total"),
    "black hole": (lambda connection: time.sleep(3), "failed", "timeout_total"),
    "endless chunks": (endless(CHUNKED, b"4000\r\n" + bytes(0x4000) + b"\r\n"), "failed", "too_large"),
    "endless headers": (endless(b"HTTP/1.1 200 OK\r\n", b"A: " + b"a" * 999 + b"\r\n"), "failed", "protocol_error"),
    "half and reset": (answer(rss(item(1), item(2))[:-60], Content_Length="9999"), "partial", "truncated"),
    "gzip bomb": (bomb("gzip"), "failed", "too_large"),
    "brotli bomb": (bomb("br"), "failed", "too_large"),
    "zstd bomb": (bomb("zstd"), "failed", "too_large"),
    "double gzip": (answer(b"x", Content_Encoding="gzip, gzip"), "failed", "bad_encoding"),
    "billion laughs": (answer(LAUGHS + b"]>" + rss(item(1, title="&j;"))), "partial", "malformed"),
    "nested": (answer(rss("<a>" * 100_000)), "failed", "too_deep"),
    "20,000 items": (answer(rss(*(item(n) for n in range(20_000)))), "partial", "too_many_entries"),
    "10 MB of text": (answer(b"a" * 7_000_000), "failed", "not_a_feed"),
    "html": (answer(b"<!DOCTYPE html><html>Welcome"), "failed", "not_a_feed"),
    "a path": (answer(b"/etc/hostname"), "failed", "not_a_feed"),
    "empty": (answer(), "failed", "empty"),
    "30 hops": (answer(status="302 Found", Location="/hop/0"), "refused", "too_many_redirects"),
    "nowhere": (answer(status="302 Found", Location=""), "refused", "redirect_without_location"),
    "metadata": (answer(status="302 Found", Location="http://169.254.169.254/"), "refused", "address_refused"),
    "file": (answer(status="302 Found", Location="file:///etc/hostname"), "refused", "redirect_scheme"),
    "gone": (answer(status="410 Gone"), "retired", "http_410"),
    "not modified": (answer(status="304 Not Modified"), "failed", "unexpected_304"),
    "no http": (b"220 mail.example ESMTP\r\n\r\n", "failed", "protocol_error"),
}
HONEST = 10


def feed_of(press: Press, path: str) -> Feed:
    return Feed(
        url=press.url + path, outlet="O", publisher="P", country="NOR", language="en", kind="newspaper", local=True
    )


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with running_press() as running:
        for n, (script, _, _) in enumerate(HOSTILE.values()):
            running.pages[f"/hostile/{n}"] = script
        for hop in range(30):
            running.pages[f"/hop/{hop}"] = answer(status="302 Found", Location=f"/hop/{hop + 1}")
        for n in range(HONEST):
            running.pages[f"/honest/{n}"] = answer(rss(item(n)), Content_Type="application/rss+xml")
            running.pages[f"/articles/{n}.html"] = page(f"Article {n}.")
        yield running


def test_each_hostile_feed_has_its_outcome_and_the_honest_ones_are_read(press: Press, tmp_path: Path) -> None:
    hostile = [feed_of(press, f"/hostile/{n}") for n in range(len(HOSTILE))]
    honest = [feed_of(press, f"/honest/{n}") for n in range(HONEST)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    with Client(LIMITS) as client, Archive(tmp_path / "a.warc.gz") as archive:
        polls = poll_feeds([*hostile, *honest], {}, client, archive, RUN, lambda: RUN.as_of, workers=4)
        wanted = [(poll.feed, entry) for poll in polls[len(hostile) :] for entry in poll.entries]
        pages = fetch_pages(wanted, client, archive, RUN, lambda: RUN.as_of, workers=4)
    seconds = time.monotonic() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024

    found = {name: (str(poll.outcome), poll.reason) for name, poll in zip(HOSTILE, polls, strict=False)}
    assert found == {name: (outcome, reason) for name, (_, outcome, reason) in HOSTILE.items()}
    assert [poll.outcome for poll in polls[len(hostile) :]] == [FeedOutcome.NEW] * HONEST
    assert [record.reason for _, record in pages] == [None] * HONEST
    assert seconds < 15
    assert grown < 256 << 20  # four workers at once, 64 MiB each
    for poll in polls:
        for fetch in poll.fetches:
            assert (fetch.raw_ref is None) == (fetch.status is None)
            assert fetch.raw_ref is None or read_raw(tmp_path, fetch.raw_ref).status == fetch.status


KILLED = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.sources import Archive
from pipeline.sources.responses import Response

path, total = Path(sys.argv[1]), int(sys.argv[2])
with Archive(path) as archive:
    for n in range(total):
        body = f"body {n} ".encode() * 500
        url = f"http://a.example/{n}"
        response = Response(url=url, final_url=url, http_version="HTTP/1.1", status=200, phrase="OK",
                            headers=(("Content-Type", "text/html"),), wire=body, body=body)
        print(archive.append(response, datetime(2026, 11, 24, tzinfo=UTC)), flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_run_killed_while_it_archives_leaves_nothing_half_and_ends_the_same_when_run_again(
    tmp_path: Path, after: int
) -> None:
    path = tmp_path / "a.warc.gz"
    command = [sys.executable, "-c", KILLED, str(path), "50"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as running:
        assert running.stdout is not None
        first = [running.stdout.readline().strip() for _ in range(after)]
        os.kill(running.pid, signal.SIGKILL)
    assert not path.exists() or len(list(records(path))) == 50  # it was faster than the kill
    again = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path.cwd()).stdout.split()
    assert again[:after] == first
    assert [raw.url for _, _, raw in records(path)] == [f"http://a.example/{n}" for n in range(50)]
    assert [read_raw(tmp_path, ref).url for ref in again] == [f"http://a.example/{n}" for n in range(50)]
    assert not list(tmp_path.glob("*.part"))
    assert len(json.loads((tmp_path / "a.cdxj").read_text().splitlines()[0].split(" ", 2)[2])) == 6
