"""What a report tells: statements with their evidence, and changes of position with old and new side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A verbatim fragment of an article, and where it was read."""

    text: str
    quote: str  # "direct", "indirect" or "mixed"
    outlet: str
    publisher: str
    title: str | None
    url: str
    published: datetime | None
    confidence: float


def by_words(quotes: Iterable[Quote]) -> tuple[tuple[Quote, ...], ...]:
    """The quotes in groups of the same words, in the order in which the words come first: copies are read once."""
    groups: dict[str, list[Quote]] = {}
    for found in quotes:
        groups.setdefault(" ".join(found.text.split()), []).append(found)
    return tuple(tuple(group) for group in groups.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedStatement:
    """One unique statement with the evidence of every report of it, earliest first."""

    statement_id: str
    proposal: str
    proposal_name: str
    holder: str
    speaker: str | None
    speaker_role: str | None
    speaker_type: str
    authority: str
    stance: str
    time: str
    condition: str | None
    stated_on: date | None  # said_on, else the day of its first publication; None if neither is known
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
    kind: str  # "reversal", "hardening", "softening", "first_position" or "split"
    old: ReportedStatement | None
    new: ReportedStatement
    shifted_on: date | None
    raised_on: date | None
