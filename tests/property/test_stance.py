"""What must hold for any text: offsets are true, labels are the codebook's, nothing raises."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stance import article_from_gold, attributions, detect, is_relevant, polarity
from pipeline.stance.text import paragraphs, plain, quotations

NAMES = ["India", "Japan", "an Asian NATO", "Prime Minister", "Ravi Kapoor", "he", "the plan", "1971", "ß", "é"]
PREDICATES = ["said", "rejects", "will not join", "only if", "According to", "61 percent", "poll"]
MARKS = ['"', "“", "”", ",", ".", "\n", "\n\n", "’s", "-", "Mr", "?"]
WORDS = [*NAMES, *PREDICATES, *MARKS]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@given(st.text(max_size=200))
def test_plain_text_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(alphabet="ab \"'.\n", max_size=80))
def test_quotations_lie_within_their_paragraph(text: str) -> None:
    for start, end in paragraphs(text):
        for quotation in quotations(text, start, end):
            assert start <= quotation.start < quotation.end <= end


@settings(deadline=None, max_examples=40)
@given(TEXTS)
def test_evidence_is_verbatim_at_its_offsets(text: str) -> None:
    row = {"id": "p", "title": "Asian NATO", "text": text, "published": "2024-10-10", "outlet_country": "IND"}
    for statement in detect(article_from_gold(row)):
        assert statement.evidence
        assert 0.0 <= statement.confidence <= 1.0
        for span in statement.evidence:
            assert text[span.start : span.end] == span.text


@settings(deadline=None, max_examples=40)
@given(TEXTS)
def test_attribution_spans_are_verbatim(text: str) -> None:
    for found in attributions(text):
        for span in (found.source, found.cue, found.content):
            assert span is None or text[span.start : span.end] == span.text


@given(st.text(max_size=200))
def test_any_text_has_a_polarity_and_a_relevance(text: str) -> None:
    assert polarity(text, None, None).score in {1.0, 0.5, 0.0, -1.0}
    assert isinstance(is_relevant(None, text), bool)
