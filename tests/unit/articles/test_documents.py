import pytest

from pipeline.articles import ExtractionFailed, read_text_or_html

SENTENCE = "The minister said that the pact would be signed in the spring, whatever the opposition thought. "
BODY = f"<article>{f'<p>{SENTENCE}</p>' * 3}</article>"
HTML = f"<!DOCTYPE html><html><head><title>Pact</title></head><body>{BODY}</body></html>"


def test_plain_text_keeps_its_lines_and_has_no_title() -> None:
    assert read_text_or_html(b"First paragraph.\r\n\r\nSecond.\r\n", "article.txt") == (
        None,
        "First paragraph.\n\nSecond.",
    )


def test_plain_text_may_be_in_windows_1252() -> None:
    assert read_text_or_html("“Naïve”, said Søren – twice.".encode("cp1252"))[1] == "“Naïve”, said Søren – twice."


def test_html_is_told_by_its_name_or_its_beginning() -> None:
    by_name, by_content = read_text_or_html(HTML.encode(), "a.html"), read_text_or_html(HTML.encode(), None)
    assert by_name == by_content
    assert by_name[0] == "Pact"
    assert "<p>" not in by_name[1]


def test_a_text_with_an_angle_bracket_is_a_text() -> None:
    assert read_text_or_html(b"We need 3 < 5 and x > y, <em>he said</em>.", None)[1].startswith("We need 3 < 5")


def test_a_short_html_document_is_accepted() -> None:
    assert read_text_or_html(b"<html><body><p>India rejects the pact.</p></body>")[1] == "India rejects the pact."


@pytest.mark.parametrize(("data", "reason"), [(b" \n", "empty_page"), (b"%PDF-1.7", "not_html")])
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ExtractionFailed, match=reason):
        read_text_or_html(data, "x.txt")
