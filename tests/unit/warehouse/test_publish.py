"""Publication: finished files behind a pointer."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from pipeline.trends import settle
from tests.unit.warehouse.newsdesk import Report, batch, first_polls
from warehouse.connection import open_snapshot
from warehouse.digest import content_digest
from warehouse.errors import QueryError, SnapshotError, StorageError
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.query import run_query
from warehouse.snapshot import current_snapshot


@pytest.fixture
def snapshots(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def load_day(con: DuckDBPyConnection, text: str) -> None:
    load_run(con, batch(text, Report(slug=text, published=text)), settle)


def test_nothing_is_current_before_the_first_publication(snapshots: Path) -> None:
    assert current_snapshot(snapshots) is None


def test_a_snapshot_holds_what_the_work_file_holds(con: DuckDBPyConnection, snapshots: Path) -> None:
    load_day(con, "2026-11-02")
    path = publish(con, snapshots)
    assert path == current_snapshot(snapshots)
    assert path.name == "stancewire-000001.duckdb"
    with duckdb.connect(str(path), read_only=True) as reader:
        assert content_digest(reader) == content_digest(con)
        info = reader.execute("SELECT version, run_id FROM snapshot_info").fetchall()
        assert info == [(1, "2026-11-02")]
        assert reader.execute("SELECT stance FROM position_current").fetchall() == [("oppose",)]
        assert reader.execute("SELECT count(*) FROM position_as_of(DATE '2026-11-02')").fetchall() == [(1,)]
        assert (
            reader.execute(
                "SELECT comment FROM duckdb_columns() WHERE comment IS NULL AND table_name = 'shift'"
            ).fetchall()
            == []
        )


def test_a_path_publishes_what_is_in_the_wal_too(con: DuckDBPyConnection, work_file: Path, snapshots: Path) -> None:
    load_day(con, "2026-11-02")
    digest = content_digest(con)
    con.execute("PRAGMA disable_checkpoint_on_shutdown")
    con.close()
    assert work_file.with_name("work.duckdb.wal").exists()
    with duckdb.connect(str(publish(work_file, snapshots)), read_only=True) as reader:
        assert content_digest(reader) == digest


def test_an_unchanged_warehouse_gets_no_new_snapshot(con: DuckDBPyConnection, snapshots: Path) -> None:
    load_day(con, "2026-11-02")
    first = publish(con, snapshots)
    load_day(con, "2026-11-02")
    assert publish(con, snapshots) == first


def test_old_snapshots_go_and_the_newest_stay(con: DuckDBPyConnection, snapshots: Path) -> None:
    for number in range(1, 5):
        load_day(con, f"2026-11-0{number}")
        publish(con, snapshots, keep=2)
    assert sorted(path.name for path in snapshots.iterdir()) == [
        "current",
        "stancewire-000003.duckdb",
        "stancewire-000004.duckdb",
    ]


def test_an_open_reader_keeps_the_snapshot_it_opened(con: DuckDBPyConnection, snapshots: Path) -> None:
    load_day(con, "2026-11-01")
    with duckdb.connect(str(publish(con, snapshots, keep=1)), read_only=True) as reader:
        load_day(con, "2026-11-02")
        newest = publish(con, snapshots, keep=1)
        assert reader.execute("SELECT count(*) FROM mention").fetchone() == (1,)
        with duckdb.connect(str(newest), read_only=True) as other:
            assert other.execute("SELECT count(*) FROM mention").fetchone() == (2,)


def test_what_a_killed_publication_left_is_swept_and_never_taken_for_data(
    con: DuckDBPyConnection, snapshots: Path
) -> None:
    snapshots.mkdir()
    (snapshots / ".publishing-stancewire-000001.duckdb").write_bytes(b"half")
    (snapshots / ".publishing-current").write_text("stancewire-000009.duckdb")
    assert current_snapshot(snapshots) is None
    load_day(con, "2026-11-01")
    publish(con, snapshots)
    assert sorted(path.name for path in snapshots.iterdir()) == ["current", "stancewire-000001.duckdb"]


def test_a_finished_file_without_the_pointer_is_passed_over(con: DuckDBPyConnection, snapshots: Path) -> None:
    load_day(con, "2026-11-01")
    first = publish(con, snapshots)
    (snapshots / "stancewire-000002.duckdb").write_bytes(first.read_bytes())
    assert current_snapshot(snapshots) == first
    load_day(con, "2026-11-02")
    assert publish(con, snapshots).name == "stancewire-000003.duckdb"


def test_a_folder_that_can_not_be_written_is_an_error_that_says_so(con: DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="free the disk or mend its rights") as caught:
        publish(con, tmp_path / "file" / "snapshots")
    assert caught.value.reason == "storage_failed"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda whole: whole[: len(whole) // 2], "snapshot_damaged"),
        (lambda whole: whole[:5000], "snapshot_damaged"),
        (lambda whole: b"", "foreign_file"),
        (lambda whole: b"SQLite format 3\0" + whole[16:], "foreign_file"),
    ],
)
def test_a_cut_or_foreign_file_is_told_from_a_snapshot(content, reason, con, snapshots) -> None:  # type: ignore[no-untyped-def]
    load_day(con, "2026-11-01")
    path = publish(con, snapshots)
    path.write_bytes(content(path.read_bytes()))
    with pytest.raises(SnapshotError, match="publish again with `stancewire run`") as caught:
        current_snapshot(snapshots)
    assert caught.value.reason == reason


def test_a_damaged_snapshot_is_replaced_by_the_next_publication(con: DuckDBPyConnection, snapshots: Path) -> None:
    load_day(con, "2026-11-01")
    publish(con, snapshots).write_bytes(b"")
    assert publish(con, snapshots).name == "stancewire-000002.duckdb"


@pytest.mark.parametrize("pointer", ["../../etc/passwd", "", "stancewire-1.duckdb", "current"])
def test_a_pointer_to_anything_else_is_refused(pointer: str, snapshots: Path) -> None:
    snapshots.mkdir()
    (snapshots / "current").write_text(pointer)
    with pytest.raises(SnapshotError, match="names no snapshot"):
        current_snapshot(snapshots)


def test_a_pointer_to_a_missing_file_says_so(snapshots: Path) -> None:
    snapshots.mkdir()
    (snapshots / "current").write_text("stancewire-000001.duckdb\n")
    with pytest.raises(SnapshotError, match="is missing") as caught:
        current_snapshot(snapshots)
    assert caught.value.reason == "snapshot_missing"


def test_first_polls_alone_publish(con: DuckDBPyConnection, snapshots: Path) -> None:
    load_run(con, first_polls("2026-11-01", "Harbour Post"), settle)
    assert publish(con, snapshots).exists()


def test_a_snapshot_opens_read_only(con: DuckDBPyConnection, snapshots: Path) -> None:
    load_day(con, "2026-11-01")
    with open_snapshot(publish(con, snapshots)) as reader, pytest.raises(duckdb.InvalidInputException):
        reader.execute("DELETE FROM run")


def test_a_database_of_somebody_else_under_a_snapshots_name_is_refused(snapshots: Path) -> None:
    snapshots.mkdir()
    path = snapshots / "stancewire-000001.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE invoice (id INTEGER)")
    with pytest.raises(SnapshotError, match="no stancewire snapshot") as caught:
        open_snapshot(path)
    assert caught.value.reason == "foreign_file"
    with pytest.raises(QueryError) as refused:
        run_query(path, "SELECT * FROM invoice")
    assert refused.value.reason == "foreign_file"


def test_a_snapshot_of_a_newer_version_is_refused(con: DuckDBPyConnection, snapshots: Path) -> None:
    con.execute("INSERT INTO schema_migration VALUES (999, '0999_later', 'x')")
    with pytest.raises(SnapshotError, match="use the newer version") as caught:
        open_snapshot(publish(con, snapshots))
    assert caught.value.reason == "schema_newer"


def test_publishing_a_file_that_a_run_is_writing_says_busy(
    work_file: Path, con: DuckDBPyConnection, snapshots: Path
) -> None:
    load_day(con, "2026-11-01")
    program = (
        "import sys; from pathlib import Path; from warehouse.errors import StorageError; "
        "from warehouse.publish import publish\n"
        "try: publish(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except StorageError as error: print(error.reason)"
    )
    command = [sys.executable, "-c", program, str(work_file), str(snapshots)]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    assert done.stdout == "busy\n"
