"""Pages in the shapes that sites give them; each test says what must come out."""

from datetime import UTC, datetime

import pytest

from pipeline.articles import ExtractionFailed, Limits, extract

PARAGRAPHS = [
    f"Paragraph {number} says that the foreign minister spoke of the “northern compact” at length, and that nobody "
    f"in the room asked him a second question about it."
    for number in range(1, 7)
]
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(article: str = ARTICLE, head: str = "<title>Minister speaks | The Paper</title>", body_end: str = "") -> bytes:
    return (
        f"<!doctype html><html><head>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<main><article><h1>Minister speaks</h1>{article}</article></main>{body_end}"
        "<footer><p>© 2024 The Paper. All rights reserved.</p></footer></body></html>"
    ).encode()


def failure(data: bytes, **limits: int) -> str:
    with pytest.raises(ExtractionFailed) as failed:
        extract(data, "https://paper.example.com/story", limits=Limits(**limits))
    return failed.value.reason


def test_text_is_the_paragraphs_one_a_line_without_title_and_navigation() -> None:
    assert extract(page()).text == "\n".join(PARAGRAPHS)


def test_title_author_language_method() -> None:
    head = '<title>Minister speaks | The Paper</title><meta name="author" content="Jane Doe">'
    found = extract(page(head=head))
    assert (found.title, found.author, found.language, found.method) == (
        "Minister speaks",
        "Jane Doe",
        "en",
        "trafilatura",
    )


def test_the_date_is_aware_and_unknown_stays_unknown() -> None:
    dated = extract(page(head='<meta property="article:published_time" content="2024-10-02T10:00:00+02:00">'))
    assert dated.published == datetime(2024, 10, 2, 8, tzinfo=UTC)
    undated = extract(page())
    assert (undated.published, undated.published_raw) == (None, None)


def test_the_canonical_address_comes_from_link_or_open_graph() -> None:
    link = '<link href="https://paper.example.com/story-1" rel="shortlink canonical">'
    graph = '<meta property="og:url" content="https://paper.example.com/story-2">'
    url = "https://paper.example.com/story?utm_source=x"
    assert extract(page(head=link + graph), url).canonical_url == "https://paper.example.com/story-1"
    assert extract(page(head=graph), url).canonical_url == "https://paper.example.com/story-2"
    assert extract(page(), url).canonical_url is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_any_encoding_gives_the_same_article(encoding: str) -> None:
    markup = page().decode().replace("<head>", f'<head><meta charset="{encoding}">')
    assert extract(markup.encode(encoding)).text == extract(page()).text


def test_decomposed_characters_give_the_same_article() -> None:
    composed, decomposed = "Åsa Öberg", "Åsa Öberg"
    one = extract(page(ARTICLE + f"<p>{composed} declined to add anything to this.</p>"))
    other = extract(page(ARTICLE + f"<p>{decomposed} declined to add anything to this.</p>"))
    assert one == other


def test_related_links_and_comments_stay_out() -> None:
    related = (
        "<aside class='related'><h2>Related</h2><ul><li><a href='/x'>Senator rejects the southern compact</a></li></ul>"
        "</aside><section id='comments'><p>First! I am against the southern compact, said nobody.</p></section>"
    )
    assert "southern compact" not in extract(page(body_end=related)).text


def test_a_page_of_line_breaks_is_read_too() -> None:
    old = "<html><body><table><tr><td>" + "<br><br>".join(PARAGRAPHS) + "</td></tr></table></body></html>"
    text = extract(old.encode()).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_broken_nesting_is_read() -> None:
    broken = ARTICLE.replace("</p>", "").replace("“northern", "<b><i>“northern").replace("compact”", "compact”</b></i>")
    text = extract(page(broken)).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("data", [b"", b" \n ", b"<html><body></body></html>", b"<html><script>go()</script></html>"])
def test_a_page_without_words_is_empty(data: bytes) -> None:
    assert failure(data) == "empty_page"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n\x1a\n",
        b'{"items": []}',
        b"just words",
        b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>",
    ],
)
def test_another_kind_of_document_is_not_html(data: bytes) -> None:
    assert failure(data) == "not_html"


def test_the_content_type_tells_too() -> None:
    with pytest.raises(ExtractionFailed, match="not_html"):
        extract(page(), content_type="application/pdf")


def test_size_and_tags_are_judged_before_parsing() -> None:
    assert failure(page(), max_page_bytes=500) == "page_too_large"
    assert failure(page(), max_page_tags=10) == "too_many_tags"


def test_a_short_text_is_too_short_unless_allowed() -> None:
    short = b"<html><body><article><p>Three words here.</p></article></body></html>"
    assert failure(short) == "text_too_short"
    assert extract(short, limits=Limits(min_text_chars=0)).text == "Three words here."


def test_bidi_and_control_characters_do_not_reach_the_text() -> None:
    found = extract(page(ARTICLE.replace("northern", "nor\u202ethern\u202c\u200b")))
    assert "“northern compact”" in found.text


def test_the_libraries_say_nothing_beside_the_error(capfd: pytest.CaptureFixture[str]) -> None:
    failure(b"<html><body></body></html>")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("prefix", [b"<!---->" * 2000, b"<!-- x -->\n" * 2000])
def test_a_thousand_comments_before_the_page_cost_nothing(prefix: bytes) -> None:
    assert extract(prefix + page()).text == "\n".join(PARAGRAPHS)


def test_extraction_is_deterministic() -> None:
    assert extract(page()) == extract(page())


def test_the_limits_are_those_of_the_settings() -> None:
    from pipeline.settings import Settings

    defaults = {name: Settings.model_fields[name].default for name in Limits.__slots__}
    assert Limits() == Limits(**defaults)
