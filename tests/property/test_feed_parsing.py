"""Whatever arrives as a feed, reading it ends well and gives nothing that is not what it claims to be."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources import parse_feed
from pipeline.sources.decoding import decode
from pipeline.sources.plain_text import plain_text
from pipeline.sources.urls import web_link, without_credentials
from tests.press import item, rss

FETCHED = datetime(2026, 11, 24, 12, tzinfo=UTC)
WHOLE = rss(
    *(item(n, title=f"Café &amp; {n} &lt;b&gt;x&lt;/b&gt;", pubDate="Tue, 24 Nov 2026 10:00:00 GMT") for n in range(4)),
    "<item><title><![CDATA[<p>One</p>]]></title><link>http://a.example/?q=1&amp;r=2</link></item>",
)
PIECES = st.sampled_from(
    [
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&",
        "&lt;",
        "&#0;",
        "<a:b c='",
        '"',
    ]
) | st.sampled_from(["<link>javascript:x</link>", "<entry/>", "<br>", "\u202e", "\ud800", "\x00", "é"])


def check(body: bytes, content_type: str | None = None) -> None:
    parsed = parse_feed(body, "http://press.example/feed", content_type, fetched_at=FETCHED, max_entries=50)
    assert len(parsed.entries) <= 50
    assert parsed.entries or parsed.faults
    for entry in parsed.entries:
        assert entry.link is None or entry.link.startswith(("http://", "https://"))
        assert "<script" not in (entry.title or "").lower()
        for moment in (entry.published, entry.updated):
            assert moment is None or datetime(1990, 1, 1, tzinfo=UTC) <= moment <= FETCHED + timedelta(days=1)
        str(entry).encode()  # no lone surrogate, which no file and no database takes


@given(st.binary(max_size=2_000), st.none() | st.text(max_size=40))
@settings(deadline=None)
def test_any_bytes_at_all(body: bytes, content_type: str | None) -> None:
    check(body, content_type)


@given(st.integers(0, len(WHOLE)), st.binary(max_size=20))
@settings(deadline=None)
def test_a_good_feed_with_bytes_put_in_anywhere(at: int, noise: bytes) -> None:
    check(WHOLE[:at] + noise + WHOLE[at:])


@given(st.integers(0, len(WHOLE)))
@settings(deadline=None)
def test_a_good_feed_cut_anywhere(at: int) -> None:
    check(WHOLE[:at])


@given(st.lists(PIECES | st.text(max_size=10), max_size=40))
@settings(deadline=None)
def test_pieces_of_markup_in_any_order(pieces: list[str]) -> None:
    check(b"<rss><channel>" + "".join(pieces).encode("utf-8", "surrogatepass"))


@given(st.text(max_size=300), st.integers(1, 100))
def test_plain_text_is_short_on_one_line_and_stays_as_it_is(markup: str, most: int) -> None:
    text = plain_text(markup, most).text
    assert len(text) <= most
    assert "\n" not in text
    text.encode()


@given(st.text(max_size=200), st.none() | st.text(max_size=60))
def test_links_are_http_or_none_and_never_raise(link: str, base: str | None) -> None:
    found = web_link(link, base)
    assert found is None or found.startswith(("http://", "https://"))
    without_credentials(link)


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", ""]))
def test_decoding_never_raises_and_keeps_its_bound(wire: bytes, encoding: str) -> None:
    assert len(decode(wire, encoding, 1000).body) <= 1000
