"""The demo newsroom: each page gives its article and nothing else, each feed its entries, each day the same bytes."""

import importlib.util
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.articles import canonical_url, extract, group_copies
from pipeline.articles.agencies import credited_agency
from pipeline.records import Article, content_id
from pipeline.sources import parse_feed

NEWSROOM = Path(__file__).parents[2] / "examples" / "newsroom"
LAST_DAY = date(2024, 12, 31)


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("newsroom_press", NEWSROOM / "press.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PRESS = _module()
OUTLETS, HISTORIES = PRESS.load(NEWSROOM)
PAGE_IDS = sorted(versions[-1][1].page_id for versions in HISTORIES)


@pytest.fixture(scope="module")
def press() -> Iterator[Any]:
    with PRESS.serve(NEWSROOM, LAST_DAY, 0) as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, response.read(), dict(response.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def story_of(press: Any, page_id: str) -> Any:
    return next(story for story in press.stories() if story.page_id == page_id)


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_a_page_gives_its_article_and_nothing_else(press: Any, page_id: str) -> None:
    story = story_of(press, page_id)
    url = press.url(story)
    status, body, headers = get(url)
    found = extract(body, url, content_type=headers["Content-Type"])
    assert status == 200
    assert found.text.split("\n") == [text for _, text in story.paragraphs]
    assert (found.title, found.language, found.method) == (story.title, "en", "trafilatura")
    assert found.canonical_url in (None, url)
    assert canonical_url(url) == url


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_the_date_is_found_where_the_template_shows_one(press: Any, page_id: str) -> None:
    story = story_of(press, page_id)
    _, body, headers = get(press.url(story))
    published = extract(body, press.url(story), content_type=headers["Content-Type"]).published
    if story.outlet.page_date == "none":
        assert published is None
    elif story.outlet.page_date == "day":
        assert published is not None
        assert published.date() == story.local.date()
    else:
        assert published == story.published


@pytest.mark.parametrize("page_id", [page_id for page_id in PAGE_IDS if "--" in page_id])
def test_a_copy_credits_its_agency(press: Any, page_id: str) -> None:
    story = story_of(press, page_id)
    _, body, headers = get(press.url(story))
    found = extract(body, press.url(story), content_type=headers["Content-Type"])
    assert credited_agency(found.text, found.author) == story.agency


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.id)
def test_a_feed_lists_the_newest_thirty(press: Any, outlet: Any) -> None:
    url = press.base_url + outlet.feed_path
    _, body, headers = get(url)
    feed = parse_feed(body, url, headers["Content-Type"])
    stories = press.stories(outlet)[:30]
    assert (feed.title, feed.faults) == (outlet.name, ())
    assert [entry.title for entry in feed.entries] == [story.title for story in stories]
    assert [entry.published for entry in feed.entries] == [story.published for story in stories]
    assert [canonical_url(entry.link or "") for entry in feed.entries] == [press.url(story) for story in stories]


def test_the_feed_list_is_one_that_the_pipeline_reads(press: Any, tmp_path: Path) -> None:
    from pipeline.sources.feed_list import read_feed_list

    path = tmp_path / "feeds.toml"
    path.write_text(press.feed_list_toml(), encoding="utf-8")
    feeds = read_feed_list(path)
    assert len(feeds) == 10
    assert all(feed.local for feed in feeds)
    assert len({feed.publisher for feed in feeds}) == 10


def test_a_days_press_knows_nothing_of_the_next_day(press: Any) -> None:
    press.set_day(date(2024, 9, 26))
    try:
        assert max(story.published for story in press.stories()).date() <= date(2024, 9, 26)
        later = next(versions[0][1] for versions in HISTORIES if versions[0][0].date() > date(2024, 9, 26))
        assert get(press.url(later))[0] == 404
    finally:
        press.set_day(LAST_DAY)


def test_a_version_appears_on_its_day(press: Any) -> None:
    since, page_id, old, new = _an_edit()
    try:
        press.set_day(date.fromordinal(since.date().toordinal() - 1))
        assert old.encode() in get(press.url(story_of(press, page_id)))[1]
        press.set_day(since.date())
        page = get(press.url(story_of(press, page_id)))[1]
    finally:
        press.set_day(LAST_DAY)
    assert new.encode() in page
    assert old.encode() not in page


def _an_edit() -> tuple[datetime, str, str, str]:
    """The first replacement of plain words that an article file has."""
    for path in sorted((NEWSROOM / "articles").glob("*.md")):
        meta = tomllib.loads(path.read_text("utf-8").split("+++", 2)[1])
        for version in meta.get("versions", []):
            for old, new in version.get("replace", []):
                if (old + new).replace(" ", "").isalnum():
                    return version["from"], meta["id"], old, new
    raise AssertionError("no article has a later version with other words")


def test_the_same_day_gives_the_same_bytes(press: Any) -> None:
    urls = [press.base_url + outlet.feed_path for outlet in OUTLETS] + [
        press.url(story) for story in press.stories()[:20]
    ]
    assert [get(url) for url in urls] == [get(url) for url in urls]


def test_validators_are_honoured(press: Any) -> None:
    url = press.base_url + OUTLETS[0].feed_path
    _, _, headers = get(url)
    assert get(url, If_None_Match=headers["ETag"])[0] == 304
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(url, If_None_Match='"another"', If_Modified_Since=headers["Last-Modified"])[0] == 200


def test_an_amp_page_names_its_canonical_one(press: Any) -> None:
    outlet = next(outlet for outlet in OUTLETS if outlet.amp)
    story = press.stories(outlet)[0]
    url = press.url(story) + "/amp"
    found = extract(get(url)[1], url)
    assert found.canonical_url == press.url(story) == canonical_url(url)


def test_a_taken_port_is_no_hindrance(press: Any) -> None:
    with PRESS.serve(NEWSROOM, LAST_DAY, int(press.base_url.rpartition(":")[2])) as other:
        assert other.base_url != press.base_url
        assert get(other.base_url + "/robots.txt")[0] == 200


def test_the_old_encoding_is_served_as_such(press: Any) -> None:
    outlet = next(outlet for outlet in OUTLETS if outlet.encoding == "windows-1252")
    _, body, headers = get(press.url(press.stories(outlet)[0]))
    assert "charset" not in headers["Content-Type"]
    assert "Café".encode("windows-1252") in body


def test_copies_and_their_original_are_one_group_and_nothing_else_is(press: Any) -> None:
    stories = press.stories()
    grouped = group_copies([_article(story) for story in stories])
    by_group: dict[str | None, set[str]] = {}
    by_story: dict[str, set[str]] = {}
    for story, article in zip(stories, grouped, strict=True):
        by_group.setdefault(article.group_id, set()).add(story.page_id)
        by_story.setdefault(story.page_id.partition("--")[0], set()).add(story.page_id)
    assert sorted(map(sorted, by_group.values())) == sorted(map(sorted, by_story.values()))


def _article(story: Any) -> Article:
    return Article(
        article_id=content_id(story.path), revision_id=content_id(story.path, 1), url=story.path, title=story.title,
        text="\n".join(text for _, text in story.paragraphs), published=story.published, published_source="feed",
        first_seen=story.published, updated=None, outlet=story.outlet.name, publisher=story.outlet.publisher,
        country=story.outlet.country, language="en", author=story.author, method="x", raw_ref=None, run_id="r1",
    )  # fmt: skip


def test_the_demo_days_ascend_and_cover_the_articles() -> None:
    days = PRESS.demo_days(NEWSROOM)
    assert days == sorted(set(days))
    assert days[-1] >= max(versions[0][0].date() for versions in HISTORIES)
