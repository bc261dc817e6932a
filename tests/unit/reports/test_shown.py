import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reports.shown import safe_url, shown, sort_key
from tests.unit.reports.hostile import ATTRIBUTE, URLS


@given(st.text())
def test_nothing_shown_controls_anything(text):
    kinds = {unicodedata.category(c) for c in shown(text)}
    bidi = {unicodedata.bidirectional(c) for c in shown(text)}
    assert "Cc" not in kinds
    assert "Cs" not in kinds
    assert not bidi & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(), st.integers(1, 50))
def test_what_is_shown_is_no_longer_than_the_limit(text, limit):
    assert len(shown(text, limit)) <= limit


def test_bidi_controls_are_named():
    assert shown("for \u202etsniaga\u202c it") == "for [U+202E]tsniaga[U+202C] it"


def test_line_breaks_become_spaces():
    assert shown("one\r\n\ttwo\u2028three") == "one two three"


def test_a_terminal_sequence_is_named():
    assert shown("\x1b[2Jgone") == "[U+001B][2Jgone"


def test_a_lone_surrogate_is_replaced():
    shown("broken \ud83d half").encode("utf-8")


def test_other_scripts_stay_as_they_are():
    for text in ("集団防衛", "نأييد کامل\u200cها", "Größe, naïve", "👩‍🚀"):
        assert shown(text) == text


def test_a_long_text_is_cut_with_an_ellipsis():
    assert shown("word " * 100, 12) == "word word w…"
    assert shown(None) == ""


@pytest.mark.parametrize(
    "url",
    ["https://a.example/x?q=1&r=%20#top", "https://münchen.example/ä", "https://a.example:8443/"],
)
def test_web_addresses_pass(url):
    assert safe_url(url) == url


@pytest.mark.parametrize("url", [u for u in URLS if "user:secret" not in u] + ["", "https://a.example/\n", None])
def test_other_addresses_do_not(url):
    assert safe_url(url) is None


def test_the_scheme_is_known_in_capitals_too():
    assert safe_url("HTTP://a.example") == "http://a.example"


def test_credentials_are_left_out():
    assert safe_url("https://user:secret@ok.example/a") == "https://ok.example/a"


@given(st.text())
def test_a_safe_url_can_stand_in_an_attribute(text):
    for url in (text, "https://a.example/" + text, "https://" + text + "/"):
        safe = safe_url(url)
        assert safe is None or not set(safe) & set("\"'<> \n\t`\\") - {"'"}


def test_an_address_endless_or_with_quotes_is_none():
    assert safe_url("https://a.example/" + "a" * 3000) is None
    assert safe_url("https://a.example/" + ATTRIBUTE) is None


def test_names_are_ordered_without_accents():
    assert sorted(["Österreich", "Zypern", "åland", "Oman"], key=sort_key) == ["åland", "Oman", "Österreich", "Zypern"]
