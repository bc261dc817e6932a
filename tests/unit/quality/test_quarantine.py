import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pipeline.quality.quarantine import quarantined, record_json
from pipeline.quality.validate import validate_records
from pipeline.records import Article, Fetch, Mention, ParsedEntry, Run, Span, Stance


def test_the_record_comes_back_from_its_json(run, mention):
    record = json.loads(quarantined(run, "detect", "evidence_missing", mention()).record)
    assert record["mention_id"] == "m1"
    assert record["statement"]["stance"] == "oppose"
    assert record["statement"]["said_on"] == "2024-10-01"
    assert record["statement"]["evidence"] == [{"text": "will not join the bloc", "start": 30, "end": 52}]


def test_the_id_is_the_same_for_a_record_that_is_seen_again(run, article):
    first = quarantined(run, "extract", "text_too_short", article())
    again = quarantined(run, "extract", "text_too_short", article(text="edited meanwhile"))
    assert first.quarantine_id == again.quarantine_id


def test_run_stage_reason_and_record_each_make_another_row(run, article):
    other_run = Run(run_id="2024-10-03", day=run.day, as_of=run.as_of)
    rows = [
        quarantined(run, "extract", "text_too_short", article()),
        quarantined(other_run, "extract", "text_too_short", article()),
        quarantined(run, "validate", "text_too_short", article()),
        quarantined(run, "extract", "text_empty", article()),
        quarantined(run, "extract", "text_too_short", article("a2")),
        quarantined(run, "extract", "text_too_short", article(), occurrence=1),
    ]
    assert len({row.quarantine_id for row in rows}) == len(rows)


def test_the_pointer_to_the_raw_bytes_is_the_records_own_unless_given(run, article):
    assert quarantined(run, "extract", "text_empty", article()).raw_ref == "2024-10-02.warc.gz#0"
    assert quarantined(run, "extract", "text_empty", article(), "x#1").raw_ref == "x#1"


def test_a_record_without_an_id_is_told_by_what_it_says(run):
    def parsed(title: str) -> ParsedEntry:
        return ParsedEntry(
            id=None, link=None, title=title, published=None, published_raw=None, updated=None, summary=None
        )

    first, second = (quarantined(run, "poll", "no_link", parsed(t)) for t in ("A", "B"))
    assert first.quarantine_id != second.quarantine_id


@given(st.text(), st.integers(), st.integers())
def test_any_text_survives(text, start, end):
    assert json.loads(record_json(Span(text=text, start=start, end=end))) == {"text": text, "start": start, "end": end}


def test_times_are_iso_8601():
    fetch = Fetch(
        fetch_id="f",
        run_id="r",
        url="https://a.example",
        final_url=None,
        purpose="page",
        status=None,
        reason="dns_failed",
        n_bytes=0,
        fetched_at=datetime(2024, 10, 2, 6, tzinfo=UTC),
        raw_ref=None,
    )
    assert json.loads(record_json(fetch))["fetched_at"] == "2024-10-02T06:00:00+00:00"


def test_a_record_is_rebuilt_from_its_json(run, article, mention):
    """What replay does: the very record comes back."""
    for record in (article(published=None), article(), mention(), mention(said_on=None, stance=Stance.CONDITIONAL)):
        row = quarantined(run, "validate", "text_too_short", record)
        assert TypeAdapter(type(record)).validate_json(row.record) == record


def test_a_rule_made_stricter_and_mended_again_brings_every_record_back_once(run, article, mention):
    articles, mentions = [article("a1"), article("a2")], [mention("m1", "a1"), mention("m2", "a2")]
    strict = validate_records(run, articles, mentions, min_text_chars=10_000)
    assert (strict.articles, strict.mentions, strict.count.balanced) == ((), (), True)
    assert [row.reason for row in strict.quarantined] == ["text_too_short"] * 2 + ["article_quarantined"] * 2

    back = [TypeAdapter(Article | Mention).validate_json(row.record) for row in strict.quarantined]
    mended = validate_records(
        run, [r for r in back if isinstance(r, Article)], [r for r in back if isinstance(r, Mention)]
    )
    assert (mended.articles, mended.mentions) == (tuple(articles), tuple(mentions))
    assert (mended.quarantined, mended.count.balanced) == ((), True)
