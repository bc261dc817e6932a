"""The ready queries: each answers its question on a snapshot, as an analyst would run it."""

from pathlib import Path

import pytest

from pipeline.records import FeedOutcome
from pipeline.settings import Settings
from pipeline.trends import settle
from tests.unit.warehouse.newsdesk import Report, batch, first_polls, with_outcome
from warehouse.connection import open_work
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.query import run_query
from warehouse.sql_files import SqlFile, sql_folder

QUERIES = [query for query in sql_folder("queries") if not query.name.startswith("report_")]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    sen = Report(speaker="Vikram Sen", role="Prime Minister", stance="support", published="2026-11-03", slug="sen")
    unsure = Report(slug="unsure", confidence=0.3, published="2026-11-02")
    third = batch("2026-11-03", sen, polled=["Delta Courier"])
    runs = [
        first_polls("2026-11-01", "Harbour Post", "Delta Courier"),
        batch("2026-11-02", Report(published="2026-11-02"), unsure),
        with_outcome(third, "Delta Courier", FeedOutcome.FAILED, "timeout"),
        batch("2026-11-20", Report(slug="if", stance="conditional", published="2026-11-20", said_on="2026-11-11")),
    ]
    with open_work(home / "work.duckdb", Settings(home=home)) as con:
        for each in runs:
            load_run(con, each, settle)
        return publish(con, home / "snapshots")


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_ready_query_answers_with_rows(query: SqlFile, snapshot: Path) -> None:
    assert run_query(snapshot, query.text).rows


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_ready_query_begins_with_its_question_and_says_what_a_row_is(query: SqlFile, snapshot: Path) -> None:
    header = [line for line in query.text.splitlines() if line.startswith("--")]
    assert "?" in "".join(header)
    assert any(line.startswith("-- One row a ") for line in header)


def answer(name: str, snapshot: Path) -> list[dict[str, object]]:
    (query,) = [query for query in QUERIES if query.name == name]
    return run_query(snapshot, query.text).records()


def test_changed_positions_show_both_words(snapshot: Path) -> None:
    found = [(row["kind"], row["words_before"], row["words_after"]) for row in answer("changed_positions", snapshot)]
    assert ("split", "Asha Rao spoke of it: oppose.", "Vikram Sen spoke of it: support.") in found


def test_believed_then_and_now_tells_late_knowledge(snapshot: Path) -> None:
    assert answer("believed_then_and_now", snapshot) == [
        {"proposal_id": "asian-nato", "holder": "IND", "believed_then": "support", "known_now": "conditional"}
    ]


def test_officials_who_differ_names_both(snapshot: Path) -> None:
    (row,) = answer("officials_who_differ", snapshot)
    assert (row["first_speaker"], row["then_speaker"]) == ("Asha Rao", "Vikram Sen")


def test_days_without_a_run_are_outages(snapshot: Path) -> None:
    states = {row["day"]: row["state"] for row in answer("silence_or_outage", snapshot)}
    assert states["2026-11-03"] == "partial"
    assert states["2026-11-10"] == "outage"
    assert "2026-11-01" not in states
