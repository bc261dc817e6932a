import io
from datetime import date

from rich.console import Console

from pipeline.records import Span, Stance, Statement
from pipeline.reports.queries import read_statements, run_shifts
from pipeline.reports.terminal import print_positions, print_shifts, print_statements
from tests.unit.reports.hostile import ANSI, RICH
from tests.unit.reports.press import TODAY, Report, run_of


def console(**more: object) -> Console:
    return Console(file=io.StringIO(), width=110, highlight=False, **more)  # type: ignore[arg-type]


def printed(to: Console) -> str:
    assert isinstance(to.file, io.StringIO)
    return to.file.getvalue()


def test_shifts_show_old_and_new_words(busy):
    to = console()
    print_shifts(to, run_shifts(busy, run_of(TODAY)))
    text = printed(to)
    assert "2 positions changed." in text
    assert "Norway: noncommittal → support" in text
    assert "We are looking at it again" in text
    assert "We will sign the pact this autumn" in text


def test_no_shift_is_said_plainly():
    to = console()
    print_shifts(to, ())
    assert printed(to) == "No position changed.\n"


def test_positions_are_a_table(busy, con):
    to = console()
    print_positions(to, read_statements(con, TODAY, since=TODAY))
    assert "New Zealand" in printed(to)
    assert "Jo Bloggs" in printed(to)


def test_hostile_text_moves_no_cursor_and_is_no_markup(hostile):
    to = console(force_terminal=True, color_system=None)
    print_shifts(to, run_shifts(hostile, run_of(TODAY)))
    assert "\x1b[2J" not in printed(to)
    assert "\x07" not in printed(to)
    assert "[bold red]markup[/]" in printed(to)


def test_a_detected_statement_is_shown_with_its_words():
    article = Report(holder="NOR", stance="support", words="x", published=TODAY, title=ANSI).article(run_of(TODAY))
    said = Statement(
        proposal="p",
        proposal_name=RICH,
        speaker="Ana Example",
        speaker_role="foreign minister",
        speaker_type="official",
        holder="NOR",
        authority="official",
        stance=Stance.SUPPORT,
        time="current",
        evidence=(Span(text="“We will sign”", start=0, end=14),),
        quote="direct",
        said_on=date(2024, 10, 2),
        confidence=0.876,
    )
    to = console()
    print_statements(article, [said], to)
    text = printed(to)
    assert "Norway support on [bold red]markup[/]" in text
    assert "confidence 0.88" in text
    assert "\n  “We will sign”" in text
    assert "\x1b" not in text


def test_an_article_without_statements_says_so():
    article = Report(holder="NOR", stance="support", words="x", published=TODAY, title="T").article(run_of(TODAY))
    to = console()
    print_statements(article, [], to)
    assert printed(to) == "T\nNo statement on a proposal.\n"
