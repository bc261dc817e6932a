"""Staged files: whole or not at all, and skipped when nothing changed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import FeedEntry
from pipeline.staging import Staging, StagingDamaged


@dataclass(frozen=True)
class Word:
    text: str
    seen: datetime | None = None


@given(texts=st.lists(st.text()))
def test_records_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    staging = Staging(tmp_path_factory.mktemp("run"))
    words = tuple(Word(text, datetime(2024, 10, 9, tzinfo=UTC)) for text in texts)
    staging.write("words", words)
    assert staging.read("words", Word) == words


def test_what_was_never_written_is_empty(tmp_path: Path) -> None:
    assert Staging(tmp_path).read("words", Word) == ()


def test_shards_come_back_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    for number in (10, 2, 0):
        staging.write(f"words-{number}", [Word(str(number))])
    assert [word.text for word in staging.read_all("words", Word)] == ["0", "2", "10"]


def test_a_torn_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    staging.write("words", [Word("a"), Word("b")])
    path = staging.path("words")
    path.write_bytes(path.read_bytes().rsplit(b"\n", 2)[0] + b"\n")
    with pytest.raises(StagingDamaged, match="delete it and run"):
        staging.read("words", Word)


def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.jsonl").write_text("hello\n")
    with pytest.raises(StagingDamaged, match="no header"):
        Staging(tmp_path).read("words", Word)


def test_output_is_fresh_only_for_the_same_inputs(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    staging.write("in-0", [Word("a")])
    before = staging.digest("in-*")
    staging.write("out", [], made_from=before)
    assert staging.is_fresh("out", before)
    staging.write("in-0", [Word("b")])
    assert not staging.is_fresh("out", staging.digest("in-*"))


def test_a_writer_that_dies_leaves_no_file_under_the_name(tmp_path: Path) -> None:
    staging = Staging(tmp_path)

    def dying() -> object:
        yield Word("a")
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        staging.write("words", dying())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_the_pipelines_own_records_survive(tmp_path: Path) -> None:
    entry = FeedEntry(
        entry_id="e",
        entry_hash="h",
        feed_url="http://press.example/feed",
        link="http://press.example/1",
        title="A\u2028B",
        summary=None,
        published=datetime(2024, 10, 9, 8, 30, tzinfo=UTC),
        published_raw="Wed, 09 Oct 2024 08:30:00 GMT",
    )
    staging = Staging(tmp_path)
    staging.write("entries", [entry])
    assert staging.read("entries", FeedEntry) == (entry,)
