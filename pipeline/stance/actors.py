"""Who can hold or state a position, and what the codebook makes of each: speaker, holder, type, authority."""

from dataclasses import dataclass

OFFICIAL, LEGISLATOR, FORMER = "official", "legislator_or_party", "former_official"
EXPERT, ORGANISATION, PUBLIC, MEDIA = "expert", "organisation", "public", "media"


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, an institution, a party, a body, a person, or a person without a name.

    `kind` is one of state, institution, party, body, person, unnamed, public. `role_kind` is a speaker type, None where
    nothing is known. `group` is the party or body that he belongs to, `speaks` whether he may speak for it.
    """

    kind: str
    name: str
    role_kind: str | None = None
    role: str | None = None
    country: str | None = None
    group: str | None = None
    speaks: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """The four fields that say whose position a statement is, and on whose word."""

    speaker: str | None
    speaker_role: str | None
    speaker_type: str
    holder: str
    authority: str


def own_claim(actor: Actor, spoken: bool) -> Claim | None:
    """The claim that an actor makes for himself or for those he speaks for; None where no holder can be named.

    `spoken` says whether a verb of saying or a formal act carries it (rulings 1, 10, 18).
    """
    if actor.kind == "state":
        return Claim(None, None, OFFICIAL, actor.country or actor.name, "attributed")
    if actor.kind == "institution":
        return Claim(actor.name, None, OFFICIAL, actor.country, "official") if actor.country else None
    if actor.kind in {"party", "body"}:
        kind = LEGISLATOR if actor.kind == "party" else ORGANISATION
        speaker = actor.name if spoken else None
        return Claim(speaker, None, kind, actor.name, "official" if spoken else "attributed")
    if actor.kind == "public":
        return Claim(actor.name, actor.role, PUBLIC, actor.name, "personal")
    return _person_claim(actor)


def _person_claim(actor: Actor) -> Claim:
    personal = Claim(actor.name, actor.role, actor.role_kind or EXPERT, actor.name, "personal")
    if actor.role_kind == OFFICIAL and actor.country and actor.speaks:
        return Claim(actor.name, actor.role, OFFICIAL, actor.country, "official")
    if actor.role_kind in {LEGISLATOR, ORGANISATION} and actor.group and actor.speaks:
        return Claim(actor.name, actor.role, actor.role_kind, actor.group, "official")
    return personal


def state_act(actor: Actor) -> Claim | None:
    """The position that a formal act of a state's organ or officer shows (ruling 13)."""
    return Claim(None, None, OFFICIAL, actor.country, "attributed") if actor.country else None


def third_party_claim(actor: Actor, state: str) -> Claim:
    """What an actor says that a state's position is."""
    kind = actor.role_kind or EXPERT
    if actor.kind in {"institution", "state"}:
        kind = OFFICIAL
    if actor.kind == "party":
        kind = LEGISLATOR
    speaker = None if actor.kind == "state" else actor.name
    return Claim(speaker, actor.role, kind, state, "attributed")
