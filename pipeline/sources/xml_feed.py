"""RSS 0.9x, 1.0, 2.0 and Atom, read by feedparser."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pipeline.sources.raw_entry import RawEntry, RawFeed
from pipeline.sources.shape import is_affordable
from pipeline.sources.xml_repair import is_well_formed, repaired

_CHANGED = re.compile(r"<[\w.-]{1,40}:(?:modified|updated)\b")  # dcterms:modified, atom:updated
_MAX_LOOSE = 200_000  # characters of malformed text for feedparser's loose parser: it takes quadratic time


def read_xml_feed(text: str) -> RawFeed:
    """Everything a feed's text lists, still hostile; `malformed` among the faults if it isn't well-formed XML."""
    if is_well_formed(text):
        return _parse(text)
    mended = repaired(text)
    if (mended is None and len(text) > _MAX_LOOSE) or (mended is not None and not is_affordable(mended)):
        return RawFeed(None, (), ("malformed",))
    found = _parse(text if mended is None else mended)
    return RawFeed(found.title, found.entries, ("malformed",))


def _parse(text: str) -> RawFeed:
    import feedparser

    # Only a file object is safe: a string is fetched as a URL or opened as a path (TRAPS.md 5).
    body = io.BytesIO(text.encode("utf-8", "replace"))
    # No Content-Location: ids would be resolved against it and change when the feed moves. Links are resolved later.
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        result = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception:
        # Its loose parser raises whatever hostile input leads it to; the raw body stays in the archive.
        return RawFeed(None, (), ("malformed",))
    # RSS has no date of change: what dc:date says there, which feedparser files as `updated`, is publication.
    dc_date = str(result.get("version") or "").startswith("rss") and not _CHANGED.search(text)
    return RawFeed(_get(result.feed, "title"), tuple(_entries(result.entries, dc_date)), ())


def _entries(entries: list[Any], dc_date: bool) -> Iterator[RawEntry]:
    for entry in entries:
        published = "published" if _get(entry, "published") or not dc_date else "updated"
        yield RawEntry(
            id=_get(entry, "id"),
            link=_get(entry, "link"),
            title=_get(entry, "title"),
            summary=_get(entry, "summary") or _content(entry),
            published=_get(entry, published),
            updated=None if published == "updated" else _get(entry, "updated"),
        )


def _content(entry: Any) -> str | None:
    contents = _get(entry, "content") or []
    return next((part.get("value") for part in contents if part.get("value")), None)


def _get(found: Any, key: str) -> Any:
    """What is stored under a key. feedparser's own `get` answers `updated` with `published` and warns of it."""
    return dict.get(found, key)
