"""Frames: who is the subject of which predicate, and the words that belong to it.

Every word of a sentence belongs to the nearest predicate above it whose subject is an actor. So a sentence with two
actors falls into two pieces, and a reported clause stays with the one who reports it unless it has an actor of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.stance.actors import Actor
from pipeline.stance.coreference import Resolver
from pipeline.stance.lexicon import speech, words
from pipeline.stance.parsing import Sentence

_NOMINAL = {"NOUN", "PROPN", "PRON"}
_PLAIN_SPEECH = {
    "say",
    "add",
    "note",
    "argue",
    "tell",
    "warn",
    "write",
    "insist",
    "explain",
    "reply",
    "declare",
    "state",
    "repeat",
}
_REACTION = words("frames", "reaction")
_PROJECT, _CONTENT = words("frames", "project"), words("frames", "content")
_PREDICATES = {"VERB", "AUX"}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_ACCORDING = re.compile(r"according$", re.IGNORECASE)


@dataclass(slots=True)
class Frame:
    """One actor's predicate in one sentence; `words` are the tokens that belong to it.

    `outer` is the frame of saying that reports it, `host` the frame whose clause an adverbial or noun clause ("if the
    others agree") hangs on: such a clause takes no position of its own.
    """

    actor: Actor
    predicate: Any
    subject: Any
    spoken: bool
    words: list[Any] = field(default_factory=list)
    outer: "Frame | None" = None
    host: "Frame | None" = None
    also: tuple[Actor, ...] = ()

    def extent(self, shift: int) -> tuple[int, int]:
        """Start and end in the article of the words that belong to the frame, from the first to the last."""
        words = [w for w in self.words if not w.is_punct] or self.words or [self.predicate]
        return shift + min(w.idx for w in words), shift + max(w.idx + len(w) for w in words)

    def text(self) -> str:
        """The frame's words in order, blanks kept, the gap of another frame's words closed."""
        return "".join(w.text_with_ws for w in sorted(self.words, key=lambda w: w.i))


def frames(sentence: Sentence, resolver: Resolver) -> list[Frame]:
    """The frames of a sentence in the order of their predicates."""
    found: dict[int, Frame] = {}
    for token in sentence.span:
        frame = _frame(token, sentence, resolver)
        if frame:
            found[frame.predicate.i] = frame
    for token in sentence.span:
        owner = _owner(token, found)
        if owner:
            owner.words.append(token)
    for frame in found.values():
        frame.outer = _outer(frame, found)
        frame.host = _host(frame, found)
    _adopt(list(found.values()))
    return [found[i] for i in sorted(found)]


def _adopt(found: list[Frame]) -> None:
    """A cue set off by commas (", she said,") reports the clauses around it that the parser left beside it."""
    cues = [f for f in found if f.spoken and f.outer is None and _set_off(f)]
    if len(cues) != 1:
        return
    for frame in found:
        above = {t.i for t in cues[0].predicate.ancestors}
        if (
            frame is not cues[0]
            and frame.outer is None
            and (frame.predicate.i in above or frame.predicate.i < cues[0].predicate.i)
        ):
            frame.outer = cues[0]


def _set_off(frame: Frame) -> bool:
    """Whether the clause "she said" stands after a comma or quotation mark, with nothing but its end behind it."""
    doc, first = frame.predicate.doc, frame.subject.left_edge.i
    sentence = frame.predicate.sent
    if first <= sentence.start or frame.subject.i > frame.predicate.i or frame.predicate.lemma_ not in speech():
        return False
    before = doc[first - 1].text
    return before in {",", '"', "'", ":", ";", "-"}


def _frame(token: Any, sentence: Sentence, resolver: Resolver) -> Frame | None:
    if _ACCORDING.match(token.text):
        return _according(token, sentence, resolver)
    if token.pos_ == "NOUN" and _REACTION.fullmatch(token.text.lower()):
        return _reaction(token, sentence, resolver)
    if token.pos_ not in _PREDICATES or token.dep_ in {"aux", "auxpass"}:
        return None
    subject = subject_of(token)
    if subject is None and token.lemma_ in _PLAIN_SPEECH:
        subject = _beside(token)
    if subject is None:
        return None
    actor = resolver.resolve(_proposer(subject, token) or subject, sentence)
    if actor is None and subject.dep_ == "nsubjpass":
        subject = _agent(token)
        actor = resolver.resolve(subject, sentence) if subject is not None else None
    if actor is None:
        return None
    others = (resolver.resolve(c, sentence) for c in subject.conjuncts if c.i > subject.i and c.i < token.i + 12)
    also = tuple(a for a in others if a is not None and a.name != actor.name)
    return Frame(actor, token, subject, token.lemma_.lower() in speech(), also=also)


def _beside(predicate: Any) -> Any:
    """The noun right before a verb of saying that the parser left without a subject (", a spokesman said")."""
    at = predicate.i - 1
    start = predicate.sent.start
    while at >= start and predicate.doc[at].pos_ in {"AUX", "ADV"}:
        at -= 1
    word = predicate.doc[at] if at >= start else None
    if word is not None and word.pos_ in _NOMINAL:
        return word
    quoted = word is not None and word.text in {'"', ",", "'"}
    return next((c for c in predicate.rights if quoted and c.pos_ in _NOMINAL and c.dep_ != "pobj"), None)


def _proposer(subject: Any, predicate: Any) -> Any:
    """Whose plan it is that "includes" or "calls for" something."""
    if _PROJECT.fullmatch(subject.text.lower()) and _CONTENT.fullmatch(predicate.lemma_.lower()):
        return next((c for c in subject.children if c.dep_ == "poss"), None)
    return None


def _reaction(noun: Any, sentence: Sentence, resolver: Resolver) -> Frame | None:
    """Whose opposition or support a sentence speaks of ("faced opposition from the unions")."""
    near = [*noun.children, *noun.head.children]
    source = next((c for c in near if c.dep_ == "prep" and c.text.lower() == "from" and 0 < c.i - noun.i < 4), None)
    whose = next((c for c in source.children if c.dep_ == "pobj"), None) if source is not None else None
    actor = resolver.resolve(whose, sentence) if whose is not None else None
    if actor is None or whose is None:
        return None
    others = (resolver.resolve(c, sentence) for c in whose.conjuncts if c.i > whose.i)
    return Frame(actor, noun, whose, False, also=tuple(a for a in others if a is not None and a.name != actor.name))


def _agent(predicate: Any) -> Any:
    """Who does what a passive says ("was put forward by ..."), None where it does not say."""
    by = next((c for c in predicate.children if c.dep_ == "agent"), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None


def _according(token: Any, sentence: Sentence, resolver: Resolver) -> Frame | None:
    to = next((t for t in token.children if t.text.lower() == "to"), None)
    source = next((t for t in (to.children if to is not None else token.children) if t.dep_ == "pobj"), None)
    actor = resolver.resolve(source, sentence) if source is not None else None
    return Frame(actor, token, source, True) if actor else None


def subject_of(predicate: Any) -> Any:
    """The subject token of a predicate, its own or the one that it shares; None where there is none."""
    for child in predicate.children:
        if child.dep_ in _SUBJECTS:
            return _antecedent(child, predicate)
    if predicate.dep_ == "conj" and predicate.head.pos_ in _PREDICATES:
        return subject_of(predicate.head)
    return None


def _antecedent(subject: Any, predicate: Any) -> Any:
    if subject.text.lower() in {"who", "which", "that"} and predicate.dep_ == "relcl":
        return predicate.head
    return subject


def _owner(token: Any, found: dict[int, Frame]) -> Frame | None:
    at = token
    while True:
        if at.i in found:
            return found[at.i]
        if at.head.i == at.i:
            break
        at = at.head
    inverted = [f for f in found.values() if _ACCORDING.match(f.predicate.text)]
    return inverted[0] if inverted else next(iter(found.values()), None) if len(found) == 1 else None


def _host(frame: Frame, found: dict[int, Frame]) -> Frame | None:
    """The frame above a subordinate clause; relative clauses of an actor that take a position stand by themselves."""
    at = frame.predicate
    if _ACCORDING.match(at.text):
        return None
    subordinate = False
    while at.head.i != at.i:
        subordinate = (
            subordinate or at.dep_ in {"advcl", "acl"} or (at.dep_ == "relcl" and at.head.i != frame.subject.i)
        )
        at = at.head
        if at.i in found:
            return found[at.i] if subordinate else None
    return None


def _outer(frame: Frame, found: dict[int, Frame]) -> Frame | None:
    at = frame.predicate
    while at.head.i != at.i:
        at = at.head
        if at.i in found and found[at.i].spoken:
            return found[at.i]
    return None


def all_frames(sentences: tuple[Sentence, ...], resolver: Resolver) -> Iterator[tuple[Sentence, list[Frame]]]:
    """The frames of every sentence, in reading order."""
    for sentence in sentences:
        resolver.enter(sentence)
        found = frames(sentence, resolver)
        resolver.leave(sentence)
        yield sentence, found
