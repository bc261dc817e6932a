"""The codebook's scores on small cases worked out by hand."""

from typing import Any

import pytest

from pipeline.stance import evaluate
from pipeline.stance.assignment import assign
from pipeline.stance.names import same_holder, same_name

TEXT = "India said no. Japan said yes."


def statement(**changes: Any) -> dict[str, Any]:
    base = {
        "proposal": "asian-nato",
        "holder": "IND",
        "speaker": None,
        "speaker_type": "official",
        "authority": "attributed",
        "stance": "oppose",
        "evidence": ["India said no"],
    }
    return {**base, **changes}


def scores(wanted: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, Any]:
    gold = [{"id": "1", "text": TEXT, "statements": wanted}]
    return evaluate(gold, {"1": predicted}).to_dict()


def test_a_perfect_answer_scores_one() -> None:
    found = scores([statement()], [statement()])
    assert found["detection_f1"] == found["strict_f1"] == found["stance_macro_f1"] == 1.0


def test_a_wrong_stance_costs_the_strict_score_only() -> None:
    found = scores([statement()], [statement(stance="support")])
    assert (found["detection_f1"], found["strict_f1"]) == (1.0, 0.0)


def test_an_alternative_label_counts_as_right() -> None:
    assert scores([statement(also_ok=["noncommittal"])], [statement(stance="noncommittal")])["strict_f1"] == 1.0


def test_evidence_must_overlap() -> None:
    assert scores([statement()], [statement(evidence=["Japan said yes"])])["detection_f1"] == 0.0


def test_misses_and_extras_are_counted_by_proposal() -> None:
    found = scores([statement()], [statement(proposal="other")])
    assert found["per_proposal"] == {"asian-nato": {"tp": 0, "fp": 0, "fn": 1}, "other": {"tp": 0, "fp": 1, "fn": 0}}


def test_an_unanswered_article_is_all_missed() -> None:
    assert evaluate([{"id": "1", "text": TEXT, "statements": [statement()]}], {}).detection_recall == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("S. Jaishankar", "Subrahmanyam Jaishankar", True),
        ("Recep Tayyip Erdoğan", "Erdogan", True),
        ("John Smith", "Mary Smith", False),
        ("Labour Party", "Labor party", True),
        ("Foreign Ministry spokesman of China", "Chinese Foreign Ministry spokesperson", True),
        ("German official", "French official", False),
        (None, "Smith", False),
        (None, None, True),
    ],
)
def test_names_are_compared_by_the_codebook(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("GBR", "Britain", True),
        ("Finnish public", "Finns", True),
        ("FIN", "Finnish public", False),
        ("NATO", "Nato", True),
    ],
)
def test_holders_are_compared_by_code_public_or_name(one: str, other: str, same: bool) -> None:
    assert same_holder(one, other) is same


def test_assignment_prefers_more_pairs_to_better_ones() -> None:
    assert assign(2, 2, {(0, 0): 7, (0, 1): 1, (1, 0): 1}) == [(0, 1), (1, 0)]
