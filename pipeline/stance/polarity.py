"""Which of the codebook's four labels a stretch of text carries.

The phrases come from `schemas/lexicon/stance.toml`. A phrase under a negation says what its entry's `negated` says
("not opposed" is noncommittal). A condition that the holder names turns a yes into `conditional`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.records import Polarity, Stance
from pipeline.stance.lexicon import Entry, conditions, negation, stance_entries, words
from pipeline.stance.proposals import Proposal, load_proposals
from pipeline.stance.text import plain

_WORD = re.compile(r"[a-zà-ÿ]+(?:n't|'[a-z]+)?|[,;:.!?()\"-]")
# Entries whose patterns begin with a modal verb and may hold the negator themselves.
_MODAL = {"support.will", "support.should"}
_INNER_NEGATION = re.compile(r"(?:[\w']+ ){1,2}(?:not|never) ")
_ECHO = words("polarity", "echo", end="")
_ECHO_WORDS = 14
_CONTRAST = re.compile(r"\b(?:but|however|though|although|yet|while)\b")
# A marker that binds whatever stands beside it, a refusal included ("no, unless ...").
_BINDING = re.compile(
    r"only (?:if|when|after|once|with|under|on|as)|provided|on (?:\w+ )?(?:condition|understanding)|(?:as|so) long as|"
    r"unless|if and|but first|and not otherwise|on no other|hinges?|in (?:exchange|return)|on those terms|contingent|"
    r"(?:tied|tying|ties (?:it|the|that|its)) (?:\w+ ){1,6}to|made (?:\w+ ){1,6}depend on|depend on|failing that|"
    r"conditional|precondition|proviso|must first|first had|had first"
)


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A lexicon phrase in a text, with the label it has there."""

    entry: Entry
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text says; `label` is None where it takes no position."""

    label: Stance | None
    confidence: float
    rules: tuple[str, ...] = ()
    condition: str | None = None
    hits: tuple[PhraseHit, ...] = ()


def polarity(sentence: str, holder: str | None = None, target: str | None = None) -> Polarity:
    """The stance of a sentence toward a target (a watchlist id or free text).

    A sentence that takes no position is `noncommittal` with confidence 0. The holder is part of the question, so that
    callers can pass what they have; the label is read from the words alone.
    """
    known = next((p for p in load_proposals() if p.id == target), None)
    found = judge(sentence, known)
    label = found.label or Stance.NONCOMMITTAL
    return Polarity(label=label, score=label.score, confidence=found.confidence, rules=found.rules)


@lru_cache(maxsize=4096)
def judge(text: str, proposal: Proposal | None = None) -> Judgement:
    """Weighs the phrases of a text against each other."""
    lowered = _expanded(plain(text).lower())
    hits = _outermost(list(_hits(lowered, proposal)))
    marker = _condition(lowered)
    weights = _weights(lowered, hits)
    label = _decide(weights, marker)
    rules = tuple(dict.fromkeys(f"{h.entry.id}:{lowered[h.start : h.end]}" for h in hits))
    if marker:
        rules = (*rules, f"condition:{marker}")
    condition = _condition_text(lowered, marker) if label is Stance.CONDITIONAL else None
    return Judgement(label, _confidence(weights, label), rules, condition, tuple(hits))


def echoed(text: str, before: Stance | None) -> Judgement | None:
    """The label of the statement before, for a sentence that only agrees with it ("Lithuania said the same")."""
    if before is None or len(text.split()) > _ECHO_WORDS or not _ECHO.search(plain(text).lower()):
        return None
    return Judgement(before, 0.6, ("echo",))


def _expanded(lowered: str) -> str:
    """Contractions of "not" written out, so that one pattern finds "won't join" and "will not join"."""
    lowered = lowered.replace("won't", "will not").replace("can't", "can not").replace("cannot", "can not")
    return lowered.replace("shan't", "shall not").replace("n't", " not")


def _hits(lowered: str, proposal: Proposal | None) -> Iterator[PhraseHit]:
    entries: Sequence[Entry] = (*(proposal.entries if proposal else ()), *stance_entries())
    for entry in entries:
        for match in entry.pattern.finditer(lowered):
            label = entry.label
            inner = entry.id in _MODAL and bool(_INNER_NEGATION.match(match[0]))
            if entry.negated != entry.label and is_negated(lowered, match.start()) != inner:
                label = entry.negated
            yield PhraseHit(entry, label, match.start(), match.end())


def _outermost(hits: list[PhraseHit]) -> list[PhraseHit]:
    """Hits that lie within no longer one; of two equal ones the first entry's. What says nothing is dropped last."""
    kept: list[PhraseHit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start, h.entry.label != "none")):
        if not any(k.start <= hit.start and hit.end <= k.end for k in kept):
            kept.append(hit)
    return sorted((h for h in kept if h.label != "none"), key=lambda h: h.start)


def is_negated(lowered: str, at: int) -> bool:
    """Whether an odd number of negators reaches the phrase that begins at the offset."""
    rules = negation()
    window = lowered[max(0, at - 80) : at]
    window = rules.pseudo.sub(lambda m: " " * len(m[0]), window)
    count = 0
    words = _WORD.findall(window)[::-1]
    for distance, word in enumerate(words):
        if distance >= rules.reach or word in rules.closers or word in {";", ":", ".", "!", "?"}:
            break
        if word == "," and distance > 0:
            break
        if word in rules.negators or word.endswith("n't"):
            count += 1
    return count % 2 == 1


def _weights(lowered: str, hits: list[PhraseHit]) -> dict[str, float]:
    """Weight per label; what follows the last contrast counts half as much again."""
    turns = [m.end() for m in _CONTRAST.finditer(lowered)]
    turn = turns[-1] if turns else 0
    weights = dict.fromkeys(("support", "oppose", "noncommittal"), 0.0)
    for hit in hits:
        weights[hit.label] += hit.entry.weight * (1.5 if turn and hit.start >= turn else 1.0)
    return weights


def _decide(weights: dict[str, float], marker: str | None) -> Stance | None:
    support, oppose, hedge = weights["support"], weights["oppose"], weights["noncommittal"]
    if marker and _BINDING.search(marker):
        return Stance.CONDITIONAL
    if not support and not oppose and not hedge:
        return None
    if marker and support and support >= oppose:
        return Stance.CONDITIONAL
    if hedge >= max(support, oppose):
        return Stance.CONDITIONAL if marker and support else Stance.NONCOMMITTAL
    return Stance.SUPPORT if support > oppose else Stance.OPPOSE


def _condition(lowered: str) -> str | None:
    strong, none = conditions()
    blanked = none.sub(lambda m: " " * len(m[0]), lowered)
    match = strong.search(blanked)
    return match[0] if match else None


def _condition_text(lowered: str, marker: str | None) -> str | None:
    if not marker:
        return None
    start = lowered.find(marker)
    rest = re.split(r"[.;!?]\s|[.;!?]?$", lowered[start:], maxsplit=1)[0]
    return rest.strip(' ,"') or None


def _confidence(weights: dict[str, float], label: Stance | None) -> float:
    if label is None:
        return 0.0
    total = sum(weights.values())
    key = "support" if label is Stance.CONDITIONAL else label.value
    share = (weights[key] + 1) / (total + 1) if total else 0.5
    strength = min(1.0, 0.55 + total / 20)
    return round(min(0.95, strength * (0.5 + 0.5 * min(1.0, share))), 3)
