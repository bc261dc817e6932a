"""Identity: a statement is counted once, whatever carries it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.trends import MentionFacts, cluster

FIRST = date(2026, 11, 2)
WORDS = '"We see no need for such an alliance in our part of the world," she said.'


def mention(
    number: int,
    published: int | None = 0,
    said_on: int | None = None,
    group: str | None = None,
    words: str = "she rejected it",
    **fields: str | None,
) -> MentionFacts:
    base = MentionFacts(
        mention_id=f"m{number:03}",
        proposal_id="asian-nato",
        proposal_name="",
        holder="IND",
        speaker_key="rao",
        speaker="Asha Rao",
        authority="official",
        stance="oppose",
        time="current",
        said_on=None if said_on is None else FIRST + timedelta(days=said_on),
        published=None if published is None else FIRST + timedelta(days=published),
        seen_on=FIRST + timedelta(days=published or 0),
        group_id=group,
        evidence=(words,),
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def parts(*mentions: MentionFacts) -> list[set[int]]:
    clusters = cluster(mentions)
    return sorted(({int(m[1:]) for m in c.mention_ids} for c in clusters), key=min)


def test_reports_within_three_days_are_one_statement() -> None:
    assert parts(mention(1, 0), mention(2, 3), mention(3, 1)) == [{1, 2, 3}]


def test_the_same_position_a_week_later_is_a_new_statement() -> None:
    assert parts(mention(1, 0), mention(2, 7)) == [{1}, {2}]


def test_a_position_reported_every_day_does_not_grow_into_one_statement() -> None:
    assert parts(*(mention(n, n) for n in range(14))) == [set(range(7)), set(range(7, 14))]


def test_different_stances_speakers_holders_and_times_are_different_statements() -> None:
    others = [
        mention(2, stance="support"),
        mention(3, speaker_key="sen", speaker="Bina Sen"),
        mention(4, holder="JPN"),
        mention(5, time="past"),
        mention(6, authority="attributed"),
        mention(7, speaker_key=None, speaker=None),
        mention(8, proposal_id="other", proposal_name="Island Pact"),
        mention(9, proposal_id="other", proposal_name="Coast Pact"),
    ]
    assert parts(mention(1), *others) == [{number} for number in range(1, 10)]


def test_given_names_that_contradict_are_two_speakers_and_a_bare_surname_goes_with_the_usual_one() -> None:
    assert parts(
        mention(1),
        mention(2),
        mention(3, speaker="Vikram Rao"),
        mention(4, speaker="Rao"),
        mention(5, speaker="A. Rao"),
    ) == [{1, 2, 4, 5}, {3}]


def test_copies_in_one_group_are_one_statement_however_late() -> None:
    assert parts(mention(1, 0, group="g"), mention(2, 30, group="g")) == [{1, 2}]


def test_the_same_quoted_words_are_one_statement_however_late() -> None:
    assert parts(mention(1, 0, words=WORDS), mention(2, 30, words="Then, as now: " + WORDS.upper())) == [{1, 2}]


def test_a_late_report_with_old_words_does_not_draw_its_neighbours_into_the_old_statement() -> None:
    assert parts(mention(1, 0, words=WORDS), mention(2, 30, words=WORDS), mention(3, 30)) == [{1, 2}, {3}]


def test_the_same_words_said_on_days_far_apart_are_two_statements() -> None:
    assert parts(
        mention(1, 0, said_on=0, words=WORDS), mention(2, 30, said_on=30, words=WORDS), mention(3, 31, words=WORDS)
    ) == [{1}, {2, 3}]


def test_a_short_slogan_does_not_tie() -> None:
    assert parts(mention(1, 0, words='"No Asian NATO"'), mention(2, 30, words='"No Asian NATO"')) == [{1}, {2}]


def test_the_day_it_was_said_counts_before_the_day_of_publication() -> None:
    (statement,) = cluster([mention(1, 9, said_on=1), mention(2, 2)])
    assert statement.stated_on == FIRST + timedelta(days=1)


def test_a_day_of_saying_after_the_report_is_not_believed() -> None:
    (statement,) = cluster([mention(1, 0, said_on=5)])
    assert statement.stated_on == FIRST


def test_reports_without_any_date_stand_alone_and_undated() -> None:
    clusters = cluster([mention(1, None), mention(2, None), mention(3, 0)])
    assert [c.stated_on for c in clusters].count(None) == 2
    assert len(clusters) == 3


def test_an_undated_copy_has_the_date_of_its_group() -> None:
    (statement,) = cluster([mention(1, None, group="g"), mention(2, 4, group="g")])
    assert statement.stated_on == FIRST + timedelta(days=4)


MENTIONS = st.lists(
    st.builds(
        mention,
        number=st.integers(0, 999),
        published=st.none() | st.integers(0, 20),
        said_on=st.none() | st.integers(0, 20),
        group=st.none() | st.sampled_from("gh"),
        words=st.sampled_from([WORDS, "she rejected it"]),
        stance=st.sampled_from(["oppose", "support"]),
        speaker=st.sampled_from(["Asha Rao", "Rao", "Vikram Rao"]),
    ),
    max_size=12,
    unique_by=lambda m: m.mention_id,
)


@given(mentions=MENTIONS, data=st.data())
def test_order_does_not_matter_and_every_mention_has_exactly_one_statement(
    mentions: list[MentionFacts], data: st.DataObject
) -> None:
    clusters = cluster(mentions)
    assert cluster(data.draw(st.permutations(mentions))) == clusters
    assert sorted(m for c in clusters for m in c.mention_ids) == sorted(m.mention_id for m in mentions)
    assert len({c.statement_id for c in clusters}) == len(clusters)


@given(mentions=MENTIONS)
def test_a_statement_never_mixes_stances(mentions: list[MentionFacts]) -> None:
    stances = {m.mention_id: m.stance for m in mentions}
    assert all(len({stances[m] for m in c.mention_ids}) == 1 for c in cluster(mentions))
