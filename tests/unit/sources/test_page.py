from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.records import Feed, FeedEntry, Fetch, Page, Run
from pipeline.sources import Archive, Client, Limits, fetch_page, read_raw
from pipeline.sources.archive_reader import records
from tests.press import Press, answer, page

FetchIt = Callable[..., tuple[Page | None, Fetch]]


@pytest.fixture
def entry(press: Press, feed: Feed) -> FeedEntry:
    return FeedEntry(
        entry_id="e1",
        entry_hash="h1",
        feed_url=feed.url,
        link=f"{press.url}/1.html",
        title="A headline",
        summary=None,
        published=None,
        published_raw=None,
    )


@pytest.fixture
def fetch(entry: FeedEntry, feed: Feed, client: Client, run: Run, tmp_path: Path) -> FetchIt:
    def fetch_it(link: str = entry.link, feed: Feed = feed, client: Client = client) -> tuple[Page | None, Fetch]:
        with Archive(tmp_path / "p.warc.gz") as archive:
            return fetch_page(replace(entry, link=link), feed, client, archive, run, lambda: run.as_of)

    return fetch_it


def test_a_page_is_fetched_and_archived(fetch: FetchIt, press: Press, tmp_path: Path) -> None:
    press.pages["/1.html"] = page("Text.")
    found, record = fetch()
    assert found is not None
    assert b"Text." in read_raw(tmp_path, found.raw_ref).body
    assert (found.url, found.content_type) == (f"{press.url}/1.html", "text/html; charset=utf-8")
    assert (record.purpose, record.status, record.reason, record.raw_ref) == ("page", 200, None, found.raw_ref)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (answer(status="404 Not Found"), "http_404"),
        (answer(b"<html>", "403 Forbidden", Content_Type="text/html"), "http_403"),
        (answer(status="500 Oops"), "http_500"),
        (answer(b"", Content_Type="text/html"), "empty"),
        (answer(b" \r\n ", Content_Type="text/html"), "empty"),
        (answer(b"%PDF-1.7", Content_Type="application/pdf"), "not_html"),
        (answer(b"%PDF-1.7"), "not_html"),
        (answer(b"{}", Content_Type="application/json"), "not_html"),
        (answer(b"<html>half", Content_Type="text/html", Content_Length="99"), "truncated"),
        (answer(b"<html>", Content_Type="text/html", cf_mitigated="challenge"), "bot_challenge"),
        (answer(b"<html>", "403 Forbidden", cf_mitigated="challenge"), "bot_challenge"),
        (answer(status="302 Found", Location="/1.html"), "redirect_loop"),
        (answer(status="302 Found", Location="http://10.0.0.1:1/"), "address_refused"),
        (b"nonsense\r\n\r\n", "protocol_error"),
    ],
)
def test_what_is_no_article_page_has_a_reason(fetch: FetchIt, press: Press, script: bytes, reason: str) -> None:
    press.pages["/1.html"] = script
    found, record = fetch()
    assert (found, record.reason) == (None, reason)
    assert (record.raw_ref is not None) == (record.status is not None)


def test_a_page_without_a_type_is_judged_by_its_first_character(fetch: FetchIt, press: Press) -> None:
    press.pages["/1.html"] = answer(b"\xef\xbb\xbf\n<html><p>Text.</p></html>")
    assert fetch()[0] is not None


def test_an_entry_without_a_link_is_not_asked_for(fetch: FetchIt, press: Press) -> None:
    found, record = fetch(link="")
    assert (found, record.reason) == (None, "no_link")
    assert press.connections == 0


def test_a_page_that_robots_txt_disallows_is_not_fetched(fetch: FetchIt, press: Press) -> None:
    press.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /\n")
    found, record = fetch()
    assert (found, record.reason) == (None, "robots_disallowed")
    assert press.paths() == ["/robots.txt"]


def test_the_robots_txt_that_decided_is_archived(fetch: FetchIt, press: Press, tmp_path: Path) -> None:
    press.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /\n")
    fetch()
    assert [raw.body for _, _, raw in records(tmp_path / "p.warc.gz")] == [b"User-agent: *\nDisallow: /\n"]


def test_a_redirect_into_what_robots_txt_disallows_is_not_followed(fetch: FetchIt, press: Press) -> None:
    press.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private\n")
    press.pages["/1.html"] = answer(status="302 Found", Location="/private/1.html")
    assert fetch()[1].reason == "robots_disallowed"
    assert "/private/1.html" not in press.paths()


def test_robots_txt_is_left_alone_where_a_setting_says_so(fetch: FetchIt, press: Press, limits: Limits) -> None:
    press.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /\n")
    press.pages["/1.html"] = page()
    assert fetch(client=Client(replace(limits, respect_robots=False)))[0] is not None


def test_pages_of_a_local_feed_may_be_on_its_host_alone(fetch: FetchIt, press: Press, feed: Feed) -> None:
    press.pages["/1.html"] = page()
    assert fetch()[1].reason is None
    assert fetch(link="http://127.0.0.1:1/x")[1].reason == "address_refused"
    assert fetch(feed=replace(feed, local=False), client=Client())[1].reason == "address_refused"


def test_the_final_address_is_the_pages(fetch: FetchIt, press: Press) -> None:
    press.pages["/1.html"] = answer(status="301 Moved Permanently", Location="/moved/1.html")
    press.pages["/moved/1.html"] = page()
    found, record = fetch()
    assert found is not None
    assert found.url == record.final_url == f"{press.url}/moved/1.html"
    assert record.url == f"{press.url}/1.html"
