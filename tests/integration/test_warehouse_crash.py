"""kill -9 at lines and at random moments: the warehouse equals an undisturbed one, and readers see whole runs only.

The file is also the program that is killed: `python -m tests.integration.test_warehouse_crash MODE HOME [LINE]`.
"""

import importlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

# The modules whose lines are the moments between one effect and the next.
TRACED = ("load", "registered", "connection", "migrate", "publish", "snapshot", "settle", "statements", "shifts")
DAYS = tuple(f"2026-11-{number:02}" for number in range(1, 7))
OUTLETS = ("Harbour Post", "Delta Courier", "Bay Echo")
POINTS = 24


def batches() -> list[Any]:
    """Six days: first polls, a repeated position, a reversal, an edited article."""
    from tests.unit.warehouse.newsdesk import Report, batch

    stances = ("oppose", "oppose", "support", "support", "conditional", "oppose")
    return [
        batch(
            day,
            *(Report(outlet=outlet, slug=day, published=day, stance=stance) for outlet in OUTLETS),
            Report(outlet=OUTLETS[0], slug="edited", published=DAYS[0], body=f"Edited on {day}."),
        )
        for day, stance in zip(DAYS, stances, strict=True)
    ]


def write(home: Path) -> None:
    """Loads all days that are missing or half done, and publishes after each, as a run that is taken up again does."""
    from pipeline.settings import Settings
    from pipeline.trends import settle
    from warehouse.connection import open_work
    from warehouse.load import load_run
    from warehouse.publish import publish

    for each in batches():
        with open_work(home / "work.duckdb", Settings(home=home)) as con:
            load_run(con, each, settle)
        publish(home / "work.duckdb", home / "snapshots", keep=2)


def rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    import duckdb

    from warehouse.digest import table_rows

    with duckdb.connect(str(home / "work.duckdb"), read_only=True) as con:
        return table_rows(con)


def snapshot_rows(home: Path) -> dict[str, list[tuple[Any, ...]]] | None:
    import duckdb

    from warehouse.digest import table_rows
    from warehouse.snapshot import current_snapshot

    path = current_snapshot(home / "snapshots")
    if path is None:
        return None
    with duckdb.connect(str(path), read_only=True) as con:
        return table_rows(con)


def read(home: Path) -> None:
    """Reads the current snapshot over and over until told to stop; prints what it saw as JSON."""
    import duckdb

    from warehouse.snapshot import current_snapshot

    seen: list[tuple[int, int, int, int]] = []
    while not (home / "stop").exists():
        path = current_snapshot(home / "snapshots")
        if path is None:
            continue
        with duckdb.connect(str(path), read_only=True) as con:
            row = con.execute(
                "SELECT (SELECT version FROM snapshot_info), (SELECT count(*) FROM run), "
                "(SELECT count(*) FROM article), (SELECT count(*) FROM mention WHERE statement_id IS NOT NULL)"
            ).fetchone()
        if row is not None and (not seen or seen[-1] != row):
            seen.append(row)
    sys.stdout.write(json.dumps(seen))


def killed_at(line: int) -> Callable[..., Any]:
    """A trace function that kills this process before the given line event; the count of lines is kept otherwise."""
    passed = 0
    files = {str(ROOT / "warehouse" / f"{name}.py") for name in TRACED}
    files |= {str(ROOT / "pipeline" / "trends" / f"{name}.py") for name in TRACED}

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        nonlocal passed
        if frame.f_code.co_filename not in files or frame.f_code.co_name == "<module>":
            return None
        if event == "line":
            passed += 1
            if passed == line:
                os.kill(os.getpid(), signal.SIGKILL)
            trace.passed = passed  # type: ignore[attr-defined]
        return trace

    return trace


def start(mode: str, home: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.test_warehouse_crash", mode, str(home), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # forks are made before there are threads
    )


def finish(mode: str, home: Path, *arguments: str) -> str:
    process = start(mode, home, *arguments)
    try:
        output, _ = process.communicate(timeout=200)
    finally:
        process.kill()
    assert process.returncode == 0
    return output


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("undisturbed")
    finish("write", home)
    return home


