"""Positions and shifts as DESIGN defines them: a shift is news about the world."""

from dataclasses import replace
from datetime import date

import pytest
from duckdb import DuckDBPyConnection

from pipeline.trends import new_shifts, positions, settle
from tests.unit.warehouse.newsdesk import Report, batch, day, first_polls
from warehouse.batch import RunBatch
from warehouse.load import load_run

OUTLETS = ("Harbour Post", "Delta Courier", "Bay Echo")
SEED = first_polls("2026-10-01", *OUTLETS)


def report(on: str, stance: str, **fields: object) -> Report:
    return replace(Report(published=on, slug=f"{on}-{stance}", stance=stance), **fields)  # type: ignore[arg-type]


def load_all(con: DuckDBPyConnection, *batches: RunBatch) -> None:
    for each in (SEED, *batches):
        load_run(con, each, settle)


def load_days(con: DuckDBPyConnection, *reports: Report) -> None:
    """One run a day, in the order of publication."""
    days: dict[str, list[Report]] = {}
    for each in reports:
        days.setdefault(each.published or "2026-10-30", []).append(each)
    load_all(con, *(batch(on, *found) for on, found in sorted(days.items())))


def shifts(con: DuckDBPyConnection) -> list[tuple[str, str | None, str, date, date | None]]:
    return con.execute(
        "SELECT kind, from_stance, to_stance, shifted_on, raised_on FROM shift ORDER BY shifted_on, kind"
    ).fetchall()


def kinds(con: DuckDBPyConnection) -> list[tuple[str, bool]]:
    return [(kind, raised is not None) for kind, _, _, _, raised in shifts(con)]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("support", "oppose", "reversal"),
        ("conditional", "oppose", "reversal"),
        ("oppose", "conditional", "reversal"),
        ("oppose", "support", "reversal"),
        ("noncommittal", "oppose", "hardening"),
        ("noncommittal", "support", "hardening"),
        ("conditional", "support", "hardening"),
        ("support", "conditional", "softening"),
        ("oppose", "noncommittal", "softening"),
        ("conditional", "noncommittal", "softening"),
    ],
)
def test_a_change_of_stance_has_a_kind(con: DuckDBPyConnection, old: str, new: str, kind: str) -> None:
    load_days(con, report("2026-10-05", old), report("2026-10-20", new))
    assert shifts(con) == [
        ("first_position", None, old, day("2026-10-05"), day("2026-10-05")),
        (kind, old, new, day("2026-10-20"), day("2026-10-20")),
    ]


