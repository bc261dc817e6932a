"""Whether an utterance is a statement on the target at all, or background."""

import re
from datetime import date

from pipeline.stance.polarity import Judgement
from pipeline.stance.targets import Target, Topics, off_topic, points_back
from pipeline.stance.utterances import Utterance

# Years before a proposal was made, or before an unlisted one is reported, from which on a sentence is history.
_HISTORY = 3
# Phrases of praise and blame that people use; in the reporter's voice they show no position.
_IDIOMS = {"support.idiom", "oppose.idiom"}
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


def is_history(utterance: Utterance, target: Target, day: date | None) -> bool:
    """Whether the sentence is about years before the proposal existed: an old treaty, not a position on it."""
    years = [int(y) for y in _YEAR.findall(utterance.sentence.span.text)]
    since = target.proposal.since if target.proposal else day.year if day else None
    return bool(years and since and max(years) < since - _HISTORY)


def counts(utterance: Utterance, judged: Judgement, target: Target, found: Topics, day: date | None) -> bool:
    """Whether the words take a position on the target, rather than on its surroundings."""
    if judged.label is None:
        return False
    lowered = utterance.text.lower()
    if is_history(utterance, target, day):
        return False
    if utterance.claim.speaker is None and not _acts(judged):
        return False
    if utterance.third_party and utterance.actor.kind in {"party", "body"}:
        return False
    explicit = target.id in found.explicit[utterance.sentence.index]
    if off_topic(lowered) and not explicit:
        return False
    return explicit or points_back(lowered) or utterance.actor.kind != "state"


def _acts(judged: Judgement) -> bool:
    """Whether a phrase of taking a position is among the words; a reporter's mere judgement is no position."""
    return any(h.entry.kind != "value" and h.entry.id not in _IDIOMS for h in judged.hits)
