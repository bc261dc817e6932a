"""A full disk: a clear error, nothing half done, the old snapshot still served, and the next try succeeds."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.settings import Settings
from pipeline.trends import settle
from tests.unit.warehouse.newsdesk import Report, batch
from warehouse.connection import open_work
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.snapshot import current_snapshot

ROOT = Path(__file__).parents[3]

# A limit on file size makes writes fail as a full disk does (SIGXFSZ ignored: EFBIG instead).
PROGRAM = """
import resource, signal, sys
from pathlib import Path
from pipeline.settings import Settings
from pipeline.trends import settle
from tests.unit.warehouse.newsdesk import Report, batch
from warehouse.connection import open_work
from warehouse.errors import StorageError
from warehouse.load import load_run
from warehouse.publish import publish

mode, home = sys.argv[1], Path(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

try:
    if mode == "publish":
        limit(200_000)
        publish(home / "work.duckdb", home / "snapshots")
    else:
        with open_work(home / "work.duckdb", Settings(home=home)) as con:
            limit(4_000)
            load_run(con, batch("2026-11-02", Report(published="2026-11-02", body="x" * 3_000_000)), settle)
except StorageError as error:
    print(error.reason, error, flush=True)
    import os
    os._exit(0)
raise SystemExit("nothing failed")
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_work(tmp_path / "work.duckdb", Settings(home=tmp_path)) as con:
        load_run(con, batch("2026-11-01", Report(slug="old", published="2026-11-01")), settle)
        publish(con, tmp_path / "snapshots")
        load_run(con, batch("2026-11-02", Report(slug="new", published="2026-11-02")), settle)
    return tmp_path


def fail(mode: str, home: Path) -> str:
    command = [sys.executable, "-c", PROGRAM, mode, str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_publication_that_fails_leaves_the_old_snapshot_and_the_next_succeeds(home: Path) -> None:
    before = current_snapshot(home / "snapshots")
    assert "storage_failed nothing was published" in fail("publish", home)
    assert current_snapshot(home / "snapshots") == before
    after = publish(home / "work.duckdb", home / "snapshots")
    assert after != before
    assert not list((home / "snapshots").glob(".publishing-*"))


def test_a_load_that_fails_leaves_nothing_and_the_next_succeeds(home: Path) -> None:
    assert "storage_failed the run was not loaded" in fail("load", home)
    with duckdb.connect(str(home / "work.duckdb")) as con:
        assert con.execute("SELECT count(*) FROM article").fetchone() == (2,)
    with open_work(home / "work.duckdb", Settings(home=home)) as con:
        counts = load_run(con, batch("2026-11-03", Report(slug="third", published="2026-11-03")), settle)
    assert counts.articles == 1
