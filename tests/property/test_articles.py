"""Whatever arrives: a result or a named failure, ids from content alone, groups that no order changes."""

import contextlib
import random
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.articles import ExtractionFailed, canonical_url, extract, group_copies, read_text_or_html
from pipeline.articles.dates import EARLIEST, LATEST, parse_moment
from pipeline.articles.decoding import decode
from pipeline.articles.text import clean
from pipeline.records import Article, content_id

MARKUP = st.text(st.sampled_from("<>/=\"' abpdivscript&;\x00\ufeff“é\n"), max_size=300)


@given(st.binary(max_size=400) | MARKUP.map(lambda text: f"<html><body>{text}".encode()))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_an_article_or_a_reason(data: bytes) -> None:
    try:
        text = extract(data, "https://paper.example.com/story").text
    except ExtractionFailed:
        return  # which refuses unknown reason codes itself
    assert len(text) >= 120


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(decode(data), str)


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=50)
def test_any_document_is_read_or_refused(data: bytes) -> None:
    try:
        _, text = read_text_or_html(data, "x.txt")
    except ExtractionFailed:
        return
    assert text == clean(text, keep_blank_lines=True).text


@given(st.text())
def test_cleaning_is_idempotent_and_composed(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode("utf-8").decode("utf-8") == once


@given(st.text())
def test_cleaning_does_not_tell_nfd_from_nfc(text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)).text == clean(unicodedata.normalize("NFC", text)).text


HOSTS = st.sampled_from(
    ["example.com", "m.example.com", "www.example.co.uk", "127.0.0.1:8199", "localhost", "[::1]:80"]
)
PATHS = st.text(st.sampled_from("abc/.-_~%20ampé:@;,+ "), max_size=30)
QUERIES = st.lists(st.sampled_from(["utm_source=x", "id=7", "p=", "fbclid=q", "a=b%26c", "7"]), max_size=4).map(
    "&".join
)


@given(st.sampled_from(["http", "https", "HTTP"]), HOSTS, PATHS, QUERIES, st.sampled_from(["", "#top"]))
def test_a_canonical_url_is_its_own(scheme: str, host: str, path: str, query: str, fragment: str) -> None:
    once = canonical_url(f"{scheme}://{host}/{path}?{query}{fragment}")
    assert canonical_url(once) == once
    assert "#" not in once
    assert "utm_" not in once


@given(st.text(max_size=40))
def test_any_string_is_a_canonical_url_or_refused(url: str) -> None:
    with contextlib.suppress(ValueError):
        assert canonical_url(url).startswith(("http://", "https://"))


@given(st.text(st.sampled_from("0123456789-+:TZ ."), max_size=30) | st.datetimes().map(datetime.isoformat))
def test_a_moment_is_aware_and_in_bounds_or_none(raw: str) -> None:
    moment = parse_moment(raw)
    assert moment is None or (moment.tzinfo is UTC and EARLIEST <= moment < LATEST)


def _article(name: int, sentences: list[int], hours: int) -> Article:
    as_of = datetime(2024, 10, 2, tzinfo=UTC)
    text = "\n".join(
        " ".join(f"w{random.Random(f'{n}-{k}').randrange(10**6)}" for k in range(12)) + "." for n in sentences
    )
    return Article(
        article_id=content_id(name), revision_id=content_id(name, 1), url=f"https://e.example/{name}", title=str(name),
        text=text, published=as_of + timedelta(hours=hours), published_source="feed", first_seen=as_of, updated=None,
        outlet="o", publisher="p", country="AUS", language="en", author=None, method="x", raw_ref=None, run_id="r",
    )  # fmt: skip


STORIES = st.lists(
    st.tuples(st.lists(st.integers(0, 30), min_size=4, max_size=10, unique=True), st.integers(0, 5)), max_size=8
)


@given(STORIES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_groups_do_not_depend_on_the_order_of_articles(
    stories: list[tuple[list[int], int]], rng: random.Random
) -> None:
    articles = [_article(name, sentences, hours) for name, (sentences, hours) in enumerate(stories)]
    shuffled = rng.sample(articles, len(articles))
    groups = {each.article_id: each.group_id for each in group_copies(articles)}
    assert {each.article_id: each.group_id for each in group_copies(shuffled)} == groups
    assert all(groups.values())


@given(STORIES)
@settings(deadline=None, max_examples=40)
def test_a_group_is_named_by_its_earliest_member(stories: list[tuple[list[int], int]]) -> None:
    articles = [_article(name, sentences, hours) for name, (sentences, hours) in enumerate(stories)]
    members: dict[str | None, list[Article]] = {}
    for each in group_copies(articles):
        members.setdefault(each.group_id, []).append(each)
    for group, copies in members.items():
        earliest = min(copies, key=lambda each: (each.published or each.first_seen, each.article_id))
        assert group == content_id(earliest.article_id)


def test_hypothesis_reaches_articles() -> None:
    """The property above is not vacuous: a page of enough words is extracted."""
    assert extract(b"<html><body><p>" + b"Words of an article. " * 20 + b"</p></body></html>").text
    with pytest.raises(ExtractionFailed):
        extract(b"")
