"""The cast of an article: its named persons, each with the roles that the article and the public record give."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.stance.actors import FORMER, LEGISLATOR, OFFICIAL, ORGANISATION, Actor
from pipeline.stance.gazetteer import Person, folded, gazetteer
from pipeline.stance.lexicon import roles, words
from pipeline.stance.parsing import Document, Sentence
from pipeline.stance.roles import Role, body_in, country_in, party_in, read_role

_HONORIFIC = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Sheikh|Gen|General|Adm|Admiral|Col|Colonel|Lt|Maj|Major|Capt|"
    r"Captain|Sen|Senator|Rep|Air|Marshal|Vice|Rear|Brigadier|President|Minister|Ambassador|Chancellor|Premier|Prime|Retired|"
    r"Former|King|Prince|Crown|Commodore|Commander|Pope|Secretary|PM|Pensioner|Crossbencher|Backbencher|Barista|Analyst|Historian|Lawyer|Student|Researcher|Economist|Taoiseach|Tánaiste)\.?\s+)+"
)
_SUFFIX = re.compile(r"(?:'s|,? (?:Jr|Sr)\.?|,? (?:II|III|IV))$")
_TITLE_POS = {"NOUN", "PROPN", "ADJ", "PART", "NUM"}
_RIGHT = re.compile(
    r"^(?:'s)?(?: jnr| snr| Jr\.?| Sr\.?)?(?:,? ?\(([^)]{2,90})\)|, ([^,;:\"]{2,140})(?=[,;:.\"]|$)|"
    r",? (of (?:the )?[^,;:\"]{2,70})|, (who[^;:\"]{2,140}))"
)
_ORGANISED = words("cast", "organised")
_PLACES = {"GPE", "NORP", "ORG", "DATE", "LOC"}
_NOT_A_PERSON = re.compile(
    r"^(?:The|A|An|In|On|At|Nato|NATO|Quad|Squad|Aukus|AUKUS|Article|Pillar|Reuters|Kyodo|Politico|Bloomberg|Xinhua|Tass|TASS)\b"
)


@dataclass(slots=True, eq=False)
class Record:
    """A named person of the article."""

    name: str
    mentions: list[tuple[int, int]] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    person: Person | None = None

    @property
    def described(self) -> str:
        """All role phrases that the article gives him, in one string."""
        return "; ".join(self.phrases)


class Cast:
    """Finds a person by offset or by name, and turns him into an actor."""

    def __init__(self, document: Document, day: date | None) -> None:
        self._day = day
        self._records: list[Record] = []
        self._at: list[tuple[int, int, Record]] = []
        self._actors: dict[str, Actor] = {}
        for sentence in document.sentences:
            for start, end, name in person_names(document, sentence):
                self._see(document, sentence, start, end, name)
        for sentence in document.sentences:
            self._see_family_names(document, sentence)
        self._drop_strays()
        for record in self._records:
            if record.person is None and " " not in record.name:
                record.person = gazetteer().by_family_name(record.name, day)

    @property
    def records(self) -> list[Record]:
        """The persons in order of first mention."""
        return self._records

    def at(self, start: int, end: int) -> Record | None:
        """The person whose name overlaps the stretch."""
        return next((r for a, b, r in self._at if a < end and start < b), None)

    def within(self, start: int, end: int) -> list[Record]:
        """The persons named within the stretch, in order, each once."""
        return list({id(r): r for a, b, r in self._at if start <= a and b <= end}.values())

    def offices(self, record: Record) -> list[str]:
        """The offices that the public record gives him on the article's day."""
        return [term.office.lower() for term in record.person.terms_on(self._day)] if record.person else []

    def actor(self, record: Record) -> Actor:
        """The person as an actor: by the article's own words first, else by the public record on the article's day."""
        if record.name not in self._actors:
            self._actors[record.name] = _actor(record, self._day)
        return self._actors[record.name]

    def _drop_strays(self) -> None:
        """Single capitalised words that nothing says are persons: no title, no full name, no known office holder."""
        strays = [
            r for r in self._records if " " not in r.name and not r.phrases and not gazetteer().is_family_name(r.name)
        ]
        self._records = [r for r in self._records if r not in strays]
        self._at = [(a, b, r) for a, b, r in self._at if r not in strays]

    def _see_family_names(self, document: Document, sentence: Sentence) -> None:
        """Later mentions by family name that the entity recogniser took for something else."""
        families = {folded(r.name).split()[-1]: r for r in self._records if " " in r.name}
        for token in sentence.span:
            record = families.get(folded(token.text)) if token.text[:1].isupper() and len(token.text) > 2 else None
            start = sentence.shift + token.idx
            if record and self.at(start, start + len(token)) is None and gazetteer().lookup(token.text) is None:
                self._at.append((start, start + len(token), record))
                record.phrases.extend(role_phrases(document, sentence, start, start + len(token)))

    def _see(self, document: Document, sentence: Sentence, start: int, end: int, name: str) -> None:
        record = self._find(name)
        if record is None:
            record = Record(name)
            self._records.append(record)
        elif len(name.split()) > len(record.name.split()):
            record.name = name
        known = gazetteer().lookup(name)
        if known and known.kind == "person":
            record.person = gazetteer().persons[known.key]
        record.mentions.append((start, end))
        record.phrases.extend(role_phrases(document, sentence, start, end))
        self._at.append((start, end, record))

    def _find(self, name: str) -> Record | None:
        words = folded(name).lower().split()
        for record in reversed(self._records):
            own = folded(record.name).lower().split()
            if words == own or (len(words) == 1 and words[0] in (own[-1], own[0])):
                return record
            if len(own) == 1 and own[0] == words[-1]:
                return record
            if words[-1] == own[-1] and (words[0][0] == own[0][0]):
                return record
        return None


