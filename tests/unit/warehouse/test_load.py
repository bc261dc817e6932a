"""Loading: one transaction, keyed by content, indifferent to repetition and to order."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from pipeline.records import FeedOutcome
from pipeline.settings import Settings
from pipeline.trends import settle
from tests.unit.warehouse.newsdesk import Report, batch, day, first_polls, run_of, with_outcome
from warehouse.batch import RunBatch
from warehouse.connection import open_work
from warehouse.digest import content_digest, table_rows
from warehouse.load import load_run

RUNS = (
    first_polls("2026-11-01", "Harbour Post", "Delta Courier"),
    batch("2026-11-02", Report(published="2026-11-02"), Report(slug="b", stance="conditional", published="2026-11-02")),
    batch(
        "2026-11-03", Report(published="2026-11-04", body="Edited."), Report(outlet="Delta Courier", quote="indirect")
    ),
    batch("2026-11-04", Report(outlet="New Times", slug="c", stance="support", published="2026-11-04")),
)


def load_all(con: DuckDBPyConnection, batches: Sequence[RunBatch]) -> None:
    for each in batches:
        load_run(con, each, settle)


def test_loading_a_batch_twice_changes_no_row(con: DuckDBPyConnection) -> None:
    load_all(con, RUNS)
    before = table_rows(con)
    for each in RUNS:
        counts = load_run(con, each, settle)
        assert (counts.entries, counts.articles, counts.revisions, counts.mentions) == (0, 0, 0, 0)
    assert table_rows(con) == before


@pytest.mark.parametrize("order", list(permutations(range(len(RUNS))))[1::4])
def test_the_order_of_loads_changes_no_row(order: tuple[int, ...], tmp_path: Path, settings: Settings) -> None:
    with open_work(tmp_path / "a", settings) as straight, open_work(tmp_path / "b", settings) as shuffled:
        load_all(straight, RUNS)
        load_all(shuffled, [RUNS[index] for index in order])
        assert table_rows(shuffled) == table_rows(straight)
        assert content_digest(shuffled) == content_digest(straight)


def test_a_failure_after_the_facts_leaves_nothing(con: DuckDBPyConnection) -> None:
    before = table_rows(con)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        load_run(con, RUNS[1], fail)
    assert table_rows(con) == before


def test_the_feed_state_is_that_of_the_latest_poll(con: DuckDBPyConnection) -> None:
    load_all(con, [RUNS[2], RUNS[0]])
    assert con.execute("SELECT etag, run_id, seeded_run_id FROM feed WHERE outlet = 'Harbour Post'").fetchall() == [
        ('W/"2026-11-03"', "2026-11-03", "2026-11-01")
    ]


def test_an_edited_text_is_a_revision_and_retires_the_mentions_it_no_longer_has(con: DuckDBPyConnection) -> None:
    first = Report(published="2026-11-02")
    load_all(con, [RUNS[0], batch("2026-11-02", first)])
    load_all(con, [batch("2026-11-03", replace(first, stance="support"))])
    assert con.execute("SELECT count(*) FROM article_revision").fetchone() == (2,)
    assert con.execute("SELECT stance FROM mention").fetchall() == [("support",)]
    assert con.execute("SELECT stance, retired_on, retired_run_id FROM mention_retired").fetchall() == [
        ("oppose", day("2026-11-03"), "2026-11-03")
    ]
    assert con.execute("SELECT updated FROM article").fetchone() == (run_of("2026-11-03").as_of.replace(tzinfo=None),)


def test_an_edited_date_moves_nothing(con: DuckDBPyConnection) -> None:
    first = Report(published="2026-11-02")
    load_all(con, [RUNS[0], batch("2026-11-02", first)])
    load_all(con, [batch("2026-12-02", replace(first, published="2026-12-02", body="Edited."))])
    assert con.execute("SELECT published::DATE FROM article").fetchone() == (day("2026-11-02"),)
    assert con.execute("SELECT stated_on, seen_on FROM statement").fetchone() == (day("2026-11-02"),) * 2


def test_a_text_that_turns_back_to_its_first_form_has_its_first_mentions_again(con: DuckDBPyConnection) -> None:
    first = Report(published="2026-11-02")
    load_all(con, [RUNS[0], batch("2026-11-02", first), batch("2026-11-03", replace(first, stance="support"))])
    load_all(con, [batch("2026-11-04", first)])
    assert con.execute("SELECT stance, seen_on FROM mention").fetchall() == [("oppose", day("2026-11-02"))]
    assert con.execute("SELECT stance FROM mention_retired").fetchall() == [("support",)]


def test_articles_of_a_first_poll_are_marked_as_history(con: DuckDBPyConnection) -> None:
    load_all(con, [batch("2026-11-02", Report(published="2026-11-02"))])
    load_all(con, [batch("2026-11-03", Report(slug="next", published="2026-11-03", stance="support"))])
    assert con.execute("SELECT seen_on, seeded FROM mention ORDER BY seen_on").fetchall() == [
        (day("2026-11-02"), True),
        (day("2026-11-03"), False),
    ]


def test_an_item_of_a_first_poll_whose_page_is_read_later_is_still_history(con: DuckDBPyConnection) -> None:
    report = Report(published="2026-11-02")
    listed_only = replace(batch("2026-11-02", report), entries=(), articles=(), mentions=())
    load_all(con, [listed_only, batch("2026-11-03", report)])
    assert con.execute("SELECT seeded FROM mention").fetchall() == [(True,)]


def test_a_feed_that_fails_at_first_is_seeded_by_its_first_good_poll(con: DuckDBPyConnection) -> None:
    failed = with_outcome(
        batch("2026-11-01", polled=["Harbour Post"], seeded=False), "Harbour Post", FeedOutcome.FAILED, "x"
    )
    load_all(con, [failed, batch("2026-11-02", Report(published="2026-11-02"))])
    assert con.execute("SELECT seeded_run_id FROM feed").fetchall() == [("2026-11-02",)]
    assert con.execute("SELECT seeded FROM mention").fetchall() == [(True,)]


def test_detecting_again_in_a_stored_article_replaces_mentions_as_history(con: DuckDBPyConnection) -> None:
    report = Report(published="2026-11-02")
    load_all(con, [RUNS[0], batch("2026-11-02", report)])
    load_all(con, [again_detected(report, replace(report, stance="support", detector="2.0"))])
    assert con.execute("SELECT stance, seeded, detector_version FROM mention").fetchall() == [("support", True, "2.0")]
    assert con.execute("SELECT stance, detector_version FROM mention_retired").fetchall() == [("oppose", "1.0")]


def test_a_new_detector_that_agrees_keeps_the_day_a_mention_was_found(con: DuckDBPyConnection) -> None:
    report = Report(published="2026-11-02")
    load_all(con, [RUNS[0], batch("2026-11-02", report), again_detected(report, replace(report, detector="2.0"))])
    assert con.execute("SELECT seen_on, seeded, detector_version FROM mention").fetchall() == [
        (day("2026-11-02"), False, "2.0")
    ]


def again_detected(stored: Report, found: Report) -> RunBatch:
    run = run_of("2026-11-05")
    return RunBatch(run=run, articles=(stored.article(run),), mentions=(found.mention(run),))


def test_copies_form_a_group_that_counts_for_the_agency(con: DuckDBPyConnection) -> None:
    copies = [
        Report(
            outlet=outlet, group="g1", agency="Pacific Wire" if outlet == "Bay Echo" else None, published="2026-11-02"
        )
        for outlet in ("Harbour Post", "Bay Echo", "Delta Courier")
    ]
    load_all(con, [batch("2026-11-02", *copies)])
    assert con.execute("SELECT source, n_articles FROM syndication_group").fetchall() == [("Pacific Wire", 3)]
    assert con.execute("SELECT n_mentions, n_publishers FROM statement").fetchall() == [(3, 1)]


def test_a_held_run_leaves_its_verdict(con: DuckDBPyConnection) -> None:
    load_all(con, [RunBatch(run=run_of("2026-11-02"), held=("too many failures",))])
    assert con.execute("SELECT run_id, held FROM run").fetchall() == [("2026-11-02", ["too many failures"])]


def test_names_with_quotes_and_markup_are_data(con: DuckDBPyConnection) -> None:
    name = "O'Néill\"; DROP TABLE mention; -- %s {} 🕊"
    load_all(
        con, [batch("2026-11-02", Report(speaker=name, holder=name, authority="personal", published="2026-11-02"))]
    )
    assert con.execute("SELECT speaker, holder FROM statement").fetchall() == [(name, name)]
