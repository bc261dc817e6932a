"""Polls: the public as holder, the plurality as its position (rulings 4 and 19)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.records import Article, Span, Stance, Statement
from pipeline.stance.dates import said_on
from pipeline.stance.gazetteer import gazetteer
from pipeline.stance.lexicon import any_of, read
from pipeline.stance.parsing import Document, Sentence
from pipeline.stance.targets import Pointer, Target, Topics
from pipeline.stance.times import time_of

# Two shares this close, in percentage points, are a near-even split.
_EVEN = 5.0
_NUMBER = re.compile(r"\d{1,2}(?:\.\d)?")
_POLLSTER = re.compile(
    r"\b(?:by|for|in|from) (?:the )?(?:pollster |newspaper |(?:public )?broadcaster )?((?:[A-Z][\w&.'-]+ ?){1,3})|"
    r"\b([A-Z][\w&'-]+(?: [A-Z][\w&'-]+)?)(?:'s)? (?:\w+ )?(?:polls?|surveys?|found|respondents)\b"
)
_WORDS = {
    "majority": 55.0, "plurality": 45.0, "minority": 30.0, "half": 51.0, "two-thirds": 66.0, "third": 33.0,
    "quarter": 25.0, "three-quarters": 75.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0,
    "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Share:
    value: float
    start: int
    end: int


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {key: any_of(patterns) for key, patterns in read("polls.toml").items()}


def is_poll(text: str) -> bool:
    """Whether a sentence reports shares of those asked."""
    return bool(_patterns()["poll"].search(text.lower())) and bool(_shares(text.lower()))


def poll_statements(
    article: Article, document: Document, found: Topics, pointer: Pointer, day: date | None
) -> Iterator[Statement]:
    """The statements that an article's polls make: one a sentence that gives shares for and against."""
    pollster: str | None = None
    last_poll = -10
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        targets = pointer.targets(sentence)
        if _patterns()["poll"].search(text.lower()):
            last_poll = sentence.index
            pollster = _pollster(text) or pollster
        if sentence.index - last_poll > 1 or not targets:
            continue
        label = poll_label(text)
        if label is None:
            continue
        holder = _public(document, sentence, _home(targets[0], article.country))
        if holder is None:
            continue
        yield Statement(
            proposal=targets[0].id,
            proposal_name=targets[0].name,
            speaker=f"{_pollster(text) or pollster or 'poll'} respondents",
            speaker_role=None,
            speaker_type="public",
            holder=holder,
            authority="personal",
            stance=label,
            time=time_of(text, day, forecast=False),
            evidence=(Span(text=article.text[sentence.start : sentence.end], start=sentence.start, end=sentence.end),),
            quote="indirect",
            said_on=said_on(text, day),
            confidence=0.75,
            rules=("poll",),
        )


def poll_label(text: str) -> Stance | None:
    """The plurality's position; None where a sentence gives no shares for or against."""
    lowered = text.lower()
    if re.search(
        r"\b(?:split|divided) (?:almost |nearly )?(?:evenly|down the middle)|near-even|evenly (?:split|divided)",
        lowered,
    ):
        return Stance.NONCOMMITTAL
    sides = {"support": 0.0, "oppose": 0.0, "undecided": 0.0}
    shares = _shares(lowered)
    for at, share in enumerate(shares):
        before = shares[at - 1].end if at else 0
        after = shares[at + 1].start if at + 1 < len(shares) else len(lowered)
        side = _side(lowered, share, before, after)
        if side and not sides[side]:
            sides[side] = share.value
    return _plurality(sides, "if " in lowered and "provided" in lowered)


def _plurality(sides: dict[str, float], conditional: bool) -> Stance | None:
    support, oppose = sides["support"], sides["oppose"]
    if not support and not oppose:
        return None
    if (support and oppose and abs(support - oppose) < _EVEN) or sides["undecided"] > max(support, oppose):
        return Stance.NONCOMMITTAL
    if (not oppose and support < 45) or oppose > support:
        return Stance.OPPOSE if oppose else (Stance.OPPOSE if support < 40 else Stance.NONCOMMITTAL)
    return Stance.CONDITIONAL if conditional else Stance.SUPPORT


def _side(lowered: str, share: _Share, before: int, after: int) -> str | None:
    """The side that the words nearest to a share name: those after it first, then those before it."""
    following = lowered[share.end : after]
    preceding = lowered[before : share.start]
    for stretch, nearest_last in ((following, False), (preceding, True)):
        hits = [
            (m.start(), side)
            for side in ("undecided", "oppose", "support")
            for m in _patterns()[side].finditer(stretch)
        ]
        if hits:
            return max(hits)[1] if nearest_last else min(hits)[1]
    return None


def _shares(lowered: str) -> list[_Share]:
    found = []
    for match in _patterns()["share"].finditer(lowered):
        number = _NUMBER.search(match[0])
        words = re.findall(r"[a-z-]+", match[0])
        value = float(number[0]) if number else next((_WORDS[w] for w in words if w in _WORDS), 0.0)
        if re.match(r"fewer|less", match[0]):
            value -= 1
        if 3 <= value <= 97 and not (number and re.match(r"\d", lowered[match.end() : match.end() + 1] or " ")):
            found.append(_Share(value, match.start(), match.end()))
    return found


def _pollster(text: str) -> str | None:
    for match in _POLLSTER.finditer(text):
        name = (match[1] or match[2]).strip()
        known = gazetteer().lookup(name)
        if not (known and (known.kind != "institution" or known.detail == "alliance")) and name not in {
            "In",
            "The",
            "A",
            "An",
        }:
            return re.sub(r"'s$", "", name)
    return None


def _home(target: Target, country: str) -> str:
    """The state whose public is asked where the text does not say: the proposal's own, else the outlet's."""
    proposal = target.proposal
    if proposal and proposal.member:
        return proposal.member
    own = proposal.proposer_countries if proposal else ()
    return own[0] if len(own) == 1 else country


def _public(document: Document, sentence: Sentence, home: str) -> str | None:
    """The public as named ("Japanese public"): by the adjective in the sentence, else of home or the state before."""
    before = document.text[max(0, sentence.start - 600) : sentence.end]
    hits = [h for h in gazetteer().find(before) if h.name.kind in {"demonym", "country", "capital"}]
    inside = [h for h in hits if h.name.kind == "demonym" and len(before) - h.end < sentence.end - sentence.start]
    code = inside[0].name.key if inside else home or (hits[-1].name.holder if hits else None)
    name = gazetteer().adjectives.get(code or "") or gazetteer().countries.get(code or "")
    return f"{name} public" if name else None
