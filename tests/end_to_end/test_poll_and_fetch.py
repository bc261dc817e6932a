"""The stages that ask the network, in this process, against a press that says what the test tells it to say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.records import StageCount
from pipeline.run_identity import run_of_day
from pipeline.settings import Settings
from pipeline.stages import plan
from pipeline.steps.fetch import fetch
from pipeline.steps.job import Job
from pipeline.steps.poll import poll
from tests.press import Press, answer, item, page, rss, running_press

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def press() -> Iterator[Press]:
    with running_press() as press:
        yield press


def job(home: Path, press: Press, *paths: str) -> Job:
    feeds = home / "feeds.toml"
    feeds.write_text(
        "".join(
            f'[[feed]]\nurl = "{press.url}{path}"\noutlet = "{path}"\npublisher = "{path}"\ncountry = "GBR"\n'
            'language = "en"\nkind = "daily"\nlocal = true\n'
            for path in paths
        )
    )
    return plan(Settings(home=home, feeds=feeds, shards=1), run_of_day(date(2024, 10, 9), NOW))


def ask(job: Job) -> dict[str, StageCount]:
    poll(job, 0)
    fetch(job, 0)
    return {count.stage: count for count in job.counts()}


def test_two_entries_with_one_link_are_one_page_and_stay_so_when_the_day_runs_again(
    tmp_path: Path, press: Press
) -> None:
    both = rss(item(1, guid="first"), item(1, guid="second"))
    press.pages = {"/feed": answer(both, Content_Type="application/rss+xml"), "/articles/1.html": page()}
    once = ask(job(tmp_path, press, "/feed"))
    assert (once["fetch"].n_in, once["fetch"].n_out, once["fetch"].n_duplicate) == (2, 1, 1)
    assert ask(job(tmp_path, press, "/feed")) == once
    assert [request.path for request in press.requests].count("/articles/1.html") == 1


def test_a_day_run_again_asks_only_for_what_failed(tmp_path: Path, press: Press) -> None:
    press.pages = {
        "/good": answer(rss(item(1)), Content_Type="application/rss+xml"),
        "/bad": answer(b"", status="500 Internal Server Error"),
        "/articles/1.html": page(),
    }
    ask(job(tmp_path, press, "/good", "/bad"))
    press.pages["/bad"] = answer(rss(item(2)), Content_Type="application/rss+xml")
    press.pages["/articles/2.html"] = page()
    press.requests.clear()
    counts = ask(job(tmp_path, press, "/good", "/bad"))
    asked = [request.path for request in press.requests if request.path != "/robots.txt"]
    assert asked == ["/bad", "/articles/2.html"]
    assert counts["fetch"].n_out == 2


def test_a_page_that_is_gone_is_quarantined_with_its_status(tmp_path: Path, press: Press) -> None:
    press.pages = {
        "/feed": answer(rss(item(1)), Content_Type="application/rss+xml"),
        "/articles/1.html": answer(b"gone", status="410 Gone"),
    }
    counts = ask(job(tmp_path, press, "/feed"))
    assert (counts["fetch"].n_out, counts["fetch"].n_quarantined) == (0, 1)