@pytest.mark.slow
def test_killed_at_random_moments_the_warehouse_equals_an_undisturbed_one(undisturbed: Path, tmp_path: Path) -> None:
    chance = random.Random(20261124)
    for _ in range(8):
        process = start("write", tmp_path)
        assert process.stdout is not None
        process.stdout.readline()  # imports are done
        time.sleep(chance.uniform(0, 1.5))
        process.kill()
        process.communicate()
        assert snapshot_rows(tmp_path) is None or set(DAYS) >= {row[0] for row in snapshot_rows(tmp_path)["run"]}  # type: ignore[index]
    finish("write", tmp_path)
    assert rows(tmp_path) == rows(undisturbed)
    assert snapshot_rows(tmp_path) == snapshot_rows(undisturbed)
    assert not list((tmp_path / "snapshots").glob(".publishing-*"))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_at_every_line_between_two_effects_the_warehouse_equals_an_undisturbed_one(
    undisturbed: Path, tmp_path: Path
) -> None:
    report = json.loads(finish("lines", tmp_path))
    assert report["killed"] == POINTS
    assert report["differing"] == []


@pytest.mark.slow
def test_a_reader_sees_whole_runs_in_order_while_a_writer_loads_and_publishes(tmp_path: Path) -> None:
    reader = start("read", tmp_path)
    finish("write", tmp_path)
    (tmp_path / "stop").touch()
    output, _ = reader.communicate(timeout=30)
    assert reader.returncode == 0
    seen = json.loads(output)
    assert len(seen) >= 2
    assert seen == sorted(seen)
    # One run brings three articles and edits a fourth; each has one statement.
    assert all(articles == mentions == 3 * runs + 1 for _, runs, articles, mentions in seen)


def kill_at_lines(home: Path) -> None:
    """Forks for each point: load and publish two days, killed there; then again, whole; then compares.

    DuckDB runs in the forks only, so that each starts without threads.
    """
    total = int(_forked(lambda: _write_days(home / "count", 10**9)))
    _forked(lambda: _save_rows(home / "count"))
    expected = (home / "count" / "rows").read_text()
    killed, differing = 0, []
    for line in sorted({1 + total * point // POINTS for point in range(POINTS)}):
        place = home / str(line)
        killed += _forked(lambda place=place, line=line: _write_days(place, line)) == "killed"  # type: ignore[misc]
        _forked(lambda place=place: _write_days(place, 10**9) + _save_rows(place))  # type: ignore[misc]
        if (place / "rows").read_text() != expected:
            differing.append(line)
        shutil.rmtree(place)
    sys.stdout.write(json.dumps({"killed": killed, "differing": differing, "lines": total}))


def _write_days(home: Path, line: int) -> str:
    from pipeline.settings import Settings
    from pipeline.trends import settle
    from warehouse.connection import open_work
    from warehouse.load import load_run
    from warehouse.publish import publish

    home.mkdir(exist_ok=True)
    trace = killed_at(line)
    sys.settrace(trace)
    for each in batches()[1:3]:
        with open_work(home / "work.duckdb", Settings(home=home)) as con:
            load_run(con, each, settle)
        publish(home / "work.duckdb", home / "snapshots", keep=2)
    sys.settrace(None)
    return str(trace.passed)  # type: ignore[attr-defined]


def _save_rows(home: Path) -> str:
    (home / "rows").write_text(repr((rows(home), snapshot_rows(home))))
    return ""


def _forked(work: Callable[[], str]) -> str:
    """What `work` returns, done in a fork; "killed" if that was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writing, work().encode())
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(reading) as pipe:
        answer = pipe.read()
    if os.WIFSIGNALED(status):
        return "killed"
    if status:
        raise SystemExit("the fork failed")
    return answer


if __name__ == "__main__":
    # Imported here, so that kills hit the work and forks don't repeat it; pyarrow and DuckDB import pandas when used.
    for name in (
        "duckdb",
        "pandas",
        "pyarrow",
        "pipeline.trends",
        "tests.unit.warehouse.newsdesk",
        "warehouse.publish",
    ):
        importlib.import_module(name)
    if sys.argv[1] == "write":
        print("ready", flush=True)
    {"write": write, "read": read, "lines": kill_at_lines}[sys.argv[1]](Path(sys.argv[2]))
