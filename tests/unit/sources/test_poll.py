import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.records import FeedOutcome, FeedState
from pipeline.sources import Archive, poll_feed, read_raw
from tests.press import Press, Script, answer, item, rss


def served(body: bytes, **headers: str) -> bytes:
    return answer(body, **{"Content_Type": "application/rss+xml", **headers})


# --- outcomes ----------------------------------------------------------------


def test_a_feed_polled_for_the_first_time_is_new(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1), item(2)), ETag='"a"')
    poll = desk.poll()
    assert (poll.outcome, poll.reason, poll.faults) == (FeedOutcome.NEW, None, ())
    assert [entry.link for entry in poll.entries] == [f"{press.url}/articles/{n}.html" for n in (1, 2)]
    assert poll.state.seeded


@pytest.mark.parametrize(
    ("script", "outcome", "reason"),
    [
        (answer(status="404 Not Found"), "failed", "http_404"),
        (answer(status="403 Forbidden"), "failed", "http_403"),
        (answer(status="429 Too Many Requests"), "failed", "http_429"),
        (answer(status="500 Internal Server Error"), "failed", "http_500"),
        (answer(status="410 Gone"), "retired", "http_410"),
        (answer(status="304 Not Modified"), "failed", "unexpected_304"),
        (answer(status="302 Found"), "refused", "redirect_without_location"),
        (answer(status="302 Found", Location="http://169.254.169.254/"), "refused", "address_refused"),
        (served(b""), "failed", "empty"),
        (served(b"<!DOCTYPE html><html>"), "failed", "not_a_feed"),
        (served(b"\x00" * 50), "failed", "empty"),
        (served(rss()), "partial", "no_entries"),
        (served(rss(item(1, title="a & b"))), "partial", "malformed"),
        (served(rss(*(item(n) for n in range(1001)))), "partial", "too_many_entries"),
        (served(b"<rss><channel>"), "failed", "malformed"),
        (served(rss(item(1)), Content_Length="99999"), "partial", "truncated"),
        (served(gzip.compress(bytes(16 << 20)), Content_Encoding="gzip"), "failed", "too_large"),
        (served(b"not gzip", Content_Encoding="gzip"), "failed", "bad_encoding"),
        (b"nonsense\r\n\r\n", "failed", "protocol_error"),
        (lambda connection: connection.close(), "failed", "protocol_error"),
    ],
)
def test_each_answer_has_its_outcome_and_reason(desk, press: Press, script: Script, outcome: str, reason: str) -> None:
    press.pages["/feed.xml"] = script
    poll = desk.poll()
    assert (poll.outcome, poll.reason) == (outcome, reason)
    assert poll.fetches[0].fetch_id
    assert (poll.fetches[0].raw_ref is not None) == (poll.fetches[0].status is not None)


def test_the_last_item_of_a_feed_that_breaks_off_is_not_believed(desk, press: Press) -> None:
    body = rss(item(1), item(2), item(3, title="Minister supports the treaty"))
    press.pages["/feed.xml"] = served(body[: body.index(b" the treaty")], Content_Length=str(len(body)))
    poll = desk.poll()
    assert (poll.outcome, poll.reason) == (FeedOutcome.PARTIAL, "truncated")
    assert [entry.title for entry in poll.entries] == ["A headline", "A headline"]


# --- conditional requests (TRAPS.md 4) ---------------------------------------


@pytest.mark.parametrize("etag", ['"abc"', 'W/"abc"', "unquoted", '"caf\xe9"', '"a" "b"'])
def test_validators_go_back_byte_for_byte(desk, press: Press, etag: str) -> None:
    modified = "tue, 24-nov-2026 garbage"
    press.pages["/feed.xml"] = served(rss(item(1)), ETag=etag, Last_Modified=modified)
    state = desk.poll().state
    press.pages["/feed.xml"] = answer(status="304 Not Modified")
    poll = desk.poll(state)
    assert press.requests[1].headers["if-none-match"] == etag
    assert press.requests[1].headers["if-modified-since"] == modified
    assert (poll.outcome, poll.reason, poll.entries) == (FeedOutcome.NOT_MODIFIED, None, ())
    assert poll.state == state


def test_a_feed_without_validators_is_asked_without_conditions(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)))
    desk.poll(desk.poll().state)
    assert not {"if-none-match", "if-modified-since"} & set(press.requests[1].headers)


def test_validators_are_taken_anew_from_an_unchanged_200(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)), ETag='"a"')
    state = desk.poll().state
    press.pages["/feed.xml"] = served(rss(item(1)), ETag='"b"')
    poll = desk.poll(state)
    assert (poll.outcome, poll.state.etag) == (FeedOutcome.UNCHANGED, '"b"')
    assert len(poll.entries) == 1


