"""How sure the detector is of a statement, in [0, 1]."""

from pipeline.stance.polarity import Judgement
from pipeline.stance.utterances import Utterance


def confidence(utterance: Utterance, judged: Judgement) -> float:
    """The label's confidence, less for a third party's word and for a speaker who is not named."""
    value = judged.confidence
    if utterance.third_party:
        value *= 0.85
    if utterance.claim.speaker is None:
        value *= 0.9
    if utterance.actor.role_kind is None:
        value *= 0.8
    return round(value, 3)
