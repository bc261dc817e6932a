"""`stancewire demo`, whole: the real DAG on the newsroom's days, against what its articles say."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.newsroom import ROOT

STANCEWIRE = [sys.executable, "-c", "from pipeline.cli import main; main()"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    demo(folder)
    return folder


def demo(home: Path) -> str:
    command = [*STANCEWIRE, "--home", str(home), "demo"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=400).stdout


def ask(home: Path, query: str) -> list[dict[str, Any]]:
    command = [*STANCEWIRE, "--home", str(home), "sql", query, "--json"]
    rows: list[dict[str, Any]] = json.loads(
        subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    )
    return rows


def tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    snapshots = home / "warehouse" / "snapshots"
    with duckdb.connect(str(snapshots / (snapshots / "current").read_text().strip()), read_only=True) as warehouse:
        names = warehouse.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return {name: sorted(warehouse.execute(f'FROM "{name}"').fetchall(), key=repr) for (name,) in names}


@pytest.mark.timeout(900)
def test_every_page_is_an_article_and_nothing_is_lost(home: Path) -> None:
    (count,) = ask(home, "select count(*) as n, count(published) as dated from article")
    assert count == {"n": 110, "dated": 110}
    (sums,) = ask(
        home, "select sum(n_in) as i, sum(n_out + n_duplicate + n_not_relevant + n_quarantined) as o from stage_count"
    )
    assert sums["i"] == sums["o"]
    assert ask(home, "select * from quarantine") == []


# Each is told by at least two of the newsroom's pages and is documented history; see examples/newsroom/README.md.
DOCUMENTED = [
    ("sweden-nato", "TUR", "support", "2024-01"),
    ("csto-armenia-exit", "ARM", "support", "2024-06"),
    ("asian-nato", "JPN", "noncommittal", "2024-10"),
]


@pytest.mark.parametrize(("proposal", "holder", "stance", "month"), DOCUMENTED)
def test_a_documented_change_of_position_is_raised(
    home: Path, proposal: str, holder: str, stance: str, month: str
) -> None:
    rows = ask(
        home,
        f"select * from shift where proposal_id = '{proposal}' and holder = '{holder}' and to_stance = '{stance}' "
        f"and strftime(shifted_on, '%Y-%m') = '{month}' and raised_on is not null",
    )
    assert rows


def test_at_least_four_positions_change(home: Path) -> None:
    (row,) = ask(home, "select count(*) as n from shift where raised_on is not null and kind <> 'first_position'")
    assert row["n"] >= 4


def test_the_first_poll_raises_nothing(home: Path) -> None:
    assert ask(home, "select * from shift where raised_on = (select min(day) from run)") == []


def test_wire_copies_count_for_the_agency_once(home: Path) -> None:
    rows = ask(home, "select n_mentions, n_publishers from statement where n_mentions > n_publishers")
    assert rows


def test_the_report_shows_positions_with_their_words(home: Path) -> None:
    page = (home / "reports" / "index.html").read_text("utf-8")
    assert "Armenia leaving the CSTO" in page
    assert "one idea for the future" in page
    assert "<script" not in page


def test_the_demo_run_again_changes_nothing(home: Path) -> None:
    before = tables(home)
    assert "Three things to try next" in demo(home)
    assert tables(home) == before
