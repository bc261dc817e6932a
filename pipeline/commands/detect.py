"""`stancewire detect` and `evaluate`: the detector on a file, an address, standard input, or a file of articles."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline.records import Article, Statement, content_id


class BadInput(Exception):
    """The input is not what the command reads; the message says where and what it should be."""


def detect_one(source: str, title: str | None, published: date | None) -> tuple[Article, list[Statement]]:
    """The article at a path, an http(s) URL or `-` (standard input), and its statements.

    Raises ExtractionFailed if there is no text, OSError if the file cannot be read, and what fetching a URL raises.
    """
    from pipeline.articles import read_text_or_html
    from pipeline.stance import detect

    found_title, text = read_text_or_html(_read(source), source)
    article = _article(source, title or found_title, text, published)
    return article, detect(article)


def detect_lines(path: Path) -> Iterator[dict[str, object]]:
    """For each article of a JSON Lines file in the gold form, in order: its id and its statements in the gold form."""
    from pipeline.stance import Detector, article_from_gold, statement_to_gold

    rows = list(read_gold(path))
    found = Detector().detect_many([article_from_gold(row) for row in rows])
    for row, statements in zip(rows, found, strict=True):
        yield {"id": row["id"], "statements": [statement_to_gold(statement) for statement in statements]}


def evaluate_file(path: Path) -> dict[str, Any]:
    """The codebook's scores of the detector on a gold file, and the seconds that detection took."""
    from pipeline.stance import evaluate

    gold = list(read_gold(path))
    started = time.monotonic()
    answers: dict[str, Any] = {str(answer["id"]): answer["statements"] for answer in detect_lines(path)}
    seconds = time.monotonic() - started
    return {**evaluate(gold, answers).to_dict(), "seconds": round(seconds, 3)}


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a gold file. Raises BadInput naming the line that is not one."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _row(path, number, line)


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadInput(f"{path}, line {number}: not JSON ({error}); each line is one article") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        raise BadInput(f"{path}, line {number}: an article needs at least `id` and `text`; see docs/codebook.md")
    return row


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    if source.startswith(("http://", "https://")):
        return _fetch(source)
    return Path(source).read_bytes()


def _fetch(url: str) -> bytes:
    from pipeline.settings import load_settings
    from pipeline.sources import Client, Limits

    settings = load_settings()
    with Client(Limits.from_settings(settings), user_agent=settings.user_agent) as client:
        return client.get(url).body


def _article(source: str, title: str | None, text: str, published: date | None) -> Article:
    moment = datetime.combine(published, datetime.min.time(), tzinfo=UTC) if published else None
    return Article(
        article_id=content_id(source),
        revision_id=content_id(source, title, text),
        url=source,
        title=title,
        text=text,
        published=moment,
        published_source=None,
        first_seen=moment or datetime.min.replace(tzinfo=UTC),
        updated=None,
        outlet="",
        publisher="",
        country="",
        language=None,
        author=None,
        method="given",
        raw_ref=None,
        run_id="",
    )
