from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reports.story import ReportedStatement
from pipeline.reports.timeline import Held, ticks, timeline

END = date(2024, 10, 2)


def said(
    day: date | None, stance: str = "support", authority: str = "official", time: str = "current"
) -> ReportedStatement:
    return ReportedStatement(
        statement_id=f"{day}{stance}{authority}",
        proposal="p",
        proposal_name="P",
        holder="NOR",
        speaker="Ana Example",
        speaker_role=None,
        speaker_type="official",
        authority=authority,
        stance=stance,
        time=time,
        condition=None,
        stated_on=day,
        said_on=day,
        n_mentions=1,
        n_publishers=1,
        confidence=0.9,
    )


def test_a_band_lasts_until_the_next_position():
    first, second = date(2024, 6, 1), date(2024, 8, 1)
    held = [Held("oppose", first, second), Held("support", second, None)]
    figure = timeline(["NOR"], {"NOR": held}, {"NOR": [said(first), said(second)]}, END)
    old, new = figure.lanes[0].bands
    assert (old.stance, new.stance) == ("oppose", "support")
    assert old.x + old.width == pytest.approx(new.x)
    assert new.x + new.width == pytest.approx(99)


def test_a_position_older_than_the_figure_reaches_its_left_edge():
    held = [Held("oppose", date(2001, 1, 1), None)]
    figure = timeline(["NOR"], {"NOR": held}, {"NOR": []}, END)
    assert figure.start == END - timedelta(days=5 * 365)
    assert (figure.lanes[0].bands[0].x, figure.lanes[0].bands[0].width) == (1, 98)


def test_a_position_replaced_before_the_figure_begins_is_not_drawn():
    held = [Held("oppose", date(2001, 1, 1), date(2002, 1, 1)), Held("support", date(2002, 1, 1), None)]
    figure = timeline(["NOR"], {"NOR": held}, {"NOR": []}, END)
    assert [band.stance for band in figure.lanes[0].bands] == ["support"]


def test_binding_statements_lie_on_top_of_others():
    statements = [said(END), said(END, authority="attributed"), said(END, time="past")]
    lane = timeline(["NOR"], {}, {"NOR": statements}, END).lanes[0]
    assert [mark.binding for mark in lane.marks] == [False, False, True]


def test_an_undated_statement_is_not_drawn():
    assert timeline(["NOR"], {}, {"NOR": [said(None)]}, END) is None


def test_a_single_day_still_has_a_span():
    figure = timeline(["NOR"], {}, {"NOR": [said(END)]}, END)
    assert figure.end - figure.start == timedelta(days=14)
    assert figure.lanes[0].marks[0].x == 99


def test_a_crowd_is_cut_and_counted():
    holders = [f"H{i}" for i in range(50)]
    figure = timeline(holders, {}, {holder: [said(END)] for holder in holders}, END)
    assert (len(figure.lanes), figure.n_left_out) == (30, 20)


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(14, 5 * 365))
def test_ticks_are_few_and_apart_and_inside(start, days):
    found = ticks(start, start + timedelta(days=days))
    assert len(found) <= 6
    assert all(6 <= tick.x <= 94 for tick in found)
    assert all(after.x - before.x > 9 for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (14, ["25 Sep"]),
        (120, ["Jul 2024", "Aug 2024", "Sep 2024"]),
        (700, ["Jan 2023", "Jul 2023", "Jan 2024", "Jul 2024"]),
        (5 * 365, ["2021", "2022", "2023", "2024"]),
    ],
)
def test_the_axis_is_marked_in_natural_steps(days, labels):
    assert [tick.label for tick in ticks(END - timedelta(days=days), END)] == labels
