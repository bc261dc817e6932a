"""In a real Chromium: what hostile outlets send stays text, the page needs no network, and a phone can show it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.quality import build_data_docs, validate_records
from pipeline.records import Run
from pipeline.reports import alert_markdown, run_shifts, write_report
from tests.services import require_program
from tests.unit.reports.hostile import TEXTS, URLS, hostile_days
from tests.unit.reports.press import TODAY, Report, build, busy_days, run_of

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.slow

# The lowest contrast between any text and what is painted behind it, with the text it was found at.
LOWEST_CONTRAST = """() => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => c.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = e => { for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  let lowest = [99, ''];
  for (const e of document.body.querySelectorAll('*')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || e.closest('svg')) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < lowest[0]) lowest = [ratio, e.textContent.slice(0, 60)];
  }
  return lowest;
}"""


@dataclass
class Seen:
    """What happened while a page was open, apart from the page itself being read."""

    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = require_program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    return write_report(build(folder / "w.duckdb", *hostile_days()), folder / "index.html", TODAY)


@pytest.fixture(scope="module")
def busy_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("busy")
    return write_report(build(folder / "w.duckdb", *busy_days()), folder / "index.html", TODAY)


@pytest.fixture(scope="module")
def data_docs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Data Docs of articles that fail with hostile values."""
    run = Run(run_id="2024-10-02", day=date(2024, 10, 2), as_of=datetime(2024, 10, 3, tzinfo=UTC))
    values = (*TEXTS, *URLS)
    reports = [
        Report(holder=v, stance="support", words=f"{i}", published=TODAY, url=v, outlet=v) for i, v in enumerate(values)
    ]
    found = validate_records(run, [r.article(run) for r in reports], [r.mention(run) for r in reports], proposals=["x"])
    folder = build_data_docs(found, tmp_path_factory.mktemp("docs") / "quality").parent
    return sorted(folder.rglob("*.html"))


def opened(browser: Browser, page_file: Path, width: int = 1200, scheme: str = "light") -> tuple[Page, Seen]:
    seen = Seen()
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.messages.append(message.text))
    page.on("pageerror", lambda error: seen.messages.append(str(error)))
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(page_file.as_uri(), wait_until="load")
    return page, seen


def stir(page: Page) -> None:
    """Does what a reader might: points at everything, focuses it, follows each link inside the page."""
    page.evaluate(
        """() => { for (const e of document.querySelectorAll('*')) {
          for (const kind of ['mouseover', 'mouseenter', 'focus', 'load', 'error', 'toggle'])
            e.dispatchEvent(new Event(kind));
          if (e.tagName === 'DETAILS') e.open = true;
          if (e.focus) e.focus();
          if (e.tagName === 'A' && (e.getAttribute('href') || '').startsWith('#')) e.click();
        } }"""
    )
    page.wait_for_timeout(200)


def without_policy(page_file: Path, folder: Path) -> Path:
    """The same page without its Content-Security-Policy, so that escaping alone has to hold."""
    html = page_file.read_text("utf-8")
    bare = html.replace('http-equiv="Content-Security-Policy"', 'name="x"')
    assert bare != html
    out = folder / "bare.html"
    out.write_text(bare, "utf-8")
    return out


def assert_inert(page: Page, seen: Seen) -> None:
    stir(page)
    assert page.evaluate("window.pwned") is None
    assert seen.dialogs == []
    assert seen.messages == []
    assert [url for url in seen.requests if not url.startswith("file:") or "#" in url] == []
    assert len(seen.requests) == 1


def test_nothing_hostile_runs_in_the_report(browser, hostile_report):
    assert_inert(*opened(browser, hostile_report))


def test_nothing_hostile_runs_even_without_the_policy(browser, hostile_report, tmp_path):
    assert_inert(*opened(browser, without_policy(hostile_report, tmp_path)))


