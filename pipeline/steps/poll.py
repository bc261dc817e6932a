"""Stage `poll`: each feed of a shard is asked once, its answer archived and read, its new entries told from the known.

In: the entries that the feeds list. Out: those that are new or changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Feed, FeedEntry, FeedOutcome, FeedPoll, FeedState, StageCount
from pipeline.steps.job import Job

GOOD = frozenset({FeedOutcome.NEW, FeedOutcome.NOT_MODIFIED, FeedOutcome.UNCHANGED, FeedOutcome.PARTIAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One feed's poll, and the entries of it that have to be fetched."""

    poll: FeedPoll
    new: tuple[FeedEntry, ...]


def poll(job: Job, shard: int) -> None:
    """Polls the shard's feeds. A shard run again asks only the feeds that failed; the others keep their answer."""
    name = f"poll-{shard}"
    before = {polled.poll.feed.url: polled for polled in job.staging.read(name, Polled)}
    kept = {url: polled for url, polled in before.items() if polled.poll.outcome in GOOD}
    todo = [feed for feed in job.feeds(shard) if feed.url not in kept]
    asked = _ask(job, shard, todo)
    merged = [kept.get(feed.url) or _better(before.get(feed.url), asked[feed.url]) for feed in job.feeds(shard)]
    job.hand_on(name, merged, _count(job, merged))


def _ask(job: Job, shard: int, feeds: Sequence[Feed]) -> Mapping[str, Polled]:
    if not feeds:
        return {}
    from pipeline.sources import Archive, poll_feeds

    states, known = _known(job, feeds)
    path = job.home.archive / job.run.day.isoformat() / f"{job.run.run_id}-poll-{shard}.warc.gz"
    with job.client() as client, Archive(path, root=job.home.archive) as archive:
        polls = poll_feeds(feeds, states, client, archive, job.run, job.clock, workers=job.settings.fetch_workers)
    return {poll.feed.url: Polled(poll=poll, new=_new(poll, known)) for poll in polls}


def _new(poll: FeedPoll, known: Mapping[str, str]) -> tuple[FeedEntry, ...]:
    return tuple(entry for entry in poll.entries if known.get(entry.entry_id) != entry.entry_hash)


def _known(job: Job, feeds: Sequence[Feed]) -> tuple[dict[str, FeedState], dict[str, str]]:
    """What earlier runs left: each feed's state, and the hash of each entry that is settled."""
    from warehouse.reads import feed_states, known_entries

    with job.warehouse() as warehouse:
        if warehouse is None:
            return {}, {}
        urls = [feed.url for feed in feeds]
        return feed_states(warehouse, urls), known_entries(warehouse, urls, before=job.run.run_id)


def _better(before: Polled | None, now: Polled) -> Polled:
    """A feed that fails again as it did keeps its first record, so that a run taken up again changes nothing."""
    if before and (before.poll.outcome, before.poll.reason) == (now.poll.outcome, now.poll.reason):
        return before
    return now


def _count(job: Job, polled: Sequence[Polled]) -> StageCount:
    listed = sum(len(p.poll.entries) for p in polled)
    new = sum(len(p.new) for p in polled)
    return StageCount(run_id=job.run.run_id, stage="poll", n_in=listed, n_out=new, n_duplicate=listed - new)
