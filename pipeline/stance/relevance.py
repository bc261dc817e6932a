"""Whether an utterance is a statement on the target at all, or background."""

from pipeline.stance.polarity import Judgement
from pipeline.stance.targets import Target, Topics, off_topic, points_back
from pipeline.stance.utterances import Utterance


def counts(utterance: Utterance, judged: Judgement, target: Target, found: Topics) -> bool:
    """Whether the words take a position on the target, rather than on its surroundings."""
    if judged.label is None:
        return False
    lowered = utterance.text.lower()
    explicit = target.id in found.explicit[utterance.sentence.index]
    if off_topic(lowered) and not explicit:
        return False
    return explicit or points_back(lowered) or utterance.actor.kind != "state"
