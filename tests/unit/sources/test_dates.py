from datetime import UTC, datetime, timedelta

import pytest

from pipeline.sources import parse_feed
from pipeline.sources.dates import feed_date
from tests.press import item, rss

FETCHED = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Tue, 24 Nov 2026 10:00:00 GMT", "2026-11-24T10:00"),
        ("Tue, 24 Nov 2026 10:00:00 +0200", "2026-11-24T08:00"),
        ("Tue, 24 Nov 2026 10:00:00 EST", "2026-11-24T15:00"),
        ("Tue, 24 Nov 2026 10:00:00 CET", "2026-11-24T09:00"),
        ("24 Nov 26 10:00 GMT", "2026-11-24T10:00"),
        ("Tuesday, 24 November 2026 10:00:00 Z", "2026-11-24T10:00"),
        ("Tue, 24 Nov 2026 10:00:00", "2026-11-24T10:00"),  # no zone: UTC, and nothing invented
        ("2026-11-24T10:00:00Z", "2026-11-24T10:00"),
        ("2026-11-24T10:00:00.123+05:30", "2026-11-24T04:30"),
        ("2026-11-24T10:00+0200", "2026-11-24T08:00"),
        ("2026-11-24 10:00:00", "2026-11-24T10:00"),
        ("2026-11-24", "2026-11-24T00:00"),
        ("Thu, 31 Dec 2020 23:59:60 GMT", "2020-12-31T23:59"),
    ],
)
def test_dates_in_the_specified_forms_are_read(raw: str, expected: str) -> None:
    moment = feed_date(raw, FETCHED)
    assert moment is not None
    assert moment.strftime("%Y-%m-%dT%H:%M") == expected
    assert moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "raw",
    [
        "0000-00-00",  # feedparser: the year -1
        "01 Jan 0001",
        "1764000000",  # feedparser: 1763
        "Tue, 24 Nov 2026 10:00:00 +9900",
        "2026-11-24T10:00:00+99:00",
        "01/02/2026",
        "30 Feb 2026 10:00:00 GMT",
        "2026-02-30T10:00:00Z",  # feedparser: 2 March
        "Tue, 24 Nov 2026 25:61:00 GMT",
        "1970-01-01T00:00:00Z",
        "Thu, 26 Nov 2026 12:00:01 GMT",  # two days ahead
        "Tue, 24 Nov 2026 10:00:00 IST",  # India, Israel or Ireland
        "2004년 05월 28일 오전 01:31:15",  # feedparser: 1 November 2004
        "mer. 24 nov. 2026 10:00",
        "yesterday",
        "",
    ],
)
def test_dates_that_can_not_be_believed_are_none_and_kept_raw(raw: str) -> None:
    entry = parse_feed(rss(item(1, pubDate=raw)), fetched_at=FETCHED).entries[0]
    assert entry.published is None
    assert entry.published_raw == (raw or None)


def test_a_date_up_to_one_day_ahead_is_a_clock_that_is_wrong_not_a_lie() -> None:
    assert feed_date("Wed, 25 Nov 2026 12:00:00 GMT", FETCHED) == FETCHED + timedelta(days=1)


def test_a_missing_date_is_never_now() -> None:
    assert parse_feed(rss(item(1)), fetched_at=FETCHED).entries[0].published is None


def test_dc_date_is_the_date_of_publication_of_an_rss_item() -> None:
    body = rss(
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>x</title><dc:date>2026-11-23T08:00Z</dc:date></item>'
    )
    entry = parse_feed(body, fetched_at=FETCHED).entries[0]
    assert entry.published == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert entry.updated is None


def test_a_date_of_change_is_not_one_of_publication() -> None:
    body = rss(
        '<item xmlns:d="http://purl.org/dc/terms/"><title>x</title><d:modified>2026-11-23T08:00Z</d:modified></item>'
    )
    entry = parse_feed(body, fetched_at=FETCHED).entries[0]
    assert (entry.published, entry.updated) == (None, datetime(2026, 11, 23, 8, tzinfo=UTC))


def test_an_atom_entry_that_was_only_updated_has_no_date_of_publication() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>a</id><title>x</title>'
        b"<updated>2026-11-23T08:00:00Z</updated></entry></feed>"
    )
    entry = parse_feed(body, fetched_at=FETCHED).entries[0]
    assert entry.published is None
    assert entry.updated == datetime(2026, 11, 23, 8, tzinfo=UTC)
