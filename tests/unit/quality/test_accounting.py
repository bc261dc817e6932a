import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.quality.accounting import CountsDoNotAddUp, check, failure_share
from pipeline.records import StageCount

counts = st.integers(0, 10_000)


def stage(n_in: int, n_out: int, **more: int) -> StageCount:
    return StageCount(run_id="2024-10-02", stage="extract", n_in=n_in, n_out=n_out, **more)


@given(counts, counts, counts, counts)
def test_sums_that_hold_pass(out, duplicate, not_relevant, quarantined):
    total = out + duplicate + not_relevant + quarantined
    check([stage(total, out, n_duplicate=duplicate, n_not_relevant=not_relevant, n_quarantined=quarantined)])


@given(counts, st.integers(1, 100))
def test_one_lost_record_is_an_error(n, lost):
    with pytest.raises(CountsDoNotAddUp):
        check([stage(n + lost, n)])


def test_the_error_names_run_stage_and_every_number():
    with pytest.raises(CountsDoNotAddUp) as caught:
        check([stage(3, 3), stage(10, 4, n_duplicate=3, n_not_relevant=1, n_quarantined=1)])
    assert (
        "run 2024-10-02, stage extract: 10 in, but 4 out + 3 duplicate + 1 not relevant + 1 quarantined = 9"
    ) in str(caught.value)


def test_a_negative_count_is_an_error_even_if_the_sum_holds():
    with pytest.raises(CountsDoNotAddUp):
        check([stage(1, 2, n_duplicate=-1)])


def test_a_stage_with_too_much_in_quarantine_holds_the_run():
    (why,) = failure_share([stage(100, 79, n_quarantined=21), stage(100, 80, n_quarantined=20)], 0.2)
    assert "stage extract of run 2024-10-02 put 21 of 100 records in quarantine, more than 20%" in why


def test_a_few_records_say_nothing_about_a_share():
    assert failure_share([stage(3, 1, n_quarantined=2)], 0.2) == ()
