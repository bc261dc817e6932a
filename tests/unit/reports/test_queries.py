"""What is read from a real warehouse, loaded and settled by the product."""

from datetime import date, timedelta

import duckdb

from pipeline.reports.queries import (
    MOST_COPIES,
    MOST_QUOTES,
    MOST_STATEMENTS,
    read_shifts,
    read_statements,
    run_shifts,
)
from pipeline.reports.story import by_words
from tests.unit.reports.press import TODAY, Report, build, run_of


def test_a_runs_shifts_carry_old_and_new_evidence(busy):
    norway = next(s for s in run_shifts(busy, run_of(TODAY)) if s.holder == "NOR")
    assert (norway.proposal_name, norway.old.stance, norway.new.stance) == (
        "Northern Shield pact",
        "noncommittal",
        "support",
    )
    assert [q.text for q in norway.old.quotes] == ['"We are looking at it again," the minister said.']
    assert {q.outlet for q in norway.new.quotes} == {"Harbour Courier", "The Northern Post"}
    assert norway.new.n_publishers == 2


def test_shifts_of_other_days_are_not_a_runs(busy):
    assert {s.raised_on for s in run_shifts(busy, run_of(TODAY))} == {TODAY}
    assert run_shifts(busy, run_of(TODAY - timedelta(days=1))) == ()


def test_a_first_position_has_no_old_side(con):
    sweden = next(s for s in read_shifts(con, date(2024, 6, 1), date(2024, 6, 30)) if s.holder == "SWE")
    assert (sweden.kind, sweden.old) == ("first_position", None)


def test_statements_are_newest_first_with_their_evidence(con):
    found = read_statements(con, TODAY, since=date(2024, 9, 1))
    days = [s.stated_on for s in found if s.stated_on]
    assert days == sorted(days, reverse=True)
    assert all(s.quotes for s in found)


def test_a_statement_seen_later_is_not_known_yet(con):
    early = read_statements(con, date(2024, 7, 1), since=date(2000, 1, 1))
    assert {s.stated_on for s in early} == {date(2024, 6, 11)}


def test_a_statement_asked_for_by_id_comes_however_old_it_is(con):
    old = read_statements(con, TODAY, since=date(2024, 6, 1))[-1]
    assert read_statements(con, TODAY, ids=[old.statement_id]) == (old,)


def test_a_proposal_off_the_watchlist_keeps_the_articles_name(con):
    lake = next(s for s in read_statements(con, TODAY, since=TODAY) if s.proposal == "other")
    assert lake.proposal_name == "Lake Accord"


def test_a_talkative_holder_does_not_bury_the_others(tmp_path):
    talk = [
        Report(
            holder="NOR", stance="support", words=f'"We will sign, part {i}."', published=TODAY - timedelta(days=9 * i)
        )
        for i in range(MOST_STATEMENTS + 5)
    ]
    other = Report(holder="SWE", stance="oppose", words='"We will not."', published=TODAY)
    with duckdb.connect(str(build(tmp_path / "w.duckdb", (TODAY, [*talk, other])))) as connection:
        found = read_statements(connection, TODAY, since=date(2000, 1, 1))
        kept = {s.statement_id for s in found}
        assert [s.holder for s in found].count("NOR") == MOST_STATEMENTS
        assert [s.holder for s in found].count("SWE") == 1
        (oldest,) = connection.execute("SELECT arg_min(statement_id, stated_on) FROM statement").fetchall()[0]
        assert oldest not in kept
        assert [s.statement_id for s in read_statements(connection, TODAY, ids=[oldest])] == [oldest]


def test_of_words_that_many_outlets_carry_the_first_outlets_are_shown(tmp_path):
    copies = [
        Report(holder="NOR", stance="support", words='"We will sign," he said.', published=TODAY, outlet=f"Outlet {i}")
        for i in range(MOST_COPIES + 5)
    ]
    other = Report(holder="NOR", stance="support", words='"In spring," he said.', published=TODAY, outlet="Outlet Z")
    with duckdb.connect(str(build(tmp_path / "w.duckdb", (TODAY, [*copies, other])))) as connection:
        (said,) = read_statements(connection, TODAY, since=TODAY)
    assert [len(group) for group in by_words(said.quotes)] == [MOST_COPIES, 1]
    assert said.n_mentions == MOST_COPIES + 6


def test_of_many_different_words_the_first_are_shown(tmp_path):
    reports = [
        Report(
            holder="NOR", stance="support", words=f'"We will sign," take {i}.', published=TODAY, outlet=f"Outlet {i}"
        )
        for i in range(MOST_QUOTES + 3)
    ]
    with duckdb.connect(str(build(tmp_path / "w.duckdb", (TODAY, reports)))) as connection:
        (said,) = read_statements(connection, TODAY, since=TODAY)
    assert [q.text for q in said.quotes] == [f'"We will sign," take {i}.' for i in range(MOST_QUOTES)]
