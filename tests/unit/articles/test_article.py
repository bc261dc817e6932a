from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.articles import canonical_url, to_article
from pipeline.articles.article import published_date
from pipeline.records import Extraction, Feed, FeedEntry, Page, Run, content_id

AS_OF = datetime(2024, 10, 2, 23, 59, tzinfo=UTC)
RUN = Run(run_id="r1", day=date(2024, 10, 2), as_of=AS_OF)
FEED = Feed(
    url="https://paper.example.com/feed",
    outlet="the-paper",
    publisher="Paper Group",
    country="AUS",
    language="en",
    kind="daily",
)
FEED_DATE = datetime(2024, 10, 2, 8, 30, tzinfo=UTC)


def extraction(**changes: object) -> Extraction:
    fields: dict[str, object] = {
        "title": "Minister speaks",
        "text": "The minister spoke.",
        "published": None,
        "published_raw": None,
        "author": None,
        "language": "en",
        "canonical_url": None,
        "method": "trafilatura",
    }
    return Extraction(**{**fields, **changes})  # type: ignore[arg-type]


def page(url: str = "https://paper.example.com/story", title: str | None = None) -> Page:
    entry = FeedEntry(
        entry_id="e1",
        entry_hash="h1",
        feed_url=FEED.url,
        link=url,
        title=title,
        summary=None,
        published=FEED_DATE,
        published_raw=None,
    )
    return Page(entry=entry, url=url, content_type="text/html", raw_ref="a.warc.gz#0")


def test_ids_derive_from_the_canonical_address_and_the_text() -> None:
    article = to_article(page("https://paper.example.com/story?utm_source=rss#top"), extraction(), FEED, RUN)
    assert article.url == "https://paper.example.com/story"
    assert article.article_id == content_id(canonical_url(article.url))
    assert article.revision_id == content_id(article.article_id, "Minister speaks", "The minister spoke.")


def test_an_edited_text_is_a_new_revision_of_the_same_article() -> None:
    one, other = (to_article(page(), extraction(text=text), FEED, RUN) for text in ("First.", "Second."))
    assert one.article_id == other.article_id
    assert one.revision_id != other.revision_id


def test_the_same_text_composed_and_decomposed_is_one_revision() -> None:
    one, other = (to_article(page(), extraction(text=text), FEED, RUN) for text in ("Åbo", "Åbo"))
    assert one.revision_id == other.revision_id


def test_the_canonical_address_of_the_page_wins() -> None:
    found = extraction(canonical_url="https://paper.example.com/2024/story")
    assert to_article(page("https://paper.example.com/amp/story"), found, FEED, RUN).url == found.canonical_url


def test_provenance_is_kept() -> None:
    article = to_article(page(), extraction(), FEED, RUN)
    assert (article.outlet, article.publisher, article.country) == ("the-paper", "Paper Group", "AUS")
    assert (article.raw_ref, article.run_id, article.entry_id) == ("a.warc.gz#0", "r1", "e1")
    assert (article.first_seen, article.updated, article.relevant, article.group_id) == (AS_OF, None, None, None)


def test_the_feeds_language_stands_in_for_an_unclear_one() -> None:
    assert to_article(page(), extraction(language=None), FEED, RUN).language == "en"
    assert to_article(page(), extraction(language="ja"), FEED, RUN).language == "ja"


@pytest.mark.parametrize(
    ("of_page", "of_entry", "title"),
    [
        ("Minister speaks | The Paper", "Minister speaks", "Minister speaks"),
        ("Minister speaks – The Paper", "Minister speaks", "Minister speaks"),
        ("Minister speaks out", "Minister speaks", "Minister speaks out"),
        ("New headline", "Minister speaks", "New headline"),
        (None, "Minister speaks", "Minister speaks"),
        (None, None, None),
    ],
)
def test_the_title_is_the_pages_without_the_sites_name(
    of_page: str | None, of_entry: str | None, title: str | None
) -> None:
    assert to_article(page(title=of_entry), extraction(title=of_page), FEED, RUN).title == title


DAYS = timedelta(days=1)


@pytest.mark.parametrize(
    ("by_feed", "by_page", "expected"),
    [
        (FEED_DATE, None, (FEED_DATE, "feed")),
        (None, FEED_DATE, (FEED_DATE, "page")),
        (None, None, (None, None)),
        (FEED_DATE, FEED_DATE - 1.5 * DAYS, (FEED_DATE, "feed")),
        (FEED_DATE - 1.5 * DAYS, FEED_DATE, (FEED_DATE - 1.5 * DAYS, "feed")),
        (FEED_DATE, FEED_DATE - 30 * DAYS, (FEED_DATE - 30 * DAYS, "page")),
        (FEED_DATE - 30 * DAYS, FEED_DATE, (FEED_DATE - 30 * DAYS, "feed")),
        (AS_OF + 2 * DAYS, None, (None, None)),
        (AS_OF + 2 * DAYS, FEED_DATE, (FEED_DATE, "page")),
        (FEED_DATE, AS_OF + 400 * DAYS, (FEED_DATE, "feed")),
        (AS_OF + 0.5 * DAYS, None, (AS_OF + 0.5 * DAYS, "feed")),
        (datetime(1970, 1, 1, tzinfo=UTC), None, (None, None)),
    ],
    ids=[
        "feed only", "page only", "neither", "agree: feed", "agree: feed, though later on the page",
        "disagree: earlier page", "disagree: earlier feed", "future: none", "future feed: page", "future page: feed",
        "a zone ahead is not the future", "before the web: none",
    ],
)  # fmt: skip
def test_the_published_rule(
    by_feed: datetime | None, by_page: datetime | None, expected: tuple[datetime | None, str | None]
) -> None:
    assert published_date(by_feed, by_page, AS_OF) == expected
