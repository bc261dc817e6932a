"""Each rule finds what it is for, gives its reason, and leaves the sound records alone."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipeline.quality.validate import Validation, check_entries, validate_records
from pipeline.records import Span, Stance

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(9999, 12, 31, tzinfo=UTC)


def reasons(rows: tuple[Any, ...]) -> list[tuple[str, str]]:
    return [(json.loads(row.record)[id_of(row)], row.reason) for row in rows]


def id_of(row: Any) -> str:
    return "mention_id" if "mention_id" in json.loads(row.record) else "article_id"


UNSOUND_ARTICLES: list[tuple[dict[str, Any], str]] = [
    ({"article_id": ""}, "id_missing"),
    ({"url": "javascript:alert(1)"}, "url_not_http"),
    ({"url": "file:///etc/passwd"}, "url_not_http"),
    ({"url": "https://"}, "url_not_http"),
    ({"url": "https://a.example/ b"}, "url_not_http"),
    ({"url": "https://a.example/\n"}, "url_not_http"),
    ({"url": ""}, "url_not_http"),
    ({"text": ""}, "text_empty"),
    ({"text": " \n\t "}, "text_empty"),
    ({"text": "Subscribe to read on."}, "text_too_short"),
    ({"text": "caf\ufffd n\x00o " * 30}, "text_garbled"),
    ({"published": datetime(2024, 10, 4, 0, 1, tzinfo=UTC)}, "published_in_future"),
    ({"published": FAR_AHEAD}, "published_in_future"),
    ({"published": datetime(1970, 1, 1, tzinfo=UTC)}, "published_implausible"),
    ({"published": LONG_AGO}, "published_implausible"),
    ({"language": "English"}, "language_malformed"),
    ({"language": "EN"}, "language_malformed"),
    ({"outlet": " "}, "outlet_missing"),
    ({"publisher": ""}, "publisher_missing"),
]
UNUSUAL_ARTICLES: list[dict[str, Any]] = [
    {"published": None},
    {"published": datetime(2024, 10, 3, 23, 59, tzinfo=UTC)},
    {"language": None},
    {"language": "pt-BR"},
    {"raw_ref": None},
    {"title": None},
    {"url": "HTTPS://user@courier.example:8443/path?q=1#top"},
    {"text": "Größe, naïve, 集団防衛, العربية " * 10},
]
UNSOUND_MENTIONS: list[tuple[dict[str, Any], str]] = [
    ({"mention_id": ""}, "id_missing"),
    ({"article_id": "nowhere"}, "article_missing"),
    ({"proposal": "martian-pact"}, "proposal_unknown"),
    ({"proposal": ""}, "proposal_unknown"),
    ({"holder": " "}, "holder_missing"),
    ({"stance": "enthusiastic"}, "stance_unknown"),
    ({"stance": "oppose"}, "score_disagrees"),  # a bare string has no score
    ({"speaker_type": "robot"}, "speaker_type_unknown"),
    ({"authority": "divine"}, "authority_unknown"),
    ({"speaker_type": "former_official"}, "authority_impossible"),
    ({"time": "soon"}, "time_unknown"),
    ({"quote": "loud"}, "quote_unknown"),
    ({"confidence": None}, "confidence_out_of_range"),
    ({"confidence": float("nan")}, "confidence_out_of_range"),
    ({"confidence": 1.01}, "confidence_out_of_range"),
    ({"confidence": -0.01}, "confidence_out_of_range"),
    ({"evidence": ()}, "evidence_missing"),
    ({"evidence": (Span(text="will join the bloc", start=30, end=48),)}, "evidence_not_verbatim"),
    ({"evidence": (Span(text="will not join the bloc", start=31, end=53),)}, "evidence_not_verbatim"),
    ({"evidence": (Span(text="", start=5, end=5),)}, "evidence_not_verbatim"),
    ({"said_on": date(2024, 10, 3)}, "said_in_future"),
    ({"said_on": date(9999, 12, 31)}, "said_in_future"),
    ({"said_on": date(1944, 12, 31)}, "said_on_implausible"),
    ({"said_on": date(1, 1, 1)}, "said_on_implausible"),
    ({"detector_version": ""}, "version_missing"),
    ({"codebook_version": ""}, "version_missing"),
]


def numbered(cases: list[Any], name: str, make: Callable[..., Any]) -> list[Any]:
    return [make(**({name: f"case-{i}"} | changes)) for i, changes in enumerate(cases)]


@pytest.fixture(scope="module")
def judged_articles(run, article) -> Validation:
    """All cases in one batch: Great Expectations takes as long for one record as for a thousand."""
    return validate_records(run, numbered([changes for changes, _ in UNSOUND_ARTICLES], "article_id", article), [])


@pytest.fixture(scope="module")
def judged_mentions(run, article, mention) -> Validation:
    cases = numbered([changes for changes, _ in UNSOUND_MENTIONS], "mention_id", mention)
    return validate_records(run, [article()], [mention("good"), *cases], proposals={"asian-nato"})


@pytest.mark.parametrize(("i", "reason"), [(i, reason) for i, (_, reason) in enumerate(UNSOUND_ARTICLES)])
def test_an_unsound_article_is_quarantined_for_the_reason(judged_articles, i, reason):
    own_id = UNSOUND_ARTICLES[i][0].get("article_id", f"case-{i}")
    assert (own_id, reason) in reasons(judged_articles.quarantined)


def test_no_unsound_article_passes(judged_articles):
    assert judged_articles.articles == ()
    assert len(judged_articles.quarantined) == len(UNSOUND_ARTICLES)


def test_what_is_unusual_but_sound_passes(run, article):
    found = validate_records(run, numbered(UNUSUAL_ARTICLES, "article_id", article), [])
    assert found.quarantined == ()
    assert found.held == ()


@pytest.mark.parametrize(("i", "reason"), [(i, reason) for i, (_, reason) in enumerate(UNSOUND_MENTIONS)])
def test_an_unsound_mention_is_quarantined_for_the_reason(judged_mentions, i, reason):
    own_id = UNSOUND_MENTIONS[i][0].get("mention_id", f"case-{i}")
    assert (own_id, reason) in reasons(judged_mentions.quarantined)


def test_only_the_sound_mention_passes(judged_mentions):
    assert [m.mention_id for m in judged_mentions.mentions] == ["good"]
    assert len(judged_mentions.quarantined) == len(UNSOUND_MENTIONS)


def test_every_stance_of_the_codebook_passes(run, article, mention):
    mentions = [mention(stance.value, stance=stance) for stance in Stance]
    assert validate_records(run, [article()], mentions).quarantined == ()


def test_a_proposal_off_the_watchlist_passes_as_other(run, article, mention):
    found = validate_records(run, [article()], [mention(proposal="other")], proposals={"asian-nato"})
    assert found.quarantined == ()


def test_an_undated_article_is_compared_by_when_it_was_first_seen(run, article, mention):
    undated = article(published=None)
    ahead = run.as_of.date() + timedelta(days=2)
    found = validate_records(run, [undated], [mention("good"), mention("bad", said_on=ahead)])
    assert reasons(found.quarantined) == [("bad", "said_in_future")]


def test_a_failing_article_takes_its_mentions_along(run, article, mention):
    articles = [article("a1"), article("a2", outlet="")]
    found = validate_records(run, articles, [mention("m1", "a1"), mention("m2", "a2")])
    assert [m.mention_id for m in found.mentions] == ["m1"]
    assert reasons(found.quarantined) == [("a2", "outlet_missing"), ("m2", "article_quarantined")]


def test_the_first_rule_of_the_file_gives_the_reason(run, article):
    found = validate_records(run, [article(url="ftp://x", text="", outlet="")], [])
    assert reasons(found.quarantined) == [("a1", "url_not_http")]


def test_of_two_articles_with_one_id_the_first_passes_with_its_mentions(run, article, mention):
    first, second, third = article(), article(text="Other words entirely. " * 20), article(text="And others. " * 30)
    found = validate_records(run, [first, second, third], [mention()])
    assert found.articles == (first,)
    assert [m.mention_id for m in found.mentions] == ["m1"]
    assert reasons(found.quarantined) == [("a1", "id_repeated")] * 2
    assert len({row.quarantine_id for row in found.quarantined}) == 2


def test_a_quarantined_mention_points_to_its_articles_raw_bytes(run, article, mention):
    (row,) = validate_records(run, [article(raw_ref="day.warc.gz#77")], [mention(holder="")]).quarantined
    assert row.raw_ref == "day.warc.gz#77"


def test_the_counts_of_a_validation_add_up(run, article, mention):
    found = validate_records(run, [article("a1"), article("a2", text="")], [mention("m1", "a1"), mention("m2", "a2")])
    count = found.count
    assert (count.stage, count.n_in, count.n_out, count.n_quarantined, count.balanced) == ("validate", 4, 2, 2, True)
    assert {row.stage for row in found.quarantined} == {"validate"}


def test_the_same_run_twice_gives_the_same_quarantine(run, article, mention):
    articles, mentions = [article(text="")], [mention(), mention("m2", said_on=date(1, 1, 1))]
    assert (
        validate_records(run, articles, mentions).quarantined == validate_records(run, articles, mentions).quarantined
    )


def test_an_empty_run_passes(run):
    found = validate_records(run, [], [])
    assert (found.articles, found.quarantined, found.held) == ((), (), ())


def test_a_run_with_too_many_failures_is_held(run, article):
    articles = [article(f"a{i}", text="" if i < 3 else "Sound. " * 30) for i in range(10)]
    (why,) = validate_records(run, articles, [], max_failure_share=0.2).held
    assert why.startswith("failure_share_too_high:")
    assert "3 of 10 article records" in why
    assert "at most 20% allowed" in why


def test_a_run_just_within_the_limit_is_not_held(run, article):
    articles = [article(f"a{i}", text="" if i < 2 else "Sound. " * 30) for i in range(10)]
    assert validate_records(run, articles, [], max_failure_share=0.2).held == ()


def test_one_failure_of_three_is_no_pattern(run, article):
    articles = [article("a1", text=""), article("a2"), article("a3")]
    assert validate_records(run, articles, []).held == ()


def test_a_run_whose_dates_went_missing_is_held(run, article):
    articles = [article(f"a{i}", published=None) for i in range(12)]
    (why,) = validate_records(run, articles, []).held
    assert why.startswith("dates_missing:")


def test_results_name_the_failing_records(run, article):
    found = validate_records(run, [article("a1"), article("a2", text="short")], [])
    result = next(rule for rule in found.results[0].rules if rule.reason == "text_too_short")
    assert (result.n_checked, result.n_failed, result.sample, result.passed) == (2, 1, ("a2",), False)


def test_entries_with_unsafe_links_do_not_get_fetched(run, entry):
    found = check_entries(run, [entry("e1"), entry("e2", link="javascript:alert(1)"), entry("e3", link="")])
    assert [e.entry_id for e in found.passed] == ["e1"]
    assert [row.reason for row in found.quarantined] == ["url_not_http", "url_not_http"]


def test_an_entry_from_the_future_is_noted_but_kept(run, entry):
    found = check_entries(run, [entry(published=FAR_AHEAD)])
    assert len(found.passed) == 1
    assert [(r.reason, r.n_failed) for r in found.result.rules if not r.passed] == [("published_in_future", 1)]


def test_validation_prints_nothing(run, article, capfd):
    validate_records(run, [article(), article("a2", text="")], [])
    assert capfd.readouterr() == ("", "")


def test_importing_quality_imports_nothing_slow():
    code = (
        "import sys; import pipeline.quality, pipeline.quality.validate, pipeline.quality.data_docs, "
        "pipeline.quality.accounting, pipeline.quality.quarantine; "
        "sys.exit(', '.join(sorted({'great_expectations', 'pandas', 'jinja2'} & sys.modules.keys())) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
