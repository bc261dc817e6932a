"""Validates what a run found against the expectation suites, before it enters the warehouse."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pipeline.quality.expectations import Outcome, evaluate
from pipeline.quality.frames import article_frame, entry_frame, mention_frame
from pipeline.quality.quarantine import quarantined, record_id
from pipeline.quality.suites import Rule, load_suite
from pipeline.records import Article, FeedEntry, Mention, Quarantined, Run, StageCount

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T", FeedEntry, Article, Mention)

STAGE = "validate"
_SAMPLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """What one rule found in one batch; `sample` holds the ids of the first failing records."""

    rule: str
    reason: str
    severity: str  # "quarantine", "hold" or "note"
    n_checked: int
    n_failed: int
    passed: bool
    sample: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteResult:
    """One suite on one batch: its rules in file order, and the Great Expectations result as JSON for Data Docs."""

    suite: str
    n_records: int
    rules: tuple[RuleResult, ...]
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Generic[T]):
    """The outcome for one type of record: what passed, what did not, and why the run is held."""

    passed: tuple[T, ...]
    quarantined: tuple[Quarantined, ...]
    held: tuple[str, ...]
    result: SuiteResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What passed, what went to quarantine, and why the run is held (empty when it may be published)."""

    run: Run
    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...]
    quarantined: tuple[Quarantined, ...]
    held: tuple[str, ...]
    results: tuple[SuiteResult, ...]
    count: StageCount


def validate_records(
    run: Run,
    articles: Sequence[Article],
    mentions: Sequence[Mention],
    *,
    proposals: Collection[str] | None = None,
    max_failure_share: float = 0.2,
    min_text_chars: int = 120,
) -> Validation:
    """Checks articles and mentions; a failing article takes its mentions along (`article_quarantined`).

    `proposals` are the ids on the watchlist (`other` is always known); None leaves that rule out. The first failing
    rule, in the order of the file, gives a record its reason. The stage is called `validate`.
    Raises SuiteBroken if a rule cannot be evaluated.
    """
    article_check = check_articles(run, articles, max_failure_share=max_failure_share, min_text_chars=min_text_chars)
    mention_check = check_mentions(
        run, mentions, articles, article_check.passed, proposals=proposals, max_failure_share=max_failure_share
    )
    return Validation(
        run=run,
        articles=article_check.passed,
        mentions=mention_check.passed,
        quarantined=article_check.quarantined + mention_check.quarantined,
        held=article_check.held + mention_check.held,
        results=(article_check.result, mention_check.result),
        count=_count(
            run, len(articles) + len(mentions), len(article_check.quarantined) + len(mention_check.quarantined)
        ),
    )


def check_entries(run: Run, entries: Sequence[FeedEntry], *, max_failure_share: float = 0.2) -> Checked[FeedEntry]:
    """Checks feed entries alone."""
    parameters = {"min_pass_share": 1 - max_failure_share}
    return _check(run, "entry", entries, entry_frame(run, entries), parameters)


def check_articles(
    run: Run, articles: Sequence[Article], *, max_failure_share: float = 0.2, min_text_chars: int = 120
) -> Checked[Article]:
    """Checks articles alone; see validate_records."""
    parameters = {"min_pass_share": 1 - max_failure_share, "min_text_chars": min_text_chars}
    return _check(run, "article", articles, article_frame(articles), parameters)


def check_mentions(
    run: Run,
    mentions: Sequence[Mention],
    articles: Sequence[Article],
    passed: Sequence[Article],
    *,
    proposals: Collection[str] | None = None,
    max_failure_share: float = 0.2,
) -> Checked[Mention]:
    """Checks mentions against all articles of the run and those of them that passed; see validate_records."""
    # Of two articles with one id the first is the one that passes.
    known = {article.article_id: article for article in reversed(articles)}
    watched = None if proposals is None else sorted({*proposals, "other"})
    parameters = {"min_pass_share": 1 - max_failure_share, "proposals": watched}
    frame = mention_frame(mentions, known, {article.article_id for article in passed})
    raw_refs = {m.mention_id: known[m.article_id].raw_ref for m in mentions if m.article_id in known}
    return _check(run, "mention", mentions, frame, parameters, raw_refs)


