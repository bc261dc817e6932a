"""Whose position, on what, and which words carry it. Outlets and persons are invented."""

import pytest

from pipeline.records import Statement
from pipeline.stance import article_from_gold, detect, is_relevant, statement_to_gold

TITLE = "Arnland's neighbours debate an Asian NATO"


def found(text: str, title: str = TITLE, published: str = "2024-10-10", country: str = "JPN") -> list[Statement]:
    row = {"id": "t", "title": title, "text": text, "published": published, "outlet_country": country}
    return detect(article_from_gold(row))


def only(text: str) -> Statement:
    statements = found(text)
    assert len(statements) == 1
    return statements[0]


def test_an_official_speaks_for_his_state() -> None:
    statement = only("Indian Foreign Minister Ravi Kapoor said India would never join an Asian NATO.")
    assert (statement.holder, statement.speaker, statement.authority) == ("IND", "Ravi Kapoor", "official")
    assert statement.stance == "oppose"


def test_a_retired_general_speaks_for_himself() -> None:
    statement = only("Retired Indian general Ravi Kapoor, who runs a consultancy, called an Asian NATO reckless.")
    assert (statement.holder, statement.authority, statement.speaker_type) == (
        "Ravi Kapoor",
        "personal",
        "former_official",
    )


def test_an_expert_about_a_state_is_attributed() -> None:
    statement = only('"Vietnam will never join an Asian NATO," said Minh Tran, a historian at a university in Hue.')
    assert (statement.holder, statement.authority, statement.time) == ("VNM", "attributed", "future_expected")


def test_a_capital_as_subject_is_the_reporters_voice() -> None:
    statement = only("Jakarta has rejected the idea of an Asian NATO.")
    assert (statement.holder, statement.speaker, statement.authority) == ("IDN", None, "attributed")


def test_an_opposition_politician_speaks_for_his_party() -> None:
    statement = only("Hana Mori, leader of the Green Party, said an Asian NATO would be a dangerous mistake.")
    assert (statement.holder, statement.speaker_type) == ("Green Party", "legislator_or_party")


def test_joint_subjects_are_one_statement_each() -> None:
    assert {s.holder for s in found("Vietnam and Thailand have rejected an Asian NATO.")} == {"VNM", "THA"}


def test_a_proviso_later_in_the_article_makes_one_conditional() -> None:
    text = (
        "Philippine Defence Secretary Luis Cruz said Manila would join an Asian NATO.\n\n"
        "Cruz added that the Philippines would join the alliance only if Washington led it."
    )
    statement = only(text)
    assert statement.stance == "conditional"
    assert len(statement.evidence) == 2
    assert statement.condition


def test_a_quotation_runs_on_to_its_speaker() -> None:
    text = (
        '"An Asian NATO is a dangerous fantasy," Indian Foreign Minister Ravi Kapoor said. '
        '"We will not join such a bloc."'
    )
    statement = only(text)
    assert [e.text[-6:] for e in statement.evidence][-1] == 'bloc."'


def test_a_spokesperson_absorbs_the_reporters_line() -> None:
    text = (
        "India rejects an Asian NATO. Foreign ministry spokesman Ravi Kapoor of India called an Asian NATO a mistake."
    )
    assert [s.speaker for s in found(text)] == ["Ravi Kapoor"]


def test_a_view_from_before_office_is_private_and_past() -> None:
    text = "Japanese Prime Minister Taro Kanda called for an Asian NATO before taking office."
    statement = only(text)
    assert (statement.holder, statement.authority, statement.time) == ("Taro Kanda", "personal", "past")


def test_a_weekday_is_resolved_against_the_publication_day() -> None:
    statement = only("Indian Foreign Minister Ravi Kapoor rejected an Asian NATO on Tuesday.")
    assert str(statement.said_on) == "2024-10-08"


def test_a_plan_is_its_owners() -> None:
    text = "Japanese Prime Minister Taro Kanda spoke in Osaka. Kanda's plan includes an Asian NATO."
    statement = only(text)
    assert (statement.speaker, statement.stance) == ("Taro Kanda", "support")


def test_a_role_with_its_state_is_the_person_who_holds_it() -> None:
    text = (
        "Ravi Kapoor, India's foreign minister, was in Osaka.\n\n"
        "India's foreign minister called an Asian NATO a dangerous mistake."
    )
    assert only(text).speaker == "Ravi Kapoor"


def test_a_neighbouring_subject_is_no_proposal() -> None:
    text = "Indian Foreign Minister Ravi Kapoor rejected the arms sale. He called the fighter jets a mistake."
    assert found(text, title="India rejects arms sale") == []


def test_history_is_no_statement() -> None:
    assert found("In 1954 Thailand signed a collective defence treaty in Asia.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The airline will join a rival alliance only if its partners agree.",
        "The rugby union rejected the alliance as a dangerous mistake.",
    ],
)
def test_other_alliances_are_no_proposal(text: str) -> None:
    assert found(text, title="Alliance talks") == []


def test_a_poll_is_coded_by_its_plurality() -> None:
    text = "In a survey by Meridian, 61 percent of Swedes were in favour of Sweden joining NATO and 25 percent against."
    statements = found(text, title="Poll: Sweden and NATO", published="2022-04-01", country="SWE")
    assert [(s.holder, s.stance, s.speaker_type) for s in statements] == [("Swedish public", "support", "public")]


def test_gold_form_has_offsets_beside_each_fragment() -> None:
    text = "Jakarta has rejected the idea of an Asian NATO."
    row = statement_to_gold(only(text))
    assert [text[a:b] for a, b in row["offsets"]] == row["evidence"]


def test_relevance_needs_no_parsing() -> None:
    assert is_relevant("Asian NATO", "India says no.")
    assert not is_relevant("Football", "The match ended in a draw.")


def test_a_parliaments_vote_is_attributed_to_the_state() -> None:
    title = "Turkish parliament admits Sweden"
    (statement,) = found("Turkey's parliament approved Sweden's accession to NATO by 300 votes to 40.", title)
    assert (statement.holder, statement.speaker, statement.authority) == ("TUR", None, "attributed")
    assert statement.stance == "support"


def test_a_signature_still_due_is_no_position() -> None:
    assert found("The president of Hungary still has to sign the protocol on Sweden's accession to NATO.") == []


def test_a_guild_speaks_through_its_secretary() -> None:
    statement = only(
        "Nobody asked the Harbour Pilots Guild. Its secretary, Tom Reed, said that it rejected an Asian NATO."
    )
    assert (statement.holder, statement.speaker, statement.authority) == (
        "Harbour Pilots Guild",
        "Tom Reed",
        "official",
    )


def test_what_a_state_ought_to_do_is_the_speakers_own_view() -> None:
    statement = only("Vietnam should join an Asian NATO, said Minh Tran, a historian at a university in Hue.")
    assert (statement.holder, statement.authority, statement.stance) == ("Minh Tran", "personal", "support")


def test_a_dateline_is_no_subject() -> None:
    statement = only(
        "DELHI, Oct 9 (Plain Wire) - Indian Foreign Minister Ravi Kapoor rejected an Asian NATO on Wednesday."
    )
    assert (statement.holder, statement.speaker) == ("IND", "Ravi Kapoor")
