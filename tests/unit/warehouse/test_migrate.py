"""Opening and migrating: once each, refused where the file is not what it should be."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.settings import Settings
from warehouse.connection import open_work
from warehouse.errors import SchemaError, StorageError
from warehouse.migrate import migrate, schema_version
from warehouse.sql_files import sql_folder, views


def test_a_new_file_gets_every_migration_once_with_its_checksum(work_file: Path, settings: Settings) -> None:
    open_work(work_file, settings).close()
    with open_work(work_file, settings) as con:
        applied = con.execute("SELECT version, name, sha256 FROM schema_migration ORDER BY version").fetchall()
    assert applied == [(int(m.name[:4]), m.name, m.sha256) for m in sql_folder("migrations")]
    assert [version for version, _, _ in applied] == list(range(1, schema_version() + 1))


@pytest.mark.parametrize(
    ("sql", "reason", "says"),
    [
        (
            "UPDATE schema_migration SET sha256 = 'other' WHERE version = 1",
            "schema_changed",
            "into a new migration",
        ),
        ("INSERT INTO schema_migration VALUES (999, '0999_later', 'x')", "schema_newer", "use the newer version"),
    ],
)
def test_a_changed_or_unknown_migration_is_refused(
    sql: str, reason: str, says: str, work_file: Path, settings: Settings
) -> None:
    with open_work(work_file, settings) as con:
        con.execute(sql)
    with pytest.raises(SchemaError, match=says) as caught:
        open_work(work_file, settings)
    assert caught.value.reason == reason


def test_a_database_of_somebody_else_is_refused_and_left_alone(work_file: Path, settings: Settings) -> None:
    with duckdb.connect(str(work_file)) as con:
        con.execute("CREATE TABLE invoice (id INTEGER)")
    with pytest.raises(SchemaError, match="invoice") as caught:
        open_work(work_file, settings)
    assert caught.value.reason == "foreign_file"
    with duckdb.connect(str(work_file)) as con:
        assert con.execute("SHOW TABLES").fetchall() == [("invoice",)]


def test_a_failing_migration_leaves_nothing() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE schema_migration (nothing INTEGER)")
        with pytest.raises(duckdb.Error):
            migrate(con)
        assert con.execute("SHOW TABLES").fetchall() == [("schema_migration",)]


def test_a_view_whose_text_changed_is_made_anew(work_file: Path, settings: Settings) -> None:
    with open_work(work_file, settings) as con:
        con.execute("CREATE OR REPLACE VIEW position_current AS SELECT 1 AS old")
        con.execute("UPDATE schema_view SET sha256 = 'old' WHERE name = 'position_current'")
    with open_work(work_file, settings) as con:
        assert "stance" in [row[0] for row in con.execute("DESCRIBE position_current").fetchall()]


def test_every_view_comes_after_those_it_reads() -> None:
    order = [view.name for view in views()]
    assert all(order.index(needed) < order.index(view.name) for view in views() for needed in view.after)


def test_thresholds_are_those_of_the_settings(work_file: Path, tmp_path: Path) -> None:
    open_work(work_file, Settings(home=tmp_path)).close()
    with open_work(work_file, Settings(home=tmp_path, min_confidence=0.7, news_window=3)) as con:
        row = con.execute("SELECT threshold('min_confidence'), threshold('news_window')").fetchone()
    assert row == (0.7, 3.0)


def test_a_file_that_another_process_writes_is_busy(work_file: Path, settings: Settings) -> None:
    program = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(work_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StorageError, match="open in another process") as caught:
            open_work(work_file, settings)
        other.kill()
    assert caught.value.reason == "busy"


def test_a_file_that_is_no_database_is_an_error_that_says_so(work_file: Path, settings: Settings) -> None:
    work_file.write_text("not a database, but long enough to look like one" * 200)
    with pytest.raises(StorageError, match="can't be opened") as caught:
        open_work(work_file, settings)
    assert caught.value.reason == "storage_failed"
