"""Feeds, pages and the raw archive: everything that comes from outside comes through here.

Names are loaded on first use, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.sources.archive import Archive
    from pipeline.sources.archive_reader import read_raw
    from pipeline.sources.batch import fetch_pages, poll_feeds
    from pipeline.sources.feed_list import read_feed_list
    from pipeline.sources.feed_parser import parse_feed
    from pipeline.sources.http import Client
    from pipeline.sources.limits import Limits
    from pipeline.sources.page import fetch_page
    from pipeline.sources.poll import poll_feed

__all__ = [
    "Archive",
    "Client",
    "Limits",
    "fetch_page",
    "fetch_pages",
    "parse_feed",
    "poll_feed",
    "poll_feeds",
    "read_feed_list",
    "read_raw",
]

_HOMES = {
    "Archive": "archive",
    "Client": "http",
    "Limits": "limits",
    "fetch_page": "page",
    "fetch_pages": "batch",
    "parse_feed": "feed_parser",
    "poll_feed": "poll",
    "poll_feeds": "batch",
    "read_feed_list": "feed_list",
    "read_raw": "archive_reader",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
