"""A shift told with its evidence: what the holder said before and what it says now, side by side."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One verbatim fragment and where it was read; `url` is http(s) or None."""

    text: str
    quote: str  # "direct", "indirect" or "mixed"
    outlet: str
    publisher: str
    title: str | None
    url: str | None
    published: datetime | None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A holder's position on a proposal: one unique statement with every mention's evidence."""

    proposal: str
    proposal_name: str
    holder: str
    holder_name: str
    statement_id: str
    stance: str
    score: float
    speaker: str | None
    speaker_role: str | None
    authority: str
    time: str
    on: date | None  # said_on, else the earliest date it was published; None if neither is known
    said_on: date | None
    n_mentions: int
    n_publishers: int
    confidence: float
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftStory:
    """A change of position; `old` is None for a first position."""

    proposal: str
    proposal_name: str
    holder: str
    holder_name: str
    kind: str
    old: Position | None
    new: Position
    shifted_on: date | None
    raised_on: date | None
