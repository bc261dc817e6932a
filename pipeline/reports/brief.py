"""What the report page shows, gathered and put in order; the page's template only lays it out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pipeline.quality.reasons import Reason, explain
from pipeline.records import content_id
from pipeline.reports.queries import read_shifts, read_statements, rows
from pipeline.reports.shown import sort_key
from pipeline.reports.story import ReportedStatement, ShiftStory
from pipeline.reports.timeline import Held, Timeline, timeline
from pipeline.reports.words import STANCES, holder_name, is_state

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ANSWERED = ("new", "not_modified", "unchanged", "partial")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A holder's position on a proposal, unbroken since a day."""

    stance: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderBrief:
    """What one holder said on one proposal, newest first; `stand` is None if nothing said binds the holder."""

    holder: str
    anchor: str
    stand: Stand | None
    statements: tuple[ReportedStatement, ...]

    @property
    def personal(self) -> bool:
        """Whether all that is on record are a person's or a public's own views, which bind nobody else."""
        return bool(self.statements) and all(said.authority == "personal" for said in self.statements)


TableRow = tuple[str, Mapping[str, HolderBrief]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalBrief:
    """One proposal: who stands where, the figure, and everybody's words."""

    proposal: str
    name: str
    anchor: str
    tally: tuple[tuple[str, int], ...]
    timeline: Timeline | None
    holders: tuple[HolderBrief, ...]

    @property
    def speaking(self) -> tuple[HolderBrief, ...]:
        """States, bodies and parties."""
        return tuple(holder for holder in self.holders if not holder.personal)

    @property
    def personal(self) -> tuple[HolderBrief, ...]:
        """Persons and publics who speak for themselves."""
        return tuple(holder for holder in self.holders if holder.personal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was looked at: the newest run, its feeds, where its records went and why some are in quarantine."""

    run_id: str | None
    feeds: tuple[Row, ...]
    stages: tuple[Row, ...]
    quarantine: tuple[tuple[Row, Reason], ...]

    @property
    def answered(self) -> int:
        """Feeds that answered."""
        return sum(feed["outcome"] in _ANSWERED for feed in self.feeds)

    @property
    def troubled(self) -> tuple[Row, ...]:
        """Feeds that did not answer, or not fully."""
        return tuple(feed for feed in self.feeds if feed["outcome"] not in _ANSWERED[:3])


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole report of a day."""

    as_of: date
    since: date
    new_shifts: tuple[ShiftStory, ...]
    recent_shifts: tuple[ShiftStory, ...]
    proposals: tuple[ProposalBrief, ...]
    coverage: Coverage

    @property
    def table_columns(self) -> tuple[ProposalBrief, ...]:
        """Proposals on which anybody holds a position."""
        return tuple(p for p in self.proposals if any(h.stand for h in p.holders))

    @property
    def table_groups(self) -> tuple[tuple[str, tuple[TableRow, ...]], ...]:
        """Holders with a position in groups, each with what it holds by the proposal's anchor."""
        by_holder: dict[str, dict[str, HolderBrief]] = defaultdict(dict)
        for proposal in self.proposals:
            for holder in proposal.holders:
                if holder.stand:
                    by_holder[holder.holder][proposal.anchor] = holder
        groups: dict[str, list[TableRow]] = {name: [] for name in ("States", "Bodies and parties", "Persons")}
        for name in sorted(by_holder, key=_holder_key):
            groups[_group(name, by_holder[name].values())].append((name, by_holder[name]))
        return tuple((group, tuple(members)) for group, members in groups.items() if members)

    @property
    def n_holders(self) -> int:
        """Holders with a position on anything."""
        return sum(len(members) for _, members in self.table_groups)


def read_brief(connection: "DuckDBPyConnection", as_of: date, *, evidence_days: int, recent_days: int) -> Brief:
    """Gathers the report of a day; evidence goes back `evidence_days`, further where a position rests on it."""
    since = as_of - timedelta(days=evidence_days)
    positions = rows(connection, "positions", day=as_of)
    ids = {row["statement_id"] for row in positions if row["statement_id"]}
    statements = read_statements(connection, as_of, since=since, ids=ids)
    shifts = read_shifts(connection, as_of - timedelta(days=recent_days), as_of)
    return Brief(
        as_of=as_of,
        since=since,
        new_shifts=tuple(shift for shift in shifts if shift.raised_on == as_of),
        recent_shifts=tuple(shift for shift in shifts if shift.raised_on != as_of),
        proposals=_proposals(positions, statements, rows(connection, "history", day=as_of), as_of),
        coverage=_coverage(connection, as_of),
    )


def proposal_anchor(proposal: str, name: str) -> str:
    """The page's anchor for a proposal; names tell apart those that are not on the watchlist."""
    return f"p-{content_id(proposal, name if proposal == 'other' else '')}"


def holder_anchor(proposal: str, name: str, holder: str) -> str:
    """The page's anchor for a holder's words on a proposal."""
    return f"e-{content_id(proposal, name if proposal == 'other' else '', holder)}"


def _coverage(connection: "DuckDBPyConnection", as_of: date) -> Coverage:
    run = next(iter(rows(connection, "run", day=as_of)), None)
    if run is None:
        return Coverage(run_id=None, feeds=(), stages=(), quarantine=())
    run_id = run["run_id"]
    return Coverage(
        run_id=run_id,
        feeds=tuple(rows(connection, "feeds", run_id=run_id)),
        stages=tuple(rows(connection, "stages", run_id=run_id)),
        quarantine=tuple((row, explain(row["reason"])) for row in rows(connection, "quarantine", run_id=run_id)),
    )


def _proposals(
    positions: Sequence[Row], statements: Sequence[ReportedStatement], history: Sequence[Row], as_of: date
) -> tuple[ProposalBrief, ...]:
    """Watchlist first, each group by name."""
    stands: dict[tuple[str, str], dict[str, Stand]] = defaultdict(dict)
    said: dict[tuple[str, str], list[ReportedStatement]] = defaultdict(list)
    held: dict[str, dict[str, list[Held]]] = defaultdict(lambda: defaultdict(list))
    for row in positions:
        key = (row["proposal_id"], row["proposal_name"])
        stands[key][row["holder"]] = Stand(stance=row["stance"], since=row["since"])
    for statement in statements:
        said[(statement.proposal, statement.proposal_name)].append(statement)
    for row in history:
        held[row["proposal_id"]][row["holder"]].append(Held(row["stance"], row["since"], row["until"]))
    keys = sorted(stands.keys() | said.keys(), key=lambda key: (key[0] == "other", sort_key(key[1]), key))
    return tuple(_proposal(key, stands[key], said[key], held[key[0]], as_of) for key in keys)


def _proposal(
    key: tuple[str, str],
    stands: Mapping[str, Stand],
    statements: Iterable[ReportedStatement],
    history: Mapping[str, Sequence[Held]],
    as_of: date,
) -> ProposalBrief:
    by_holder: dict[str, list[ReportedStatement]] = defaultdict(list)
    for statement in statements:
        by_holder[statement.holder].append(statement)
    names = sorted(by_holder.keys() | stands.keys(), key=lambda h: (h not in stands, *_holder_key(h)))
    counted = Counter(stand.stance for stand in stands.values())
    return ProposalBrief(
        proposal=key[0],
        name=key[1],
        anchor=proposal_anchor(*key),
        tally=tuple((stance, counted[stance]) for stance in STANCES if counted[stance]),
        # Proposals off the watchlist are followed by no position: a figure would show a mark or two.
        timeline=None if key[0] == "other" else timeline(names, history, by_holder, as_of),
        holders=tuple(_holder(key, name, stands.get(name), by_holder[name]) for name in names),
    )


def _holder(
    key: tuple[str, str], holder: str, stand: Stand | None, statements: Sequence[ReportedStatement]
) -> HolderBrief:
    return HolderBrief(holder=holder, anchor=holder_anchor(*key, holder), stand=stand, statements=tuple(statements))


def _group(holder: str, stands: Iterable[HolderBrief]) -> str:
    if is_state(holder):
        return "States"
    return "Persons" if all(stand.personal for stand in stands) else "Bodies and parties"


def _holder_key(holder: str) -> tuple[bool, str, str]:
    return (not is_state(holder), sort_key(holder_name(holder)), holder)
