"""Polls: the public as holder, the plurality as its position (rulings 4 and 19)."""

from collections.abc import Iterator
from datetime import date

from pipeline.records import Article, Statement
from pipeline.stance.parsing import Document
from pipeline.stance.targets import Pointer, Topics


def poll_statements(
    article: Article, document: Document, found: Topics, pointer: Pointer, day: date | None
) -> Iterator[Statement]:
    """The statements that an article's polls make."""
    yield from ()
