"""Views: coverage tells silence from outage, trends carry an interval, everything is documented."""

import pytest
from duckdb import DuckDBPyConnection

from pipeline.records import FeedOutcome
from pipeline.trends import coverage, settle
from tests.unit.warehouse.newsdesk import Report, batch, day, first_polls, with_outcome
from warehouse.batch import RunBatch
from warehouse.load import load_run

PUBLIC_VIEWS = (
    *("position_current", "position_history", "stance_daily", "shift", "coverage_daily", "feed_health", "evidence"),
)


def load_all(con: DuckDBPyConnection, *batches: RunBatch) -> None:
    for each in batches:
        load_run(con, each, settle)


def test_a_quiet_day_is_observed_and_a_day_without_answers_is_an_outage(con: DuckDBPyConnection) -> None:
    quiet = batch("2026-11-02", polled=["Harbour Post", "Delta Courier"])
    load_all(con, first_polls("2026-11-01", "Harbour Post", "Delta Courier"), quiet)
    load_all(con, with_outcome(batch("2026-11-03", polled=["Harbour Post"]), "Harbour Post", FeedOutcome.FAILED, "x"))
    load_all(con, batch("2026-11-05", polled=["Harbour Post"]))
    assert [(c.day.day, c.state, c.n_feeds_answered, c.n_feeds, c.coverage) for c in coverage(con)] == [
        (1, "observed", 2, 2, 1.0),
        (2, "observed", 2, 2, 1.0),
        (3, "outage", 0, 2, 0.0),
        (4, "outage", 0, 2, 0.0),
        (5, "partial", 1, 2, 0.5),
    ]


def test_days_without_statements_are_in_the_trend_with_their_coverage(con: DuckDBPyConnection) -> None:
    load_all(con, first_polls("2026-11-01", "Harbour Post"), batch("2026-11-03", Report(published="2026-11-03")))
    assert con.execute("SELECT day, n_statements, state, share_oppose FROM stance_daily ORDER BY day").fetchall() == [
        (day("2026-11-01"), 0, "observed", None),
        (day("2026-11-02"), 0, "outage", None),
        (day("2026-11-03"), 1, "observed", 1.0),
    ]


# Beta(k + 1/2, n - k + 1/2) quantiles, from scipy.stats.beta.ppf.
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 1, 0.0, 0.8533),
        (0, 10, 0.0, 0.2172),
        (1, 10, 0.0110, 0.3813),
        (5, 10, 0.2235, 0.7765),
        (3, 3, 0.4644, 1.0),
    ],
)
def test_a_share_has_its_jeffreys_interval(con: DuckDBPyConnection, k: int, n: int, low: float, high: float) -> None:
    reports = [
        Report(slug=f"s{i}", speaker=f"Speaker N{i}", published="2026-11-02", stance="support" if i < k else "oppose")
        for i in range(n)
    ]
    load_all(con, batch("2026-11-02", *reports))
    found = con.execute("SELECT n_statements, favour_low, favour_high FROM stance_daily").fetchall()
    assert found == [(n, pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))]


def test_evidence_gives_each_fragment_with_offsets_into_the_text(con: DuckDBPyConnection) -> None:
    load_all(con, batch("2026-11-02", Report(published="2026-11-02")))
    rows = con.execute(
        "SELECT e.n, e.text, substr(a.text, e.start_offset + 1, e.end_offset - e.start_offset), e.url "
        "FROM evidence AS e JOIN article AS a USING (article_id)"
    ).fetchall()
    words = "Asha Rao spoke of it: oppose."
    assert rows == [(1, words, words, Report().url)]


def test_a_feed_that_fails_three_times_is_down_and_one_that_answers_again_is_not(con: DuckDBPyConnection) -> None:
    load_all(con, first_polls("2026-11-01", "Harbour Post"))
    for number in range(2, 5):
        poll = batch(f"2026-11-0{number}", polled=["Harbour Post"])
        load_all(con, with_outcome(poll, "Harbour Post", FeedOutcome.FAILED, "timeout"))
    query = "SELECT health, reason, failed_in_a_row, last_answered_on FROM feed_health"
    assert con.execute(query).fetchall() == [("down", "timeout", 3, day("2026-11-01"))]
    load_all(con, batch("2026-11-05", polled=["Harbour Post"]))
    assert con.execute(query).fetchall() == [("unsteady", None, 0, day("2026-11-05"))]


def test_every_table_and_column_and_every_public_view_is_documented(con: DuckDBPyConnection) -> None:
    bare = con.execute(
        """
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE NOT internal AND database_name = current_database() AND comment IS NULL
          AND (
              table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary)
              OR list_contains($1, table_name)
          )
        UNION ALL
        SELECT table_name, '' FROM duckdb_tables() WHERE NOT internal AND NOT temporary AND comment IS NULL
        UNION ALL
        SELECT view_name, '' FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        """,
        [list(PUBLIC_VIEWS)],
    ).fetchall()
    assert bare == []
    views = {name for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    assert set(PUBLIC_VIEWS) <= views


# What DESIGN fixes: others build on these names.
FIXED = {
    "article": "article_id url title text published first_seen updated outlet publisher country language relevant "
    "method run_id",
    "statement": "statement_id proposal_id holder speaker speaker_role speaker_type authority stance score time "
    "said_on n_mentions n_publishers confidence detector_version codebook_version",
    "mention": "mention_id statement_id article_id evidence quote confidence run_id",
    "quarantine": "quarantine_id run_id stage reason record raw_ref",
    "stage_count": "run_id stage n_in n_out n_duplicate n_not_relevant n_quarantined",
    "shift": "proposal_id holder kind from_stance to_stance from_statement_id to_statement_id shifted_on raised_on",
    "position_current": "proposal_id holder stance score since statement_id",
    "run": "run_id",
    "feed": "feed_url",
    '"fetch"': "fetch_id",
    "entry": "entry_id",
    "article_revision": "revision_id",
    "syndication_group": "group_id",
    "correction": "correction_id",
    "alert": "alert_id",
}


@pytest.mark.parametrize("name", FIXED)
def test_the_names_that_others_build_on_are_there(con: DuckDBPyConnection, name: str) -> None:
    columns = {row[0] for row in con.execute(f"DESCRIBE {name}").fetchall()}
    assert set(FIXED[name].split()) <= columns


def test_evidence_is_a_list_of_structs_with_the_fixed_names(con: DuckDBPyConnection) -> None:
    types = dict(row[:2] for row in con.execute("DESCRIBE mention").fetchall())
    assert types["evidence"] == 'STRUCT("text" VARCHAR, start_offset INTEGER, end_offset INTEGER)[]'