def person_names(document: Document, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Start, end and bare name of each person that a sentence names."""
    found: list[tuple[int, int]] = [
        (sentence.start + h.start, sentence.start + h.end)
        for h in gazetteer().find(document.text[sentence.start : sentence.end])
        if h.name.kind == "person"
    ]
    candidates = [
        (sentence.shift + e.start_char, sentence.shift + e.end_char) for e in sentence.span.ents if e.label_ == "PERSON"
    ]
    candidates += [(sentence.shift + a, sentence.shift + b) for a, b in _proper_subjects(sentence.span)]
    for start, end in ((_widened(sentence, a), b) for a, b in candidates):
        if not any(a < end and start < b for a, b in found):
            found.append((start, end))
    for start, end in sorted(found):
        bare = _bare(document.text, start, end)
        if bare and is_person(document.text[bare[0] : bare[1]]):
            yield bare[0], bare[1], _spelt(document.text[bare[0] : bare[1]])


def _spelt(name: str) -> str:
    """The name without the capitals of a tabloid's first words ("PETER Dutton")."""
    return " ".join(w.title() if w.isupper() and len(w) > 3 else w for w in name.split())


def _widened(sentence: Sentence, start: int) -> int:
    """The start of a name, with the given name that the entity recogniser left out."""
    token = next((t for t in sentence.span if sentence.shift + t.idx == start), None)
    while token is not None and token.i > sentence.span.start:
        before = token.nbor(-1)
        if (
            before.pos_ != "PROPN"
            or not before.text[:1].isupper()
            or not is_person(before.text)
            or before.ent_type_ in _PLACES
        ):
            break
        token = before
    return start if token is None else int(sentence.shift + token.idx)


def _proper_subjects(span: Any) -> Iterator[tuple[int, int]]:
    """Runs of proper nouns that are subjects: names that the entity recogniser missed."""
    for token in span:
        if (
            token.pos_ == "PROPN"
            and token.dep_ in {"nsubj", "nsubjpass", "appos", "poss"}
            and token.ent_type_ in {"", "PERSON", "ORG"}
        ):
            left = token
            while left.i > span.start and left.nbor(-1).pos_ == "PROPN" and left.nbor(-1).text[0].isupper():
                left = left.nbor(-1)
            if left.i < token.i:
                yield left.idx, token.idx + len(token)


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    honorific = _HONORIFIC.match(piece)
    if honorific and honorific.end() < len(piece):
        start += honorific.end()
    hyphened = re.match(r"-[a-zA-Z]+", text[end:])
    end += len(hyphened[0]) if hyphened else 0
    suffix = re.search(r"'s?$", text[start:end])
    end -= len(suffix[0]) if suffix else 0
    return (start, end) if end - start > 1 else None


def is_person(name: str) -> bool:
    """Whether a capitalised string can be a person's name: no state, party, body or common phrase."""
    known = gazetteer().lookup(name)
    if known is not None:
        return known.kind == "person"
    words = name.split()
    if _NOT_A_PERSON.match(name) or not words[-1][:1].isupper() or any(c.isdigit() for c in name) or len(words) > 5:
        return False
    if (
        party_in(name)
        or body_in(name)
        or any(gazetteer().lookup(w) for w in words if w[:1].isupper() and len(words) > 1)
    ):
        return any(w.kind == "person" for w in [gazetteer().lookup(name)] if w)
    patterns = roles()
    lowered = name.lower()
    if _ORGANISED.search(lowered):
        return False
    return not (
        patterns["official"].search(lowered)
        or patterns["organisation"].search(lowered)
        or patterns["expert"].search(lowered)
    )


def role_phrases(document: Document, sentence: Sentence, start: int, end: int) -> Iterator[str]:
    """The role words around a name: the title before it, the apposition on either side."""
    text = document.text
    title = _title_start(sentence, start)
    if title < start:
        yield text[title:start].strip(" ,")
    before = text[sentence.start : title].rstrip()
    if before.endswith(","):
        segment = re.split(r"[,;:\"]|\b(?:and|but|that|said)\b", before[:-1])[-1].strip()
        segment = re.sub(r"^(?:[Ii]n|[Oo]n|[Aa]t|[Ii]t was) .*?(?=\b(?:an?|the|its|his|her|[A-Z]\w+'s) )", "", segment)
        if (
            segment
            and len(segment) < 90
            and read_role(segment).kind
            and not segment.lower().startswith(("in ", "on ", "at "))
        ):
            yield segment
    match = _RIGHT.match(text[end : sentence.end])
    if match:
        segment = next(g for g in match.groups() if g)
        segment = _until_verb(sentence, end, segment) if match[3] else segment
        if _describes(segment):
            yield segment


def _describes(segment: str) -> bool:
    return bool(read_role(segment).kind or party_in(segment) or (segment.startswith("of ") and country_in(segment)))


def _title_start(sentence: Sentence, start: int) -> int:
    tokens = [t for t in sentence.span if sentence.shift + t.idx < start]
    at = start
    for token in reversed(tokens):
        word = token.text
        capital = word[:1].isupper()
        if (
            token.pos_ in _TITLE_POS
            or (word in {"'s", "'", "-", "for", "of", "and", "the", "."} and at < start)
            or (capital and token.pos_ == "VERB")
        ):
            at = sentence.shift + token.idx
            continue
        break
    return at


def _until_verb(sentence: Sentence, start: int, segment: str) -> str:
    for token in sentence.span:
        offset = sentence.shift + token.idx - start
        if 0 < offset < len(segment) + 1 and (
            token.pos_ in {"VERB", "AUX"} or token.text in {"who", "that", "on", "in"}
        ):
            return segment[: max(0, offset - 1)].strip()
    return segment


def _actor(record: Record, day: date | None) -> Actor:
    phrases = [p for p in record.phrases if p]
    role = read_role(record.described) if phrases else Role()
    best = max(phrases, key=lambda p: (bool(read_role(p).kind), -abs(len(p) - 30)), default=None)
    kind, country, group, speaks = role.kind, role.country, role.group, role.speaks
    if kind == OFFICIAL and phrases:
        kind, country, group = _refine(phrases, role)
    if record.person:
        kind, country, group, best = _from_record(record.person, day, (kind, country, group, best))
        speaks = speaks or (kind == OFFICIAL and bool(record.person.terms_on(day)))
    leads = gazetteer().leaders.get(record.name)
    if leads and (kind is None or (kind == LEGISLATOR and not group)) and country != "USA":
        kind, group, speaks = LEGISLATOR, leads, bool(phrases)
    if kind == LEGISLATOR and not group:
        speaks = False
    return Actor("person", record.name, kind, best, country, group, speaks)


def _refine(phrases: list[str], role: Role) -> tuple[str | None, str | None, str | None]:
    """The first phrase with an office decides the state; later ones only fill what it leaves open."""
    for phrase in phrases:
        own = read_role(phrase)
        if own.kind == OFFICIAL and own.country:
            return OFFICIAL, own.country, role.group
    return role.kind, role.country, role.group


def _from_record(person: Person, day: date | None, article: tuple[str | None, ...]) -> tuple[str | None, ...]:
    kind, country, group, best = article
    terms = person.terms_on(day)
    if terms:
        term = terms[-1]
        body = term.country not in gazetteer().countries
        if kind in {None, OFFICIAL, ORGANISATION} or (kind == LEGISLATOR and not group):
            place = None if body else term.country
            return (ORGANISATION if body else OFFICIAL), place, (term.country if body else group), best or term.office
        return kind, country, group, best
    if kind is None and day and any(t.end and t.end < day for t in person.terms):
        return FORMER, country or person.terms[-1].country, group, best
    return kind, country or (person.terms[0].country if person.terms else None), group, best
