"""Expectation suites as data: `schemas/expectations/*.toml`, read into rules and handed to Great Expectations."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SEVERITIES = ("quarantine", "hold", "note")
RECORDS = ("entry", "article", "mention")

_REQUIRED = {"name", "type", "kwargs", "reason", "severity", "why"}
_OPTIONAL: dict[str, Any] = {"spare_first": False, "min_records": 0, "when": None}


class SuiteBroken(Exception):
    """A suite cannot be used as it is written. Remedy: correct the file and rule that the message names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One expectation, the reason code of a row that fails it, and what then happens.

    `quarantine` takes the failing rows out, `hold` keeps the run from being published, `note` only counts.
    """

    name: str
    type: str
    kwargs: Mapping[str, Any]
    reason: str
    severity: str
    why: str
    spare_first: bool = False  # of rows that repeat a value, the first one passes
    min_records: int = 0  # a share of fewer records says nothing
    when: str | None = None  # only if this parameter is given

    def bound(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The kwargs with `$name` replaced by the parameter's value. Raises SuiteBroken for an unknown name."""
        return {key: self._value(value, parameters) for key, value in self.kwargs.items()}

    def _value(self, value: Any, parameters: Mapping[str, Any]) -> Any:
        if not (isinstance(value, str) and value.startswith("$")):
            return value
        if value[1:] not in parameters:
            raise SuiteBroken(f"rule '{self.name}' wants the parameter {value}; known: {sorted(parameters)}")
        return parameters[value[1:]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """The rules for one type of record, in the order in which they give a failing row its reason."""

    record: str
    rules: tuple[Rule, ...]

    def applicable(self, parameters: Mapping[str, Any], n_records: int, *, batch: bool) -> tuple[Rule, ...]:
        """The rules about rows, or those about the whole batch (`hold`), that apply to so many records."""
        return tuple(
            rule
            for rule in self.rules
            if (rule.severity == "hold") is batch
            and n_records >= rule.min_records
            and (rule.when is None or parameters.get(rule.when) is not None)
        )


@cache
def load_suite(record: str) -> Suite:
    """The suite for `entry`, `article` or `mention`. Raises SuiteBroken, naming file and rule."""
    name = f"{record}.toml"
    try:
        return parse_suite(files("schemas").joinpath("expectations", name).read_text("utf-8"))
    except (KeyError, ValueError, SuiteBroken) as error:
        raise SuiteBroken(f"schemas/expectations/{name}: {error}") from error


def parse_suite(toml: str) -> Suite:
    """A suite from its TOML text. Raises SuiteBroken for a rule that lacks a key, has an unknown one or severity."""
    data = tomllib.loads(toml)
    return Suite(record=data["record"], rules=tuple(_rule(table) for table in data["rule"]))


def _rule(table: Mapping[str, Any]) -> Rule:
    name = table.get("name", "(unnamed)")
    if missing := _REQUIRED - table.keys():
        raise SuiteBroken(f"rule '{name}' lacks {', '.join(sorted(missing))}")
    if unknown := table.keys() - _REQUIRED - _OPTIONAL.keys():
        raise SuiteBroken(f"rule '{name}' has unknown keys: {', '.join(sorted(unknown))}")
    if table["severity"] not in SEVERITIES:
        raise SuiteBroken(f"rule '{name}' has severity '{table['severity']}'; use one of {', '.join(SEVERITIES)}")
    return Rule(**{**_OPTIONAL, **table})
