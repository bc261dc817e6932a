import pytest

from pipeline.articles import canonical_url
from pipeline.articles.urls import canonical_from_page, same_site


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://news.example.com/a/story", "https://news.example.com/a/story"),
        ("HTTP://WWW.Example.COM:80/a//story#comments", "https://www.example.com/a/story"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/story?utm_source=rss&id=7&utm_medium=feed", "https://example.com/story?id=7"),
        ("https://example.com/story?fbclid=abc", "https://example.com/story"),
        ("https://example.com/story/amp/", "https://example.com/story/"),
        ("https://example.com/story/amp", "https://example.com/story"),
        ("https://example.com/amp/world/story", "https://example.com/world/story"),
        ("https://example.com/story.amp.html", "https://example.com/story.html"),
        ("https://example.com/story?outputType=amp", "https://example.com/story"),
        ("https://amp.example.com/story", "https://www.example.com/story"),
        ("https://m.example.com/story", "https://www.example.com/story"),
        ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/story", "https://www.example.com/story"),
        ("https://www.google.com/amp/s/www.example.com/story", "https://www.example.com/story"),
        (" https://example.com/a b\n/story ", "https://example.com/ab/story"),
        ("https://user:secret@example.com/story", "https://example.com/story"),
        ("https://xn--mnchen-3ya.example/story", "https://münchen.example/story"),
    ],
)
def test_one_address_an_article(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8199/harbour-times/ht-001",
        "http://localhost:8199/a",
        "http://[::1]:8080/a",
        "http://news.example.com:8080/a",
    ],
)
def test_loopback_and_ported_addresses_keep_scheme_and_port(url: str) -> None:
    assert canonical_url(url) == url


@pytest.mark.parametrize("query", ["cid=12", "uid=4", "gallery=3", "reference=9", "mod=news&id=5", "20241002", "p="])
def test_a_parameter_that_may_name_the_article_stays(query: str) -> None:
    assert canonical_url(f"https://example.com/show?{query}") == f"https://example.com/show?{query}"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "/story", "", "https://", "https://a:99999/x"]
)
def test_refuses_what_is_no_web_address(url: str) -> None:
    with pytest.raises(ValueError, match=r"http\(s\)|[Pp]ort"):
        canonical_url(url)


def test_a_page_names_its_canonical_address() -> None:
    found = canonical_from_page("/world/story?utm_source=x", "https://m.example.com/world/story/amp")
    assert found == "https://www.example.com/world/story"


@pytest.mark.parametrize(
    "href", ["https://other.example.org/story", "https://example.com/", "https://example.com", "", None, "javascript:x"]
)
def test_a_canonical_address_elsewhere_or_at_the_front_page_is_not_believed(href: str | None) -> None:
    assert canonical_from_page(href, "https://example.com/world/story") is None


def test_sites_are_told_by_registrable_domain_and_loopback_by_port() -> None:
    assert same_site("https://www.abc.net.au/x", "https://news.abc.net.au/y")
    assert not same_site("https://a.co.uk/x", "https://b.co.uk/y")
    assert not same_site("http://127.0.0.1:8199/x", "http://127.0.0.1:8200/y")
