"""From the words of a role ("Britain's former defence secretary") to the type of speaker, his state, party or body."""

import re
from dataclasses import dataclass

from pipeline.stance.actors import EXPERT, FORMER, LEGISLATOR, OFFICIAL, ORGANISATION
from pipeline.stance.gazetteer import folded, gazetteer
from pipeline.stance.lexicon import roles, words

_PARTY_BEFORE = re.compile(r"\bparty ((?:[A-Z][\w'’-]+ ?){1,3})")
_PARTY = re.compile(
    r"\b(?:the (?:\w+ )?)?((?:[A-Z][\w'’-]+ (?:(?:for|of|and) (?:the )?)?){0,4}"
    r"(?:Party|Democrats|Greens|Socialists|Conservatives|Liberals|Communists|Moderates|Republicans|Nationalists|"
    r"Coalition|Bloc|Front|Movement|Labour|Labor|Union for \w+))\b"
)
_CIVIC_NOUN = (
    r"Circle|Guild|Platform|Network|Society|Association|Federation|Campaign|Club|Chamber of Commerce|R[oō]p[uū]|"
    r"Residents['’]s? Committee|Peace (?:Council|Committee|Group)|Workers['’]? Union"
)
# The name of a civic group: "the Harbour Pilots' Association", "the Reading Circle of Kamakura".
_CIVIC = re.compile(
    rf"\b((?:(?:[A-Z][\w'’-]+|\d+) (?:(?:and|of|for) )?){{1,4}}(?:{_CIVIC_NOUN})\b"
    r"(?: (?:of|for) (?:the )?[A-Z][\w-]+)?)"
)
_CIVIC_COMMON = re.compile(
    r"\b(?:heads?|leads?|chairs?|runs|speaks for) (?:an?|the) "
    r"((?:\w+ )?(?:circle|group|club|network|union|guild|association|society|campaign) (?:of|for) [^,;.]{3,50})"
)
_MINISTERIAL = words("roles", "ministerial")
_SHADOW = re.compile(r"\b(?:shadow|opposition|critic)\b")
# A single legislator speaks for himself, one who leads or speaks for his party for it (ruling 10).
_OWN_VIEW = words("roles", "own_view")
_LEADS = words("roles", "leads")
_US_LEGISLATOR = words("roles", "us_legislator")
_BODY = (
    ("NATO", re.compile(r"\bnato(?:'s)?\b|\bthe alliance's\b|\bthe alliance\b")),
    (
        "European Commission",
        re.compile(r"\beuropean commission\b|\bcommission president\b|\bcommissioner\b|\bcommission\b"),
    ),
    (
        "European Union",
        re.compile(
            r"\beu(?:'s)?\b|\beuropean union\b|\bforeign policy chief\b|\bhigh representative\b|\beuropean council\b"
        ),
    ),
    ("United Nations", re.compile(r"\bun(?:'s)?\b|\bunited nations\b")),
    ("CSTO", re.compile(r"\bcsto\b|\bcollective security treaty\b")),
    ("Gulf Cooperation Council", re.compile(r"\bgcc\b|\bgulf cooperation council\b")),
    ("Arab League", re.compile(r"\barab league\b")),
    ("ASEAN", re.compile(r"\basean\b")),
    ("Pacific Islands Forum", re.compile(r"\bpacific islands forum\b")),
    ("AUKUS", re.compile(r"\baukus\b")),
)


@dataclass(frozen=True, slots=True)
class Role:
    """What a role phrase says: type of speaker, state, party or body, and whether he speaks for it."""

    kind: str | None = None
    country: str | None = None
    group: str | None = None
    speaks: bool = True


def read_role(phrase: str) -> Role:
    """Reads a role phrase in its original case."""
    lowered = folded(phrase).lower()
    country, party = country_in(phrase), party_in(phrase)
    kind = _kind(lowered, party, civic_in(phrase) is not None)
    if kind == LEGISLATOR:
        group, speaks = _party_of(lowered, party, country)
        return Role(kind, country, group, speaks)
    if kind == ORGANISATION:
        return Role(kind, country, body_in(phrase))
    # A minister by his party alone ("a cabinet minister from ...") dissents or speaks for himself (ruling 10).
    dissents = bool(party) and kind == OFFICIAL and bool(re.match(r"(?:an?|one|cabinet minister)\b", lowered))
    return Role(kind, country, party, not dissents)


