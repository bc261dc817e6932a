"""The real child process against pages that cost too much: the deadline holds, the next page is fine."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.articles import ExtractionFailed, Extractor, extract

SENTENCE = "The minister said that the pact would be signed in the spring, whatever the opposition thought of it. "
GOOD = (
    f"<html><head><title>Pact</title></head><body><article>{f'<p>{SENTENCE}</p>' * 5}</article></body></html>".encode()
)
# 30,000 tags: below the cap, and about 1 s of work.
SLOW = b"<html><body>" + b"<p>x y z</p>" * 30_000


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(timeout=60) as running:  # generous: other tests may load the machine
        yield running


def reason(extractor: Extractor, page: bytes) -> str:
    with pytest.raises(ExtractionFailed) as failed:
        extractor.extract(page, "https://paper.example.com/story")
    return failed.value.reason


def child_of(extractor: Extractor) -> int:
    extractor.extract(GOOD)
    process = extractor._process
    assert process is not None
    return process.pid


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_gives_what_extract_gives(extractor: Extractor) -> None:
    url = "https://paper.example.com/2024/10/02/story"
    assert extractor.extract(GOOD, url) == extract(GOOD, url)


def test_a_failure_keeps_its_reason(extractor: Extractor) -> None:
    assert reason(extractor, b"<html></html>") == "empty_page"


def test_one_child_serves_many_pages(extractor: Extractor) -> None:
    assert child_of(extractor) == child_of(extractor)


def test_a_page_past_its_deadline_is_given_up_and_the_next_one_is_fine() -> None:
    with Extractor(timeout=0.4) as hasty:
        child = child_of(hasty)
        began = time.monotonic()
        assert reason(hasty, SLOW) == "extraction_timeout"
        assert time.monotonic() - began < 2
        assert not is_alive(child)
        assert hasty.extract(GOOD).title == "Pact"


def test_a_page_whose_child_is_killed_from_outside_gets_a_second_one(extractor: Extractor) -> None:
    child = child_of(extractor)
    with subprocess.Popen(
        [sys.executable, "-c", f"import os,time; time.sleep(0.2); os.kill({child}, {signal.SIGKILL:d})"]
    ):
        assert len(extractor.extract(SLOW).text) == 30_000 * 6 - 1
    assert child_of(extractor) != child


def test_a_child_that_died_between_pages_is_replaced(extractor: Extractor) -> None:
    child = child_of(extractor)
    os.kill(child, signal.SIGKILL)
    assert extractor.extract(GOOD).title == "Pact"
    assert child_of(extractor) != child


def test_memory_is_limited() -> None:
    with Extractor(memory=80 << 20, timeout=60) as small:  # the page needs about 115 MiB
        assert reason(small, SLOW) == "extraction_crashed"
        assert small.extract(GOOD).title == "Pact"


BOMBS = {
    "one paragraph": b"<p>" + b"word " * 900_000,
    "an image in the page": b"<img src='data:image/png;base64," + b"A" * 4_500_000 + b"'>" + GOOD,
    "no full stop": b"<p>" + b"word " * 20_000,
    "unbalanced quotation marks": b"<p>" + '“word" '.encode() * 10_000,
    "nested elements": b"<div>" * 59_000 + b"word " * 100,
    "nested tables": b"<table><tr><td>" * 19_000 + b"word " * 100,
    "attributes": b"<p " + b"a=1 " * 1_000_000 + b">word",
    "comments": b"<!---->" * 500_000 + b"<p>word",
    "a byline of hyphens": b"<p>" + b"A-" * 50_000,
    "entities": b"<p>" + b"&lt;" * 500_000,
    "inline elements": b"<p>" + b"word <b><i>x</i></b> " * 25_000,
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_costly_page_ends_with_an_article_or_a_reason_well_before_the_deadline(
    extractor: Extractor, body: bytes
) -> None:
    child, began = child_of(extractor), time.monotonic()
    with contextlib.suppress(ExtractionFailed):
        assert extractor.extract(b"<html><body>" + body).text
    assert time.monotonic() - began < 10
    assert child_of(extractor) == child


def test_a_page_above_the_cap_is_not_even_sent(extractor: Extractor) -> None:
    assert reason(extractor, b"<p>" + b"x" * (5 << 20)) == "page_too_large"


def test_closing_ends_the_child() -> None:
    with Extractor() as brief:
        child = child_of(brief)
    assert not is_alive(child)


def test_works_inside_a_daemonic_process() -> None:
    """As in Airflow's task processes, which may have no multiprocessing children."""
    script = (
        "import multiprocessing as m\n"
        "def task():\n"
        "    from pipeline.articles import Extractor\n"
        "    with Extractor() as e:\n"
        f"        assert e.extract({GOOD!r}).title == 'Pact'\n"
        "if __name__ == '__main__':\n"
        "    p = m.get_context('fork').Process(target=task, daemon=True)\n"
        "    p.start(); p.join(); raise SystemExit(p.exitcode)\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWIRE_SMTP_PASSWORD", "secret")
    with Extractor() as running:
        child = child_of(running)
        assert b"secret" not in Path(f"/proc/{child}/environ").read_bytes()
