"""A page, its extraction and its feed make an article: identity, dates, provenance."""

from datetime import datetime, timedelta

from pipeline.articles.agencies import credited_agency
from pipeline.articles.dates import EARLIEST
from pipeline.articles.urls import canonical_url
from pipeline.records import Article, Extraction, Feed, Page, Run, content_id

# Feeds and pages round to days, and live in different zones: within two days they mean the same moment.
_AGREEMENT = timedelta(days=2)
# Clocks and zones of publishers: what lies further ahead is a typing error or a placeholder.
_FUTURE = timedelta(days=1)
_TITLE_JOINTS = ("|", "-", "–", "—", "·", ":", "»", "•")


def to_article(page: Page, extraction: Extraction, feed: Feed, run: Run) -> Article:
    """The article as first seen in `run`; the same page and text give the same article in any run but for its times.

    `article_id` derives from the canonical URL, `revision_id` from that id, title and text. `updated` is None: whether
    a revision replaces another is the warehouse's to say. Raises ValueError if the page's URL is not http(s).
    """
    url = canonical_url(extraction.canonical_url or page.url)
    article_id = content_id(url)
    title = _title(extraction.title, page.entry.title)
    published, source = published_date(page.entry.published, extraction.published, run.as_of)
    return Article(
        article_id=article_id,
        revision_id=content_id(article_id, title, extraction.text),
        url=url,
        title=title,
        text=extraction.text,
        published=published,
        published_source=source,
        first_seen=run.as_of,
        updated=None,
        outlet=feed.outlet,
        publisher=feed.publisher,
        country=feed.country,
        language=extraction.language or feed.language or None,
        author=extraction.author,
        method=extraction.method,
        raw_ref=page.raw_ref,
        run_id=run.run_id,
        entry_id=page.entry.entry_id,
        agency=credited_agency(extraction.text, extraction.author),
    )


def published_date(
    by_feed: datetime | None, by_page: datetime | None, as_of: datetime
) -> tuple[datetime | None, str | None]:
    """When an article was published, and who says so ("feed" or "page"); (None, None) if nobody believable does.

    The feed's date wins while both agree within two days: it carries a time and zone. Where they disagree the
    earlier wins, so that an edited date never makes an old article new. Dates before 1990 or more than a day after
    the run's `as_of` are not believed. Never now.
    """
    feed_date, page_date = _believable(by_feed, as_of), _believable(by_page, as_of)
    if feed_date is None:
        return (page_date, "page") if page_date is not None else (None, None)
    if page_date is None or feed_date - page_date <= _AGREEMENT:
        return feed_date, "feed"
    return page_date, "page"


def _believable(moment: datetime | None, as_of: datetime) -> datetime | None:
    return moment if moment is not None and EARLIEST <= moment <= as_of + _FUTURE else None


def _title(of_page: str | None, of_entry: str | None) -> str | None:
    """The page's title, without the site's name behind it where the feed shows what the title proper is."""
    if of_page and of_entry and of_page.startswith(of_entry):
        rest = of_page[len(of_entry) :].strip()
        return of_entry if rest.startswith(_TITLE_JOINTS) else of_page
    return of_page or of_entry