def test_a_repeated_position_is_no_shift_and_the_position_holds(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-12", "oppose"), report("2026-10-20", "oppose"))
    assert kinds(con) == [("first_position", True)]
    (position,) = positions(con)
    assert (position.stance, position.since, position.last_stated_on) == (
        "oppose",
        day("2026-10-05"),
        day("2026-10-20"),
    )


def test_a_source_that_goes_silent_changes_nothing(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose"))
    load_all(con, *(batch(f"2026-10-{n}") for n in (10, 20, 30)))
    assert kinds(con) == [("first_position", True)]
    assert [p.stance for p in positions(con)] == ["oppose"]


@pytest.mark.parametrize("when", ["past", "future_expected"])
def test_background_and_forecasts_move_no_position(con: DuckDBPyConnection, when: str) -> None:
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-20", "support", time=when))
    assert kinds(con) == [("first_position", True)]


@pytest.mark.parametrize(
    "fields",
    [
        {"authority": "attributed", "speaker": None},
        {"authority": "attributed", "speaker": "Jan Holt", "speaker_type": "expert"},
        {"authority": "personal", "speaker_type": "former_official"},
        {"confidence": 0.3},
        {"proposal": "other", "proposal_name": "Island Pact"},
    ],
)
def test_only_a_sure_official_word_on_the_watchlist_moves_a_state(
    con: DuckDBPyConnection, fields: dict[str, object]
) -> None:
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-20", "support", **fields))
    assert kinds(con) == [("first_position", True)]


def test_a_person_moves_by_his_own_word(con: DuckDBPyConnection) -> None:
    own = {"holder": "Jan Holt", "speaker": "Jan Holt", "authority": "personal", "speaker_type": "expert"}
    load_days(con, report("2026-10-05", "oppose", **own), report("2026-10-20", "support", **own))
    assert kinds(con) == [("first_position", True), ("reversal", True)]


def test_a_statement_without_a_date_moves_nothing(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose"), replace(report("2026-10-20", "support"), published=None))
    assert kinds(con) == [("first_position", True)]


def test_what_a_feeds_first_poll_brings_is_known_but_no_news(con: DuckDBPyConnection) -> None:
    new_feed = {"outlet": "Island Herald"}
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-20", "support", **new_feed))
    assert kinds(con) == [("first_position", True), ("reversal", False)]
    assert [p.stance for p in positions(con)] == ["support"]


def test_repeating_what_a_first_poll_brought_is_no_news_either(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose", outlet="Island Herald"), report("2026-10-20", "oppose"))
    assert kinds(con) == [("first_position", False)]


def test_a_first_poll_beside_known_feeds_does_not_silence_them(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose", outlet="Island Herald"), report("2026-10-05", "oppose"))
    assert kinds(con) == [("first_position", True)]


def test_background_said_long_ago_is_a_shift_but_no_news(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-20", "oppose"))
    load_all(con, batch("2026-10-25", report("2026-10-25", "support", said_on="2026-10-02")))
    assert shifts(con) == [
        ("first_position", None, "support", day("2026-10-02"), None),
        ("reversal", "support", "oppose", day("2026-10-20"), day("2026-10-20")),
    ]


def test_a_late_report_of_an_overtaken_position_is_no_news(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-20", "support"))
    load_all(con, batch("2026-10-22", report("2026-10-22", "noncommittal", said_on="2026-10-18")))
    assert kinds(con) == [("first_position", True), ("softening", False), ("hardening", True)]
    assert not new_shifts(con, day("2026-10-22"))


def test_an_indirect_report_needs_a_second_publisher_and_is_news_when_it_comes(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-20", "support", quote="indirect"))
    assert kinds(con) == [("first_position", True), ("reversal", False)]
    load_all(con, batch("2026-10-21", report("2026-10-21", "support", quote="indirect", outlet="Delta Courier")))
    assert shifts(con)[1] == ("reversal", "oppose", "support", day("2026-10-20"), day("2026-10-21"))


@pytest.mark.parametrize("fields", [{"agency": "Pacific Wire"}, {"group": "g1"}, {"publisher": "Harbour Group"}])
def test_copies_and_sister_outlets_do_not_corroborate(con: DuckDBPyConnection, fields: dict[str, object]) -> None:
    load_days(
        con,
        report("2026-10-05", "oppose"),
        *(report("2026-10-20", "support", quote="indirect", outlet=outlet, **fields) for outlet in OUTLETS),
    )
    assert kinds(con) == [("first_position", True), ("reversal", False)]


def test_a_change_that_only_a_later_statement_corroborates_is_news_then(con: DuckDBPyConnection) -> None:
    load_days(
        con,
        report("2026-10-05", "oppose"),
        report("2026-10-15", "support", quote="indirect"),
        report("2026-10-28", "support"),
    )
    assert shifts(con)[1] == ("reversal", "oppose", "support", day("2026-10-15"), day("2026-10-28"))


def test_coming_back_from_an_uncorroborated_position_is_no_news(con: DuckDBPyConnection) -> None:
    load_days(
        con,
        report("2026-10-05", "oppose"),
        report("2026-10-15", "support", quote="indirect"),
        report("2026-10-28", "oppose"),
    )
    assert kinds(con) == [("first_position", True), ("reversal", False), ("reversal", False)]


def test_two_officials_who_differ_within_a_week_are_a_split(con: DuckDBPyConnection) -> None:
    other = {"speaker": "Vikram Sen", "role": "Prime Minister"}
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-09", "support", **other))
    assert shifts(con)[1:] == [("split", "oppose", "support", day("2026-10-09"), day("2026-10-09"))]


def test_two_officials_who_differ_on_one_day_are_a_split(con: DuckDBPyConnection) -> None:
    other = {"speaker": "Vikram Sen", "outlet": "Delta Courier"}
    load_days(
        con,
        report("2026-10-05", "oppose"),
        report("2026-10-05", "oppose", outlet="Bay Echo"),
        report("2026-10-05", "support", **other),
    )
    assert shifts(con) == [
        ("first_position", None, "oppose", day("2026-10-05"), day("2026-10-05")),
        ("split", "oppose", "support", day("2026-10-05"), day("2026-10-05")),
    ]


def test_the_same_official_on_one_day_makes_no_shift(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-05", "conditional", outlet="Delta Courier"))
    assert [kind for kind, _ in kinds(con)] == ["first_position"]


def test_re_reporting_the_old_words_later_does_not_bring_the_old_position_back(con: DuckDBPyConnection) -> None:
    words = '"We see no need for such an alliance in our part of the world," she said.'
    load_days(
        con,
        report("2026-10-05", "oppose", words=words),
        report("2026-10-20", "support"),
        report("2026-10-28", "oppose", words=words, outlet="Delta Courier"),
    )
    assert [p.stance for p in positions(con)] == ["support"]
    assert kinds(con) == [("first_position", True), ("reversal", True)]


def test_an_edited_date_brings_no_old_position_back(con: DuckDBPyConnection) -> None:
    old = report("2026-10-05", "oppose")
    load_days(con, old, report("2026-10-20", "support"))
    load_all(con, batch("2026-10-28", replace(old, published="2026-10-28", body="Edited.")))
    assert [p.stance for p in positions(con)] == ["support"]


def test_a_new_detector_version_makes_no_news(con: DuckDBPyConnection) -> None:
    stored = report("2026-10-20", "oppose")
    load_days(con, report("2026-10-05", "oppose"), stored)
    run = batch("2026-10-21").run
    changed = replace(stored, stance="support", detector="2.0")
    load_all(con, RunBatch(run=run, articles=(stored.article(run),), mentions=(changed.mention(run),)))
    assert kinds(con) == [("first_position", True), ("reversal", False)]


def test_what_was_believed_then_is_not_what_is_known_now(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-20", "oppose"))
    load_all(con, batch("2026-10-25", report("2026-10-25", "support", said_on="2026-10-22")))
    assert [p.stance for p in positions(con, day("2026-10-24"))] == ["oppose"]
    assert [p.stance for p in positions(con, day("2026-10-25"))] == ["support"]
    assert positions(con, day("2026-10-19")) == ()


def test_what_was_believed_then_includes_what_was_withdrawn_since(con: DuckDBPyConnection) -> None:
    first = report("2026-10-20", "oppose")
    load_days(con, first)
    load_all(con, batch("2026-10-25", replace(first, stance="support", body="Corrected.")))
    (then,) = positions(con, day("2026-10-24"))
    assert (then.stance, then.statement_id) == ("oppose", None)
    assert [p.stance for p in positions(con)] == ["support"]


def test_a_shift_shows_old_and_new_evidence_side_by_side(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-20", "support", outlet="Delta Courier"))
    (shift,) = new_shifts(con, day("2026-10-20"))
    assert (shift.kind, shift.holder, shift.proposal_id) == ("reversal", "IND", "asian-nato")
    assert [(e.text, e.outlet) for e in shift.old] == [("Asha Rao spoke of it: oppose.", "Harbour Post")]
    assert [(e.text, e.outlet) for e in shift.new] == [("Asha Rao spoke of it: support.", "Delta Courier")]


def test_an_alert_is_recorded_once_and_keeps_its_key_when_more_reports_come(con: DuckDBPyConnection) -> None:
    load_days(con, report("2026-10-05", "oppose"), report("2026-10-20", "support"))
    before = con.execute("SELECT alert_id, state, run_id FROM alert ORDER BY raised_on").fetchall()
    assert [(state, run) for _, state, run in before] == [("pending", "2026-10-05"), ("pending", "2026-10-20")]
    con.execute("UPDATE alert SET state = 'sent'")
    late = report("2026-10-21", "support", outlet="Bay Echo", said_on="2026-10-19")
    load_all(con, batch("2026-10-21", late), batch("2026-10-20", report("2026-10-20", "support")))
    after = con.execute("SELECT alert_id, state FROM alert ORDER BY raised_on").fetchall()
    assert after == [(alert_id, "sent") for alert_id, _, _ in before]


def test_an_alert_whose_shift_is_undone_is_withdrawn_if_it_was_sent(con: DuckDBPyConnection) -> None:
    wrong = report("2026-10-20", "support")
    load_days(con, report("2026-10-05", "oppose"), wrong)
    con.execute("UPDATE alert SET state = 'sent'")
    load_all(con, batch("2026-10-21", replace(wrong, silent=True, words="No longer there.", body="Corrected.")))
    assert con.execute("SELECT kind, state FROM alert ORDER BY raised_on").fetchall() == [
        ("first_position", "sent"),
        ("reversal", "withdrawn"),
    ]
