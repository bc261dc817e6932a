"""`stancewire feeds`: the feed list, and a check of each feed that stores nothing."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.records import Feed, FeedOutcome, FeedPoll
from pipeline.run_identity import run_of_hour
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCheck:
    """How one feed answered."""

    outlet: str
    url: str
    outcome: FeedOutcome
    reason: str | None
    entries: int


def feed_list(settings: Settings) -> tuple[Feed, ...]:
    """The feeds of the list that the settings name, or of the built-in one."""
    from pipeline.sources import read_feed_list
    from pipeline.stages import feed_list_path

    return read_feed_list(feed_list_path(settings))


def check_feeds(settings: Settings, progress: Callable[[str, int, int], None]) -> tuple[FeedCheck, ...]:
    """Asks every feed once, without validators; a feed that fails says why and stops no other."""
    from pipeline.sources import Archive, Client, Limits, poll_feeds

    feeds = feed_list(settings)
    run = run_of_hour(datetime.now(UTC))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with (
            Client(Limits.from_settings(settings), user_agent=settings.user_agent) as client,
            Archive(root / "check.warc.gz", root=root) as archive,
        ):
            polls: list[FeedCheck] = []
            for poll in poll_feeds(feeds, {}, client, archive, run, lambda: run.as_of, workers=settings.fetch_workers):
                progress(poll.feed.outlet, len(polls), len(feeds))
                polls.append(_check(poll))
    return tuple(polls)


def _check(poll: FeedPoll) -> FeedCheck:
    return FeedCheck(
        outlet=poll.feed.outlet, url=poll.feed.url, outcome=poll.outcome, reason=poll.reason, entries=len(poll.entries)
    )
