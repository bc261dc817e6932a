"""Validates what a run extracted and detected against the expectation suites, before it enters the warehouse."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.records import Article, FeedEntry, Mention, Quarantined, Run


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
class Validation:
    """What passed, what went to quarantine, and why the run is held (empty when it may be published)."""

    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...]
    quarantined: tuple[Quarantined, ...]
    held: tuple[str, ...]
    results: tuple[SuiteResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryValidation:
    """The same for feed entries."""

    entries: tuple[FeedEntry, ...]
    quarantined: tuple[Quarantined, ...]
    held: tuple[str, ...]
    results: tuple[SuiteResult, ...]


def validate(
    run: Run,
    articles: Sequence[Article],
    mentions: Sequence[Mention],
    *,
    proposals: Collection[str] | None = None,
    max_failure_share: float = 0.2,
    min_text_chars: int = 120,
) -> Validation:
    """Checks articles and mentions; stage names in the quarantine are `articles` and `stance`."""
    raise NotImplementedError


def validate_entries(run: Run, entries: Sequence[FeedEntry], *, max_failure_share: float = 0.2) -> EntryValidation:
    """Checks feed entries; the stage name in the quarantine is `sources`."""
    raise NotImplementedError
