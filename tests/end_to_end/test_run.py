"""A run from the command line against a real press on loopback: what it stores, twice, interrupted, in trouble."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.newsroom import ROOT, served

DAY = date(2024, 1, 26)
STANCEWIRE = [sys.executable, "-c", "from pipeline.cli import main; main()"]


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("press") / "feeds.toml"
    with served(DAY, path):
        yield path


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, feeds: Path) -> Path:
    home = tmp_path_factory.mktemp("undisturbed")
    assert run(home, feeds)["published"]
    return home


def command(home: Path, *arguments: object) -> list[str]:
    return [*STANCEWIRE, "--home", str(home), *map(str, arguments)]


def run(home: Path, feeds: Path, *, codes: tuple[int, ...] = (0, 3)) -> dict[str, Any]:
    done = subprocess.run(
        command(home, "run", "--feeds", feeds, "--day", DAY, "--json"),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode in codes, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the published warehouse, as a set would hold them."""
    snapshots = home / "warehouse" / "snapshots"
    newest = snapshots / (snapshots / "current").read_text().strip()
    with duckdb.connect(str(newest), read_only=True) as warehouse:
        names = warehouse.execute(
            "SELECT table_name FROM duckdb_tables() WHERE table_name <> 'snapshot_info'"
        ).fetchall()
        return {name: sorted(warehouse.execute(f'FROM "{name}"').fetchall(), key=repr) for (name,) in names}


def test_a_run_reports_every_feed_and_stage(feeds: Path, undisturbed: Path) -> None:
    answer = run(undisturbed, feeds)
    assert {feed["outcome"] for feed in answer["feeds"]} == {"new"}
    assert [stage["stage"] for stage in answer["stages"]] == [
        "poll",
        "fetch",
        "extract",
        "group",
        "detect",
        "validate",
        "load",
    ]
    for stage in answer["stages"]:
        assert stage["in"] == stage["out"] + stage["duplicate"] + stage["not_relevant"] + stage["quarantined"]
    assert answer["run_id"] == str(DAY)


def test_the_facts_hang_together(undisturbed: Path) -> None:
    found = tables(undisturbed)
    assert len(found["article"]) >= 8
    assert found["statement"]
    assert len(found["mention"]) >= len(found["statement"])


def test_evidence_is_verbatim(undisturbed: Path) -> None:
    query = (
        "SELECT count(*), count(*) FILTER (a.text[e.start_offset + 1 : e.end_offset] = e.text) "
        "FROM evidence e JOIN article a USING (article_id)"
    )
    done = subprocess.run(
        command(undisturbed, "sql", query, "--json"), capture_output=True, text=True, cwd=ROOT, check=True
    )
    n, n_verbatim = json.loads(done.stdout)[0].values()
    assert n == n_verbatim > 0


def test_a_day_run_twice_leaves_identical_tables(feeds: Path, undisturbed: Path) -> None:
    before = tables(undisturbed)
    run(undisturbed, feeds)
    assert tables(undisturbed) == before


@pytest.mark.parametrize(
    "moment",
    ["poll-3", "fetch-2", "group", "valid-mentions", "count-load"],
)
def test_a_run_killed_there_and_run_again_leaves_what_an_undisturbed_run_leaves(
    tmp_path: Path, feeds: Path, undisturbed: Path, moment: str
) -> None:
    kill_when_staged(tmp_path, feeds, moment)
    run(tmp_path, feeds)
    assert tables(tmp_path) == tables(undisturbed)


def kill_when_staged(home: Path, feeds: Path, name: str) -> None:
    """Starts the run and kills it (-9) as soon as the staged file appears."""
    process = subprocess.Popen(
        command(home, "run", "--feeds", feeds, "--day", DAY),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    path = home / "runs" / str(DAY) / f"{name}.jsonl"
    while process.poll() is None and not path.exists():
        time.sleep(0.002)
    assert path.exists()
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_one_broken_feed_stops_no_other(tmp_path: Path, feeds: Path) -> None:
    mixed = tmp_path / "feeds.toml"
    dead = '[[feed]]\nurl = "http://127.0.0.1:9/feed"\noutlet = "Gone"\npublisher = "Gone"\ncountry = "GBR"\n'
    mixed.write_text(feeds.read_text() + "\n" + dead + 'language = "en"\nkind = "daily"\nlocal = true\n')
    answer = run(tmp_path / "home", mixed, codes=(3,))
    outcomes = {feed["url"]: (feed["outcome"], feed["reason"]) for feed in answer["feeds"]}
    outcome, reason = outcomes.pop("http://127.0.0.1:9/feed")
    assert outcome == "failed"
    assert reason
    assert {outcome for outcome, _ in outcomes.values()} == {"new"}
    assert answer["published"]


def test_a_private_address_is_refused_unless_the_feed_is_local(tmp_path: Path, feeds: Path) -> None:
    strict = tmp_path / "feeds.toml"
    strict.write_text(feeds.read_text().replace("local = true", "local = false"))
    answer = run(tmp_path / "home", strict, codes=(3,))
    assert {(feed["outcome"], feed["reason"]) for feed in answer["feeds"]} == {("refused", "address_refused")}


def test_a_second_run_at_once_says_who_is_writing(tmp_path: Path, feeds: Path) -> None:
    (tmp_path / "writer.lock").touch()
    holder = (
        "import fcntl, sys, time; file = open(sys.argv[1]); fcntl.flock(file, fcntl.LOCK_EX); "
        "print(1, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "writer.lock")], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        done = subprocess.run(
            command(tmp_path, "run", "--feeds", feeds, "--day", DAY),
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        os.kill(other.pid, signal.SIGKILL)
    assert done.returncode == 1
    assert "writing to" in done.stderr


def test_readers_are_answered_while_a_load_is_writing(undisturbed: Path) -> None:
    with duckdb.connect(str(undisturbed / "warehouse" / "work.duckdb")) as writer:
        writer.execute("BEGIN")
        writer.execute("DELETE FROM statement")
        done = subprocess.run(
            command(undisturbed, "sql", "select * from position_current", "--json"),
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        )
        writer.execute("ROLLBACK")
    assert json.loads(done.stdout)


def test_a_run_that_fails_too_often_is_held_and_says_so(tmp_path: Path, feeds: Path) -> None:
    home = tmp_path / "home"
    environment = {**os.environ, "STANCEWIRE_MIN_TEXT_CHARS": "100000"}
    done = subprocess.run(
        command(home, "run", "--feeds", feeds, "--day", DAY, "--json"),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert answer["published"] is None
    assert "failure_share_too_high" in done.stderr
    assert not (home / "warehouse" / "snapshots" / "current").exists()
    listed = subprocess.run(
        command(home, "quarantine", "list", "--json"), capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert {row["reason"] for row in json.loads(listed.stdout)} == {"text_too_short"}
    assert run(home, feeds)["published"]
