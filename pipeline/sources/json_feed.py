"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from typing import Any

from pipeline.sources.raw_entry import RawEntry, RawFeed


def read_json_feed(text: str, max_entries: int) -> RawFeed:
    """Everything a JSON feed lists, still hostile. Faults: `malformed`, `not_a_feed`, `too_many_entries`."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):  # RecursionError: 100,000 nested arrays
        return RawFeed(None, (), ("malformed",))
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return RawFeed(None, (), ("not_a_feed",))
    faults = ("too_many_entries",) if len(items) > max_entries else ()
    entries = tuple(_entry(item) for item in items[:max_entries] if isinstance(item, dict))
    return RawFeed(_text(document.get("title")), entries, faults)


def _entry(item: dict[str, Any]) -> RawEntry:
    return RawEntry(
        id=_text(item.get("id")),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_text(item.get("title")),
        summary=_text(item.get("summary")) or _text(item.get("content_text")) or _text(item.get("content_html")),
        published=_text(item.get("date_published")),
        updated=_text(item.get("date_modified")),
    )


def _text(value: Any) -> str | None:
    """Strings as they are; numbers, which old ids are, as text; nothing else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
