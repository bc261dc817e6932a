"""The command line from outside: one clear line for bad input, the right exit code, JSON where data is printed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.records import Quarantined
from pipeline.staging import Staging

STANCEWIRE = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def stancewire(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "STANCEWIRE_HOME": str(cwd / "home"), "COLUMNS": "200", "PYTHONPATH": str(Path.cwd())}
    return subprocess.run(
        [*STANCEWIRE, *arguments], capture_output=True, text=True, cwd=cwd, input=stdin, env=environment, check=False
    )


BAD_USE = {
    "an unknown command": ["nope"],
    "an unknown option": ["run", "--nope"],
    "a missing argument": ["evaluate"],
    "a day that is none": ["run", "--day", "2024-02-30"],
    "a day with a quote in it": ["run", "--day", "2024-02-01'; drop table run"],
}


@pytest.mark.parametrize("arguments", BAD_USE.values(), ids=BAD_USE.keys())
def test_wrong_use_is_one_line_and_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    done = stancewire(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "--help" in done.stderr
    assert done.stdout == ""


FAILURES = {
    "a feed list that is not there": (["run", "--feeds", "none.toml", "--day", "2024-10-09"], "none.toml"),
    "a gold file that is not there": (["evaluate", "none.jsonl"], "none.jsonl"),
    "an article that is not there": (["detect", "none.txt"], "none.txt"),
    "a question before anything is published": (["sql", "select 1"], "nothing is published"),
    "a report before anything is published": (["report"], "nothing is published"),
}


@pytest.mark.parametrize(("arguments", "names"), FAILURES.values(), ids=FAILURES.keys())
def test_a_failure_is_one_line_that_names_the_thing(tmp_path: Path, arguments: list[str], names: str) -> None:
    done = stancewire(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert names in done.stderr
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr


def test_a_gold_file_with_a_bad_line_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "x", "statements": []}\n{"id": "b"\n')
    done = stancewire("evaluate", "gold.jsonl", cwd=tmp_path)
    assert done.returncode == 1
    assert "gold.jsonl, line 2" in done.stderr


def test_an_empty_article_is_refused(tmp_path: Path) -> None:
    done = stancewire("detect", "-", cwd=tmp_path, stdin="  \n")
    assert done.returncode == 1
    assert "nothing to read" in done.stderr


def test_a_setting_that_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "stancewire.toml").write_text("shards = 0\n")
    done = stancewire("run", "--day", "2024-10-09", cwd=tmp_path)
    assert done.returncode == 1
    assert "shards" in done.stderr


def test_a_command_that_needs_a_subcommand_shows_its_help(tmp_path: Path) -> None:
    done = stancewire("feeds", cwd=tmp_path)
    assert done.returncode == 2
    assert "check" in done.stdout + done.stderr


def test_the_watchlist_is_printed_as_json(tmp_path: Path) -> None:
    done = stancewire("proposals", "list", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert {"asian-nato", "sweden-nato"} <= {proposal["id"] for proposal in json.loads(done.stdout)}


def test_an_empty_quarantine_is_an_empty_list(tmp_path: Path) -> None:
    done = stancewire("quarantine", "list", "--json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_detection_answers_in_the_gold_form(tmp_path: Path) -> None:
    text = "Japan's Prime Minister Shigeru Ishiba said on Tuesday that Japan supports the creation of an Asian NATO."
    (tmp_path / "article.txt").write_text(text)
    done = stancewire("detect", "article.txt", "--published", "2024-10-02", "--json", cwd=tmp_path)
    (statement,) = json.loads(done.stdout)["statements"]
    assert statement["proposal"] == "asian-nato"
    assert statement["stance"] == "support"
    assert statement["evidence"][0] in text
    assert statement["said_on"] == "2024-10-01"
    assert 0 <= statement["confidence"] <= 1


def test_a_jsonl_file_is_answered_line_by_line_in_order(tmp_path: Path) -> None:
    rows = [{"id": name, "text": "The Speaker called the budget late.", "published": "2024-10-02"} for name in "cab"]
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = stancewire("detect", "articles.jsonl", "--json", cwd=tmp_path)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"id": n, "statements": []} for n in "cab"]


def test_nothing_is_written_outside_the_home(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("Sweden should join NATO, said the minister.")
    stancewire("detect", "article.txt", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["article.txt"]


def test_the_quarantine_is_shown_with_meaning_and_remedy(tmp_path: Path) -> None:
    entry = {"entry_id": "e", "link": "http://press.example/gone"}
    row = Quarantined(
        quarantine_id="q", run_id="2024-10-09", stage="fetch", reason="http_404", record=json.dumps(entry), raw_ref=None
    )
    Staging(tmp_path / "home" / "runs" / "2024-10-09").write("quarantine", [row])
    done = stancewire("quarantine", "list", cwd=tmp_path)
    assert "http://press.example/gone" in done.stdout
    assert "http_404: The server answered with status 404." in done.stdout
