"""Who speaks in a sentence whose own words do not say so: quotations that run on, transcripts, interviews."""

import re

from pipeline.stance.actors import EXPERT, Actor
from pipeline.stance.coreference import Resolver
from pipeline.stance.frames import Frame
from pipeline.stance.gazetteer import gazetteer
from pipeline.stance.parsing import Document, Sentence
from pipeline.stance.text import Quotation

_LABEL = re.compile(
    r"^((?:[A-Z][\w.'-]+|[A-Z]{2,})(?: (?:[A-Z][\w.'-]+|of|the|for|and|al|bin|de|van)){0,6}|Q|A)(?: ?\([^)]{2,60}\))?: "
)
# A speech that the text writes out has several labelled paragraphs; one alone is a dateline or a headline.
_MIN_LABELS = 3
# A printed interview has at least this many questions, each shorter than so many characters.
_MIN_QUESTIONS = 3
_QUESTION = 260
# "We asked Jane Roe": the person whom an interview's introduction says was asked, and how far off his name may end.
_ASKED = re.compile(r"\b[Ww]e (?:asked|spoke (?:to|with)|talked to|met|sat down with|called|put \w+ questions to)\b")
_NAME = 80
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'd|my|me)\b")


class Speakers:
    """Remembers, in reading order, whose quotation or turn a sentence belongs to."""

    def __init__(self, document: Document, resolver: Resolver) -> None:
        self._document = document
        self._resolver = resolver
        self._last: Actor | None = None
        self._last_paragraph = -1
        self._turns = self._find_turns() or self._find_answers()

    def of(self, sentence: Sentence, found: list[Frame]) -> Actor | None:
        """The speaker of a sentence that stands in a quotation or in somebody's turn, else None."""
        turn = self._turn(sentence)
        cue = next(
            (f for f in found if f.spoken and f.outer is None and not self._quoted(sentence.shift + f.predicate.idx)),
            None,
        )
        if cue is not None:
            self._last, self._last_paragraph = cue.actor, sentence.paragraph
            return turn
        if turn is not None:
            return turn
        if self._inside(sentence):
            return self._continued(sentence)
        self._note(sentence, found)
        return None

    def _note(self, sentence: Sentence, found: list[Frame]) -> None:
        people = [f.actor for f in found if f.actor.kind in {"person", "unnamed", "institution"} and f.outer is None]
        if people:
            self._last, self._last_paragraph = people[0], sentence.paragraph

    def _continued(self, sentence: Sentence) -> Actor | None:
        """A quotation without a cue of its own: the last speaker's, unless the next sentence names another."""
        following = self._following(sentence)
        if self._last is not None and sentence.paragraph - self._last_paragraph <= 1:
            return self._last if following is None or self._last_paragraph == sentence.paragraph else following
        return following

    def _following(self, sentence: Sentence) -> Actor | None:
        """The person named right after the quotation in the same paragraph."""
        _, end = self._document.paragraphs[sentence.paragraph]
        quotation = self._covering(sentence.end - 1)
        start = quotation.end if quotation else sentence.end
        named = self._resolver.cast.within(start, end)
        return self._resolver.cast.actor(named[0]) if named else None

    def _inside(self, sentence: Sentence) -> bool:
        quoted = sum(max(0, min(sentence.end, q.end) - max(sentence.start, q.start)) for q in self._document.quotations)
        return quoted > 0.7 * (sentence.end - sentence.start)

    def _quoted(self, offset: int) -> bool:
        return self._covering(offset) is not None

    def _covering(self, offset: int) -> Quotation | None:
        return next((q for q in self._document.quotations if q.start < offset < q.end - 1), None)

    def _turn(self, sentence: Sentence) -> Actor | None:
        return self._turns.get(sentence.paragraph)

    def _find_turns(self) -> dict[int, Actor]:
        labels: dict[int, str] = {}
        for number, (start, end) in enumerate(self._document.paragraphs):
            match = _LABEL.match(self._document.text[start:end])
            if match:
                labels[number] = match[1]
        if len(labels) < _MIN_LABELS or (
            len(set(labels.values())) == len(labels) and len(labels) < len(self._document.paragraphs) / 2
        ):
            return {}
        turns: dict[int, Actor] = {}
        for number, label in labels.items():
            actor = self._labelled(label)
            if actor:
                turns[number] = actor
        return turns

    def _find_answers(self) -> dict[int, Actor]:
        """In a printed interview, the answers: what stands between questions, in the first person."""
        pieces = [self._document.text[a:b] for a, b in self._document.paragraphs]
        questions = [
            n for n, piece in enumerate(pieces) if piece.endswith("?") and len(piece) < _QUESTION and '"' not in piece
        ]
        answers = [n for n in range(questions[0], len(pieces)) if n not in questions] if questions else []
        first_person = sum(len(_FIRST_PERSON.findall(_unquoted(pieces[n]))) for n in answers)
        if len(questions) < _MIN_QUESTIONS or first_person < _MIN_QUESTIONS:
            return {}
        interviewee = self._interviewee(questions[0])
        return dict.fromkeys(answers, interviewee) if interviewee else {}

    def _interviewee(self, first_question: int) -> Actor | None:
        """The person whom the introduction presents, most often named in it."""
        end = self._document.paragraphs[first_question][0]
        cast = self._resolver.cast
        asked = _ASKED.search(self._document.text[:end])
        if asked:
            named = cast.within(asked.start(), min(end, asked.end() + _NAME))
            introduced = named[:1] or cast.within(0, end)
        else:
            introduced = cast.within(0, end) or cast.records
        best = max(introduced, key=lambda r: (bool(cast.actor(r).role_kind), len(r.mentions)), default=None)
        return cast.actor(best) if best else None

    def _labelled(self, label: str) -> Actor | None:
        words = label.split()
        for record in self._resolver.cast.records:
            if record.name.split()[-1].lower() == words[-1].lower():
                return self._resolver.cast.actor(record)
        known = gazetteer().lookup(label.title() if label.isupper() else label)
        if known or len(words) < 2:
            return None
        return Actor("person", label.title() if label.isupper() else label, EXPERT)


def _unquoted(piece: str) -> str:
    return re.sub(r'"[^"]*"?', " ", piece)
