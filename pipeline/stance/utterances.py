"""Utterances: the words of one sentence that one claim rests on.

From frames, which know subjects, to claims, which know holders: what an official says about his own state is his
state's, what an expert says about a state is attributed to it, and what a quotation goes on to say is its speaker's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.stance.actors import (
    EXPERT,
    FORMER,
    MEDIA,
    OFFICIAL,
    Actor,
    Claim,
    own_claim,
    state_act,
    third_party_claim,
)
from pipeline.stance.coreference import Resolver
from pipeline.stance.frames import Frame, all_frames
from pipeline.stance.lexicon import words
from pipeline.stance.parsing import Document, Sentence
from pipeline.stance.polarity import judge
from pipeline.stance.speakers import Speakers
from pipeline.stance.times import before_office, in_office

# Acts of saying or doing that a party or body performs itself (ruling 18).
_FORMAL = words("utterances", "formal")
_ORGAN_ACTS, _OFFICER_ACTS = words("utterances", "organ_acts"), words("utterances", "officer_acts")
_FORECAST = words("utterances", "forecast")
_WISHES = words("utterances", "wishes")
_OUGHT = {"should", "must", "ought"}
_PERSONAL_VIEWS = {EXPERT, FORMER, MEDIA}


@dataclass(slots=True)
class Utterance:
    """A claim and the words for it: `text` to judge, `start` and `end` of the evidence in the article."""

    claim: Claim
    actor: Actor
    sentence: Sentence
    text: str
    start: int
    end: int
    quote: str
    third_party: bool = False
    rules: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    claim: Claim
    actor: Actor
    third_party: bool
    frames: list[Frame] = field(default_factory=list)


def utterances(document: Document, resolver: Resolver, author: Actor | None = None) -> Iterator[Utterance]:
    """The utterances of an article in reading order; `author` speaks where nobody else does."""
    speakers = Speakers(document, resolver)
    for sentence, found in all_frames(document.sentences, resolver):
        speaker = speakers.of(sentence, found)
        groups = _groups(found, speaker)
        if groups:
            for group in groups:
                yield _joined(document, sentence, group, alone=len(groups) == 1)
        else:
            yield from _whole(document, sentence, speaker, author)


def _groups(found: list[Frame], speaker: Actor | None) -> list[_Group]:
    groups: dict[tuple[str, str, bool], _Group] = {}
    for frame in found:
        made = _claim(frame, speaker)
        if made:
            for group in (made, *_others(frame, made)):
                key = (group.claim.speaker or "", group.claim.holder, group.third_party)
                groups.setdefault(key, group).frames.append(frame)
    return list(groups.values())


def _others(frame: Frame, made: _Group) -> Iterator[_Group]:
    """The same position for each further subject: "Lithuania and Poland say" (ruling 8)."""
    for actor in frame.also:
        if made.third_party and actor.country:
            yield _Group(third_party_claim(made.actor, actor.country), made.actor, True)
        elif made.actor is frame.actor:
            claim = own_claim(actor, frame.spoken)
            if claim:
                yield _Group(claim, actor, False)


def _claim(frame: Frame, speaker: Actor | None) -> _Group | None:
    """Whose words the frame's are, and whether they are about somebody else's position."""
    if frame.host is not None and frame.host is not frame:
        return _claim(frame.host, speaker)
    outer = frame.outer.actor if frame.outer else speaker
    if outer is None and _is_act_of_state(frame):
        return _group(frame.actor, state_act(frame.actor), third_party=False)
    if outer is None or outer.name == frame.actor.name:
        spoken = frame.spoken or bool(_FORMAL.search(frame.text().lower()))
        return _group(frame.actor, own_claim(frame.actor, spoken), third_party=False)
    state = frame.actor.country if frame.actor.kind in {"state", "institution"} else None
    foreign = state and (state != outer.country or outer.role_kind in _PERSONAL_VIEWS)
    if state and foreign and _is_position(frame, outer):
        return _group(outer, third_party_claim(outer, state), third_party=True)
    if (
        frame.predicate.dep_ == "relcl"
        and frame.subject.i < frame.predicate.i
        and not frame.spoken
        and frame.actor is not outer
    ):
        return None
    return _group(outer, own_claim(outer, spoken=True), third_party=False)


def _is_act_of_state(frame: Frame) -> bool:
    """Whether a state's organ or officer performs a formal act of its own ("parliament approved", ruling 13)."""
    actor = frame.actor
    if frame.spoken or not actor.country or actor.role_kind != OFFICIAL:
        return False
    acts = _ORGAN_ACTS if actor.kind == "institution" else _OFFICER_ACTS
    return bool(acts.fullmatch(frame.predicate.lemma_.lower()))


