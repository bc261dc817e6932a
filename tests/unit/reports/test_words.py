import subprocess
import sys
from datetime import date

import pytest

from pipeline.reports.words import counted, day_words, holder_name, kind_words, quoted


@pytest.mark.parametrize(
    ("holder", "name"),
    [("HUN", "Hungary"), ("USA", "United States"), ("NATO", "NATO"), ("Ana Example", "Ana Example"), ("ZZZ", "ZZZ")],
)
def test_states_are_named_and_others_name_themselves(holder, name):
    assert holder_name(holder) == name


def test_dates_are_words_and_an_unknown_one_is_not_guessed():
    assert day_words(date(2024, 10, 1)) == "1 October 2024"
    assert day_words(None) == "date unknown"


def test_numbers_agree_with_their_nouns():
    assert [counted(n, "feed") for n in (0, 1, 2, 1200)] == ["0 feeds", "1 feed", "2 feeds", "1,200 feeds"]


def test_an_unknown_kind_is_shown_as_it_is():
    assert kind_words("reversal") == "Reversal"
    assert kind_words("sideways") == "sideways"


def test_a_quotation_is_not_quoted_twice():
    assert quoted("We will", 99) == "“We will”"
    assert quoted("“We will”", 99) == "“We will”"


def test_importing_reports_imports_nothing_slow():
    slow = {"great_expectations", "pandas", "duckdb", "jinja2", "rich"}
    code = f"import sys, pipeline.reports; sys.exit(', '.join(sorted({slow} & sys.modules.keys())) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
