from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.records import Feed, FeedPoll, FeedState, Run
from pipeline.sources import Archive, Client, Limits, poll_feed
from tests.press import Press, running_press

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def press() -> Iterator[Press]:
    with running_press() as running:
        yield running


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def run() -> Run:
    return Run(run_id="2026-11-24", day=date(2026, 11, 24), as_of=NOW)


@pytest.fixture
def limits() -> Limits:
    """The defaults, but impatient."""
    return Limits(total_timeout=2.0, connect_timeout=1.0)


@pytest.fixture
def client(limits: Limits) -> Client:
    return Client(limits, clock=lambda: NOW)


@pytest.fixture
def feed(press: Press) -> Feed:
    return Feed(
        url=f"{press.url}/feed.xml",
        outlet="Daily Example",
        publisher="Example Press",
        country="NOR",
        language="en",
        kind="newspaper",
        local=True,
    )


@dataclass
class Desk:
    """Polls one feed as a run does, in an archive of its own."""

    feed: Feed
    client: Client
    run: Run
    root: Path
    n: int = 0

    def poll(self, state: FeedState | None = None) -> FeedPoll:
        self.n += 1
        with Archive(self.root / f"{self.n}.warc.gz") as archive:
            return poll_feed(self.feed, state, self.client, archive, self.run, lambda: self.run.as_of)


@pytest.fixture
def desk(feed: Feed, client: Client, run: Run, tmp_path: Path) -> Desk:
    return Desk(feed, client, run, tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write_text(text: str) -> Path:
        path = tmp_path / "feeds.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_text