def told_role(phrase: str | None) -> str | None:
    """The role as a reader is told it: None for a word or two that name none ("Mr", "time")."""
    if phrase is None or len(phrase.split()) > _TELLING_WORDS:
        return phrase
    role = read_role(phrase)
    return phrase if role.kind or role.country or role.group else None


# A longer phrase tells something of the speaker even where no word of it is a known role.
_TELLING_WORDS = 2


def _kind(lowered: str, party: str | None, civic: bool) -> str | None:
    patterns = roles()
    ministerial = _MINISTERIAL.search(lowered) and not _SHADOW.search(lowered)
    if patterns["former"].search(lowered):
        return FORMER if ministerial or not party or patterns["official"].search(lowered) else LEGISLATOR
    if patterns["organisation"].search(lowered) and not (ministerial and not body_in(lowered)):
        return ORGANISATION
    if ministerial and not (party and "party" in lowered and "minister" not in lowered and "chancellor" not in lowered):
        return OFFICIAL
    if party or civic or patterns["legislator"].search(lowered):
        return ORGANISATION if civic and not party and not patterns["legislator"].search(lowered) else LEGISLATOR
    if patterns["expert"].search(lowered) and not re.search(r"\bofficials?\b", lowered):
        return EXPERT
    return OFFICIAL if patterns["official"].search(lowered) else None


def _party_of(lowered: str, party: str | None, country: str | None) -> tuple[str | None, bool]:
    if country == "USA" or (_US_LEGISLATOR.search(lowered) and not party):
        return party, False
    own_view = _OWN_VIEW.search(lowered) and not _LEADS.search(lowered)
    return party, bool(party) and not own_view


def country_in(phrase: str) -> str | None:
    """The state that the phrase names first, by name, adjective or capital."""
    for hit in gazetteer().find(phrase):
        if hit.name.kind in {"country", "demonym", "building"}:
            return hit.name.holder
        if hit.name.kind == "institution" and _iso(hit.name.holder):
            return hit.name.holder
    capitals = [h for h in gazetteer().find(phrase) if h.name.kind == "capital"]
    return capitals[0].name.holder if capitals else None


def _iso(holder: str | None) -> bool:
    return bool(holder) and holder in gazetteer().countries


def party_in(phrase: str) -> str | None:
    """The party that the phrase names, from the data or by its form ("the X Party")."""
    for hit in gazetteer().find(phrase):
        if hit.name.kind == "party":
            return phrase[hit.start : hit.end]
    match = _PARTY.search(phrase) or _PARTY_BEFORE.search(phrase)
    return match[1].strip() if match else None


def civic_in(phrase: str) -> str | None:
    """The civic group that the phrase names, by its form; None for parties and state bodies."""
    named = _CIVIC.search(phrase)
    common = None if named else _CIVIC_COMMON.search(phrase)
    found = named or common
    name = found[1].removeprefix("The ").strip() if found else None
    return None if name is None or gazetteer().lookup(name) else name


def civic_at(text: str, offset: int) -> str | None:
    """The civic group whose name covers the offset of the text."""
    spans = ((m.start(1), m.end(1), m[1]) for m in _CIVIC.finditer(text) if civic_in(m[1]))
    return next((name.removeprefix("The ") for start, end, name in spans if start <= offset < end), None)


def body_in(phrase: str) -> str | None:
    """The international body that the phrase names."""
    lowered = folded(phrase).lower()
    for name, pattern in _BODY:
        if pattern.search(lowered):
            return name
    hits = [h for h in gazetteer().find(phrase) if h.name.kind == "institution" and not _iso(h.name.holder)]
    return hits[0].name.holder if hits else civic_in(phrase)
