"""The watchlist, and the cheap question whether a text can hold a statement at all."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import ahocorasick

from pipeline.stance.gazetteer import folded
from pipeline.stance.lexicon import Entry, any_of
from pipeline.stance.text import plain

OTHER = "other"
# Words that make an article worth parsing although no watchlist name occurs: an arrangement of states, and its subject.
_GENERIC = {
    "arrangement": [
        "treaty",
        "pact",
        "alliance",
        "agreement",
        "accord",
        "accession",
        "membership",
        "bloc",
        "joining",
        "join nato",
        "deterren",
        "warheads",
        "nuclear sharing",
        "rapid reaction force",
        "joint force",
        "partnership",
        "legion",
        "umbrella",
        "stationing",
        "bases",
        "neutrality",
    ],
    "security": [
        "security",
        "defence",
        "defense",
        "military",
        "nato",
        "troops",
        "soldiers",
        "nuclear",
        "mutual assistance",
        "expeditionary",
        "armed attack",
        "army",
    ],
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry of the watchlist, as `schemas/proposals.toml` describes it."""

    id: str
    name: str
    proposer: str | None = None
    proposer_countries: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    requires: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    anaphora: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    member: str | None = None
    body: str | None = None
    since: int | None = None
    reversed: bool = False
    entries: tuple[Entry, ...] = ()


def load_proposals(path: Path | None = None) -> tuple[Proposal, ...]:
    """The watchlist from a TOML file, by default the installed one. Raises ValueError where an id is doubled."""
    return _installed() if path is None else _read(path.read_text(encoding="utf-8"), str(path))


@cache
def _installed() -> tuple[Proposal, ...]:
    return _read(files("schemas").joinpath("proposals.toml").read_text(encoding="utf-8"), "schemas/proposals.toml")


def _read(toml: str, source: str) -> tuple[Proposal, ...]:
    found = tuple(_proposal(row) for row in tomllib.loads(toml)["proposal"])
    ids = [p.id for p in found]
    doubled = {i for i in ids if ids.count(i) > 1}
    if doubled:
        raise ValueError(f"{source}: proposal id {sorted(doubled)[0]!r} occurs twice; give each proposal its own id")
    return found


def _proposal(row: dict[str, Any]) -> Proposal:
    lists = {
        k: tuple(folded(a).lower() for a in row.get(k, ())) for k in ("aliases", "requires", "exclude", "anaphora")
    }
    return Proposal(
        id=row["id"],
        name=row["name"],
        proposer=row.get("proposer"),
        proposer_countries=tuple(row.get("proposer_country", "").split()),
        together=tuple(tuple(folded(w).lower() for w in group) for group in row.get("together", ())),
        parties=tuple(row.get("parties", ())),
        member=row.get("member"),
        body=row.get("body"),
        since=int(row["since"][:4]) if row.get("since") else None,
        reversed=row.get("reversed", False),
        entries=tuple(_own_entries(row)),
        **lists,
    )


def _own_entries(row: dict[str, Any]) -> Iterator[Entry]:
    """Phrases that carry a position on this proposal alone ("scrap the triple lock")."""
    opposite = {"support": "oppose", "oppose": "support"}
    for label in ("support", "oppose"):
        if row.get(label):
            yield Entry(f"{row['id']}.{label}", label, opposite[label], "act", 4.0, any_of(row[label]))


@cache
def _relevance() -> Any:
    kinds: dict[str, set[str]] = {}
    for proposal in load_proposals():
        for alias in proposal.aliases:
            kinds.setdefault(alias, set()).add("named")
    for kind, words in _GENERIC.items():
        for word in words:
            kinds.setdefault(word, set()).add(kind)
    automaton = ahocorasick.Automaton()
    for word, of_word in kinds.items():
        automaton.add_word(word, frozenset(of_word))
    automaton.make_automaton()
    return automaton


def is_relevant(title: str | None, text: str) -> bool:
    """Whether an article can hold a statement: one pass over its text, no parsing. Errs on the side of yes."""
    lowered = plain(f"{title or ''}\n{text}").lower()
    kinds: set[str] = set()
    for _, of_word in _relevance().iter(lowered):
        kinds |= of_word
        if "named" in kinds or {"arrangement", "security"} <= kinds:
            return True
    return False


def word_start(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for words that begin with one of these (the end stays open, so that "ratif" finds "ratified")."""
    return re.compile(r"(?<![\w])(?:" + "|".join(re.escape(w) for w in words) + ")")
