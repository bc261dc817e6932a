"""When a page says it was published: the date as found, or None; never the current time.

Structured statements come first (meta tags, JSON-LD, microdata, `<time>`), because they carry time and zone; then
htmldate looks at the page's visible dates and its URL. The article's own paragraphs are kept from htmldate: a date in
running text is what the article is about, not when it was published.
"""

import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)  # the true bound is the run's, see article.py; this one refuses nonsense

_META_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "publish-date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date",
    "article.published", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_ISO = re.compile(r"\d{4}-?\d{2}-?\d{2}(?:[T ]\d{2}:?\d{2}.*)?$")
_DATELINE = 120  # characters; what is longer, or a sentence of a third of it, is a paragraph of the article


@dataclass(frozen=True, slots=True)
class PageDate:
    """A page's publication date in UTC and as it stood there; a bare day is 00:00."""

    published: datetime | None
    raw: str | None


def page_date(tree: Any, url: str | None) -> PageDate:
    """The date of an lxml page tree. An unusable structured date keeps its raw string beside what else is found."""
    raws = list(dict.fromkeys(raw.strip() for raw in _structured(tree) if raw and raw.strip()))
    for raw in raws:
        moment = parse_moment(raw)
        if moment is not None:
            return PageDate(moment, raw)
    day = _htmldate(tree, url)
    return PageDate(parse_moment(day) if day else None, day or (raws[0] if raws else None))


def parse_moment(raw: str) -> datetime | None:
    """An ISO 8601 or RFC 2822 date as aware UTC datetime; without a zone it is taken as UTC; None if out of bounds."""
    moment = _iso(raw) or _rfc2822(raw)
    if moment is None:
        return None
    offset = moment.utcoffset() or timedelta()
    if abs(offset) > timedelta(hours=14):  # no place on earth has such a zone
        return None
    try:
        utc = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
    return utc if EARLIEST <= utc < LATEST else None


def _iso(raw: str) -> datetime | None:
    if not _ISO.match(raw):
        return None
    try:
        return datetime.fromisoformat(raw)
    except ValueError:
        return None


def _rfc2822(raw: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(raw)
    except (ValueError, TypeError, IndexError):
        return None


def _structured(tree: Any) -> Iterator[str | None]:
    yield from _from_meta(tree)
    yield from _from_json_ld(tree)
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield element.get("content") or element.get("datetime") or element.text
    yield from _from_time(tree)


def _from_meta(tree: Any) -> Iterator[str | None]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        found.setdefault(name.lower(), element.get("content") or "")
    return (found.get(name) for name in _META_NAMES)


def _from_json_ld(tree: Any) -> Iterator[str | None]:
    for element in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            value = node.get("datePublished")
            yield value if isinstance(value, str) else None


def _nodes(data: object) -> Iterable[dict[str, Any]]:
    """The objects of a JSON-LD block that may be the article: the top ones and those of its graph."""
    items = data if isinstance(data, list) else [data]
    for item in items[:50]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in graph[:50] if isinstance(node, dict)) if isinstance(graph, list) else ()


def _from_time(tree: Any) -> Iterator[str | None]:
    """`<time datetime>` only where it is marked as the publication's, or where the page has one alone."""
    times = tree.xpath("//time[@datetime]")
    marked = [time for time in times if time.get("pubdate") is not None or "publi" in (time.get("class") or "").lower()]
    for time in marked or (times if len(times) == 1 else []):
        yield time.get("datetime")


def _htmldate(tree: Any, url: str | None) -> str | None:
    from htmldate import find_date

    try:
        found = find_date(
            _without_paragraphs(tree),
            extensive_search=False,  # the extensive search takes a copyright year for 1 January
            original_date=True,
            url=url,
            min_date=EARLIEST.date().isoformat(),
            max_date=LATEST.date().isoformat(),
        )
    except (ValueError, TypeError, AttributeError, RecursionError):  # htmldate on broken markup
        return None
    return str(found) if found else None


def _without_paragraphs(tree: Any) -> Any:
    """A copy of the page without running text and side matter, so that visible dates are those of its furniture."""
    bare = deepcopy(tree)
    for element in list(bare.iter("p", "li", "blockquote", "h1", "h2", "h3", "aside", "footer")):
        if element.getparent() is not None and (
            element.tag in ("aside", "footer") or _is_prose(element.text_content())
        ):
            element.drop_tree()  # keeps the text that follows it
    for element in bare.iter():
        if _is_prose(element.text):
            element.text = None
        if _is_prose(element.tail):
            element.tail = None
    return bare


def _is_prose(text: str | None) -> bool:
    words = (text or "").strip()
    return len(words) > _DATELINE or (len(words) > _DATELINE // 3 and words.endswith((".", "!", "?", "”", '"')))
