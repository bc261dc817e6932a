"""One statement per holder, speaker, proposal and time, with all its evidence (rulings 16 and 22)."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from pipeline.records import Span, Stance, Statement
from pipeline.stance.gazetteer import folded

# Characters within which a reporter's line stands beside a spokesperson's words: about two sentences.
_NEAR = 260


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """Statements with the same holder, speaker, proposal and time become one; order of first evidence is kept."""
    ordered = sorted(statements, key=_key)
    joined = _with_spokespersons([_join(list(group)) for _, group in groupby(ordered, key=_key)])
    return sorted(joined, key=lambda s: s.evidence[0].start)


def _with_spokespersons(statements: list[Statement]) -> list[Statement]:
    """The reporter's own line beside the words of one who speaks for the same holder is his (ruling 26)."""
    kept = [s for s in statements if s.speaker is not None]
    for line in (s for s in statements if s.speaker is None):
        own = any(rule.startswith("act:") for rule in line.rules)
        beside = [] if own else [k for k in kept if _same_position(k, line) and _near(k, line)]
        if beside:
            at = kept.index(beside[0])
            kept[at] = _join([beside[0], replace(line, confidence=line.confidence / 2)])
        else:
            kept.append(line)
    return kept


def _same_position(one: Statement, other: Statement) -> bool:
    same = (one.proposal, one.holder, one.time) == (other.proposal, other.holder, other.time)
    return same and one.authority == "official" and (one.stance is other.stance or _score_gap(one, other) <= 0.5)


def _score_gap(one: Statement, other: Statement) -> float:
    return abs(one.stance.score - other.stance.score)


def _near(one: Statement, other: Statement) -> bool:
    return any(
        abs(a.start - b.end) < _NEAR or abs(b.start - a.end) < _NEAR for a in one.evidence for b in other.evidence
    )


def _key(statement: Statement) -> tuple[str, str, str, str]:
    speaker = folded(statement.speaker or "").lower().split()
    return statement.proposal, statement.holder, " ".join(speaker[-1:]) if speaker else "", statement.time


def _join(group: list[Statement]) -> Statement:
    if len(group) == 1:
        return group[0]
    label = _label(group)
    best = max((s for s in group if s.stance is label), key=lambda s: s.confidence, default=group[0])
    spans = sorted({(e.start, e.end): e for s in group for e in s.evidence}.values(), key=lambda e: e.start)
    return replace(
        best,
        stance=label,
        evidence=tuple(_disjoint(spans)),
        said_on=next((s.said_on for s in group if s.said_on), None),
        condition=next((s.condition for s in group if s.condition), None) if label is Stance.CONDITIONAL else None,
        rules=tuple(dict.fromkeys(r for s in group for r in s.rules)),
        quote=best.quote if len({s.quote for s in group}) == 1 else "mixed",
    )


def _label(group: list[Statement]) -> Stance:
    """A proviso makes the whole conditional, a refusal outweighs "too early", and a plain yes a careful one."""
    weight = dict.fromkeys(Stance, 0.0)
    for statement in group:
        weight[statement.stance] += statement.confidence
    if weight[Stance.OPPOSE] > max(weight[Stance.SUPPORT], weight[Stance.CONDITIONAL]):
        return Stance.OPPOSE
    if (
        weight[Stance.CONDITIONAL]
        and 2 * (weight[Stance.CONDITIONAL] + weight[Stance.SUPPORT]) >= weight[Stance.NONCOMMITTAL]
    ):
        return Stance.CONDITIONAL
    return max((Stance.SUPPORT, Stance.OPPOSE, Stance.NONCOMMITTAL, Stance.CONDITIONAL), key=lambda s: weight[s])


def _disjoint(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept
