"""What one run brings to the warehouse, complete, so that it can be loaded in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.records import Article, FeedEntry, FeedPoll, Fetch, Mention, Quarantined, Run, StageCount


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBatch:
    """One run's records.

    `entries` are those whose page was read; what the polls list beside them is noted as seen and asked for again.
    `articles` holds every article that detection looked at, `mentions` all that it found in them: a stored article that
    comes again with other mentions has its old ones retired. `signatures` maps article_id to MinHash bytes,
    `proposals` watchlist id to name. `held` says why validation holds the run back.
    """

    run: Run
    held: tuple[str, ...] = ()
    polls: tuple[FeedPoll, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    entries: tuple[FeedEntry, ...] = ()
    entry_outcomes: Mapping[str, str] = field(default_factory=dict)
    articles: tuple[Article, ...] = ()
    signatures: Mapping[str, bytes] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    counts: tuple[StageCount, ...] = ()
    proposals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementKey:
    """Who speaks for whom on what: statements of different keys are never the same."""

    proposal_id: str
    proposal_name: str  # tells apart the proposals that are not on the watchlist; empty for those that are
    holder: str
    speaker_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCounts:
    """Rows that the warehouse gained."""

    entries: int
    articles: int
    revisions: int
    mentions: int
    retired: int
    quarantined: int
