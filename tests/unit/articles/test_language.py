import pytest

from pipeline.articles.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The foreign minister rejected the proposal for a new alliance.", "en"),
        ("THE FOREIGN MINISTER REJECTED THE PROPOSAL FOR A NEW ALLIANCE", "en"),
        ("Der Außenminister lehnte den Vorschlag für ein neues Bündnis ab.", "de"),
        ("Министр иностранных дел отверг предложение о новом союзе.", "ru"),
        ("外務大臣は、新しい同盟の提案を拒否したと述べました。そして会議は終わりました。", "ja"),
    ],
)
def test_names_the_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "OK", "12 345 678 90 2024", "Jane Doe"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect_language(text) is None
