"""Scores on the codebook's development files may only rise. Skipped, loudly, where the shared folder is not at hand."""

import json
from pathlib import Path

import pytest

from pipeline.stance import Detector, article_from_gold, evaluate, statement_to_gold

CODEBOOK = Path(__file__).resolve().parents[2].parent / "shared" / "codebook"
pytestmark = pytest.mark.skipif(not CODEBOOK.is_dir(), reason=f"the codebook is not here: {CODEBOOK} does not exist")

# A little below what was last measured, so that a change of one statement does not fail the build.
FLOORS = {"dev": (0.715, 0.57), "dev-wire": (0.56, 0.40), "dev-analysis": (0.36, 0.26)}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "floors"), FLOORS.items(), ids=list(FLOORS))
def test_scores_hold_their_floor(name: str, floors: tuple[float, float]) -> None:
    rows = [json.loads(line) for line in (CODEBOOK / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    answers = Detector().detect_many(article_from_gold(row) for row in rows)
    predictions = {r["id"]: [statement_to_gold(s) for s in a] for r, a in zip(rows, answers, strict=True)}
    scores = evaluate(rows, predictions)
    assert scores.detection_f1 >= floors[0]
    assert scores.strict_f1 >= floors[1]
