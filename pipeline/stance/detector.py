"""The detector: an article in, the codebook's statements out."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pipeline.records import Article, Span, Stance, Statement
from pipeline.stance.actors import EXPERT, FORMER
from pipeline.stance.authors import author_of
from pipeline.stance.cast import Cast
from pipeline.stance.confidence import confidence
from pipeline.stance.coreference import Resolver
from pipeline.stance.dates import said_on
from pipeline.stance.merging import merged
from pipeline.stance.parsing import Document, parse_many
from pipeline.stance.polarity import Judgement, echoed, judge
from pipeline.stance.polls import is_poll, poll_statements
from pipeline.stance.proposals import is_relevant
from pipeline.stance.relevance import counts
from pipeline.stance.roles import told_role
from pipeline.stance.targets import Pointer, Target, Topics, topics
from pipeline.stance.times import time_of
from pipeline.stance.utterances import Utterance, dated_claim, utterances

# How many articles are parsed together: enough to fill spaCy's batches, few enough to keep memory flat.
_BATCH = 32


class Detector:
    """Finds statements; holds the language model, so keep one and use it for many articles."""

    def __init__(self, nlp: Any = None) -> None:
        self._nlp = nlp

    def detect(self, article: Article) -> list[Statement]:
        """The statements of one article, none if nothing relevant is in it."""
        return next(iter(self.detect_many([article])))

    def detect_many(self, articles: Iterable[Article]) -> Iterator[list[Statement]]:
        """The statements of each article, in order; irrelevant ones are not parsed."""
        batch: list[Article] = []
        for article in articles:
            batch.append(article)
            if len(batch) == _BATCH:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, articles: list[Article]) -> Iterator[list[Statement]]:
        wanted = [is_relevant(a.title, a.text) for a in articles]
        parsed = parse_many([a.text for a, w in zip(articles, wanted, strict=True) if w], self._nlp)
        for article, relevant in zip(articles, wanted, strict=True):
            yield _detect(article, next(parsed)) if relevant else []


def detect(article: Article) -> list[Statement]:
    """The statements of one article, with the shared language model."""
    return Detector().detect(article)


def _detect(article: Article, document: Document) -> list[Statement]:
    found = topics(article.title, document, article.country or None)
    if not found.mentioned:
        return []
    day = article.published.date() if article.published else None
    resolver = Resolver(document, Cast(document, day), article.country or None)
    pointer = Pointer(found)
    statements: list[Statement] = []
    targets: dict[int, list[Target]] = {}
    previous: dict[str, Stance] = {}
    for utterance in utterances(document, resolver, author_of(article, document)):
        index = utterance.sentence.index
        if is_poll(document.text[utterance.sentence.start : utterance.sentence.end]):
            continue
        if index not in targets:
            targets[index] = pointer.targets(utterance.sentence)
        for statement in _statements(article, utterance, targets[index], found, day, previous):
            previous[statement.proposal] = statement.stance
            statements.append(statement)
    statements.extend(poll_statements(article, document, found, Pointer(found), day))
    return merged(statements)


def _statements(
    article: Article,
    utterance: Utterance,
    targets: list[Target],
    found: Topics,
    day: date | None,
    previous: dict[str, Stance],
) -> Iterator[Statement]:
    for target in targets:
        judged = echoed(utterance.text, previous.get(target.id)) or judge(utterance.text, target.proposal)
        if counts(utterance, judged, target, found, day):
            yield _statement(article, utterance, judged, target, day)


def _statement(
    article: Article, utterance: Utterance, judged: Judgement, target: Target, day: date | None
) -> Statement:
    claim = dated_claim(utterance)
    forecast = utterance.third_party and utterance.actor.role_kind in {EXPERT, FORMER}
    whole = article.text[utterance.sentence.start : utterance.sentence.end]
    assert judged.label is not None
    return Statement(
        proposal=target.id,
        proposal_name=target.name,
        speaker=claim.speaker,
        speaker_role=told_role(claim.speaker_role),
        speaker_type=claim.speaker_type,
        holder=claim.holder,
        authority=claim.authority,
        stance=judged.label,
        time=time_of(utterance.text, day, said_on(whole, day), _before(article.text, utterance), forecast=forecast),
        evidence=(_span(article.text, utterance.start, utterance.end),),
        quote=utterance.quote,
        said_on=said_on(whole, day),
        confidence=confidence(utterance, judged),
        condition=judged.condition,
        rules=(*utterance.rules, *judged.rules),
    )


def _before(text: str, utterance: Utterance) -> str:
    """What stands before the utterance's sentence in its paragraph; nothing for a quotation, which is news."""
    if utterance.quote != "indirect" or utterance.actor.kind != "person":
        return ""
    start = utterance.sentence.start
    return text[text.rfind("\n", 0, start) + 1 : start]


def _span(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(text=text[start:end], start=start, end=end)
