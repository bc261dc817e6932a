"""The suites are data: complete, documented, and refused when they are wrong."""

import re
from importlib.resources import files

import pytest

from pipeline.articles.errors import REASONS
from pipeline.quality.expectations import evaluate
from pipeline.quality.frames import article_frame
from pipeline.quality.reasons import explain, reasons
from pipeline.quality.suites import RECORDS, SuiteBroken, load_suite, parse_suite
from pipeline.records import Stance

RULE = """
record = "article"
[[rule]]
name = "outlet is given"
type = "expect_column_values_to_not_be_null"
kwargs = { column = "outlet" }
reason = "outlet_missing"
severity = "quarantine"
why = "Evidence is cited by its outlet."
"""


@pytest.mark.parametrize("record", RECORDS)
def test_every_reason_of_a_suite_is_documented(record):
    assert {rule.reason for rule in load_suite(record).rules} <= reasons().keys()


@pytest.mark.parametrize("record", RECORDS)
def test_every_rule_says_why_in_a_sentence(record):
    for rule in load_suite(record).rules:
        assert rule.why.endswith("."), rule.name
        assert len(rule.why.split()) >= 6, rule.name


@pytest.mark.parametrize("record", RECORDS)
def test_rule_names_are_unique(record):
    names = [rule.name for rule in load_suite(record).rules]
    assert len(names) == len(set(names))


def test_every_reason_is_used_once_in_the_catalogue_with_meaning_and_remedy():
    text = files("schemas").joinpath("reasons.toml").read_text("utf-8")
    for code, reason in reasons().items():
        assert text.count(f"[{code}]") == 1
        assert reason.meaning.endswith(".")
        assert reason.remedy.endswith(".")


def test_every_reason_of_the_earlier_stages_is_documented():
    told = files("pipeline.sources").joinpath("errors.py").read_text("utf-8").split('"""')[1]
    of_sources = set(re.findall(r"`(\w+_\w+|disconnected)`", told))
    assert len(of_sources) > 15
    assert of_sources <= reasons().keys()
    assert reasons().keys() >= REASONS


def test_http_statuses_share_one_explanation():
    assert explain("http_503").meaning == "The server answered with status 503."


def test_a_code_that_nobody_documented_says_so():
    assert "not documented" in explain("sunspots").meaning


def test_the_stances_are_the_codebooks():
    rules = {rule.name: rule for rule in load_suite("mention").rules}
    assert rules["stance is one of the codebook's"].kwargs["value_set"] == [stance.value for stance in Stance]
    pairs = rules["score agrees with stance"].kwargs["value_pairs_set"]
    assert pairs == [[stance.value, stance.score] for stance in Stance]


def test_evidence_must_be_verbatim_by_rule():
    assert any(rule.kwargs.get("column") == "evidence_verbatim" for rule in load_suite("mention").rules)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('severity = "quarantine"', 'severity = "panic"', "severity 'panic'"),
        ('why = "Evidence is cited by its outlet."', "", "lacks why"),
        ('why = "', 'colour = "red"\nwhy = "', "unknown keys: colour"),
    ],
)
def test_a_rule_that_is_wrong_is_refused_by_name(old, new, complaint):
    with pytest.raises(SuiteBroken, match=complaint) as caught:
        parse_suite(RULE.replace(old, new))
    assert "outlet is given" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('column = "outlet"', 'column = "inlet"'),
        ("expect_column_values_to_not_be_null", "expect_miracles"),
        ('column = "outlet"', 'column = "$nowhere"'),
        ('column = "outlet"', "column = 7"),
    ],
)
def test_a_rule_that_cannot_be_evaluated_is_an_error_and_never_a_pass(article, old, new):
    rules = parse_suite(RULE.replace(old, new)).rules
    with pytest.raises(SuiteBroken, match="outlet is given"):
        evaluate("article", rules, article_frame([article()]), {})
