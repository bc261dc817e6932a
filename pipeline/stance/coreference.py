"""Whom a subject names: a person of the cast, a state, an institution, a party, or somebody without a name.

Pronouns and descriptions ("he", "the chancellor", "its foreign ministry") are resolved by recency within the article,
persons who were subjects first.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from pipeline.stance.actors import EXPERT, FORMER, LEGISLATOR, OFFICIAL, ORGANISATION, PUBLIC, Actor
from pipeline.stance.cast import Cast, Record
from pipeline.stance.gazetteer import Hit, folded, gazetteer
from pipeline.stance.lexicon import words
from pipeline.stance.parsing import Document, Sentence
from pipeline.stance.roles import Role, body_in, civic_at, civic_in, country_in, party_in, read_role

_GOVERNMENT = words("coreference", "government", end="$")
_INSTITUTION = words("coreference", "institution", end="$")
_PARTY_NOUN = words("coreference", "party_noun", end="$")
_ROLE_NOUN = words("coreference", "role_noun", end="$")
_LEADING = words("coreference", "leading")
# Other words for an office.
_OFFICES = {"premier": "prime minister", "pm": "prime minister", "boss": "chief"}
_PORTFOLIO = re.compile(r"\b(?:foreign|defen[cs]e) (?:minister|secretary)")
# "The pensioners' group", "the guild": the civic group named before.
_CIVIC_NOUN = re.compile(
    r"(?:the|its|their) (?:[\w'-]+ ){0,2}"
    r"(?:group|union|guild|circle|club|network|platform|association|committee|society)"
)
_CROWDS = {EXPERT, LEGISLATOR, PUBLIC}
_PERSONAL = {"he", "she", "him", "her"}
_COLLECTIVE = {"it", "they", "we"}


@dataclass(slots=True)
class Setting:
    """What has been named so far: the last person, the last collective actor, the last state, by paragraph."""

    person: Record | Actor | None = None
    collective: Actor | None = None
    country: str | None = None
    party: str | None = None
    paragraph: int = -1
    home: str | None = None


class Resolver:
    """Resolves subjects sentence by sentence, in reading order."""

    def __init__(self, document: Document, cast: Cast, home: str | None) -> None:
        self.document = document
        self.cast = cast
        self.setting = Setting(home=home)
        self._countries: dict[str, str] = {}

    def enter(self, sentence: Sentence) -> None:
        """Moves on to a sentence; a new paragraph forgets the state that the last one was about."""
        if sentence.paragraph != self.setting.paragraph:
            self.setting.paragraph = sentence.paragraph
            self.setting.country = None
            self.setting.party = None
        lead = re.match(r"(?:In|At|From) (?:the )?([A-Z][\w.' -]+?)[,;]| ?(?:In|From) ([A-Z]\w+)", self._text(sentence))
        if lead:
            place = gazetteer().lookup(lead[1] or lead[2])
            if place and place.kind in {"capital", "country", "building"}:
                self.setting.country = place.holder

    def leave(self, sentence: Sentence) -> None:
        """Remembers the last state that the sentence named."""
        self.setting.party = party_in(self._text(sentence)) or self.setting.party
        for hit in gazetteer().find(self._text(sentence)):
            if hit.name.kind in {"country", "demonym", "capital"}:
                self.setting.country = hit.name.holder
        civic = civic_in(self._text(sentence))
        if civic:
            self.setting.collective = Actor("body", civic, ORGANISATION, group=civic)
        self._note_persons(sentence)

    def resolve(self, token: Any, sentence: Sentence) -> Actor | None:
        """The actor that a subject token stands for, None for things and crowds without a position."""
        actor = self._resolve(token, sentence)
        if actor is not None:
            self._remember(actor)
        return actor

    def _resolve(self, token: Any, sentence: Sentence) -> Actor | None:
        word = token.text.lower()
        if word in _PERSONAL:
            return self._person(word)
        if word in _COLLECTIVE:
            expletive = word == "it" and token.head.lemma_ in {"be", "seem", "take", "become"}
            return None if word == "we" or expletive else self.setting.collective
        start, end = sentence.shift + token.idx, sentence.shift + token.idx + len(token)
        phrase = noun_phrase(token)
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        civic = civic_at(self.document.text[sentence.start : sentence.end], start - sentence.start)
        if civic:
            return Actor("body", civic, ORGANISATION, group=civic)
        record = self.cast.at(start, end) or self._apposed(token, sentence)
        if record:
            return self._with_country(record, sentence)
        if owner is not None and _INSTITUTION.search(folded(phrase).lower()):
            owned = self._office_of(owner, phrase, sentence)
            if owned:
                return owned
        return self._by_hit(token, sentence, phrase) or self._by_noun(token, phrase, sentence)

    def _apposed(self, token: Any, sentence: Sentence) -> Record | None:
        """The person in apposition to a role: "Russia's deputy foreign minister, Sergei Ryabkov,"."""
        after = sentence.shift + token.idx + len(token)
        rest = self.document.text[after : sentence.end]
        gap = re.match(r"(?: (?:of|for|to|in) [^,;:\"]{2,50})?, | \([^)]{2,12}\) ", rest)
        if gap is None or not (token.pos_ in {"NOUN", "PROPN"} and _ROLE_NOUN.search(folded(token.text).lower())):
            return None
        return self.cast.at(after + gap.end(), after + gap.end() + 1)

    def _by_hit(self, token: Any, sentence: Sentence, phrase: str) -> Actor | None:
        """A name of the gazetteer that the token is part of."""
        offset = token.idx - sentence.span.start_char
        for hit in gazetteer().find(sentence.span.text):
            if hit.start <= offset < hit.end:
                people = token.tag_ in {"NNPS", "NNS"} or token.pos_ in {"NOUN", "PROPN"}
                if hit.name.kind == "demonym" and people and re.match(r"[Tt]he\b", phrase):
                    return Actor("state", hit.name.holder or hit.name.key, OFFICIAL, country=hit.name.holder)
                return _named(hit, sentence.span.text, phrase)
        return None

    def _by_noun(self, token: Any, phrase: str, sentence: Sentence) -> Actor | None:
        lowered = folded(phrase).lower()
        head = folded(token.text).lower()
        core = lowered[: lowered.find(head) + len(head)] if head in lowered else lowered
        country = country_in(phrase) or self._owner_country(lowered) or self._context_country(token, sentence)
        collective = self._collective(token, phrase, core, country, sentence)
        if collective is not None:
            return collective
        if token.pos_ in {"NOUN", "PROPN"} and _ROLE_NOUN.search(core):
            return self._group_before(phrase) or self._described(phrase, core, country, token)
        return self._organisation(token, phrase)

    def _collective(self, token: Any, phrase: str, core: str, country: str | None, sentence: Sentence) -> Actor | None:
        """An institution, a government or a party by its noun."""
        lowered = folded(phrase).lower()
        if _INSTITUTION.search(core):
            return Actor("institution", _bare(phrase), OFFICIAL, country=country)
        if _GOVERNMENT.search(core) and re.match(r"(?:his|her|our|my)\b", lowered):
            country = self._own_country() or country
        if _GOVERNMENT.search(core) and country:
            return Actor("state", country, OFFICIAL, country=country)
        return self._party(token, phrase, core, sentence)

    def _party(self, token: Any, phrase: str, core: str, sentence: Sentence) -> Actor | None:
        """A party by its name, or the one that "the party" means."""
        party = party_in(phrase)
        if party and not _ROLE_NOUN.search(core):
            return Actor("party", party, LEGISLATOR, group=party)
        apposed = party_in(self._named_after(token, sentence) or "")
        if apposed and core.endswith(("group", "partner", "force")):
            return Actor("party", apposed, LEGISLATOR, group=apposed)
        if not _PARTY_NOUN.search(core):
            return None
        last = self.setting.collective
        if last and last.kind == "party" and phrase.lower() in {"the party", "party", "his party", "her party"}:
            return last
        name = self._named_after(token, sentence) or _bare(phrase)
        return Actor("party", name, LEGISLATOR, group=name)

    def _owner_country(self, lowered: str) -> str | None:
        """The state that "its" or "their" means."""
        if re.match(r"(?:its|their)\b", lowered) and self.setting.collective:
            return self.setting.collective.country
        return self.setting.home if re.match(r"our\b", lowered) else None

    def _own_country(self) -> str | None:
        """The state of the person who is speaking: "his country"."""
        last = self.setting.person
        actor = self._with_country(last, None) if isinstance(last, Record) else last
        return actor.country if actor else None

    def _named_after(self, token: Any, sentence: Sentence) -> str | None:
        """The name in apposition to "the largest opposition party"."""
        after = sentence.shift + token.idx + len(token)
        match = re.match(
            r", ((?:the )?(?:[A-Z][\w'-]+ ?){1,4}),|(?: [A-Z][\w-]+){1,3}", self.document.text[after : sentence.end]
        )
        return (match[1] or match[0]).strip() if match else None

    def _organisation(self, token: Any, phrase: str) -> Actor | None:
        body = body_in(token.text) if token.pos_ == "PROPN" else None
        if body:
            return Actor("body", body, ORGANISATION, group=body)
        if token.pos_ == "PROPN" and token.ent_type_ == "ORG":
            name = _bare(phrase)
            return Actor("body", name, ORGANISATION, group=name)
        return None

    def _described(self, phrase: str, core: str, country: str | None, token: Any) -> Actor | None:
        """Somebody by his role: the person of the cast who has it, else a person without a name."""
        named = country_in(phrase)
        if re.match(r"(?:the same|this|that)\b", phrase.lower()) and isinstance(self.setting.person, Actor):
            return self.setting.person
        owned = (
            named is not None and token.tag_ not in {"NNS", "NNPS"} and not re.match(r"(?:an?|one)\b", phrase.lower())
        )
        definite = owned or bool(re.match(r"(?:the|his|her|its|their)\b", phrase.lower()))
        if definite:
            record = self._by_role(core, named)
            if record:
                return self._with_country(record, None)
        role = read_role(phrase)
        kind = role.kind or (PUBLIC if re.search(r"protest|demonstrat|resident|voter|citizen|people", core) else None)
        if kind is PUBLIC and named:
            return Actor("public", _bare(phrase), PUBLIC, country=named)
        if kind is None or (kind in _CROWDS and token.tag_ in {"NNS", "NNPS"}):
            return None
        name = _bare(phrase)
        if kind == ORGANISATION:
            return self._voice(name, phrase, role)
        return self._unnamed(name, kind, role, country)

    def _voice(self, name: str, phrase: str, role: Role) -> Actor | None:
        """A person without a name who speaks for a body: for the one just named if he is "its" secretary."""
        if not re.match(r"[Ii]ts ", phrase):
            return Actor("unnamed", name, ORGANISATION, name, None, role.group or body_in(phrase) or name)
        last = self.setting.collective
        return _voice_of(Actor("unnamed", name, ORGANISATION, name), last) if last and last.group else None

    def _group_before(self, phrase: str) -> Actor | None:
        """The civic group named before, where "the union" or "the pensioners' group" means it."""
        last = self.setting.collective
        known = last is not None and last.kind == "body" and civic_in(last.name)
        return last if known and _CIVIC_NOUN.fullmatch(phrase.lower()) else None

    def _unnamed(self, name: str, kind: str, role: Role, country: str | None) -> Actor:
        """A person whom the article names by his role alone."""
        if kind == LEGISLATOR:
            unnamed = Actor("unnamed", name, kind, name, country, role.group, role.speaks)
            return unnamed if role.group else self._with_party(unnamed, None)
        return Actor(
            "unnamed", name, kind, name, role.country or country if kind in {OFFICIAL, FORMER} else None, role.group
        )

    def _by_role(self, core: str, country: str | None) -> Record | None:
        noun = core.rsplit(maxsplit=1)[-1]
        office = _OFFICES.get(noun, noun)
        for record in reversed(self.cast.records):
            described = folded(record.described).lower()
            actor = self.cast.actor(record)
            if actor.role_kind == FORMER and noun not in {"general", "admiral", "ambassador", "colonel", "diplomat"}:
                continue
            held = " ".join([described, folded(actor.role or "").lower(), *self.cast.offices(record)])
            fits = re.search(rf"\b(?:{re.escape(noun)}|{re.escape(office)})\b", held)
            its_own = actor.country or self._countries.get(record.name)
            if fits and _same_office(core, held) and (country is None or its_own in {None, country}):
                return record
        return None

    def _office_of(self, owner: Any, phrase: str, sentence: Sentence) -> Actor | None:
        start = sentence.shift + owner.idx
        record = self.cast.at(start, start + len(owner))
        if owner.text.lower() in {"his", "her"}:
            actor = self._person("he")
        else:
            actor = self._with_country(record, sentence) if record else None
        if actor is None:
            return None
        if actor.role_kind == LEGISLATOR and not actor.group:
            return actor
        if actor.role_kind == LEGISLATOR and actor.group:
            return Actor("unnamed", _bare(phrase), LEGISLATOR, actor.role, actor.country, actor.group)
        return Actor("institution", _bare(phrase), OFFICIAL, country=actor.country)

    def _person(self, word: str) -> Actor | None:
        last = self.setting.person
        if isinstance(last, Record):
            return self._with_country(last, None)
        return last

    def _with_country(self, record: Record, sentence: Sentence | None) -> Actor:
        """The person's actor; an official whose state is not named belongs to the state that the passage is about."""
        actor = self.cast.actor(record)
        if actor.role_kind == LEGISLATOR and not actor.group:
            return self._with_party(actor, sentence)
        if actor.role_kind == ORGANISATION and not actor.group and self.setting.collective:
            return _voice_of(actor, self.setting.collective)
        if actor.role_kind != OFFICIAL or actor.country:
            return actor
        if record.name not in self._countries and sentence is not None:
            self._countries[record.name] = self._context_country(None, sentence) or ""
        return replace(actor, country=self._countries.get(record.name) or self.setting.home)

    def _with_party(self, actor: Actor, sentence: Sentence | None) -> Actor:
        """A leader or spokesperson whose party the passage names rather than his own title does."""
        before = party_in(self._text(sentence)) if sentence is not None else None
        party = before or self.setting.party
        if party and actor.role and _LEADING.search(folded(actor.role).lower()):
            return replace(actor, group=party, speaks=True)
        return actor

    def _context_country(self, token: Any, sentence: Sentence) -> str | None:
        before = sentence.span.text
        if token is not None:
            before = before[: max(0, token.idx - sentence.span.start_char)]
        hits = [h for h in gazetteer().find(before) if h.name.kind in {"country", "demonym", "capital", "building"}]
        if hits and token is not None:
            return hits[-1].name.holder
        return self.setting.country or (hits[0].name.holder if hits else None) or self.setting.home

    def _remember(self, actor: Actor) -> None:
        if actor.kind in {"person", "unnamed"}:
            record = next((r for r in self.cast.records if r.name == actor.name), None)
            self.setting.person = record or actor
        elif actor.kind != "public":
            self.setting.collective = actor

    def _note_persons(self, sentence: Sentence) -> None:
        """With no subject resolved in the sentence, the last person named is who "he" is."""
        named = self.cast.within(sentence.start, sentence.end)
        if named and not (isinstance(self.setting.person, Record) and self.setting.person in named):
            self.setting.person = named[0]

    def _text(self, sentence: Sentence) -> str:
        return self.document.text[sentence.start : sentence.end]