def test_a_new_body_under_an_old_etag_is_new(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)), ETag='"a"')
    state = desk.poll().state
    press.pages["/feed.xml"] = served(rss(item(1), item(2)), ETag='"a"')
    assert desk.poll(state).outcome == FeedOutcome.NEW


@pytest.mark.parametrize("body", [b"<html></html>", b"", rss(item(1, title="a & b")), rss()])
def test_nothing_is_remembered_of_a_body_that_was_not_read_in_full(desk, press: Press, body: bytes) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)), ETag='"a"')
    state = desk.poll().state
    press.pages["/feed.xml"] = served(body, ETag='"b"')
    left = desk.poll(state).state
    assert (left.etag, left.last_modified, left.content_hash, left.seeded) == (None, None, None, True)


@pytest.mark.parametrize("script", [answer(status="500 Oops"), b"nonsense\r\n\r\n", answer(status="410 Gone")])
def test_what_was_known_stays_known_when_a_server_fails(desk, press: Press, script: bytes) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)), ETag='"a"')
    state = desk.poll().state
    press.pages["/feed.xml"] = script
    assert desk.poll(state).state == state


def test_a_state_that_was_never_committed_costs_nothing(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)), ETag='"a"')
    old = FeedState(feed_url=desk.feed.url, etag='"old"')
    first = desk.poll(old)  # killed here: the caller never stored what it returned
    assert desk.poll(old).entries == first.entries
    assert [request.headers["if-none-match"] for request in press.requests] == ['"old"', '"old"']


# --- archive, records --------------------------------------------------------


def test_the_answer_is_archived_as_it_came(desk, press: Press, tmp_path: Path) -> None:
    wire = gzip.compress(rss(item(1)))
    press.pages["/feed.xml"] = served(wire, Content_Encoding="gzip")
    (fetch,) = desk.poll().fetches
    assert fetch.raw_ref is not None
    raw = read_raw(tmp_path, fetch.raw_ref)
    assert (raw.wire, raw.body, raw.when) == (wire, rss(item(1)), fetch.fetched_at)
    assert (fetch.purpose, fetch.status, fetch.n_bytes, fetch.reason) == ("feed", 200, len(wire), None)


def test_a_moved_feed_keeps_its_identity(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)))
    before = desk.poll()
    press.pages["/feed.xml"] = answer(status="301 Moved Permanently", Location="/new/feed.xml")
    press.pages["/new/feed.xml"] = served(rss(item(1)))
    after = desk.poll()
    assert after.fetches[0].final_url == f"{press.url}/new/feed.xml"
    assert (before.faults, after.faults) == ((), ("moved_permanently",))
    assert after.entries[0].entry_id == before.entries[0].entry_id


def test_polling_twice_gives_the_same(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1, pubDate="Tue, 24 Nov 2026 10:00:00 GMT")))
    first, second = desk.poll(), desk.poll()
    assert replace(first, fetches=()) == replace(second, fetches=())
    assert first.fetches[0].fetch_id == second.fetches[0].fetch_id


def test_dates_are_bounded_by_the_run_not_by_today(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1, pubDate="Thu, 26 Nov 2026 13:00:00 GMT")))
    assert desk.poll().entries[0].published is None
    desk.run = replace(desk.run, as_of=datetime(2026, 11, 26, tzinfo=UTC))
    assert desk.poll().entries[0].published is not None


def test_a_feed_that_is_not_local_may_not_be_on_this_machine(desk, press: Press) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)))
    desk.feed = replace(desk.feed, local=False)
    poll = desk.poll()
    assert (poll.outcome, poll.reason) == (FeedOutcome.REFUSED, "address_refused")
    assert press.connections == 0


def test_credentials_of_a_feed_are_in_no_record_of_its_fetch(desk, press: Press, tmp_path: Path) -> None:
    press.pages["/feed.xml"] = served(rss(item(1)))
    desk.feed = replace(desk.feed, url=desk.feed.url.replace("//", "//user:secret@"))
    poll = desk.poll()
    assert poll.outcome == FeedOutcome.NEW
    assert press.requests[0].headers["authorization"].startswith("Basic ")
    assert "secret" not in repr((poll.fetches, poll.entries[0].link))
    assert b"secret" not in gzip.decompress((tmp_path / "1.warc.gz").read_bytes())


def test_without_the_archive_nothing_is_used(desk, press: Press, tmp_path: Path) -> None:
    from pipeline.sources.errors import ArchiveError

    press.pages["/feed.xml"] = served(rss(item(1)))
    closed = Archive(tmp_path / "x.warc.gz")
    with pytest.raises(ArchiveError, match="not open"):
        poll_feed(desk.feed, None, desk.client, closed, desk.run, lambda: desk.run.as_of)
