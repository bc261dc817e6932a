"""When something was said."""

from datetime import date

import pytest

from pipeline.stance.dates import said_on

WEDNESDAY = date(2025, 3, 12)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He said so on Tuesday.", date(2025, 3, 11)),
        ("He said so on Wednesday.", date(2025, 3, 12)),
        ("He said so last Wednesday.", date(2025, 3, 5)),
        ("He said so yesterday.", date(2025, 3, 11)),
        ("He said so today.", date(2025, 3, 12)),
        ("He said so on 3 March.", date(2025, 3, 3)),
        ("He said so on December 24.", date(2024, 12, 24)),
        ("He said so on February 30.", None),
        ("He said so before Friday's summit.", None),
        ("He said so.", None),
    ],
)
def test_day_is_resolved(sentence: str, expected: date | None) -> None:
    assert said_on(sentence, WEDNESDAY) == expected


def test_without_a_publication_day_nothing_is_resolved() -> None:
    assert said_on("He said so on Tuesday.", None) is None
