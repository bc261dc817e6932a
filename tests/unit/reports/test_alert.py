"""The alert is Markdown that every reader of Markdown, and a reader of plain text, understands alike."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.reports.alert import alert_markdown, link, markdown, write_alert
from pipeline.reports.queries import run_shifts
from tests.unit.reports.hostile import MARKDOWN, TEXTS
from tests.unit.reports.press import TODAY, build, reversal, run_of

EXPECTED = """\
# 1 position changed

## Norway (NOR): oppose → support

**Northern Shield pact** · Reversal · 2 October 2024 · reported by 2 independent publishers in 2 articles

**Before: oppose** — Ana Example, foreign minister, 11 June 2024 (official statement)

> "We see no need for this pact," the minister said.
> — [Harbour Courier](<URL>), 11 June 2024

**Now: support** — Ana Example, foreign minister, 2 October 2024 (official statement)

> "We will sign the pact this autumn," the minister said.
> — [Harbour Courier](<URL>), 2 October 2024; [The Northern Post](<URL>), 2 October 2024
"""


@pytest.fixture(scope="module")
def alert(tmp_path_factory) -> str:
    warehouse = build(tmp_path_factory.mktemp("reversal") / "w.duckdb", *reversal())
    return alert_markdown(run_shifts(warehouse, run_of(TODAY)))


def test_a_shift_is_told_as_this(alert):
    assert re.sub(r"https://[0-9a-f./]+example/[0-9a-f]+", "URL", alert) == EXPECTED


def test_words_that_differ_are_told_one_by_one(busy):
    text = alert_markdown(run_shifts(busy, run_of(TODAY)))
    assert '> "We will sign the pact this autumn," the minister said.\n> — [Harbour Courier]' in text
    assert '> "We will sign the pact this autumn," the Norwegian minister said in Oslo.\n> — [The Northern' in text


def test_no_shift_is_said_plainly():
    assert alert_markdown([]) == "# No position changed\n\nNo new shift was found in this run.\n"


def test_a_first_position_is_news_but_no_change(tmp_path):
    warehouse = build(tmp_path / "w.duckdb", reversal()[0])
    text = alert_markdown(run_shifts(warehouse, run_of(reversal()[0][0])))
    assert text.startswith("# No position changed, 1 first position\n")
    assert "**Before:** no position on record" in text


def test_the_file_is_written_for_a_run(busy, tmp_path):
    out = write_alert(busy, tmp_path / "reports" / "alert.md", run_of(TODAY))
    assert out.read_text("utf-8").startswith("# 2 positions changed\n")
    quiet = write_alert(busy, tmp_path / "quiet.md", run_of(TODAY + timedelta(days=1)))
    assert quiet.read_text("utf-8").startswith("# No position changed")


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_stays_text(text):
    html = MarkdownIt("commonmark").render(f"> {markdown(text)}")
    inside = html.removeprefix("<blockquote>\n<p>").removesuffix("</p>\n</blockquote>\n")
    assert "<" not in inside
    assert "\n" not in markdown(text)


@given(st.text(min_size=1))
def test_any_text_is_one_paragraph_without_markup(text):
    html = MarkdownIt("commonmark").enable("table").render(f"> {markdown(text)} end")
    assert html.count("<") == 4, html


def test_nobody_is_called():
    escaped = markdown(MARKDOWN)
    assert "@here" not in escaped
    assert "<!channel>" not in escaped
    assert "\r" not in escaped


def test_hostile_shifts_make_no_link_but_to_the_web(hostile):
    shifts = run_shifts(hostile, run_of(TODAY))
    assert len(shifts) == len(TEXTS)
    text = alert_markdown(shifts)
    tokens = [t for token in MarkdownIt("commonmark").parse(text) for t in (token.children or [])]
    links = {token.attrGet("href") for token in tokens if token.type == "link_open"}
    assert links <= {"https://ok.example/a"}
    assert not [t for t in tokens if t.type in ("html_inline", "image", "code_inline")]
    assert len(text) < 60_000


def test_an_address_with_brackets_is_encoded():
    assert link("x", "https://a.example/(b)") == "[x](<https://a.example/%28b%29>)"
    assert link("x", "javascript:alert(1)") == "x"
