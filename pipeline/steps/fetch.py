"""Stage `fetch`: the page of each new entry is fetched within the guard and archived.

In: new entries. Out: pages; `duplicate` are entries that link to a page which another entry already brought.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Feed, FeedEntry, Fetch, Page, Quarantined, StageCount
from pipeline.steps.job import Job
from pipeline.steps.poll import Polled


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One entry's page, or why there is none."""

    feed: Feed
    entry: FeedEntry
    page: Page | None
    fetch: Fetch | None
    quarantined: Quarantined | None


def fetch(job: Job, shard: int) -> None:
    """Fetches the shard's pages. Run again, it asks only for what is missing or failed."""
    name = f"fetch-{shard}"
    before = {fetched.entry.entry_id: fetched for fetched in job.staging.read(name, Fetched)}
    new = [(p.poll.feed, entry) for p in job.staging.read(f"poll-{shard}", Polled) for entry in p.new]
    wanted = _one_a_link(new)
    kept = {key: fetched for key, fetched in before.items() if fetched.page is not None}
    todo = [(feed, entry) for feed, entry in wanted if entry.entry_id not in kept]
    asked = _ask(job, shard, todo)
    records = [kept.get(e.entry_id) or _better(before.get(e.entry_id), asked[e.entry_id]) for _, e in wanted]
    job.hand_on(name, records, _count(job, len(new), records))


def _one_a_link(new: Sequence[tuple[Feed, FeedEntry]]) -> list[tuple[Feed, FeedEntry]]:
    """The first entry of each link, in the order given; entries without a link each stand for themselves."""
    first: dict[str, tuple[Feed, FeedEntry]] = {}
    for feed, entry in new:
        first.setdefault(entry.link or entry.entry_id, (feed, entry))
    return list(first.values())


def _ask(job: Job, shard: int, todo: Sequence[tuple[Feed, FeedEntry]]) -> Mapping[str, Fetched]:
    if not todo:
        return {}
    from pipeline.sources import Archive, fetch_pages

    path = job.home.archive / job.run.day.isoformat() / f"{job.run.run_id}-page-{shard}.warc.gz"
    with job.client() as client, Archive(path, root=job.home.archive) as archive:
        answers = fetch_pages(todo, client, archive, job.run, job.clock, workers=job.settings.fetch_workers)
    return {
        entry.entry_id: Fetched(
            feed=feed,
            entry=entry,
            page=page,
            fetch=fetch,
            quarantined=None if page else _quarantined(job, entry, fetch),
        )
        for (feed, entry), (page, fetch) in zip(todo, answers, strict=True)
    }


def _quarantined(job: Job, entry: FeedEntry, fetch: Fetch) -> Quarantined:
    from pipeline.quality import quarantined

    return quarantined(job.run, "fetch", fetch.reason or "unknown", entry, fetch.raw_ref)


def _better(before: Fetched | None, now: Fetched) -> Fetched:
    """A page that fails again as it did keeps its first record, so that a run taken up again changes nothing."""
    if before and before.quarantined and now.quarantined and before.quarantined.reason == now.quarantined.reason:
        return before
    return now


def _count(job: Job, n_in: int, records: Sequence[Fetched]) -> StageCount:
    out = sum(1 for fetched in records if fetched.page is not None)
    return StageCount(
        run_id=job.run.run_id,
        stage="fetch",
        n_in=n_in,
        n_out=out,
        n_duplicate=n_in - len(records),
        n_quarantined=len(records) - out,
    )
