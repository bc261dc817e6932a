"""Ids derive from content, and from nothing else."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import StageCount, Stance, content_id


@given(st.lists(st.one_of(st.none(), st.text())))
def test_the_same_content_has_the_same_id_whatever_its_unicode_form(parts: list[str | None]) -> None:
    decomposed = [None if part is None else unicodedata.normalize("NFD", part) for part in parts]
    assert content_id(*parts) == content_id(*decomposed)


@given(st.lists(st.text(alphabet="ab"), min_size=2, max_size=4))
def test_parts_do_not_run_into_each_other(parts: list[str]) -> None:
    assert content_id(*parts) != content_id("".join(parts))


def test_missing_and_empty_differ() -> None:
    assert content_id(None) != content_id("")


def test_an_id_is_sixteen_hex_digits() -> None:
    assert len(content_id("x")) == 16
    assert int(content_id("x"), 16) >= 0


def test_scores_are_the_codebooks() -> None:
    assert [stance.score for stance in Stance] == [1.0, 0.5, 0.0, -1.0]


def test_a_count_balances_only_when_every_record_came_out() -> None:
    whole = StageCount(run_id="r", stage="s", n_in=4, n_out=1, n_duplicate=1, n_not_relevant=1, n_quarantined=1)
    lossy = StageCount(run_id="r", stage="s", n_in=5, n_out=1, n_duplicate=1, n_not_relevant=1, n_quarantined=1)
    assert whole.balanced
    assert not lossy.balanced
