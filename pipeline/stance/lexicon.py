"""The lexicons of `schemas/lexicon/`, read once and compiled."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A family of phrases that says one thing: `label` plainly, `negated` under a negation ("none": nothing)."""

    id: str
    label: str
    negated: str
    kind: str
    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Negation:
    """The words that negate, those that end their scope, and how many words they reach forward."""

    negators: frozenset[str]
    closers: frozenset[str]
    pseudo: re.Pattern[str]
    reach: int


def read(name: str) -> dict[str, Any]:
    """One lexicon file as plain data."""
    return tomllib.loads(files("schemas").joinpath("lexicon", name).read_text(encoding="utf-8"))


def any_of(patterns: list[str]) -> re.Pattern[str]:
    """One pattern that matches any of the phrases, at word boundaries."""
    return re.compile(r"(?<![\w-])(?:" + "|".join(patterns) + r")(?!\w)")


@cache
def stance_entries() -> tuple[Entry, ...]:
    """The stance phrases, in the file's order."""
    return tuple(
        Entry(e["id"], e["label"], e["negated"], e["kind"], float(e["weight"]), any_of(e["patterns"]))
        for e in read("stance.toml")["entry"]
    )


@cache
def negation() -> Negation:
    """What negates, and how far."""
    data = read("negation.toml")
    return Negation(frozenset(data["negators"]), frozenset(data["closers"]), any_of(data["pseudo"]), data["reach"])


@cache
def conditions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The markers of a condition, and the look-alikes that are none."""
    data = read("conditions.toml")
    return any_of(data["strong"]), any_of(data["not_conditions"])


@cache
def speech() -> frozenset[str]:
    """Lemmas of the verbs of saying."""
    return frozenset(read("speech.toml")["say"])


@cache
def roles() -> dict[str, re.Pattern[str]]:
    """Role words by type of speaker."""
    return {kind: any_of(patterns) for kind, patterns in read("roles.toml").items()}


@cache
def words(module: str, purpose: str, end: str = r"\b") -> re.Pattern[str]:
    """Any of a module's words for a purpose, from a word boundary to `end`."""
    return re.compile(r"\b(?:" + "|".join(_words()[module][purpose]) + ")" + end)


@cache
def _words() -> dict[str, Any]:
    return read("words.toml")
