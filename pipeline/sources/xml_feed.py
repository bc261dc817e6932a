"""RSS 0.9x, 1.0, 2.0 and Atom, read by feedparser."""

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from pipeline.sources.raw_entry import RawEntry, RawFeed

_RSS_VERSIONS = re.compile(r"rss")


def read_xml_feed(text: str, url: str | None) -> RawFeed:
    """Everything a feed's text lists, still hostile; `malformed` among the faults if it isn't well-formed XML."""
    import feedparser

    # Only a file object is safe: a string is fetched as a URL or opened as a path (TRAPS.md 5).
    body = io.BytesIO(text.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    if url:
        headers["content-location"] = url
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # feedparser's own use of what Python deprecates
            result = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception:
        # Its loose parser raises whatever hostile input leads it to; the raw body stays in the archive.
        return RawFeed(None, (), ("malformed",))
    # A character set it overrides or a media type it dislikes is no damage: only a parser's exception is.
    broken = result.get("bozo_exception")
    faults = ("malformed",) if broken is not None and "SAX" in type(broken).__name__ else ()
    is_rss = bool(_RSS_VERSIONS.match(result.get("version") or ""))
    return RawFeed(_get(result.feed, "title"), tuple(_entries(result.entries, is_rss)), faults)


def _entries(entries: list[Any], is_rss: bool) -> Iterator[RawEntry]:
    for entry in entries:
        # RSS has no date of change: what dc:date says there, which feedparser files as `updated`, is publication.
        published = "published" if _get(entry, "published") or not is_rss else "updated"
        yield RawEntry(
            id=_get(entry, "id"),
            link=_get(entry, "link"),
            title=_get(entry, "title"),
            summary=_get(entry, "summary") or _content(entry),
            published=_get(entry, published),
            published_fallback=_get(entry, f"{published}_parsed"),
            updated=None if published == "updated" else _get(entry, "updated"),
            updated_fallback=None if published == "updated" else _get(entry, "updated_parsed"),
        )


def _content(entry: Any) -> str | None:
    contents = _get(entry, "content") or []
    return next((part.get("value") for part in contents if part.get("value")), None)


def _get(found: Any, key: str) -> Any:
    """What is stored under a key. feedparser's own `get` answers `updated` with `published` and warns of it."""
    return dict.get(found, key)
