"""Which reports report one statement: a statement is counted once, however many outlets carry it or reword it.

Reports of one statement agree in proposal, holder, speaker, authority, stance and time. Of those, copies of one text
and reports with the same quoted words belong together whenever they appeared; else days decide. A position repeated a
week later is a new statement. The result depends on the set of reports alone, never on their order.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.records import content_id
from warehouse.names import given_initial

# A quotation of fewer words may be a slogan, such as "no Asian NATO", that anybody may say anew.
MIN_QUOTED_WORDS = 6

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionFacts:
    """What decides identity. `published` is the article's day (UTC); `proposal_name` is empty on the watchlist."""

    mention_id: str
    proposal_id: str
    proposal_name: str
    holder: str
    speaker_key: str | None
    speaker: str | None
    authority: str
    stance: str
    time: str
    said_on: date | None
    published: date | None
    seen_on: date
    group_id: str | None
    evidence: tuple[str, ...]

    @property
    def kind(self) -> tuple[str | None, ...]:
        """What all reports of one statement agree in."""
        return (
            *(self.proposal_id, self.proposal_name, self.holder, self.speaker_key),
            *(self.authority, self.stance, self.time),
        )

    @property
    def stated_on(self) -> date | None:
        """The day it counts for: said_on, unless that lies after the report, else the day of publication."""
        latest = (self.published or self.seen_on) + timedelta(days=1)  # a day for time zones
        return self.said_on if self.said_on and self.said_on <= latest else self.published

    @property
    def quotations(self) -> frozenset[str]:
        """The quoted passages that are long enough to know them by, in lower-case words."""
        quoted = (next(filter(None, found)) for text in self.evidence for found in _QUOTED.findall(text))
        words = (_WORD.findall(passage.casefold()) for passage in quoted)
        return frozenset(" ".join(passage) for passage in words if len(passage) >= MIN_QUOTED_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One statement: its id, the day it counts for (None if unknown) and its reports."""

    statement_id: str
    stated_on: date | None
    mention_ids: tuple[str, ...]


def cluster(mentions: Sequence[MentionFacts], same_statement_days: int = 3) -> list[Cluster]:
    """The statements that the mentions report, each mention in exactly one, in the order of their ids."""
    found = (
        _named(chain)
        for alike in _alike(mentions)
        for chain in _chains(_components(alike, same_statement_days), same_statement_days)
    )
    return sorted(found, key=lambda statement: statement.statement_id)


Component = tuple[MentionFacts, ...]


def _alike(mentions: Iterable[MentionFacts]) -> Iterator[list[MentionFacts]]:
    """Mentions that agree in all but the day, and whose speakers' given names don't contradict."""
    by_kind: dict[Hashable, list[MentionFacts]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda mention: mention.mention_id):
        by_kind[mention.kind].append(mention)
    for alike in by_kind.values():
        yield from _by_given_name(alike)


def _by_given_name(mentions: list[MentionFacts]) -> Iterable[list[MentionFacts]]:
    """Parts by the initial of the given name; a bare surname goes with the most frequent one."""
    initials = [given_initial(mention.speaker) for mention in mentions]
    counts = Counter(initial for initial in initials if initial)
    usual = min(counts, key=lambda initial: (-counts[initial], initial), default=None)
    parts: dict[str | None, list[MentionFacts]] = defaultdict(list)
    for mention, initial in zip(mentions, initials, strict=True):
        parts[initial or usual].append(mention)
    return parts.values()


def _components(mentions: list[MentionFacts], days: int) -> list[Component]:
    """Mentions tied by their text: copies in one syndication group, and the same quoted words."""
    ties: dict[Hashable, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        if mention.group_id is not None:
            ties["group", mention.group_id].append(index)
    for quotation, indexes in _quoting(mentions).items():
        for number, said in enumerate(_occasions([mentions[index] for index in indexes], days)):
            members = {mention.mention_id for mention in said}
            ties["quotation", quotation, number] = [i for i in indexes if mentions[i].mention_id in members]
    return [tuple(mentions[index] for index in sorted(part)) for part in _connected(len(mentions), ties.values())]


def _quoting(mentions: list[MentionFacts]) -> dict[str, list[int]]:
    quoting: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        for quotation in mention.quotations:
            quoting[quotation].append(index)
    return quoting


def _occasions(mentions: list[MentionFacts], days: int) -> list[list[MentionFacts]]:
    """Reports of the same words by the occasion they were said on.

    Known days of saying far apart are different occasions; a report without one means the latest before it.
    """
    dated = sorted((m for m in mentions if m.said_on), key=lambda m: (m.said_on or date.min, m.mention_id))
    occasions: list[list[MentionFacts]] = []
    for mention in dated:
        if occasions and _gap(occasions[-1][-1].said_on, mention.said_on) <= days:
            occasions[-1].append(mention)
        else:
            occasions.append([mention])
    starts = [occasion[0].said_on or date.min for occasion in occasions]
    if not occasions:
        return [mentions]
    for mention in mentions:
        if not mention.said_on:
            before = [i for i, start in enumerate(starts) if start <= (mention.published or date.max)]
            occasions[before[-1] if before else 0].append(mention)
    return occasions


def _connected(n: int, ties: Iterable[list[int]]) -> Iterable[list[int]]:
    """The parts into which ties join the numbers 0 to n - 1 (union-find)."""
    parent = list(range(n))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for tie in ties:
        for index in tie[1:]:
            parent[root(index)] = root(tie[0])
    parts: dict[int, list[int]] = defaultdict(list)
    for index in range(n):
        parts[root(index)].append(index)
    return parts.values()


def _chains(components: list[Component], days: int) -> Iterator[list[Component]]:
    """Components by day: each within `days` of the one before, and less than a week (2 × days) after the first.

    Without the second limit a position reported every day for a year would be one statement. Without a day, a
    component stands alone: a missing date is never now.
    """
    dated = sorted((d, c[0].mention_id, c) for c in components if (d := _day(c)))
    chain: list[tuple[date, Component]] = []
    for day, _, component in dated:
        if chain and (_gap(chain[-1][0], day) > days or _gap(chain[0][0], day) > 2 * days):
            yield [member for _, member in chain]
            chain = []
        chain.append((day, component))
    if chain:
        yield [member for _, member in chain]
    yield from ([component] for component in components if _day(component) is None)


def _day(component: Iterable[MentionFacts]) -> date | None:
    return min((m.stated_on for m in component if m.stated_on), default=None)


def _gap(earlier: date | None, later: date | None) -> int:
    return (later - earlier).days if earlier and later else 0


def _named(chain: list[Component]) -> Cluster:
    members = [mention for component in chain for mention in component]
    stated_on = _day(members)
    first = min(members, key=lambda m: (m.stated_on or date.max, m.mention_id))
    return Cluster(
        statement_id=content_id("statement", *first.kind, stated_on, first.mention_id),
        stated_on=stated_on,
        mention_ids=tuple(sorted(m.mention_id for m in members)),
    )
