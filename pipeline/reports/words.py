"""The words that every report uses: names of holders, dates, stances and kinds of shift."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from pipeline.reports.shown import shown
from pipeline.reports.story import ReportedStatement, ShiftStory

KINDS = {
    "reversal": "Reversal",
    "hardening": "Hardening",
    "softening": "Softening",
    "first_position": "First position",
    "split": "Split: two officials differ",
}

STANCES = ("support", "conditional", "noncommittal", "oppose")


def holder_name(holder: str) -> str:
    """A state's name in English for its ISO 3166-1 alpha-3 code; bodies and persons are named by themselves."""
    return shown(_countries().get(holder, holder), 120)


def is_state(holder: str) -> bool:
    """Whether the holder is a state, named by its ISO 3166-1 alpha-3 code."""
    return holder in _countries()


def headline(shift: ShiftStory) -> str:
    """The change in a line: `Hungary: oppose → support`; one stance only for a first position."""
    stances = shift.new.stance if shift.old is None else f"{shift.old.stance} → {shift.new.stance}"
    return f"{holder_name(shift.holder)}: {stances}"


def summary(shifts: Sequence[ShiftStory]) -> str:
    """The shifts counted: `2 positions changed, 1 first position`. A first position is news, but no change."""
    n_first = sum(shift.old is None for shift in shifts)
    n_changed = len(shifts) - n_first
    changed = f"{counted(n_changed, 'position')} changed" if n_changed else "No position changed"
    return f"{changed}, {counted(n_first, 'first position')}" if n_first else changed


def quoted(text: str, limit: int) -> str:
    """A fragment in quotation marks, unless it brings its own."""
    words = shown(text, limit)
    return words if words[:1] in ('"', "“", "«", "„", "'", "‘", "「") else f"“{words}”"


def kind_words(kind: str) -> str:
    """A kind of shift in words."""
    return KINDS.get(kind, shown(kind, 60))


def speaker_words(statement: ReportedStatement) -> str:
    """Who said it, with the role; for a position that nobody is quoted for, who reports it."""
    if statement.speaker is None:
        return "reported without a named speaker"
    name, role = shown(statement.speaker, 120), shown(statement.speaker_role, 120)
    return f"{name}, {role}" if role else name


def authority_words(statement: ReportedStatement) -> str:
    """What the statement binds."""
    return {
        "official": "official statement",
        "attributed": "attributed by a third party",
        "personal": "personal view",
    }.get(statement.authority, shown(statement.authority, 60))


def corroboration(statement: ReportedStatement) -> str:
    """How widely it is reported: `reported by 3 independent publishers in 5 articles`."""
    publishers = counted(statement.n_publishers, "independent publisher")
    return f"reported by {publishers} in {counted(statement.n_mentions, 'article')}"


def counted(n: int, noun: str) -> str:
    """A number with its noun: `1 feed`, `1,200 feeds`."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def day_words(day: date | datetime | None) -> str:
    """A date as `1 October 2024`; `date unknown` where there is none."""
    return f"{day.day} {day:%B} {day.year}" if day else "date unknown"


@cache
def _countries() -> Mapping[str, str]:
    table = tomllib.loads(files("schemas").joinpath("actors", "countries.toml").read_text("utf-8"))
    return {country["iso3"]: country["name"] for country in table["country"]}
