"""A feed's bytes to its entries: any encoding, any dialect, as far as it can be read, with the faults named."""

from collections import Counter
from datetime import datetime

from pipeline.records import ParsedEntry, ParsedFeed
from pipeline.sources.characters import read_characters
from pipeline.sources.dates import feed_date
from pipeline.sources.json_feed import read_json_feed
from pipeline.sources.plain_text import plain_text
from pipeline.sources.raw_entry import RawEntry, RawFeed
from pipeline.sources.shape import safe_shape
from pipeline.sources.urls import web_link
from pipeline.sources.xml_feed import read_xml_feed

_MAX_TITLE = 1_000  # characters; headlines stay below 300
_MAX_SUMMARY = 5_000
_MAX_ID = 2_000


def parse_feed(
    body: bytes,
    url: str | None = None,
    content_type: str | None = None,
    *,
    fetched_at: datetime | None = None,
    max_entries: int = 1000,
) -> ParsedFeed:
    """The entries of an RSS, Atom or JSON feed, at most `max_entries`, in the feed's order.

    Nothing is fetched or opened. Titles and summaries are plain text, links absolute http(s) URLs (resolved against
    `url`) or None, dates in UTC between 1990 and a day after `fetched_at`, else None with the raw string kept.
    `content_type` is the HTTP header. Never raises; `faults` names what was wrong, some as `code:count`: `empty`,
    `not_a_feed`, `malformed`, `no_entries`, `too_many_entries`, `too_many_tags`, `too_deep`, `entities_refused`,
    `encoding_mismatch`, `encoding_replaced`, `control_characters`, `bidi_controls`, `invisible_characters`,
    `link_refused`, `date_refused`.
    """
    if not body.strip(b"\x00\t\r\n \xef\xbb\xbf\xfe\xff"):
        return ParsedFeed(title=None, entries=(), faults=("empty",))
    characters = read_characters(body, content_type)
    raw = _read(characters.text, max_entries)
    tally: Counter[str] = Counter()
    entries = tuple(_entry(entry, url, fetched_at, tally) for entry in raw.entries)
    counted = [f"{code}:{count}" for code, count in sorted(tally.items()) if count]
    faults = [*characters.faults, *raw.faults, *counted]
    if not entries:
        faults.append("no_entries")
    return ParsedFeed(title=_plain(raw.title, _MAX_TITLE, Counter()), entries=entries, faults=tuple(faults))


def _read(text: str, max_entries: int) -> RawFeed:
    if text.lstrip()[:1] in {"{", "["}:
        return read_json_feed(text.strip(), max_entries)
    shape = safe_shape(text, max_entries)
    if not shape.text:
        return RawFeed(None, (), shape.faults)
    raw = read_xml_feed(shape.text)
    # The loose parser may find more items than the scan saw.
    return RawFeed(raw.title, raw.entries[:max_entries], (*shape.faults, *raw.faults))


def _entry(raw: RawEntry, url: str | None, fetched_at: datetime | None, tally: Counter[str]) -> ParsedEntry:
    link = web_link(raw.link, url)
    published = feed_date(raw.published, fetched_at)
    tally["link_refused"] += bool(raw.link and link is None)
    tally["date_refused"] += bool(raw.published and published is None)
    return ParsedEntry(
        id=_plain(raw.id, _MAX_ID, Counter()),
        link=link,
        title=_plain(raw.title, _MAX_TITLE, tally),
        published=published,
        published_raw=_plain(raw.published, 100, Counter()),
        updated=feed_date(raw.updated, fetched_at),
        summary=_plain(raw.summary, _MAX_SUMMARY, tally),
    )


def _plain(markup: str | None, max_chars: int, tally: Counter[str]) -> str | None:
    """Plain text, or None where nothing is left; what was made visible or removed is counted."""
    if not markup:
        return None
    plain = plain_text(markup, max_chars)
    tally["bidi_controls"] += plain.n_bidi
    tally["invisible_characters"] += plain.n_invisible
    return plain.text or None
