"""The records that flow from stage to stage: the one vocabulary of the pipeline.

All are frozen. Stages take and return them; `pipeline.staging` writes them to disk between stages.
Times are aware datetimes in UTC; a time that is not known is None, never now.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


def content_id(*parts: object) -> str:
    """An id that derives from content alone: 16 hex digits of SHA-256 over the NFC-normalised parts.

    The same parts give the same id on every machine and in every run; None and "" differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        text = "\x00" if part is None else unicodedata.normalize("NFC", str(part))
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\x1f")
    return digest.hexdigest()[:16]


# --- sources -----------------------------------------------------------------


class FeedOutcome(StrEnum):
    """What became of one feed in one run; all but the first three carry a reason code."""

    NEW = "new"
    NOT_MODIFIED = "not_modified"
    UNCHANGED = "unchanged"
    PARTIAL = "partial"
    REFUSED = "refused"
    FAILED = "failed"
    PAUSED = "paused"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One line of the feed list; `local` allows loopback and private addresses for this feed and its host's pages."""

    url: str
    outlet: str
    publisher: str
    country: str
    language: str
    kind: str
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the last good poll of a feed left behind; validators are verbatim bytes as text."""

    feed_url: str
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    seeded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One item as a feed gives it: plain-text title and summary, an http(s) link or None, a bounded date or None."""

    id: str | None
    link: str | None
    title: str | None
    published: datetime | None
    published_raw: str | None
    updated: datetime | None
    summary: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed's body, read as far as it goes; `faults` names what was wrong with it."""

    title: str | None
    entries: tuple[ParsedEntry, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A feed's item with its identity: `entry_id` from feed and guid (else link), `entry_hash` from what it says."""

    entry_id: str
    entry_hash: str
    feed_url: str
    link: str
    title: str | None
    summary: str | None
    published: datetime | None
    published_raw: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One HTTP exchange of a run, good or bad; `raw_ref` is `file#record` in the archive, None if nothing was read."""

    fetch_id: str
    run_id: str
    url: str
    final_url: str | None
    purpose: str  # "feed" or "page" or "robots"
    status: int | None
    reason: str | None
    n_bytes: int
    fetched_at: datetime
    raw_ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """One feed in one run: its outcome, the state to keep, and the entries it listed (every one, known or not)."""

    feed: Feed
    outcome: FeedOutcome
    reason: str | None
    state: FeedState
    entries: tuple[FeedEntry, ...]
    faults: tuple[str, ...]
    fetches: tuple[Fetch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article page that was fetched and archived; its bytes are read back from `raw_ref`."""

    entry: FeedEntry
    url: str
    content_type: str | None
    raw_ref: str


# --- articles ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What an HTML page holds as an article. `published` is as found on the page, None if unknown."""

    title: str | None
    text: str
    published: datetime | None
    published_raw: str | None
    author: str | None
    language: str | None
    canonical_url: str | None
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An extracted article; `article_id` from its canonical URL, `revision_id` from id, title and text.

    Four times are kept apart: a statement's said_on, and here published (None if unknown, with its source),
    first_seen and updated, both of which are run times, never the wall clock.
    """

    article_id: str
    revision_id: str
    url: str
    title: str | None
    text: str
    published: datetime | None
    published_source: str | None  # "feed", "page" or None
    first_seen: datetime
    updated: datetime | None
    outlet: str
    publisher: str
    country: str
    language: str | None
    author: str | None
    method: str
    raw_ref: str | None
    run_id: str
    entry_id: str | None = None
    relevant: bool | None = None  # None until detection has looked
    group_id: str | None = None  # syndication group; None until grouped
    agency: str | None = None  # the wire agency that a copy credits


# --- stance ------------------------------------------------------------------


class Stance(StrEnum):
    """The codebook's four labels."""

    SUPPORT = "support"
    CONDITIONAL = "conditional"
    NONCOMMITTAL = "noncommittal"
    OPPOSE = "oppose"

    @property
    def score(self) -> float:
        """The codebook's score of the label, from +1 (support) to -1 (oppose)."""
        return {"support": 1.0, "conditional": 0.5, "noncommittal": 0.0, "oppose": -1.0}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A verbatim piece of a text: `text == whole[start:end]`, offsets in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is reported to say what: source and cue may be missing (a quotation that nobody is named for)."""

    source: Span | None
    cue: Span | None
    content: Span
    quote: str  # "direct", "indirect" or "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Polarity:
    """A stance toward a target, with the codebook's score, a confidence in [0, 1] and the rules that fired."""

    label: Stance
    score: float
    confidence: float
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One holder's position on one proposal as one article reports it: the codebook's unit."""

    proposal: str
    proposal_name: str
    speaker: str | None
    speaker_role: str | None
    speaker_type: str
    holder: str
    authority: str
    stance: Stance
    time: str
    evidence: tuple[Span, ...]
    quote: str
    said_on: date | None
    confidence: float
    condition: str | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A statement in one article; `mention_id` derives from article, proposal, holder, speaker, stance and time."""

    mention_id: str
    article_id: str
    run_id: str
    detector_version: str
    codebook_version: str
    statement: Statement


# --- accounting --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A record that failed a check, with its stage, reason code, itself as JSON and a pointer to its raw bytes."""

    quarantine_id: str
    run_id: str
    stage: str
    reason: str
    record: str
    raw_ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCount:
    """What went into a stage and where each record went; `check` refuses sums that do not hold."""

    run_id: str
    stage: str
    n_in: int
    n_out: int
    n_duplicate: int = 0
    n_not_relevant: int = 0
    n_quarantined: int = 0

    @property
    def balanced(self) -> bool:
        """Whether every record that went in came out somewhere."""
        return self.n_in == self.n_out + self.n_duplicate + self.n_not_relevant + self.n_quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: its identity is its logical interval. `as_of` is the latest moment it may know of."""

    run_id: str
    day: date
    as_of: datetime
