"""The stages composed: one list, used by the command line and by the DAG.

A stage takes a job (and a shard's number, where feeds are divided), reads what the stages before it staged in the
run's folder, and stages its own. Each can be run twice, or killed and run again, with the same result.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.home import Home
from pipeline.records import Run
from pipeline.run_identity import run_of_day
from pipeline.settings import Settings, load_settings
from pipeline.staging import Staging
from pipeline.steps.detect import detect
from pipeline.steps.extract import extract
from pipeline.steps.fetch import fetch
from pipeline.steps.group import group
from pipeline.steps.job import Job, Plan
from pipeline.steps.load import load
from pipeline.steps.poll import poll
from pipeline.steps.publish import publish, report
from pipeline.steps.validate import validate


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of the run: once for each shard of the feeds, or once over all."""

    name: str
    each_shard: Callable[[Job, int], None] | None = None
    whole: Callable[[Job], None] | None = None


STAGES: tuple[Stage, ...] = (
    Stage(name="poll", each_shard=poll),
    Stage(name="fetch", each_shard=fetch),
    Stage(name="extract", each_shard=extract),
    Stage(name="group", whole=group),
    Stage(name="detect", whole=detect),
    Stage(name="validate", whole=validate),
    Stage(name="load", whole=load),
    Stage(name="publish", whole=publish),
    Stage(name="report", whole=report),
)


class NoPlan(Exception):
    """A stage was asked for before its run was planned."""


def plan(settings: Settings, run: Run) -> Job:
    """Fixes the run's feeds, shards and time. A run that was planned before keeps its time; its feeds are read anew."""
    from pipeline.sources import read_feed_list

    staging = Staging(Home(settings.home).run(run.run_id))
    before = staging.read("plan", Plan)
    feeds = read_feed_list(feed_list_path(settings))
    planned = Plan(run=before[0].run if before else run, feeds=feeds, shards=settings.shards)
    staging.write("plan", [planned])
    return Job(settings=settings, plan=planned)


def feed_list_path(settings: Settings) -> Path:
    """The feed list that the settings name, or the one that ships with stancewire."""
    from importlib.resources import files

    return settings.feeds or Path(str(files("schemas") / "feeds.toml"))


def plan_day(day: date) -> str:
    """Plans the run of a day with the settings of the environment, for a DAG's first task; returns the run's id."""
    return plan(load_settings(), run_of_day(day, datetime.now(UTC))).run.run_id


def shards_of(run_id: str) -> list[int]:
    """The shards of a planned run, for a DAG to map over."""
    return list(range(_planned(run_id).plan.shards))


def run_stage(name: str, run_id: str, shard: int | None = None) -> None:
    """Runs one stage of a planned run, for a DAG's task; `shard` for the stages that run once for each."""
    job = _planned(run_id)
    stage = next(stage for stage in STAGES if stage.name == name)
    if stage.each_shard is not None and shard is not None:
        stage.each_shard(job, shard)
    if stage.whole is not None:
        stage.whole(job)


def _planned(run_id: str) -> Job:
    settings = load_settings()
    plans = Staging(Home(settings.home).run(run_id)).read("plan", Plan)
    if not plans:
        raise NoPlan(f"run {run_id} was never planned in {settings.home}; start it with `stancewire run`")
    return Job(settings=settings, plan=plans[0])
