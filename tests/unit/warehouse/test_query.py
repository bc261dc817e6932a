"""Ad-hoc SQL: one reading statement, shut in."""

import time
from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.trends import settle
from tests.unit.warehouse.newsdesk import Report, batch
from warehouse.connection import open_work
from warehouse.errors import QueryError
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.query import QueryLimits, run_query


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with open_work(home / "work.duckdb", Settings(home=home)) as con:
        load_run(con, batch("2026-11-02", Report(published="2026-11-02")), settle)
        return publish(con, home / "snapshots")


def reason(snapshot: Path, sql: str, limits: QueryLimits | None = None) -> str:
    with pytest.raises(QueryError) as caught:
        run_query(snapshot, sql, limits=limits)
    assert str(snapshot.parent) not in str(caught.value)
    return caught.value.reason


def test_a_select_gives_columns_types_and_json_ready_rows(snapshot: Path) -> None:
    result = run_query(snapshot, "SELECT holder, stated_on, [1.5] AS list, 'NaN'::FLOAT AS nan FROM statement")
    assert result.columns == ("holder", "stated_on", "list", "nan")
    assert result.types == ("VARCHAR", "DATE", "DECIMAL(2,1)[]", "FLOAT")
    assert result.rows == (("IND", "2026-11-02", ["1.5"], None),)
    assert result.records()[0]["holder"] == "IND"


@pytest.mark.parametrize(
    "sql",
    [
        "WITH s AS (SELECT stance FROM statement) FROM s",
        "EXPLAIN SELECT * FROM shift",
        "explain analyze select 1",
        "DESCRIBE statement",
        "SHOW TABLES",
        "SUMMARIZE mention",
        "VALUES (1), (2)",
        "SELECT 1;",
        "-- a comment; with a semicolon\nSELECT 1",
    ],
)
def test_reading_statements_are_answered(snapshot: Path, sql: str) -> None:
    assert run_query(snapshot, sql).rows


def test_parameters_are_bound(snapshot: Path) -> None:
    name = "'; DROP TABLE statement; -- % \\ 🕊"
    assert run_query(snapshot, "SELECT ? AS a, ? AS b", [name, None]).rows == ((name, None),)
    assert run_query(snapshot, "SELECT $name AS a", {"name": name}).rows == ((name,),)
    assert run_query(snapshot, "SELECT count(*) FROM statement WHERE holder = ?", [name]).rows == ((0,),)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO run VALUES (1)",
        "WITH x AS (SELECT 1) INSERT INTO run SELECT 1",
        "DROP TABLE mention",
        "CREATE TEMP TABLE t AS SELECT 1",
        "ATTACH '/tmp/other.duckdb'",
        "COPY (SELECT 1) TO '/tmp/out.csv'",
        "SET memory_limit = '10GB'",
        "SET VARIABLE a = 1",
        "RESET lock_configuration",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CALL pragma_version()",
        "PRAGMA database_list",
        "PRAGMA enable_profiling",
        "EXPORT DATABASE '/tmp/x'",
        "CHECKPOINT",
        "USE memory",
        "BEGIN",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE mention",
        "SELECT 1 /* ; */; /* */ DELETE FROM run",
        "",
        "-- nothing",
        "EXPLAIN ANALYZE INSERT INTO run VALUES (1)",
        "EXPLAIN PRAGMA database_list",
        "SELECT 1\0",
        "SELECT * FROM duckdb_databases()",
        "SELECT * FROM duckdb_databases",
        'SELECT * FROM "DUCKDB_DATABASES"()',
        "SELECT path FROM system.main.duckdb_databases()",
        "SELECT * FROM pragma_database_list()",
        "SELECT current_setting('temp_directory')",
        "SELECT list_transform(['temp_directory'], s -> current_setting('temp_directory'))",
        "EXPLAIN SELECT current_setting('temp_directory')",
        "EXPLAIN/**/SELECT * FROM duckdb_settings()",
        "SUMMARIZE (SELECT * FROM duckdb_settings())",
        "SELECT (SELECT value FROM duckdb_settings() LIMIT 1)",
        "SELECT * FROM query('SELECT * FROM duckdb_settings()')",
        "SELECT getenv('PATH')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/*')",
    ],
)
def test_everything_else_is_refused(snapshot: Path, sql: str) -> None:
    assert reason(snapshot, sql) == "query_refused"


@pytest.mark.parametrize(
    "sql",
    ["SELECT * FROM '/etc/passwd'", "SELECT * FROM 'x.csv'", "SELECT * FROM missing", "SELEC 1", "SELECT * FROM df"],
)
def test_files_and_mistakes_are_invalid(snapshot: Path, sql: str) -> None:
    assert reason(snapshot, sql) in ("query_invalid", "query_refused")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(1000000000000000000)",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
        "SELECT sum(sin(a.range)) FROM range(1000000) a, range(1000000) b",
    ],
)
def test_an_endless_query_is_stopped_and_the_next_is_answered(snapshot: Path, sql: str) -> None:
    started = time.monotonic()
    assert reason(snapshot, sql, QueryLimits(timeout=1.0)) == "query_timeout"
    assert time.monotonic() - started < 5
    assert run_query(snapshot, "SELECT 1").rows == ((1,),)


def test_a_query_that_needs_too_much_memory_is_stopped(snapshot: Path) -> None:
    sql = "SELECT * FROM (SELECT random() AS r, repeat('x', 200) AS t FROM range(50000000)) ORDER BY r"
    assert reason(snapshot, sql, QueryLimits(memory=64 << 20, timeout=10)) in ("query_memory", "query_crashed")


@pytest.mark.parametrize("sql", ["SELECT * FROM range(200000)", "SELECT repeat('x', 1000000) FROM range(100)"])
def test_a_result_that_is_too_large_is_refused(snapshot: Path, sql: str) -> None:
    assert reason(snapshot, sql, QueryLimits(max_bytes=10 << 20)) == "query_too_large"


def test_nothing_of_this_process_reaches_the_query(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWIRE_TOKEN", "hidden")
    secret = [{"a": 1}]
    assert reason(snapshot, "SELECT * FROM secret") == "query_invalid"
    assert secret
