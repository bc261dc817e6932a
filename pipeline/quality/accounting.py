"""The sums of a run: every record that went into a stage came out somewhere."""

from collections.abc import Iterable

from pipeline.records import StageCount


class CountsDoNotAddUp(Exception):
    """A stage lost or invented records. Remedy: the message names the stage; run it again with the same inputs."""


def check(counts: Iterable[StageCount]) -> None:
    """Refuses counts that do not hold: `in = out + duplicate + not_relevant + quarantined` for each stage.

    Raises CountsDoNotAddUp with every run, stage and number that is wrong, or that is negative.
    """
    wrong = [_sum(count) for count in counts if not (count.balanced and _natural(count))]
    if wrong:
        raise CountsDoNotAddUp(
            "records are unaccounted for: " + "; ".join(wrong) + ". Nothing was published; run the day again, "
            "and report it if the numbers stay"
        )


def failure_share(counts: Iterable[StageCount], max_failure_share: float, *, min_records: int = 10) -> tuple[str, ...]:
    """Why the run must not be published: stages with more than `max_failure_share` of their records in quarantine.

    A stage with fewer than `min_records` records says nothing about a share: one bad page of three is no pattern.
    """
    over = (c for c in counts if c.n_in >= min_records and c.n_quarantined > max_failure_share * c.n_in)
    return tuple(
        f"failure_share_too_high: stage {c.stage} of run {c.run_id} put {c.n_quarantined} of {c.n_in} records in "
        f"quarantine, more than {max_failure_share:.0%}"
        for c in over
    )


def _natural(count: StageCount) -> bool:
    return min(count.n_in, count.n_out, count.n_duplicate, count.n_not_relevant, count.n_quarantined) >= 0


def _sum(c: StageCount) -> str:
    return (
        f"run {c.run_id}, stage {c.stage}: {c.n_in} in, but {c.n_out} out + {c.n_duplicate} duplicate + "
        f"{c.n_not_relevant} not relevant + {c.n_quarantined} quarantined = "
        f"{c.n_out + c.n_duplicate + c.n_not_relevant + c.n_quarantined}"
    )
