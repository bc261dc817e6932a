"""What stages learn of earlier runs."""

from dataclasses import replace

import pytest
from duckdb import DuckDBPyConnection

from pipeline.records import StageCount, content_id
from pipeline.trends import settle
from tests.unit.warehouse.newsdesk import Report, at, batch, run_of
from warehouse.batch import RunBatch
from warehouse.load import load_run
from warehouse.names import speaker_key
from warehouse.reads import article_revisions, feed_states, known_articles, known_entries

REPORT = Report(published="2026-11-02")
OTHER = Report(published="2026-11-03", outlet="Delta Courier")


@pytest.fixture(autouse=True)
def two_days(con: DuckDBPyConnection) -> None:
    load_run(con, batch("2026-11-02", REPORT), settle)
    load_run(con, batch("2026-11-03", OTHER), settle)


def test_feed_states_come_back_verbatim(con: DuckDBPyConnection) -> None:
    assert {url: state.etag for url, state in feed_states(con).items()} == {
        REPORT.feed.url: 'W/"2026-11-02"',
        OTHER.feed.url: 'W/"2026-11-03"',
    }
    assert list(feed_states(con, [OTHER.feed.url])) == [OTHER.feed.url]
    assert feed_states(con, []) == {}


def test_known_entries_are_those_that_were_read_before_the_run(con: DuckDBPyConnection) -> None:
    first, second = REPORT.entry(), OTHER.entry()
    assert known_entries(con) == {first.entry_id: first.entry_hash, second.entry_id: second.entry_hash}
    assert list(known_entries(con, before="2026-11-03")) == [first.entry_id]
    assert list(known_entries(con, [OTHER.feed.url])) == [second.entry_id]


def test_an_entry_that_was_only_listed_is_asked_for_again(con: DuckDBPyConnection) -> None:
    failed = replace(batch("2026-11-04", replace(REPORT, slug="later")), entries=(), articles=(), mentions=())
    load_run(con, failed, settle)
    assert replace(REPORT, slug="later").entry().entry_id not in known_entries(con)


def test_article_revisions_give_the_present_one(con: DuckDBPyConnection) -> None:
    edited = replace(REPORT, body="Edited.")
    load_run(con, batch("2026-11-04", edited), settle)
    article = edited.article(run_of("2026-11-04"))
    assert article_revisions(con)[article.article_id] == article.revision_id
    assert article.article_id not in article_revisions(con, before="2026-11-04")


def test_known_articles_are_those_of_the_trailing_window(con: DuckDBPyConnection) -> None:
    found = known_articles(con, as_of=run_of("2026-11-03").as_of)
    assert {a.article_id for a in found} == {content_id(REPORT.url), content_id(OTHER.url)}
    (before,) = known_articles(con, as_of=run_of("2026-11-03").as_of, before="2026-11-03")
    assert (before.published, before.signature) == (at("2026-11-02"), REPORT.text.encode())
    assert known_articles(con, as_of=run_of("2026-11-30").as_of) == ()


def test_counts_that_do_not_add_up_are_not_loaded(con: DuckDBPyConnection) -> None:
    lost = StageCount(run_id="2026-11-05", stage="extract", n_in=3, n_out=1, n_quarantined=1)
    with pytest.raises(ValueError, match="extract don't add up"):
        load_run(con, RunBatch(run=run_of("2026-11-05"), counts=(lost,)))
    assert con.execute("SELECT count(*) FROM run").fetchone() == (2,)


def test_a_mention_without_its_article_is_not_dropped_in_silence(con: DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="quarantine the mention"):
        load_run(con, replace(batch("2026-11-05", REPORT), articles=()))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Asha Rao", "rao"),
        ("Rao", "rao"),
        ("Mr. Rao", "rao"),
        ("Dr Asha Rao Jr.", "rao"),
        ("José Núñez", "nunez"),
        ("Jean-Luc Petit-Jean", "petit-jean"),
        ("the Foreign Ministry", "the foreign ministry"),
        ("Defence Ministry", "defence ministry"),
        ("White House", "white house"),
        ("Рао", "рао"),
        ("", None),
        ("—", None),
        (None, None),
    ],
)
def test_a_speaker_is_known_by_surname_and_a_body_by_all_its_words(name: str | None, key: str | None) -> None:
    assert speaker_key(name) == key