def _group(actor: Actor, claim: Claim | None, *, third_party: bool) -> _Group | None:
    return _Group(claim, actor, third_party) if claim else None


def _is_position(frame: Frame, outer: Actor) -> bool:
    """Whether a state takes a position in the frame: by an act, or by its will as an expert foresees it."""
    if _is_wished(frame):
        return False
    text = frame.text()
    acts = any(h.entry.kind != "value" for h in judge(text).hits)
    foreseen = bool(_FORECAST.search(text.lower()))
    return acts or (outer.role_kind in _PERSONAL_VIEWS and foreseen)


def _is_wished(frame: Frame) -> bool:
    """Whether the frame says what a state ought to do, or what somebody hopes of it: that somebody's own position."""
    if any(c.dep_ == "aux" and c.lemma_.lower() in _OUGHT for c in frame.predicate.children):
        return True
    return frame.outer is not None and bool(_WISHES.fullmatch(frame.outer.predicate.lemma_.lower()))


def _joined(document: Document, sentence: Sentence, group: _Group, *, alone: bool) -> Utterance:
    """One utterance from all frames of a claim; a claim that is alone in its sentence has all of it as evidence."""
    words = sorted({w.i: w for f in group.frames for w in f.words}.values(), key=lambda w: w.i)
    if alone or not words:
        start, end = sentence.start, sentence.end
        text = document.text[start:end]
    else:
        start, end = sentence.shift + words[0].idx, sentence.shift + words[-1].idx + len(words[-1])
        text = "".join(w.text_with_ws for w in words)
    rules = [f"cue:{f.predicate.lemma_.lower()}" for f in group.frames if f.spoken]
    rules += [
        f"act:{f.predicate.lemma_.lower()}" for f in group.frames if group.claim.speaker is None and _is_act_of_state(f)
    ]
    quote = _quote(document, start, end)
    return Utterance(group.claim, group.actor, sentence, text, start, end, quote, group.third_party, rules)


def _whole(document: Document, sentence: Sentence, speaker: Actor | None, author: Actor | None) -> Iterator[Utterance]:
    actor = speaker or author
    claim = own_claim(actor, spoken=True) if actor else None
    if actor is None or claim is None:
        return
    rule = "continued-quotation" if speaker else "author"
    text = document.text[sentence.start : sentence.end]
    quote = "direct" if author and not speaker else _quote(document, sentence.start, sentence.end)
    yield Utterance(claim, actor, sentence, text, sentence.start, sentence.end, quote, rules=[rule])


def dated_claim(utterance: Utterance) -> Claim:
    """The claim with the authority of the time of the words: none before office, that of the office while in it."""
    claim, actor = utterance.claim, utterance.actor
    if actor.kind != "person" or utterance.third_party:
        return claim
    if claim.authority == "official" and actor.role_kind == OFFICIAL and before_office(utterance.text):
        return replace(claim, holder=actor.name, authority="personal")
    if actor.role_kind == FORMER and actor.country and in_office(utterance.text):
        return replace(claim, holder=actor.country, authority="official", speaker_type=OFFICIAL)
    return claim


def _quote(document: Document, start: int, end: int) -> str:
    """Direct when most of the stretch is quotation, mixed when some is, else indirect."""
    quoted = sum(max(0, min(end, q.end) - max(start, q.start)) for q in document.quotations)
    if not quoted:
        return "indirect"
    return "direct" if quoted > 0.6 * (end - start) else "mixed"
