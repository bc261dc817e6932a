"""One run from end to end in this process: the stages in order, under the deployment's lock, and what came of it."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.home import Home
from pipeline.records import FeedOutcome, Run, StageCount
from pipeline.settings import Settings
from pipeline.stages import STAGES, plan
from pipeline.steps.job import Job
from pipeline.steps.poll import GOOD, Polled
from pipeline.steps.publish import RunHeld

if TYPE_CHECKING:
    from pipeline.reports import ShiftStory


class RunInProgress(Exception):
    """Another process writes to this home; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """What became of one feed."""

    url: str
    outcome: FeedOutcome
    reason: str | None
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a run did: `published` is the snapshot that readers now see, None where the run was held."""

    run_id: str
    stages: tuple[StageCount, ...]
    feeds: tuple[FeedResult, ...]
    shifts: "tuple[ShiftStory, ...]"
    published: Path | None
    held: str | None
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 done, 1 held back, 3 done but something was quarantined or a feed failed."""
        if self.held:
            return 1
        flawed = any(c.n_quarantined for c in self.stages) or any(f.outcome not in GOOD for f in self.feeds)
        return 3 if flawed else 0


def run(settings: Settings, identity: Run, progress: Callable[[str, int, int], None] = lambda *_: None) -> RunResult:
    """Runs every stage; `progress(stage, done, total)` is told before each step. Raises RunInProgress at once."""
    started = time.monotonic()
    with _lock(settings):
        job = plan(settings, identity)
        held = None
        try:
            _run_stages(job, progress)
        except RunHeld as reason:
            held = str(reason)
        return _result(job, held, time.monotonic() - started)


def _run_stages(job: Job, progress: Callable[[str, int, int], None]) -> None:
    for done, stage in enumerate(STAGES):
        progress(stage.name, done, len(STAGES))
        if stage.each_shard is not None:
            for shard in range(job.plan.shards):
                stage.each_shard(job, shard)
        if stage.whole is not None:
            stage.whole(job)
    progress("done", len(STAGES), len(STAGES))


def _result(job: Job, held: str | None, seconds: float) -> RunResult:
    from pipeline.reports import run_shifts
    from warehouse.snapshot import current_snapshot

    published = None if held else current_snapshot(job.home.snapshots)
    return RunResult(
        run_id=job.run.run_id,
        stages=job.counts(),
        feeds=feed_results(job),
        shifts=run_shifts(published, job.run) if published else (),
        published=published,
        held=held,
        seconds=round(seconds, 3),
    )


def feed_results(job: Job) -> tuple[FeedResult, ...]:
    """What became of each feed, in the order of the feed list."""
    polls = {polled.poll.feed.url: polled.poll for polled in job.staging.read_all("poll", Polled)}
    return tuple(
        FeedResult(
            url=f.url, outcome=polls[f.url].outcome, reason=polls[f.url].reason, entries=len(polls[f.url].entries)
        )
        for f in job.plan.feeds
        if f.url in polls
    )


@contextmanager
def _lock(settings: Settings) -> Iterator[None]:
    """Holds the home's lock; the operating system lets go of it when the process ends, however it ends."""
    path = Home(settings.home).lock_file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            owner = file.read().strip() or "another process"
            raise RunInProgress(f"{owner} is writing to {settings.home}; wait for it or use another --home") from None
        file.truncate(0)
        file.write(f"process {os.getpid()}")
        file.flush()
        yield
