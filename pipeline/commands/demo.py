"""`stancewire demo`: the daily DAG on the demo newsroom, day by day, over real HTTP on loopback."""

import importlib.util
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from pipeline.airflow_local import dag_runner
from pipeline.checkout import checkout_folder
from pipeline.home import Home
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.reports import ShiftStory


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """What the demo found and where it lies."""

    home: Path
    report: Path
    days: tuple[date, ...]
    articles: int
    statements: int
    mentions: int
    shifts: "tuple[ShiftStory, ...]"
    seconds: float


def run_demo(settings: Settings, progress: Callable[[str, int, int], None]) -> DemoResult:
    """Serves the newsroom and runs the DAG for each of its days. Raises what a failed run raises."""
    started = time.monotonic()
    home, newsroom = Home(settings.home), checkout_folder("examples") / "newsroom"
    press_module = _press_module(newsroom)
    days = press_module.demo_days(newsroom)
    with press_module.serve(newsroom, days[0]) as press:
        feeds = home.root / "newsroom-feeds.toml"
        feeds.parent.mkdir(parents=True, exist_ok=True)
        feeds.write_text(press.feed_list_toml(), encoding="utf-8")
        progress("starting Airflow", 0, len(days))
        with dag_runner(home, feeds) as runner:
            for done, day in enumerate(days):
                progress(str(day), done, len(days))
                press.set_day(day)
                runner.run(day)
    return _result(settings, tuple(days), time.monotonic() - started)


def _press_module(newsroom: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("newsroom_press", newsroom / "press.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(2, "the demo newsroom's server is missing", str(newsroom / "press.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _result(settings: Settings, days: tuple[date, ...], seconds: float) -> DemoResult:
    from pipeline.commands.sql import published
    from pipeline.reports import read_shifts
    from warehouse.connection import open_snapshot

    home, snapshot = Home(settings.home), published(settings)
    with open_snapshot(snapshot) as warehouse:
        count = (
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM statement), (SELECT count(*) FROM mention)"
        )
        articles, statements, mentions = warehouse.execute(count).fetchone() or (0, 0, 0)
        shifts = read_shifts(warehouse, days[0], days[-1])
    return DemoResult(
        home=home.root,
        report=home.reports / "index.html",
        days=days,
        articles=articles,
        statements=statements,
        mentions=mentions,
        shifts=shifts,
        seconds=seconds,
    )


def print_demo(result: DemoResult) -> None:
    """The shifts with their evidence, where the report is, and three things to try next."""
    from pipeline.reports import print_shifts
    from pipeline.terminal import link_path, out

    changes = [shift for shift in result.shifts if shift.old is not None]
    print_shifts(out, changes)
    stancewire = f".venv/bin/stancewire --home {link_path(result.home)}"
    out.print(
        f"\n{len(result.days)} days of the demo newsroom: {result.articles} articles, {result.statements} statements "
        f"in {result.mentions} mentions, {len(changes)} shifts shown above and "
        f"{len(result.shifts) - len(changes)} first positions, in {result.seconds:.0f} s.\n"
        f"The report: {link_path(result.report)}\n\n"
        "Three things to try next:\n"
        f'  {stancewire} sql "from position_current"\n'
        f"  {stancewire} quarantine list\n"
        f"  {stancewire} up          # Airflow and the report in the browser",
        markup=False,
        soft_wrap=True,
    )
