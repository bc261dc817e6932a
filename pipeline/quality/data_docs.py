"""Great Expectations' Data Docs of a run's validation, as static pages in one folder."""

import json
import os
import shutil
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.quality.expectations import quiet_context
from pipeline.quality.offline_pages import escaped, offline
from pipeline.quality.suites import load_suite
from pipeline.quality.validate import SuiteResult, Validation
from pipeline.records import Run


def build_data_docs(validation: Validation, out: Path) -> Path:
    """Writes the pages of a validation's results to the folder `out` and returns the path of its index.html.

    The folder is replaced as a whole: a reader finds the old pages or the new ones. The pages need no network.
    """
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    run, results = validation.run, validation.results
    try:
        _build(run, [result for result in results if result.rules], part)
        _make_offline(part)
        (part / "index.html").write_text(offline(_index(run, results, part)), "utf-8")
        _replace(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return out / "index.html"


def _build(run: Run, results: Sequence[SuiteResult], folder: Path) -> None:
    with quiet_context() as context:
        context.delete_data_docs_site("local_site")
        context.add_data_docs_site("site", _site(folder))
        for result in results:
            _store(context, run, result)
        context.build_data_docs(site_names=["site"])


def _site(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }


def _store(context: Any, run: Run, result: SuiteResult) -> None:
    from great_expectations.core.expectation_suite import ExpectationSuite
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    found = _validation_result(run, result)
    configurations = [outcome.expectation_config.to_json_dict() for outcome in found.results]
    for configuration in configurations:
        configuration["kwargs"].pop("batch_id", None)
    context.suites.add(ExpectationSuite(result.suite, expectations=configurations))
    key = ValidationResultIdentifier(
        expectation_suite_identifier=ExpectationSuiteIdentifier(result.suite),
        run_id=RunIdentifier(run_name=run.run_id, run_time=run.as_of),
        batch_identifier=result.suite,
    )
    context.validation_results_store.set(key, found)


def _validation_result(run: Run, result: SuiteResult) -> Any:
    from great_expectations.core.expectation_validation_result import expectationSuiteValidationResultSchema

    rules = [{**rule, "result": escaped(rule["result"])} for rule in json.loads(result.document)]
    n_passed = sum(rule["success"] for rule in rules)
    return expectationSuiteValidationResultSchema.load(
        {
            "success": n_passed == len(rules),
            "results": rules,
            "suite_name": result.suite,
            "suite_parameters": {},
            "statistics": {
                "evaluated_expectations": len(rules),
                "successful_expectations": n_passed,
                "unsuccessful_expectations": len(rules) - n_passed,
                "success_percent": 100 * n_passed / len(rules),
            },
            "meta": {
                "run_id": {"run_name": run.run_id, "run_time": run.as_of.isoformat()},
                "great_expectations_version": version("great-expectations"),
            },
        }
    )


def _make_offline(folder: Path) -> None:
    shutil.rmtree(folder / "static", ignore_errors=True)
    for page in folder.rglob("*.html"):
        page.write_text(offline(page.read_text("utf-8")), "utf-8")


def _index(run: Run, results: Sequence[SuiteResult], folder: Path) -> str:
    """Our own index: that of Great Expectations is drawn by the scripts that were taken out."""
    from jinja2 import Environment, PackageLoader

    pages = {page.stem: page.relative_to(folder).as_posix() for page in folder.glob("validations/**/*.html")}
    why = {(r.suite, rule.name): rule.why for r in results for rule in load_suite(r.suite).rules}
    environment = Environment(loader=PackageLoader("pipeline.quality"), autoescape=True, trim_blocks=True)
    return environment.get_template("index.html.j2").render(run=run, results=results, links=pages, why=why)


def _replace(part: Path, out: Path) -> None:
    """Puts the new folder in the old one's place. A folder with files can't be renamed over, so the old one moves."""
    old = out.with_name(f".{out.name}.{os.getpid()}.old")
    if out.exists():
        out.replace(old)
    part.replace(out)
    shutil.rmtree(old, ignore_errors=True)
