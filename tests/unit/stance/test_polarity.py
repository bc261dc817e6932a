"""What a sentence says: minimal pairs, one phenomenon each, their expectation beside them."""

import json
from pathlib import Path

import pytest

from pipeline.stance import polarity

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "minimal_pairs.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("pair", PAIRS, ids=[p["phenomenon"] for p in PAIRS])
def test_label_follows_the_phenomenon(pair: dict[str, str]) -> None:
    assert polarity(pair["text"], None, pair.get("target")).label == pair["label"]


def test_a_sentence_without_a_position_has_no_confidence() -> None:
    assert polarity("The delegates had lunch.", "IND", "asian-nato").confidence == 0.0


def test_the_rules_that_fired_are_named() -> None:
    assert any(rule.startswith("oppose.reject") for rule in polarity("She rejected it.", None, None).rules)


def test_score_is_the_labels() -> None:
    assert polarity("He rejected the pact.", None, None).score == -1.0
