from datetime import UTC, datetime

import pytest

from pipeline.articles.dates import PageDate, page_date, parse_moment


def date_of(head: str = "", body: str = "", url: str | None = None) -> PageDate:
    from lxml.html import document_fromstring

    text = "<p>On 3 March 1999 the two states signed a treaty, which they renewed on 2011-05-06 in the capital.</p>" * 3
    return page_date(document_fromstring(f"<html><head>{head}</head><body>{body}{text}</body></html>"), url)


DAY = datetime(2024, 10, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-10-02T09:30:00+09:00">',
        '<meta name="parsely-pub-date" content="2024-10-02T00:30:00Z">',
        '<meta itemprop="datePublished" content="2024-10-02 00:30">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-10-02T00:30:00Z"}</script>',
        '<script type="application/ld+json">{"@graph": [{}, {"datePublished": "2024-10-02T00:30:00.000Z"}]}</script>',
    ],
)
def test_a_structured_date_keeps_time_and_zone(head: str) -> None:
    assert date_of(head).published == datetime(2024, 10, 2, 0, 30, tzinfo=UTC)


def test_the_raw_string_is_kept() -> None:
    raw = "2024-10-02T09:30:00+09:00"
    assert date_of(f'<meta property="article:published_time" content="{raw}">').raw == raw


@pytest.mark.parametrize(
    "body",
    [
        '<time datetime="2024-10-02">Wednesday</time>',
        '<div class="meta"><span class="date">2 October 2024</span></div>',
        '<p class="byline">By Jane Doe | October 2, 2024</p>',
        '<div class="post-date">Published: 2 Oct 2024</div>',
        '<span class="published">02.10.2024</span>',
    ],
)
def test_a_day_that_the_page_shows_is_its_midnight(body: str) -> None:
    assert date_of(body=body).published == DAY


def test_the_address_may_carry_the_date() -> None:
    assert date_of(url="https://example.com/2024/10/02/story").published == DAY


def test_publication_wins_over_modification() -> None:
    head = '<meta property="article:modified_time" content="2024-11-05T00:00:00Z">'
    assert date_of(head, '<time class="published" datetime="2024-10-02">x</time>').published == DAY


def test_a_date_in_the_text_is_not_the_publication_date() -> None:
    assert date_of() == PageDate(None, None)


def test_a_copyright_year_is_not_a_date() -> None:
    assert date_of(body="<div>© 2024 The Paper</div>").published is None


@pytest.mark.parametrize(
    "raw",
    ["0000-00-00", "1970-01-01T00:00:00Z", "2024-02-30", "2024-10-02T25:61:00", "yesterday", "",
     "2024-10-02T00:00:00+99:00", "9999-12-31T23:59:59-14:00", "1764000000"],
)  # fmt: skip
def test_an_impossible_date_is_none(raw: str) -> None:
    assert parse_moment(raw) is None


def test_an_impossible_structured_date_keeps_its_raw_string() -> None:
    found = date_of('<meta property="article:published_time" content="0000-00-00">')
    assert found == PageDate(None, "0000-00-00")
