"""The documents: links lead somewhere, every command is described, every command that is shown exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from pipeline.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *ROOT.glob("examples/**/*.md"),
]
PAGES = [page for page in PAGES if "articles" not in page.parts]
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")
SHOWN = re.compile(r"(?:^\.venv/bin/|`)stancewire (?:--home \S+ )?([a-z]+)(?: ([a-z]+))?", re.MULTILINE)


def commands() -> dict[str, list[str]]:
    """Every command and its subcommands."""
    root = typer.main.get_command(app)
    return {name: sorted(getattr(command, "commands", {})) for name, command in root.commands.items()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    missing = [target for target in LINK.findall(page.read_text("utf-8")) if not (page.parent / target).exists()]
    assert missing == []


def test_every_command_is_described() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    names = [f"stancewire {name} {sub}".strip() for name, subs in commands().items() for sub in subs or [""]]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_command_that_is_shown_exists() -> None:
    known = commands()
    shown = [match for page in PAGES for match in SHOWN.findall(page.read_text("utf-8"))]
    assert shown
    assert [
        words for words in shown if words[0] not in known or (known[words[0]] and words[1] not in known[words[0]])
    ] == []


@pytest.mark.parametrize("name", [name for name, subs in commands().items() if not subs])
def test_help_ends_with_an_example(name: str) -> None:
    script = "from pipeline.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, name, "--help"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip().splitlines()[-1].strip().startswith("Example: stancewire")
