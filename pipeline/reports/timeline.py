"""The timeline of a proposal: for each holder, bands for how long a position held and marks for what was said when.

Positions across are percentages, so that a figure fills the width it has while its words keep their size.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.reports.story import ReportedStatement

# Longer spans squeeze what is new into the last pixels; what is older still stands in the evidence.
_LONGEST = timedelta(days=5 * 365)
_SHORTEST = timedelta(days=14)
_MOST_TICKS = 5
_MOST_LANES = 30
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24)


@dataclass(frozen=True, slots=True)
class Held:
    """A position and from when until when it held; `until` is None while it does."""

    stance: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Band:
    """A position as it is drawn, in per cent of the width."""

    stance: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement as it is drawn; those that bind the holder are large."""

    x: float
    statement: ReportedStatement

    @property
    def binding(self) -> bool:
        """Whether the statement can move the holder's position."""
        return _binding(self.statement)


@dataclass(frozen=True, slots=True)
class Lane:
    """One holder's row."""

    holder: str
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The figure: its span, the axis, a lane a holder."""

    start: date
    end: date
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    n_left_out: int = 0


def timeline(
    holders: Sequence[str],
    history: Mapping[str, Sequence[Held]],
    statements: Mapping[str, Sequence[ReportedStatement]],
    end: date,
) -> Timeline | None:
    """The figure up to the day `end`, with a lane for each holder who has a dated statement or position; else None."""
    lanes = [holder for holder in holders if history.get(holder) or any(s.stated_on for s in statements[holder])]
    if not lanes:
        return None
    start = _start(history.values(), statements.values(), end)
    drawn = (_lane(h, history.get(h, ()), statements[h], start, end) for h in lanes[:_MOST_LANES])
    n_left_out = max(0, len(lanes) - _MOST_LANES)
    return Timeline(start, end, ticks(start, end), tuple(drawn), n_left_out)


def ticks(start: date, end: date) -> tuple[Tick, ...]:
    """At most five dates, evenly spaced by days, months or years, none so near an end that its label is cut."""
    days = (end - start).days
    if days <= _DAY_STEPS[-1] * _MOST_TICKS:
        step = next(s for s in _DAY_STEPS if days / s <= _MOST_TICKS)
        dates = [end - timedelta(days=n * step) for n in range(_MOST_TICKS + 1)]
        labels = [f"{d.day} {d:%b}" for d in dates]
    else:
        months = days / 30.44
        step = next((s for s in _MONTH_STEPS if months / s <= _MOST_TICKS), _MONTH_STEPS[-1])
        dates = list(_month_starts(start, end, step))
        labels = [f"{d.year}" if step >= 12 else f"{d:%b} {d.year}" for d in dates]
    placed = (Tick(_x(d, start, end), label) for d, label in zip(dates, labels, strict=True))
    return tuple(sorted((t for t in placed if 6 <= t.x <= 94), key=lambda t: t.x))


def _month_starts(start: date, end: date, step: int) -> Iterable[date]:
    for n in range(start.year * 12, end.year * 12 + 12, step):
        day = date(n // 12, n % 12 + 1, 1)
        if start <= day <= end:
            yield day


def _start(history: Iterable[Sequence[Held]], statements: Iterable[Sequence[ReportedStatement]], end: date) -> date:
    days = [held.since for row in history for held in row]
    days += [said.stated_on for row in statements for said in row if said.stated_on]
    first = min(days, default=end)
    return max(min(first, end - _SHORTEST), end - _LONGEST)


def _lane(
    holder: str, history: Sequence[Held], statements: Sequence[ReportedStatement], start: date, end: date
) -> Lane:
    bands = (_band(held, start, end) for held in history)
    marks = [
        Mark(_x(said.stated_on, start, end), said)
        for said in sorted(statements, key=_rank)
        if said.stated_on and start <= said.stated_on <= end
    ]
    return Lane(holder, tuple(band for band in bands if band.width > 0), tuple(marks))


def _rank(said: ReportedStatement) -> tuple[bool, date]:
    """What is drawn last lies on top: statements that bind, then the newest."""
    return (_binding(said), said.stated_on or date.min)


def _binding(said: ReportedStatement) -> bool:
    own = said.authority == "official" or (said.authority == "personal" and said.holder == said.speaker)
    return own and said.time == "current"


def _band(held: Held, start: date, end: date) -> Band:
    left = _x(max(held.since, start), start, end)
    return Band(held.stance, left, round(_x(min(held.until or end, end), start, end) - left, 2))


def _x(day: date, start: date, end: date) -> float:
    """Per cent of the way from start to end, with room for a mark at both edges."""
    return round(1 + 98 * (day - start).days / (end - start).days, 2)
