"""From the bytes of a page to an article: title, text, date, author, language.

trafilatura does the work; around it stand limits that are checked before anything is parsed (a page of 300,000 tags
costs it 7 s and 565 MB), the decoding of wrongly declared bytes, and second attempts where it finds too little.
A page that may be hostile goes through `Extractor` (sandbox.py), which runs this in a process of its own.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from pipeline.articles.blocked import WHOLE_CHARS, blocked_reason
from pipeline.articles.dates import page_date
from pipeline.articles.decoding import decode
from pipeline.articles.errors import ExtractionFailed
from pipeline.articles.furniture import real_names, unwrap_layout_tables, without_headline
from pipeline.articles.language import detect_language
from pipeline.articles.text import clean, clean_line
from pipeline.articles.urls import canonical_from_page
from pipeline.records import Extraction

_TAG = re.compile(r"<[a-zA-Z]")
_SIGNATURES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x00\x00\x00 ftyp")
_OTHER_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:rss|feed|rdf:RDF|sitemapindex|urlset|svg)\b", re.DOTALL
)
_OTHER_TYPE = re.compile(
    r"^\s*(?:image|audio|video|font)/|^\s*application/(?:pdf|json|zip|octet-stream|rss|atom)", re.I
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may cost; the defaults are those of `pipeline.settings`. Zero `min_text_chars` accepts any text."""

    max_page_bytes: int = 5 << 20
    max_page_tags: int = 60_000
    min_text_chars: int = 120


def extract(
    html: bytes,
    url: str | None = None,
    *,
    content_type: str | None = None,
    limits: Limits = Limits(),
) -> Extraction:
    """The article that a page holds; its text has one paragraph a line, in NFC, without control characters.

    `url` is where the page was found (for its canonical address and dates), `content_type` the HTTP header's value.
    `method` says what found the text: "trafilatura", "trafilatura-recall" or "baseline". Raises ExtractionFailed
    with one of the reason codes of errors.py.
    """
    markup = _checked_markup(html, content_type, limits)
    tree = _parse(markup)
    title, author = _title_and_author(tree)
    found = _best_attempt(tree, url, title, limits.min_text_chars)
    visible = _visible(tree) if len(found.text) < WHOLE_CHARS else found.text
    if not visible:
        raise ExtractionFailed("empty_page", "markup without a visible word; perhaps scripts would fill the page")
    reason = blocked_reason(markup, title, found.text, visible)
    if reason is not None:
        raise ExtractionFailed(reason, f"{title!r}: the page shows no article; open it in a browser to see the wall")
    if len(found.text) < max(limits.min_text_chars, 1):
        raise _too_short(tree, found.text, limits)
    date = page_date(tree, url)
    return Extraction(
        title=title,
        text=found.text,
        published=date.published,
        published_raw=date.raw,
        author=real_names(author) or found.byline,
        language=detect_language(found.text),
        canonical_url=_canonical(tree, url),
        method=found.method,
    )


def _checked_markup(html: bytes, content_type: str | None, limits: Limits) -> str:
    """The page's characters, if size, kind and number of tags allow it to be parsed."""
    if len(html) > limits.max_page_bytes:
        detail = f"{len(html):,} bytes; the setting max_page_bytes allows {limits.max_page_bytes:,}"
        raise ExtractionFailed("page_too_large", detail)
    if not html.strip():
        raise ExtractionFailed("empty_page", "the response has no content")
    if html.startswith(_SIGNATURES) or _OTHER_TYPE.match(content_type or ""):
        raise ExtractionFailed("not_html", f"served as {content_type or 'unknown'}, begins with {html[:8]!r}")
    markup = decode(html, content_type)
    n_tags = _count_tags(markup, limits.max_page_tags)
    if n_tags > limits.max_page_tags:
        raise ExtractionFailed("too_many_tags", f"more than max_page_tags = {limits.max_page_tags:,} tags")
    if n_tags == 0 or _OTHER_MARKUP.match(markup):
        raise ExtractionFailed("not_html", f"no HTML tags, or XML of another kind: begins with {markup[:40]!r}")
    return markup


def _count_tags(markup: str, enough: int) -> int:
    count = 0
    for _ in _TAG.finditer(markup):
        count += 1
        if count > enough:
            break
    return count


def _parse(markup: str) -> Any:
    from trafilatura import load_html

    _quiet_libraries()
    tree = load_html(markup)
    if tree is None:
        raise ExtractionFailed("empty_page", "markup without any element")
    unwrap_layout_tables(tree)
    return tree


@cache
def _quiet_libraries() -> None:
    """What these libraries would log about a page is said by ExtractionFailed."""
    for name in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _visible(tree: Any) -> str:
    """All text that a reader may see, on one line."""
    hidden = "ancestor::script or ancestor::style or ancestor::noscript or ancestor::template or ancestor::title"
    return " ".join(" ".join(tree.xpath(f".//text()[not({hidden})]")).split())


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one way of looking found."""

    method: str
    text: str
    byline: str | None


def _best_attempt(tree: Any, url: str | None, title: str | None, enough: int) -> _Attempt:
    """The first attempt that finds enough text, else the one that finds most."""
    best = _Attempt("trafilatura", "", None)
    for method, raw in _attempts(tree, url):
        text, byline = without_headline(clean(raw).text, title)
        if len(text) >= max(len(best.text), 1):
            best = _Attempt(method, text, byline)
        if len(text) >= max(enough, 1):
            break
    return best


def _attempts(tree: Any, url: str | None) -> Iterator[tuple[str, str]]:
    from trafilatura import baseline

    yield "trafilatura", _trafilatura(tree, url, recall=False)
    yield "trafilatura-recall", _trafilatura(tree, url, recall=True)
    body, _, _ = baseline(tree)
    yield "baseline", "\n".join("".join(element.itertext()) for element in body)


def _trafilatura(tree: Any, url: str | None, *, recall: bool) -> str:
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(tree, url, include_comments=False, include_tables=True, favor_recall=recall)
    except (RecursionError, AssertionError, AttributeError, IndexError) as error:  # on markup it did not foresee
        raise ExtractionFailed("extraction_failed", f"trafilatura: {type(error).__name__}: {error}") from error
    return str(getattr(document, "text", None) or "")


def _title_and_author(tree: Any) -> tuple[str | None, str | None]:
    """As trafilatura's extract_metadata finds them, without its other fields: its date search alone costs a third."""
    from trafilatura import metadata

    try:
        found = metadata.extract_meta_json(tree, metadata.examine_meta(tree))
        title = found.title or metadata.extract_title(tree)
        author = found.author if found.author and " " in found.author else metadata.extract_author(tree)
    except (RecursionError, AttributeError, TypeError, ValueError, KeyError):  # on markup it did not foresee
        return None, None
    return clean_line(unescape(title or "")), clean_line(unescape(author or ""))


def _canonical(tree: Any, url: str | None) -> str | None:
    hrefs = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    hrefs += tree.xpath("//meta[@property='og:url']/@content")
    for href in hrefs[:4]:
        found = canonical_from_page(href, url)
        if found is not None:
            return found
    return None


def _too_short(tree: Any, text: str, limits: Limits) -> ExtractionFailed:
    detail = f"{len(text)} characters found, min_text_chars is {limits.min_text_chars}"
    return ExtractionFailed("text_too_short", f"{detail}; the page shows {len(_visible(tree)):,} in all")
