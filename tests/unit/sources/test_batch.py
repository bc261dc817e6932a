import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.records import Feed, FeedOutcome, Run
from pipeline.sources import Archive, Client, fetch_pages, poll_feeds, read_raw
from pipeline.sources.batch import _in_order
from pipeline.sources.errors import ArchiveError
from tests.press import Press, answer, item, page, rss


def feeds(feed: Feed, n: int) -> list[Feed]:
    return [replace(feed, url=feed.url.replace("feed.xml", f"{i}.xml")) for i in range(n)]


def test_polls_come_back_in_the_order_of_the_feeds(
    feed: Feed, press: Press, client: Client, run: Run, tmp_path: Path
) -> None:
    for i in range(12):
        press.pages[f"/{i}.xml"] = answer(rss(item(i)))
    with Archive(tmp_path / "a.warc.gz") as archive:
        polls = poll_feeds(feeds(feed, 12), {}, client, archive, run, lambda: run.as_of, workers=4)
    assert [poll.feed.url for poll in polls] == [each.url for each in feeds(feed, 12)]
    refs = [poll.fetches[0].raw_ref for poll in polls]
    assert [read_raw(tmp_path, ref).body for ref in refs if ref] == [rss(item(i)) for i in range(12)]


def test_references_are_the_same_however_the_answers_come(
    feed: Feed, press: Press, client: Client, run: Run, tmp_path: Path
) -> None:
    def slowly(i: int, seconds: float) -> None:
        def send(connection: object) -> None:
            time.sleep(seconds)
            connection.sendall(answer(rss(item(i))))  # type: ignore[attr-defined]

        press.pages[f"/{i}.xml"] = send

    made = []
    for delays in ((0.2, 0.0, 0.1), (0.0, 0.2, 0.1)):
        for i, seconds in enumerate(delays):
            slowly(i, seconds)
        with Archive(tmp_path / f"{delays[0]}" / "a.warc.gz") as archive:
            made.append(poll_feeds(feeds(feed, 3), {}, client, archive, run, lambda: run.as_of, workers=3))
    assert made[0] == made[1]


def test_one_broken_feed_never_stops_the_others(
    feed: Feed, press: Press, client: Client, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(3):
        press.pages[f"/{i}.xml"] = answer(rss(item(i)))
    from pipeline.sources import poll

    whole = poll.parse_feed

    def broken(body: bytes, *args: object, **options: object) -> object:
        if b"item-1" in body:
            raise ZeroDivisionError("a fault of our own")
        return whole(body, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(poll, "parse_feed", broken)
    with Archive(tmp_path / "a.warc.gz") as archive:
        polls = poll_feeds(feeds(feed, 3), {}, client, archive, run, lambda: run.as_of)
    assert [each.outcome for each in polls] == [FeedOutcome.NEW, FeedOutcome.FAILED, FeedOutcome.NEW]
    assert (polls[1].reason, polls[1].faults) == ("unexpected_error", ("ZeroDivisionError: a fault of our own",))


def test_a_lost_archive_stops_all(feed: Feed, press: Press, client: Client, run: Run, tmp_path: Path) -> None:
    press.pages["/feed.xml"] = answer(rss(item(1)))
    with pytest.raises(ArchiveError):
        poll_feeds([feed], {}, client, Archive(tmp_path / "a.warc.gz"), run, lambda: run.as_of)


def test_pages_come_back_in_the_order_of_the_entries(
    feed: Feed, press: Press, client: Client, run: Run, tmp_path: Path
) -> None:
    press.pages["/feed.xml"] = answer(rss(*(item(i) for i in range(6))))
    for i in range(0, 6, 2):
        press.pages[f"/articles/{i}.html"] = page(f"Article {i}.")
    with Archive(tmp_path / "a.warc.gz") as archive:
        (poll,) = poll_feeds([feed], {}, client, archive, run, lambda: run.as_of)
        pages = fetch_pages([(feed, entry) for entry in poll.entries], client, archive, run, lambda: run.as_of)
    assert [record.reason for _, record in pages] == [None, "http_404"] * 3
    assert [page.entry for page, _ in pages if page] == list(poll.entries[::2])


def test_what_shares_a_queue_is_asked_in_turn_and_queues_side_by_side() -> None:
    both = threading.Barrier(2, timeout=2)  # breaks unless two queues are served at once
    order: list[int] = []

    def ask(n: int) -> int:
        if n in {0, 1}:
            both.wait()
        order.append(n)
        return n * 10

    assert _in_order(ask, ["a", "b", "a", "a"], workers=2) == (0, 10, 20, 30)
    assert [n for n in order if n != 1] == [0, 2, 3]


def test_nothing_to_ask_is_no_trouble(client: Client, run: Run, tmp_path: Path) -> None:
    with Archive(tmp_path / "a.warc.gz") as archive:
        assert poll_feeds([], {}, client, archive, run, lambda: run.as_of) == ()
