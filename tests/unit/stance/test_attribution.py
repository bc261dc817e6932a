"""Source, cue and content of reported speech."""

import pytest

from pipeline.records import Attribution
from pipeline.stance import attributions


def first(text: str) -> Attribution:
    return attributions(text)[0]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Ravi Kapoor said the pact was dead.", "Ravi Kapoor", "said"),
        ('"The pact is dead," said Ravi Kapoor.', "Ravi Kapoor", "said"),
        ("According to Ravi Kapoor, the pact is dead.", "Ravi Kapoor", "According"),
        ("The pact, she noted, was dead.", "she", "noted"),
    ],
)
def test_source_and_cue_are_found(text: str, source: str, cue: str) -> None:
    found = attributions("Mary Kapoor met the press. " + text)[0]
    assert found.source is not None
    assert found.cue is not None
    assert (found.source.text, found.cue.text) == (source, cue)


def test_quote_kinds_are_told_apart() -> None:
    assert first("Ravi Kapoor said the pact was dead.").quote == "indirect"
    assert first('Ravi Kapoor said the pact was "dead on arrival" and useless to all.').quote == "mixed"


def test_offsets_point_into_the_text() -> None:
    text = "Ravi Kapoor said the pact was dead. He added that nobody mourned it."
    for found in attributions(text):
        for span in (found.source, found.cue, found.content):
            assert span is None or text[span.start : span.end] == span.text
