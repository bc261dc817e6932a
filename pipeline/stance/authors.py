"""The author of an opinion piece, who speaks where nobody else does (ruling 12)."""

import re

from pipeline.records import Article
from pipeline.stance.actors import EXPERT, FORMER, MEDIA, Actor
from pipeline.stance.parsing import Document
from pipeline.stance.roles import read_role

_BYLINE = re.compile(r"(?:^|\n)\s*By ([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,4})\s*(?:\n|$)", re.MULTILINE)
_OPINION = re.compile(r"^(?:opinion|column|comment|commentary|op-ed|viewpoint|editorial|guest)\b", re.IGNORECASE)
_VIEWS = re.compile(
    r"\b(?:views? (?:expressed )?(?:is|are) (?:personal|his|her|the author)|the (?:writer|author) is|is a columnist)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'd|my|me)\b")
_MIN_FIRST_PERSON = 3
_SELF = re.compile(
    r"(?:The (?:writer|author)|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)+) (?:is|was|teaches|works|writes|served) [^\n]{3,200}"
)


def author_of(article: Article, document: Document) -> Actor | None:
    """The author as an actor where the piece is his opinion: a byline or a known author, and the marks of opinion."""
    match = _BYLINE.search(article.text)
    name = match[1] if match else article.author
    tail = document.text[-500:]
    opinion = _OPINION.search(article.title or "") or _VIEWS.search(tail) or _in_first_person(document)
    if not name or not opinion:
        return None
    about = _SELF.search(tail)
    role = read_role(about[0]).kind if about else None
    kind = role if role in {EXPERT, FORMER} else MEDIA
    return Actor("person", name, kind, about[0] if about else None)


def _in_first_person(document: Document) -> bool:
    """Whether the text outside quotations says "I" often enough to be the author's own."""
    text = list(document.text)
    for quotation in document.quotations:
        text[quotation.start : quotation.end] = " " * (quotation.end - quotation.start)
    return len(_FIRST_PERSON.findall("".join(text))) >= _MIN_FIRST_PERSON
