"""The one place that talks to Great Expectations, which is slow to import and likes to print and to phone home."""

import json
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.quality.suites import Rule, SuiteBroken

if TYPE_CHECKING:
    import pandas as pd

# Data Docs show the first values only; more would put whole batches into the stored result.
_SHOWN = 20
_LISTS = ("unexpected_list", "unexpected_index_list", "partial_unexpected_list", "partial_unexpected_index_list")

# The severities of Great Expectations, as Data Docs print them.
_GX_SEVERITY = {"quarantine": "warning", "hold": "critical", "note": "info"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule found: the positions of the failing rows, in order, and whether the rule as a whole holds."""

    rule: Rule
    n_checked: int
    failing: tuple[int, ...]
    allowed_share: float  # of rows that may fail before the rule as a whole does
    passed: bool
    document: str  # Great Expectations' own result, as JSON


@contextmanager
def quiet_context() -> Iterator[Any]:
    """An ephemeral Great Expectations context, imported late and kept quiet: no analytics, progress bars, warnings.

    The library warns on import (it reads `sre_constants`), which a caller with warnings as errors must not feel.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
        yield context


def evaluate(
    name: str, rules: Sequence[Rule], frame: "pd.DataFrame", parameters: Mapping[str, Any]
) -> tuple[Outcome, ...]:
    """Evaluates the rules on a frame that has the columns `row` (0, 1, 2, …) and `record` (the record's id).

    The outcomes come in the order of the rules.

    Raises SuiteBroken for a rule that Great Expectations cannot evaluate: an error is never a pass.
    """
    if not rules or frame.empty:
        return ()
    with quiet_context() as context:
        from great_expectations.core.expectation_suite import ExpectationSuite

        result = _batch(context, name, frame).validate(
            ExpectationSuite(name, expectations=[_expectation(i, rule, parameters) for i, rule in enumerate(rules)]),
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["row", "record"]},
        )
        # Great Expectations groups results by column; the position in our file is kept in `meta`.
        found = {r.expectation_config.meta["position"]: r for r in result.results}
        return tuple(_outcome(rule, found[i]) for i, rule in enumerate(rules))


def _batch(context: Any, name: str, frame: "pd.DataFrame") -> Any:
    asset = context.data_sources.add_pandas("run").add_dataframe_asset(name)
    return asset.add_batch_definition_whole_dataframe("batch").get_batch({"dataframe": frame})


def _expectation(position: int, rule: Rule, parameters: Mapping[str, Any]) -> Any:
    from great_expectations.exceptions.exceptions import ExpectationNotFoundError
    from great_expectations.expectations.metadata_types import FailureSeverity
    from great_expectations.expectations.registry import get_expectation_impl

    meta = {"position": position, "name": rule.name, "reason": rule.reason, "severity": rule.severity}
    try:
        return get_expectation_impl(rule.type)(
            **rule.bound(parameters),
            meta=meta,
            severity=FailureSeverity(_GX_SEVERITY[rule.severity]),
            notes=f"{rule.name}: {rule.why}",
        )
    except (ExpectationNotFoundError, ValueError) as error:
        raise SuiteBroken(f"rule '{rule.name}' ({rule.type}): {error}") from error


def _outcome(rule: Rule, result: Any) -> Outcome:
    found = result.result
    if "element_count" not in found:
        raise SuiteBroken(f"rule '{rule.name}' could not be evaluated: {_message(result.exception_info)}")
    rows = sorted(int(entry["row"]) for entry in found.get("unexpected_index_list") or ())
    return Outcome(
        rule=rule,
        n_checked=found["element_count"],
        failing=tuple(rows),
        allowed_share=1 - float(result.expectation_config.kwargs.get("mostly", 1)),
        passed=bool(result.success),
        document=_document(result),
    )


def _message(exception_info: Any) -> str:
    first = exception_info if "exception_message" in exception_info else next(iter(exception_info.values()), {})
    return str(first.get("exception_message") or "no result, no message")


def _document(result: Any) -> str:
    document = result.to_json_dict()
    document["result"].pop("unexpected_index_query", None)
    for key in _LISTS:
        if key in document["result"]:
            document["result"][key] = document["result"][key][:_SHOWN]
    return json.dumps(document, default=str)
