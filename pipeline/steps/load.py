"""Stage `load`: the validated run enters the warehouse in one transaction, and positions and shifts follow from it.

In and out: validated articles and mentions; rows that the warehouse holds already are merged, not doubled.
A run that validation holds leaves only its verdict, its counts and its quarantine; a later try starts from there.
"""

from pipeline.records import FeedEntry, FeedPoll, Fetch, Quarantined, StageCount
from pipeline.steps.fetch import Fetched
from pipeline.steps.group import Grouped
from pipeline.steps.job import Job
from pipeline.steps.poll import Polled
from pipeline.steps.validate import valid_records, verdict


def load(job: Job) -> None:
    """Loads the run; loading it again changes nothing."""
    from pipeline.stance import load_proposals
    from pipeline.trends import settle
    from warehouse.batch import RunBatch
    from warehouse.connection import open_work
    from warehouse.load import load_run

    articles, mentions = valid_records(job)
    held = verdict(job).held
    polls, fetches = _polls(job), _fetches(job)
    n = 0 if held else len(articles) + len(mentions)
    job.count(StageCount(run_id=job.run.run_id, stage="load", n_in=n, n_out=n))
    batch = RunBatch(
        run=job.run,
        held=held,
        polls=() if held else polls,
        fetches=fetches,
        entries=() if held else _settled_entries(job),
        articles=() if held else articles,
        mentions=() if held else mentions,
        quarantined=job.staging.read("quarantine", Quarantined),
        counts=job.counts(),
        signatures={g.article.article_id: bytes.fromhex(g.signature) for g in job.staging.read("group", Grouped)},
        proposals={proposal.id: proposal.name for proposal in load_proposals()},
    )
    with open_work(job.home.work_file, job.settings) as warehouse:
        load_run(warehouse, batch, follow=settle)


def _polls(job: Job) -> tuple[FeedPoll, ...]:
    return tuple(polled.poll for polled in job.staging.read_all("poll", Polled))


def _fetches(job: Job) -> tuple[Fetch, ...]:
    pages = (fetched.fetch for fetched in job.staging.read_all("fetch", Fetched))
    return (*(fetch for poll in _polls(job) for fetch in poll.fetches), *(fetch for fetch in pages if fetch))


# Asking again would bring the same answer; the entry stays in quarantine, from where it can be replayed.
FINAL = frozenset({"http_404", "http_410", "http_451", "not_html"})


def _settled_entries(job: Job) -> tuple[FeedEntry, ...]:
    """Entries whose page was read or is gone; the others are asked for again when their feed lists them again."""
    fetched = job.staging.read_all("fetch", Fetched)
    return tuple(f.entry for f in fetched if f.quarantined is None or f.quarantined.reason in FINAL)