def _check(
    run: Run,
    record: str,
    records: Sequence[T],
    frame: "pd.DataFrame",
    parameters: Mapping[str, Any],
    raw_refs: Mapping[str, str | None] | None = None,
) -> Checked[T]:
    """Rules about rows first; then those about the batch, which may look at what passed."""
    suite = load_suite(record)
    about_rows: tuple[Outcome, ...] = evaluate(
        record, suite.applicable(parameters, len(frame), batch=False), frame, parameters
    )
    failed = _first_reasons(about_rows, frame)
    frame = frame.assign(passed=[row not in failed for row in range(len(frame))])
    about_batch: tuple[Outcome, ...] = evaluate(
        record, suite.applicable(parameters, len(frame), batch=True), frame, parameters
    )
    return Checked(
        passed=tuple(r for row, r in enumerate(records) if row not in failed),
        quarantined=_quarantine(run, records, failed, raw_refs or {}),
        held=tuple(_why_held(record, outcome) for outcome in about_batch if not outcome.passed),
        result=_suite_result(record, records, (*about_rows, *about_batch)),
    )


def _first_reasons(outcomes: Sequence[Outcome], frame: "pd.DataFrame") -> dict[int, str]:
    """For each failing row, the reason of the first rule of the file that it fails."""
    reasons: dict[int, str] = {}
    for outcome in outcomes:
        if outcome.rule.severity == "quarantine":
            for row in _failing(outcome, frame):
                reasons.setdefault(row, outcome.rule.reason)
    return reasons


def _failing(outcome: Outcome, frame: "pd.DataFrame") -> tuple[int, ...]:
    if not outcome.rule.spare_first:
        return outcome.failing
    values = frame[outcome.rule.kwargs["column"]]
    first = {values[row]: row for row in reversed(outcome.failing)}
    return tuple(row for row in outcome.failing if first[values[row]] != row)


def _quarantine(
    run: Run, records: Sequence[T], failed: Mapping[int, str], raw_refs: Mapping[str, str | None]
) -> tuple[Quarantined, ...]:
    rows: dict[str, Quarantined] = {}
    for row, reason in sorted(failed.items()):
        record, occurrence = records[row], 0
        made = quarantined(run, STAGE, reason, record, raw_refs.get(record_id(record)))
        # Two records of one id are two rows: neither may overwrite the other.
        while made.quarantine_id in rows:
            occurrence += 1
            made = quarantined(run, STAGE, reason, record, made.raw_ref, occurrence=occurrence)
        rows[made.quarantine_id] = made
    return tuple(rows.values())


def _count(run: Run, n_in: int, n_quarantined: int) -> StageCount:
    return StageCount(
        run_id=run.run_id, stage=STAGE, n_in=n_in, n_out=n_in - n_quarantined, n_quarantined=n_quarantined
    )


def _why_held(record: str, outcome: Outcome) -> str:
    n_failed, rule = len(outcome.failing), outcome.rule
    return (
        f"{rule.reason}: '{rule.name}' fails for {n_failed} of {outcome.n_checked} {record} records "
        f"({n_failed / outcome.n_checked:.0%}, at most {outcome.allowed_share:.0%} allowed)"
    )


def _suite_result(record: str, records: Sequence[T], outcomes: Sequence[Outcome]) -> SuiteResult:
    return SuiteResult(
        suite=record,
        n_records=len(records),
        rules=tuple(_rule_result(outcome, records) for outcome in outcomes),
        document="[" + ",".join(outcome.document for outcome in outcomes) + "]",
    )


def _rule_result(outcome: Outcome, records: Sequence[T]) -> RuleResult:
    rule: Rule = outcome.rule
    return RuleResult(
        rule=rule.name,
        reason=rule.reason,
        severity=rule.severity,
        n_checked=outcome.n_checked,
        n_failed=len(outcome.failing),
        passed=outcome.passed,
        sample=tuple(record_id(records[row]) for row in outcome.failing[:_SAMPLE]),
    )