def _voice_of(actor: Actor, collective: Actor) -> Actor:
    """Somebody presented as "its spokeswoman", where "it" is the party, body or state named before."""
    if collective.kind not in {"party", "body"}:
        return replace(actor, group=collective.group)
    kind = collective.role_kind or ORGANISATION
    return replace(actor, role_kind=kind, group=collective.group, country=collective.country)


def _same_office(core: str, held: str) -> bool:
    """Whether "the foreign minister" can be him who holds these offices: not if his is the defence ministry."""
    return all(
        kind not in core or kind[:5] in held or not _PORTFOLIO.search(held)
        for kind in ("foreign", "defence", "defense")
    )


def noun_phrase(token: Any) -> str:
    """The words of a noun phrase around its head, without clauses and appositions that hang on it."""
    doc = token.doc
    start, end = token.left_edge.i, token.i + 1
    for child in token.rights:
        if child.dep_ == "prep" and child.text.lower() in {"of", "in", "at", "for", "from", "to"} and child.i == end:
            end = _prepositional_end(child)
            break
    while start < token.i and doc[start].text in {",", '"', "'", "-", ";"}:
        start += 1
    return str(doc[start:end].text)


def _prepositional_end(preposition: Any) -> int:
    last = int(preposition.i) + 1
    for word in preposition.subtree:
        if word.pos_ in {"VERB", "AUX"} or word.text in {",", "who", "which", "that"}:
            break
        last = int(word.i) + 1
    return last


