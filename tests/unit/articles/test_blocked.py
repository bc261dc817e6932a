import pytest

from pipeline.articles import ExtractionFailed, extract

SENTENCE = "The minister said that the pact would be signed in the spring, whatever the opposition thought of it. "


def reason(title: str, body: str, head: str = "") -> str | None:
    try:
        extract(f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode())
    except ExtractionFailed as failed:
        return failed.reason
    return None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a moment...", "<p>Enable JavaScript and cookies to continue</p>"),
        ("paper.example", "<h1>Please verify you are human</h1><p>Press &amp; Hold to confirm.</p><p>Reference 1</p>"),
        ("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this page.</p>"),
        ("", "<p>Loading</p><script src='https://geo.captcha-delivery.com/x.js'></script>"),
    ],
)
def test_a_bot_challenge_is_named(title: str, body: str) -> None:
    assert reason(title, body) == "bot_challenge"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Before you continue</h1><p>We use cookies and data to deliver our services.</p><button>Accept</button>",
        "<h1>We value your privacy</h1><p>We and our 842 partners store data.</p><button>Accept</button>",
    ],
)
def test_a_consent_wall_is_named(body: str) -> None:
    assert reason("The Paper", body) == "consent_page"


def test_a_teaser_before_a_subscription_offer_is_a_paywall() -> None:
    teaser = f"<article><h1>Pact near</h1><p>{SENTENCE * 3}</p></article><p>Subscribe to continue reading</p>"
    assert reason("Pact near", teaser) == "paywall"


def test_a_longer_teaser_is_a_paywall_if_the_page_says_it_is_not_free() -> None:
    said = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    teaser = f"<article><p>{SENTENCE * 5}</p><p>{SENTENCE * 5}</p></article><p>Already a subscriber? Log in</p>"
    assert reason("Pact near", teaser, said) == "paywall"


@pytest.mark.parametrize(
    "phrase", ["Subscribe to continue reading", "We value your privacy", "Please verify you are human", "Access denied"]
)
def test_a_whole_article_is_an_article_whatever_stands_beside_it(phrase: str) -> None:
    paragraphs = "".join(f"<p>Point {number}. {SENTENCE * 3}</p>" for number in range(6))
    whole = f"<article>{paragraphs}</article><div class='banner'><p>{phrase}</p></div>"
    assert reason("Pact near", whole) is None


def test_a_short_article_beside_a_cookie_banner_is_an_article() -> None:
    banner = "<div class='cookie-banner'><p>We use cookies and similar technologies.</p><button>OK</button></div>"
    brief = f"{banner}<article><h1>Pact near</h1><p>{SENTENCE * 2}</p><p>{SENTENCE}</p></article>"
    assert reason("Pact near", brief) is None
