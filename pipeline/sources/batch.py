"""Many feeds and pages at once: hosts side by side, one host's URLs one after the other."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from pipeline.records import Feed, FeedEntry, FeedOutcome, FeedPoll, FeedState, Fetch, Page, Run
from pipeline.sources.errors import ArchiveError
from pipeline.sources.limits import Clock
from pipeline.sources.page import fetch_page, page_without_response
from pipeline.sources.poll import poll_feed

if TYPE_CHECKING:
    from pipeline.sources.archive import Archive
    from pipeline.sources.http import Client

_Answer = TypeVar("_Answer")


def poll_feeds(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    client: "Client",
    archive: "Archive",
    run: Run,
    clock: Clock,
    *,
    workers: int = 8,
) -> tuple[FeedPoll, ...]:
    """Polls the feeds, `workers` hosts at a time, and returns their polls in the order given.

    `states` holds what earlier polls left, by feed URL. One feed's trouble, even a fault of our own
    (`unexpected_error`), stops no other; ArchiveError stops all. Answers are archived as they come: references derive
    from content, so their order shows nowhere.
    """

    def ask(n: int) -> FeedPoll:
        feed = feeds[n]
        try:
            return poll_feed(feed, states.get(feed.url), client, archive, run, clock)
        except ArchiveError:
            raise
        except Exception as error:
            return _unexpected(feed, states.get(feed.url), error)

    return _in_order(ask, [_queue(feed, feed.url, n) for n, feed in enumerate(feeds)], workers)


def fetch_pages(
    wanted: Sequence[tuple[Feed, FeedEntry]],
    client: "Client",
    archive: "Archive",
    run: Run,
    clock: Clock,
    *,
    workers: int = 8,
) -> tuple[tuple[Page | None, Fetch], ...]:
    """Fetches the entries' pages, `workers` hosts at a time, and answers in the order given; see `fetch_page`."""

    def ask(n: int) -> tuple[Page | None, Fetch]:
        feed, entry = wanted[n]
        try:
            return fetch_page(entry, feed, client, archive, run, clock)
        except ArchiveError:
            raise
        except Exception:
            return None, page_without_response(entry, run, clock, "unexpected_error")

    return _in_order(ask, [_queue(feed, entry.link, n) for n, (feed, entry) in enumerate(wanted)], workers)


def _queue(feed: Feed, url: str, n: int) -> str:
    """What must be asked one after the other shares a queue: a host. A local press is ours and needs no sparing."""
    return f"{n}" if feed.local else urlsplit(url).hostname or ""


def _in_order(ask: Callable[[int], _Answer], queues: Sequence[str], workers: int) -> tuple[_Answer, ...]:
    """The answers for 0, 1, 2, …; numbers of one queue are asked in turn by one thread, the longest queue first."""
    grouped: dict[str, list[int]] = {}
    for n, queue in enumerate(queues):
        grouped.setdefault(queue, []).append(n)

    def ask_all(numbers: list[int]) -> list[tuple[int, _Answer]]:
        return [(n, ask(n)) for n in numbers]

    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="sources") as pool:
        longest_first = sorted(grouped.values(), key=len, reverse=True)
        answers = dict(pair for pairs in pool.map(ask_all, longest_first) for pair in pairs)
    return tuple(answers[n] for n in range(len(queues)))


def _unexpected(feed: Feed, state: FeedState | None, error: Exception) -> FeedPoll:
    return FeedPoll(
        feed=feed,
        outcome=FeedOutcome.FAILED,
        reason="unexpected_error",
        state=state or FeedState(feed_url=feed.url),
        entries=(),
        faults=(f"{type(error).__name__}: {error}"[:300],),
        fetches=(),
    )