def _named(hit: Hit, text: str, phrase: str) -> Actor | None:
    name = hit.name
    surface = text[hit.start : hit.end]
    if name.kind in {"country", "capital"}:
        return Actor("state", name.holder or name.key, OFFICIAL, country=name.holder)
    if name.kind == "building":
        return Actor("institution", surface, OFFICIAL, country=name.holder)
    if name.kind == "party":
        return Actor("party", surface, LEGISLATOR, group=surface)
    if name.kind == "institution":
        return _institution(name.key, name.holder, name.detail, phrase)
    return None


def _institution(key: str, holder: str | None, kind: str | None, phrase: str) -> Actor | None:
    if _ROLE_NOUN.search(folded(phrase).lower().split(" of ")[0]):
        return None
    if holder in gazetteer().countries and kind not in {"think_tank", "ngo", "firm", "pollster"}:
        return Actor("institution", key, OFFICIAL, country=holder)
    if kind in {"pollster", "firm", "think_tank"}:
        return None
    return Actor(
        "body", holder if kind in {"alliance", "un_body"} and holder else key, ORGANISATION, group=holder or key
    )


def _bare(phrase: str) -> str:
    return re.sub(
        r"^(?:the|a|an|its|his|her|their|one|another|and|but)\s+", "", phrase.strip(), flags=re.IGNORECASE
    ).strip(" ,'\"")
