"""The names of `schemas/actors/` in a text: states, capitals and palaces, office holders, institutions, parties."""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import ahocorasick

_BUILDING = re.compile(
    r"kremlin|house|palace|street|pentagon|elysee|matignon|number (?:10|ten)|no\.? 10|buildings|office"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an office holder: a state's code or a body's name, the office, and when."""

    country: str
    office: str
    role_class: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the terms that public records give."""

    name: str
    terms: tuple[Term, ...]

    def terms_on(self, day: date | None) -> list[Term]:
        """The terms that cover the day, a week of tolerance around each; all of them when the day is not known."""
        if day is None:
            return list(self.terms)
        return [t for t in self.terms if (t.start is None or t.start <= day) and (t.end is None or day <= t.end)]


@dataclass(frozen=True, slots=True)
class Name:
    """What a string names: `kind` is country, demonym, capital, building, person, institution or party."""

    kind: str
    key: str
    holder: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text."""

    start: int
    end: int
    name: Name


def folded(text: str) -> str:
    """The text without diacritics, character for character."""
    special = str.maketrans("łŁøØđĐıŞşğĞ", "lLoOdDiSsgG")
    return "".join(_base(c) for c in text.translate(special))


def _base(char: str) -> str:
    if char.isascii():
        return char
    decomposed = unicodedata.normalize("NFD", char)
    return decomposed[0] if len(decomposed) > 1 else char


@dataclass(slots=True)
class Gazetteer:
    """All names in one automaton; build it with `gazetteer()`."""

    persons: dict[str, Person] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    leaders: dict[str, str] = field(default_factory=dict)
    _families: dict[str, list[Person]] = field(default_factory=dict)
    _names: dict[str, list[Name]] = field(default_factory=dict)
    _automaton: Any = None

    def add(self, strings: Iterable[str], name: Name) -> None:
        """Lets each string stand for the name."""
        for string in strings:
            key = folded(string).strip()
            if len(key) > 1:
                self._names.setdefault(key, []).append(name)

    def build(self) -> "Gazetteer":
        """Compiles the automaton; call it once, after the last name."""
        self._automaton = ahocorasick.Automaton()
        for key, names in self._names.items():
            self._automaton.add_word(key, (len(key), names))
        self._automaton.make_automaton()
        return self

    def find(self, text: str) -> list[Hit]:
        """The longest names in the text, none within another, in order."""
        found = [h for h in self._raw(folded(text)) if _bounded(text, h.start, h.end)]
        found.sort(key=lambda h: (h.start, -h.end))
        kept: list[Hit] = []
        for hit in found:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def lookup(self, string: str) -> Name | None:
        """What exactly this string names, if anything."""
        names = self._names.get(folded(string).strip())
        return names[0] if names else None

    def by_family_name(self, family: str, day: date | None) -> Person | None:
        """The one office holder of that family name on the day; None where there are several or none."""
        key = folded(family)
        holders = [p for p in self._families.get(key, []) if p.terms_on(day)]
        return holders[0] if day and len(holders) == 1 else None

    def is_family_name(self, name: str) -> bool:
        """Whether any office holder has this family name."""
        return folded(name) in self._families

    def _raw(self, text: str) -> Iterator[Hit]:
        for last, (length, names) in self._automaton.iter(text):
            yield Hit(last - length + 1, last + 1, names[0])


def _bounded(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or (before == "-" and text[start].islower())) and not after.isalnum()


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the installed data, read once. Files that are missing leave their kind of name out."""
    found = Gazetteer()
    for row in _toml("countries.toml", "country"):
        _add_country(found, row)
    for row in _toml("institutions.toml", "institution"):
        name = Name("institution", row["name"], row["holder"], row.get("kind"))
        found.add([row["name"], *row.get("aliases", [])], name)
    for row in _csv("parties.csv"):
        found.add(_strings(row), Name("party", row["name"], row["country"]))
        leaders = [n.strip() for n in (row.get("leaders") or "").split("|") if n.strip()]
        found.leaders.update(dict.fromkeys(leaders, row["name"]))
        for leader in leaders:
            found.persons.setdefault(leader, Person(leader, ()))
            found.add([leader], Name("person", leader))
    _add_persons(found)
    return found.build()


def _add_country(found: Gazetteer, row: dict[str, Any]) -> None:
    code = row.get("part_of") or row["iso3"]
    found.countries[row["iso3"]] = row["name"]
    if row["demonyms"]:
        found.adjectives[row["iso3"]] = row["demonyms"][0]
    names = [row["name"], *row["aliases"]]
    found.add([*names, *(n.upper() for n in names if len(n) > 4)], Name("country", row["iso3"], code))
    found.add([*row["demonyms"], *(d.upper() for d in row["demonyms"])], Name("demonym", row["iso3"], code))
    found.add([row["capital"]], Name("capital", row["iso3"], code))
    for metonym in row["metonyms"]:
        kind = "building" if _BUILDING.search(folded(metonym).lower()) else "capital"
        found.add([metonym], Name(kind, metonym.removeprefix("the "), code))


def _add_persons(found: Gazetteer) -> None:
    terms: dict[str, list[Term]] = {}
    aliases: dict[str, list[str]] = {}
    for row in _csv("office_holders.csv"):
        term = Term(row["country"], row["office"], row["role_class"], _day(row["start"], 1), _day(row["end"], 12))
        terms.setdefault(row["name"], []).append(term)
        aliases.setdefault(row["name"], []).extend(_strings(row))
    for name, held in terms.items():
        person = found.persons[name] = Person(name, tuple(held))
        singles = {folded(a) for a in aliases[name] if " " not in a} | {folded(name).split()[-1]}
        for family in singles:
            found._families.setdefault(family, []).append(person)
        found.add(dict.fromkeys(a for a in aliases[name] if " " in a), Name("person", name))


def _strings(row: dict[str, str]) -> list[str]:
    return [row["name"], *(a.strip() for a in (row.get("aliases") or "").split("|") if a.strip())]


def _day(value: str | None, month: int) -> date | None:
    parts = [int(p) for p in (value or "").split("-") if p.isdigit()]
    if not parts:
        return None
    return date(
        parts[0], parts[1] if len(parts) > 1 else month, parts[2] if len(parts) > 2 else 1 if month == 1 else 28
    )


def _toml(name: str, key: str) -> list[dict[str, Any]]:
    path = files("schemas").joinpath("actors", name)
    return tomllib.loads(path.read_text(encoding="utf-8"))[key] if path.is_file() else []


def _csv(name: str) -> list[dict[str, str]]:
    path = files("schemas").joinpath("actors", name)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.is_file() else []


@cache
def country_names() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Code of each state and territory with its names and its adjectives."""
    rows = _toml("countries.toml", "country")
    return {r["iso3"]: ((r["name"], *r["aliases"]), tuple(r["demonyms"])) for r in rows}
