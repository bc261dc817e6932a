"""Attributions for outside corpora: source, cue and content of reported speech as character offsets."""

from typing import Any

from pipeline.records import Attribution, Span
from pipeline.stance.cast import Cast
from pipeline.stance.coreference import Resolver, noun_phrase
from pipeline.stance.frames import Frame, all_frames
from pipeline.stance.parsing import Document, Sentence, parse
from pipeline.stance.speakers import Speakers


def attributions(text: str, nlp: Any = None) -> list[Attribution]:
    """Who is reported to say what in a text, in reading order.

    Offsets are characters into `text`. A quotation that runs on without a cue of its own has its speaker's last cue
    missing (`cue` and, where nobody can be named in the text, `source` are None).
    """
    document = parse(text, nlp)
    resolver = Resolver(document, Cast(document, None), None)
    speakers = Speakers(document, resolver)
    found: list[Attribution] = []
    for sentence, frames in all_frames(document.sentences, resolver):
        speaker = speakers.of(sentence, frames)
        spoken = [f for f in frames if f.spoken]
        found.extend(_of_frame(text, document, sentence, f, frames) for f in spoken)
        if not spoken and speaker is not None:
            span = _span(text, sentence.start, sentence.end)
            found.append(Attribution(source=None, cue=None, content=span, quote="direct"))
    return found


def _of_frame(text: str, document: Document, sentence: Sentence, frame: Frame, frames: list[Frame]) -> Attribution:
    shift = sentence.shift
    cue = frame.predicate
    phrase = noun_phrase(frame.subject)
    start = shift + frame.subject.left_edge.idx
    at = text.find(phrase, max(0, start - 2), sentence.end)
    source = _span(text, at, at + len(phrase)) if at >= 0 else None
    words = [w for f in frames if f is frame or f.outer is frame for w in f.words]
    subject = {w.i for w in frame.subject.subtree} if frame.subject.head.i == cue.i else {frame.subject.i}
    content = [w for w in words if w.i != cue.i and w.i not in subject and not _auxiliary(w, cue)]
    first = shift + min((w.idx for w in content), default=cue.idx)
    last = shift + max((w.idx + len(w) for w in content), default=cue.idx + len(cue))
    quote = _kind(document, first, last)
    return Attribution(
        source=source,
        cue=_span(text, shift + cue.idx, shift + cue.idx + len(cue)),
        content=_span(text, first, last),
        quote=quote,
    )


def _auxiliary(word: Any, cue: Any) -> bool:
    return word.head.i == cue.i and word.dep_ in {"aux", "auxpass", "mark", "punct", "neg"} and word.i < cue.i


def _kind(document: Document, start: int, end: int) -> str:
    quoted = sum(max(0, min(end, q.end) - max(start, q.start)) for q in document.quotations)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.8 * (end - start) else "mixed"


def _span(text: str, start: int, end: int) -> Span:
    return Span(text=text[start:end], start=start, end=end)
