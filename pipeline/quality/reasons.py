"""The catalogue of reason codes, `schemas/reasons.toml`: what each means and what to do about it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code in words."""

    code: str
    meaning: str
    remedy: str


@cache
def reasons() -> Mapping[str, Reason]:
    """Every documented reason by its code."""
    table = tomllib.loads(files("schemas").joinpath("reasons.toml").read_text("utf-8"))
    return MappingProxyType({code: Reason(code, row["meaning"], row["remedy"]) for code, row in table.items()})


def explain(code: str) -> Reason:
    """The reason in words. HTTP statuses (`http_404`) share one text; an undocumented code says so."""
    known = reasons().get(code)
    if known is None and code.startswith("http_"):
        remedy = "Nothing: a page that is gone (404, 410, 451) stays here, any other is asked for again."
        return Reason(code, f"The server answered with status {code[5:]}.", remedy)
    return known or Reason(code, "This code is not documented.", "Report it; the record says what was checked.")
