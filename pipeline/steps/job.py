"""What every stage is given: the settings, the run's plan, its staged files, the state the warehouse was left in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.home import Home
from pipeline.records import Feed, Run, StageCount
from pipeline.settings import Settings
from pipeline.staging import Staging

if TYPE_CHECKING:
    import duckdb

    from pipeline.sources import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run will do: fixed once, at its first stage, so that a run taken up again does the same."""

    run: Run
    feeds: tuple[Feed, ...]
    shards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run under way."""

    settings: Settings
    plan: Plan

    @property
    def run(self) -> Run:
        """The run's identity."""
        return self.plan.run

    @property
    def home(self) -> Home:
        """The deployment's folder."""
        return Home(self.settings.home)

    @property
    def staging(self) -> Staging:
        """The run's staged files."""
        return Staging(self.home.run(self.run.run_id))

    def clock(self) -> datetime:
        """The run's time. Logic never asks the wall clock, so a day run again dates everything as the first time."""
        return self.run.as_of

    def feeds(self, shard: int) -> tuple[Feed, ...]:
        """The feeds of one shard: all feeds of a host are in one, so that politeness needs no coordination."""
        return tuple(feed for feed in self.plan.feeds if shard_of(feed, self.plan.shards) == shard)

    def client(self) -> "Client":
        """The guarded HTTP client, with this deployment's limits."""
        from pipeline.sources import Client, Limits

        return Client(Limits.from_settings(self.settings), user_agent=self.settings.user_agent)

    def hand_on(self, name: str, records: Iterable[object], count: StageCount, *, made_from: str = "") -> None:
        """Stages a stage's records under `name` (with the shard's number, if it has one) and keeps its count.

        The count comes first: the records' file is what says that the stage is done, and a kill may come between.
        """
        self.count(count, name.removeprefix(count.stage))
        self.staging.write(name, records, made_from=made_from)

    def count(self, count: StageCount, shard: str = "") -> None:
        """Keeps a stage's count. Raises CountsDoNotAddUp if the sum does not hold."""
        from pipeline.quality import check

        check([count])
        self.staging.write(f"count-{count.stage}{shard}", [count])

    def counts(self) -> tuple[StageCount, ...]:
        """Every stage's count so far, shards added up, in the order of the stages."""
        from pipeline.stages import STAGES

        return tuple(total for stage in STAGES if (total := self._total(stage.name)) is not None)

    def _total(self, stage: str) -> StageCount | None:
        parts = (*self.staging.read(f"count-{stage}", StageCount), *self.staging.read_all(f"count-{stage}", StageCount))
        return _sum(parts) if parts else None

    @contextmanager
    def warehouse(self) -> "Iterator[duckdb.DuckDBPyConnection | None]":
        """The newest published warehouse, read-only; None before the first publication."""
        from warehouse.snapshot import current_snapshot

        snapshot = current_snapshot(self.home.snapshots)
        if snapshot is None:
            yield None
            return
        from warehouse.connection import open_snapshot

        with open_snapshot(snapshot) as connection:
            yield connection


def shard_of(feed: Feed, shards: int) -> int:
    """The shard of a feed, from its host alone."""
    from urllib.parse import urlsplit

    from pipeline.records import content_id

    # A local press serves many outlets from one host; its port's paths may be polled side by side.
    key = feed.url if feed.local else urlsplit(feed.url).hostname
    return int(content_id(key), 16) % shards


def _sum(parts: Iterable[StageCount]) -> StageCount:
    parts = tuple(parts)
    return StageCount(
        run_id=parts[0].run_id,
        stage=parts[0].stage,
        n_in=sum(p.n_in for p in parts),
        n_out=sum(p.n_out for p in parts),
        n_duplicate=sum(p.n_duplicate for p in parts),
        n_not_relevant=sum(p.n_not_relevant for p in parts),
        n_quarantined=sum(p.n_quarantined for p in parts),
    )
