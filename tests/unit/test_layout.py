"""The shape of the code: data flows one way, nothing slow is imported at the top."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOW = (
    "pipeline.sources",
    "pipeline.articles",
    "pipeline.stance",
    "pipeline.quality",
    "warehouse",
    "pipeline.trends",
    "pipeline.reports",
)
SLOW = ("airflow", "great_expectations", "spacy", "pandas", "trafilatura", "duckdb", "httpx")


def modules(package: str) -> Iterator[Path]:
    return (ROOT / package.replace(".", "/")).rglob("*.py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", FLOW)
def test_a_package_imports_nothing_to_its_right(package: str) -> None:
    right = FLOW[FLOW.index(package) + 1 :]
    wrong = [(p.name, name) for p in modules(package) for name in imports(p) if name.startswith(right)]
    assert wrong == []


@pytest.mark.parametrize("package", FLOW)
def test_a_package_does_not_know_who_composes_it(package: str) -> None:
    above = ("pipeline.steps", "pipeline.stages", "pipeline.run", "pipeline.cli", "pipeline.commands")
    wrong = [
        (p.name, name)
        for p in modules(package)
        for name in imports(p)
        if name in above or name.startswith(("pipeline.steps.", "pipeline.commands."))
    ]
    assert wrong == []


def test_nothing_in_the_pipeline_imports_airflow_but_its_own_child_process() -> None:
    users = {p.name for p in modules("pipeline") for name in imports(p) if name.startswith("airflow")}
    assert users <= {"airflow_local.py"}


@pytest.mark.parametrize("command", [["--help"], ["sql", "--help"], ["proposals", "--help"]])
def test_help_loads_nothing_slow(command: list[str]) -> None:
    script = (
        f"import sys; sys.argv = ['stancewire', *{command!r}]\n"
        "from pipeline.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not set(SLOW) & set(done.stderr.split())


def test_no_module_is_longer_than_400_lines() -> None:
    long = [
        (str(p), n)
        for package in ("pipeline", "warehouse", "dags")
        for p in modules(package)
        if (n := len(p.read_text("utf-8").splitlines())) > 400
    ]
    assert long == []
