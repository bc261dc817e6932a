import pytest

from pipeline.articles import extract
from pipeline.articles.furniture import real_names, without_headline

PARAGRAPHS = [
    f"Paragraph {number} says that the foreign minister spoke of the compact at length, and that nobody asked twice."
    for number in range(1, 5)
]
TEXT = "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("above", ["Pact near\n", "World\nPact near\n", "World\nPACT NEAR\nBy |\n"])
def test_headline_kicker_and_empty_byline_go(above: str) -> None:
    assert without_headline(above + TEXT, "Pact near") == (TEXT, None)


def test_a_byline_below_the_headline_is_read() -> None:
    assert without_headline(f"Pact near\nBy Jane Doe and Ann Roe |\n{TEXT}", "Pact near") == (
        TEXT,
        "Jane Doe and Ann Roe",
    )


@pytest.mark.parametrize("text", [TEXT, f"By Jane Doe\n{TEXT}", f"By then it was late.\n{TEXT}", "Pact near", ""])
def test_what_is_text_stays(text: str) -> None:
    assert without_headline(text, "Pact near") == (text, None)


def test_a_sentence_that_repeats_the_headline_far_below_stays() -> None:
    text = f"{TEXT}\nPact near\nThe end of it."
    assert without_headline(text, "Pact near") == (text, None)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe", "Jane Doe"),
        ("Jane Doe; Wednesday Jane Doe", "Jane Doe"),
        ("Jane Doe; The Paper Staff Writer", "Jane Doe"),
        ("Jane Doe; Ann Roe; Jane Doe", "Jane Doe; Ann Roe"),
        ("Wednesday", None),
        ("2 October 2024", None),
        (None, None),
    ],
)
def test_only_names_are_authors(author: str | None, names: str | None) -> None:
    assert real_names(author) == names


def test_a_layout_table_is_read_as_a_page() -> None:
    cells = "".join(f"<p>{paragraph}" for paragraph in PARAGRAPHS)
    page = (
        "<html><body><table><tr><td><a href=/>Front</a> | <a href=/w>World</a></td></tr>"
        f"<tr><td><h1>Pact near</h1>{cells}</td><td><a href=/x>Senate rejects the compact</a></td></tr></table></body>"
    )
    assert extract(page.encode()).text == TEXT


def test_a_table_of_data_stays_a_table() -> None:
    table = "<table><tr><th>State</th><th>Vote</th></tr><tr><td>Norway</td><td>yes</td></tr></table>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><body><article>{text}{table}</article></body></html>"
    assert "Norway | yes" in extract(page.encode()).text
