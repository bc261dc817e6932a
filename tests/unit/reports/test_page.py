"""The page is self-contained, complete, ordered, and shows what others wrote as text."""

import base64
import hashlib
import re
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.reports.page import write_report
from tests.unit.reports.press import TODAY, build, reversal

VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}


class Page(HTMLParser):
    """What a page consists of; complains about what is not closed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.html = path.read_text("utf-8")
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.headings: list[tuple[int, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(self.html)
        assert self._open == [], "unclosed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data
        if self._open and re.fullmatch("h[1-6]", self._open[-1]):
            self.headings[-1] = (self.headings[-1][0], data.strip())

    def all(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


@pytest.fixture(scope="module")
def page(busy, tmp_path_factory) -> Page:
    return Page(write_report(busy, tmp_path_factory.mktemp("out") / "index.html", TODAY, data_docs="../q/index.html"))


@pytest.fixture(scope="module")
def hostile_page(hostile, tmp_path_factory) -> Page:
    return Page(write_report(hostile, tmp_path_factory.mktemp("out") / "index.html", TODAY))


def test_it_says_first_what_changed(page):
    assert "2 positions changed." in page.text
    titles = [title for _, title in page.headings]
    assert titles[0] == "2 October 2024"
    assert titles[1] == "What changed"


def test_a_shift_shows_old_and_new_words_with_speaker_outlet_date_and_corroboration(page):
    shift = page.html[page.html.index('<article class="shift support"') :]
    shift = re.sub(r"<[^>]+>|\s+", " ", shift[: shift.index("</article>")])
    for words in (
        "We are looking at it again",
        "We will sign the pact this autumn",
        "Ana Example, foreign minister",
        "The Northern Post",
        "20 August 2024",
        "reported by 2 independent publishers in 2 articles",
    ):
        assert words in shift


def test_every_link_inside_the_page_leads_somewhere(page):
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in page.all("href") if href.startswith("#")}
    assert inner
    assert inner <= set(ids)


def test_each_cell_of_the_table_leads_to_its_evidence(page):
    label = "Norway on Northern Shield pact: support, since 2 October 2024"
    assert label in page.all("aria-label")
    cell = re.search(rf'<a href="#(e-\w+)" aria-label="{label}">', page.html)
    evidence = page.html[page.html.index(f'id="{cell[1]}"') :]
    assert "We will sign the pact this autumn" in evidence[: evidence.index("</section>")]


def test_the_table_tells_states_from_bodies_and_persons(page):
    rows = re.findall(r'<th scope="row(?:group)?"[^>]*><(?:bdi|span)>([^<]+)', page.html)
    table = rows[: rows.index("Persons") + 2]
    assert table[0] == "States"
    assert table[table.index("Bodies and parties") :] == ["Bodies and parties", "Labour", "Persons", "Ola Nordmann"]


def test_personal_views_are_folded_away_below_the_others(page):
    assert "Personal views: 1 holder" in page.text
    folded = re.findall(r"<details.*?</details>", page.html, re.DOTALL)
    assert any("A shield that nobody can lift" in part for part in folded)
    assert not any("We will sign the pact" in part for part in folded)


def test_words_that_two_outlets_carry_are_shown_once_with_both(tmp_path):
    page = Page(write_report(build(tmp_path / "w.duckdb", *reversal()), tmp_path / "index.html", TODAY))
    shift = page.html[page.html.index('<article class="shift') : page.html.index("</article>")]
    assert shift.count("We will sign the pact") == 1
    assert "Harbour Courier" in shift
    assert "The Northern Post" in shift


def test_a_first_position_has_no_empty_column_beside_it(busy, tmp_path):
    page = Page(write_report(busy, tmp_path / "first.html", date(2024, 6, 11)))
    assert "No position changed, 2 first positions." in page.text
    assert page.html.count('class="sides alone"') == 2
    assert "No position on record before." in page.text


def test_every_quotation_of_every_outlet_is_there_with_its_link(page):
    assert page.text.count("We will sign the pact this autumn") >= 4  # two outlets, in the shift and in the evidence
    outlets = [h for h in page.all("href") if h.startswith("https://")]
    assert len(outlets) >= 20


def test_a_past_position_is_marked_as_background(page):
    assert "an earlier position reported as background" in page.text


def test_attributed_words_give_no_position(page):
    assert "no position of its own on record" in page.text
    assert not any(label.startswith("Iceland on") and "since" in label for label in page.all("aria-label"))


def test_coverage_and_quarantine_are_explained(page):
    assert "3 of 4 feeds answered" in page.text
    assert "timeout_total" in page.text
    assert "extraction_timeout" in page.text
    assert "Raise the setting" in page.text
    assert "../q/index.html" in page.all("href")


def test_figures_have_words_for_those_who_do_not_see_them(page):
    labels = [v for t, n, v in page.attributes if t == "svg" and n == "aria-label"]
    assert any(
        label.startswith("Norway: oppose on 11 June 2024 (official statement)")
        and "support on 2 October 2024 (official statement)" in label
        for label in labels
    )
    assert page.tags["title"] > 10


def test_headings_do_not_skip_a_level(page):
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_header_cells(page):
    assert page.tags["caption"] == page.tags["table"]
    scopes = [v for t, n, v in page.attributes if t == "th" and n == "scope"]
    assert len(scopes) == page.tags["th"]


def test_nothing_is_loaded_and_nothing_runs(page):
    assert not page.tags.keys() & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert not any(name.startswith("on") or name in ("style", "src", "srcset") for _, name, _ in page.attributes)
    assert "url(" not in page.html
    assert "@import" not in page.html


def test_the_policy_allows_this_stylesheet_and_nothing_else(page):
    style = re.search(r"<style>(.*?)</style>", page.html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [v for v in page.all("content") if "default-src" in v]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hostile_texts_add_no_element_and_no_attribute(page, hostile_page):
    assert hostile_page.tags.keys() <= page.tags.keys()
    names = {(tag, name) for tag, name, _ in page.attributes}
    assert {(tag, name) for tag, name, _ in hostile_page.attributes} <= names | {("p", "dir")}


def test_hostile_addresses_are_no_links(hostile_page):
    outside = {href for href in hostile_page.all("href") if not href.startswith("#")}
    assert all(re.match(r"https://[\w.]+/", href) for href in outside)
    assert "secret" not in hostile_page.html


def test_bidi_controls_are_shown_and_not_obeyed(hostile_page):
    assert "[U+202E]esoppo[U+202C]" in hostile_page.text
    assert not set(hostile_page.html) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f\x1b")


def test_templates_in_texts_are_not_evaluated(hostile_page):
    assert "{{ 7 * 7 }}" in hostile_page.text


def test_a_title_of_a_megabyte_is_cut(hostile_page):
    assert len(hostile_page.html) < 400_000


def test_the_same_warehouse_gives_the_same_page(busy, tmp_path, page):
    again = write_report(busy, tmp_path / "again.html", TODAY, data_docs="../q/index.html")
    assert again.read_text("utf-8") == page.html


def test_it_tells_what_was_believed_on_an_earlier_day(busy, tmp_path):
    page = Page(write_report(busy, tmp_path / "then.html", date(2024, 8, 20)))
    assert "We will sign the pact" not in page.html
    assert any(label.startswith("Norway on Northern Shield pact: noncommittal") for label in page.all("aria-label"))


def test_a_day_without_news_says_so_and_still_shows_positions(busy, tmp_path):
    page = Page(write_report(busy, tmp_path / "quiet.html", TODAY + timedelta(days=3)))
    assert "No position changed." in page.text
    assert "No new shift was found on 5 October 2024" in page.text
    assert any(label.startswith("Norway on") for label in page.all("aria-label"))


def test_an_empty_warehouse_gives_a_page_too(tmp_path):
    empty = build(tmp_path / "w.duckdb", (TODAY, []), failing=False)
    page = Page(write_report(empty, tmp_path / "index.html", TODAY))
    assert "Nobody holds a position on record yet." in page.text
    assert "All 4 feeds answered." in page.text


def test_a_warehouse_before_its_first_run_gives_a_page_too(busy, tmp_path):
    page = Page(write_report(busy, tmp_path / "index.html", date(2020, 1, 1)))
    assert "No feed was asked" in page.text


def test_old_evidence_is_left_out_but_for_what_positions_rest_on(tmp_path):
    warehouse = build(tmp_path / "w.duckdb", *reversal())
    page = Page(write_report(warehouse, tmp_path / "index.html", TODAY + timedelta(days=400), evidence_days=30))
    assert "We will sign the pact" in page.text
    assert "We see no need" not in page.text


def test_a_kill_while_writing_leaves_the_old_page(busy, tmp_path, monkeypatch):
    out = write_report(busy, tmp_path / "index.html", TODAY)
    before = out.read_bytes()
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        write_report(busy, out, TODAY, data_docs="other")
    assert out.read_bytes() == before