def test_the_policy_would_stop_what_escaping_missed(browser, hostile_report, tmp_path):
    broken = tmp_path / "broken.html"
    html = hostile_report.read_text("utf-8")
    broken.write_text(html.replace("</main>", f"{TEXTS[0]}{TEXTS[1]}{TEXTS[2]}</main>"), "utf-8")
    page, seen = opened(browser, broken)
    stir(page)
    assert page.evaluate("window.pwned") is None
    assert any("Content Security Policy" in message for message in seen.messages)


def test_the_check_would_see_a_script_run(browser, hostile_report, tmp_path):
    broken = tmp_path / "broken.html"
    html = without_policy(hostile_report, tmp_path).read_text("utf-8")
    broken.write_text(html.replace("</main>", f"{TEXTS[0]}</main>"), "utf-8")
    page, _ = opened(browser, broken)
    assert page.evaluate("window.pwned") == "script"


def test_nothing_hostile_runs_in_data_docs(browser, data_docs, tmp_path):
    assert len(data_docs) == 5
    for page_file in data_docs:
        assert_inert(*opened(browser, page_file))
        assert_inert(*opened(browser, without_policy(page_file, tmp_path)))


def test_nothing_hostile_runs_in_an_alert_that_is_rendered_with_html_allowed(browser, tmp_path):
    warehouse = build(tmp_path / "w.duckdb", *hostile_days())
    text = alert_markdown(run_shifts(warehouse, run_of(TODAY)))
    rendered = tmp_path / "alert.html"
    rendered.write_text(f"<!DOCTYPE html><meta charset=utf-8>{MarkdownIt('commonmark').render(text)}", "utf-8")
    assert_inert(*opened(browser, rendered))


@pytest.mark.parametrize("width", [320, 390, 768, 1200])
def test_the_page_fits_its_width(browser, busy_report, hostile_report, width):
    for report in (busy_report, hostile_report):
        page, _ = opened(browser, report, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(browser, busy_report, scheme):
    page, _ = opened(browser, busy_report, scheme=scheme)
    ratio, where = page.evaluate(LOWEST_CONTRAST)
    assert ratio >= 4.5, where


def test_light_and_dark_are_the_readers_choice(browser, busy_report):
    backgrounds = {
        opened(browser, busy_report, scheme=scheme)[0].evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert backgrounds == {"rgb(253, 252, 249)", "rgb(19, 22, 26)"}


def test_the_first_key_leads_past_the_masthead(browser, busy_report):
    page, _ = opened(browser, busy_report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to what changed"
    assert page.locator(":focus").bounding_box()["x"] >= 0


def test_a_cell_leads_to_its_words(browser, busy_report):
    page, _ = opened(browser, busy_report)
    page.get_by_label("Norway on Northern Shield pact").first.click()
    target = page.locator(":target")
    assert "We will sign the pact this autumn" in target.inner_text()
    assert target.bounding_box()["y"] < 900


def test_a_cell_leads_into_a_folded_part_and_opens_it(browser, busy_report):
    page, _ = opened(browser, busy_report)
    page.get_by_label("Ola Nordmann on Northern Shield pact").first.click()
    page.wait_for_function("document.querySelector(':target').checkVisibility()")
    assert "A shield that nobody can lift" in page.locator(":target").inner_text()


@pytest.mark.parametrize("width", [390, 1200])
def test_marks_lie_on_their_bands(browser, busy_report, width):
    page, _ = opened(browser, busy_report, width)
    lane = page.locator(".lane", has_text="Norway").locator("svg.track")
    bands = [band.bounding_box() for band in lane.locator("rect").all()]
    marks = [mark.bounding_box() for mark in lane.locator("use").all()]
    assert len(bands) == 2  # the third position is a day old at most: a mark, no band yet
    for band in bands:
        assert any(abs(m["x"] + m["width"] / 2 - band["x"]) < 3 for m in marks)
        assert any(m["y"] < band["y"] + band["height"] / 2 < m["y"] + m["height"] for m in marks)
