"""The seed article, where the shared folder stands beside the project; elsewhere the test says that it is skipped."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.stance import article_from_gold, detect, statement_to_gold
from pipeline.stance.names import same_holder, same_name

SEED = Path(__file__).resolve().parents[3].parent / "shared" / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason=f"the seed is not here: {SEED} does not exist")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def statements(expected: dict[str, Any]) -> list[dict[str, Any]]:
    text = (SEED / "article.txt").read_text(encoding="utf-8")
    row = {"id": "seed", "title": None, "text": text, "published": expected["published"], "outlet_country": None}
    return [statement_to_gold(s) for s in detect(article_from_gold(row))]


def fits(wanted: dict[str, Any], statement: dict[str, Any]) -> bool:
    for key in ("proposal", "speaker_type", "authority", "stance"):
        allowed = wanted.get(key, statement[key])
        if statement[key] not in (allowed if isinstance(allowed, list) else [allowed]):
            return False
    if "holder" in wanted and not same_holder(statement["holder"], wanted["holder"]):
        return False
    if "speaker" in wanted and not same_name(statement["speaker"], wanted["speaker"]):
        return False
    piece = wanted.get("evidence_contains", "")
    return wanted.get("holder_contains", "") in statement["holder"] and any(piece in e for e in statement["evidence"])


def test_everything_that_must_be_found_is_found(expected: dict[str, Any], statements: list[dict[str, Any]]) -> None:
    assert [w for w in expected["must_find"] if not any(fits(w, s) for s in statements)] == []


def test_nothing_is_found_that_must_not_be(expected: dict[str, Any], statements: list[dict[str, Any]]) -> None:
    assert [w for w in expected["must_not_find"] if any(fits(w, s) for s in statements)] == []
