"""Many feeds or pages at once, with the archive written in the order they were asked for.

Answers arrive in any order. If they were archived so, the references into the archive, and with them the rows of the
warehouse, would differ from run to run. So each waits for its turn to be archived; the waiting costs a thread, no time
on the network.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from pipeline.records import Feed, FeedEntry, FeedPoll, FeedState, Fetch, Page, Run
from pipeline.sources.archive import Archive
from pipeline.sources.fetch_page import fetch_page
from pipeline.sources.http import Client
from pipeline.sources.limits import Clock
from pipeline.sources.poll import poll_feed
from pipeline.sources.responses import Response

Item = TypeVar("Item")
Result = TypeVar("Result")


def poll_feeds(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    client: Client,
    archive: Archive,
    run: Run,
    clock: Clock,
    *,
    workers: int,
) -> list[FeedPoll]:
    """Polls every feed, `workers` at a time; `states` by the feed's URL. One feed's failure is its own outcome."""

    def poll(feed: Feed, turn: "Turn") -> FeedPoll:
        return poll_feed(feed, states.get(feed.url), client, turn, run, clock)

    return in_order(feeds, poll, archive, workers)


def fetch_pages(
    wanted: Sequence[tuple[Feed, FeedEntry]], client: Client, archive: Archive, run: Run, clock: Clock, *, workers: int
) -> list[tuple[Page | None, Fetch]]:
    """Fetches every entry's page, `workers` at a time, in the order given."""

    def fetch(item: tuple[Feed, FeedEntry], turn: "Turn") -> tuple[Page | None, Fetch]:
        feed, entry = item
        return fetch_page(entry, feed, client, turn, run, clock)

    return in_order(wanted, fetch, archive, workers)


def in_order(
    items: Sequence[Item], work: Callable[[Item, "Turn"], Result], archive: Archive, workers: int
) -> list[Result]:
    """Does the work on all items concurrently; what each archives is written in the order of the items."""
    queue = _Queue(archive)

    def one(numbered: tuple[int, Item]) -> Result:
        number, item = numbered
        try:
            return work(item, Turn(queue, number))
        finally:
            queue.leave(number)

    with ThreadPoolExecutor(max_workers=workers) as pool:
        return list(pool.map(one, enumerate(items)))


class Turn:
    """One item's place in the queue to the archive; appends as an `Archive` does, when its turn has come."""

    def __init__(self, queue: "_Queue", number: int) -> None:
        self._queue = queue
        self._number = number

    def append(self, response: Response, when: datetime) -> str:
        """As `Archive.append`; blocks until every item before this one has left the queue."""
        self._queue.wait_for(self._number)
        return self._queue.archive.append(response, when)


class _Queue:
    """Items leave in any order; one is served when all before it have left."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._left: set[int] = set()
        self._first = 0
        self._changed = threading.Condition()

    def wait_for(self, number: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._first == number)

    def leave(self, number: int) -> None:
        with self._changed:
            self._left.add(number)
            while self._first in self._left:
                self._left.remove(self._first)
                self._first += 1
            self._changed.notify_all()
