"""The institutions: each speaks for a state or a body that exists, and no name leads to two of them."""

import csv
import tomllib
from collections import Counter
from importlib.resources import files

import pycountry
import pytest

ACTORS = files("schemas").joinpath("actors")
INSTITUTIONS = tomllib.loads(ACTORS.joinpath("institutions.toml").read_text("utf-8"))["institution"]
NAMES = {institution["name"] for institution in INSTITUTIONS}
KINDS = {"ministry", "presidency", "parliament", "armed_forces", "alliance", "un_body", "ngo", "think_tank", "firm"}
KINDS |= {"pollster"}
# What speaks for a state is never a body of its own.
ORGANS = {"ministry", "presidency"}


def is_state(code):
    return code == "XKX" or pycountry.countries.get(alpha_3=code) is not None


def strings(institution):
    return [institution["name"], *institution["aliases"]]


def test_there_are_at_least_two_hundred():
    assert len(INSTITUTIONS) >= 200


def test_every_institution_has_the_four_keys_and_no_other():
    assert {frozenset(institution) for institution in INSTITUTIONS} == {
        frozenset({"name", "aliases", "holder", "kind"})
    }


def test_kinds_are_those_of_the_readme():
    assert {institution["kind"] for institution in INSTITUTIONS} == KINDS


def test_a_holder_is_a_state_or_a_body_of_the_list_that_holds_its_own_position():
    holder_of = {institution["name"]: institution["holder"] for institution in INSTITUTIONS}
    for name, holder in holder_of.items():
        assert is_state(holder) or holder_of.get(holder) == holder, name


def test_ministries_and_palaces_speak_for_states():
    for institution in INSTITUTIONS:
        assert institution["kind"] not in ORGANS or is_state(institution["holder"]), institution["name"]


def test_no_string_names_two_institutions():
    counts = Counter(string for institution in INSTITUTIONS for string in strings(institution))
    assert [string for string, count in counts.items() if count > 1] == []


def test_strings_have_no_stray_blanks_and_are_more_than_one_letter():
    for institution in INSTITUTIONS:
        assert all(len(string) > 1 and string == " ".join(string.split()) for string in strings(institution))


@pytest.mark.parametrize("common", ["Parliament", "Senate", "Foreign Ministry", "foreign ministry", "Defence Ministry"])
def test_a_common_noun_that_every_state_has_names_no_institution(common):
    assert all(common not in strings(institution) for institution in INSTITUTIONS)


def test_no_party_shares_a_string_with_an_institution():
    parties = csv.DictReader(ACTORS.joinpath("parties.csv").read_text("utf-8").splitlines())
    named = {string for party in parties for string in [party["name"], *party["aliases"].split("|")]}
    assert named.isdisjoint(string for institution in INSTITUTIONS for string in strings(institution))


@pytest.mark.parametrize(
    ("string", "holder", "kind"),
    [
        ("Pentagon", "USA", "ministry"),
        ("Foreign Office", "GBR", "ministry"),
        ("MEA", "IND", "ministry"),
        ("Kremlin", "RUS", "presidency"),
        ("Dáil", "IRL", "parliament"),
        ("Diet", "JPN", "parliament"),
        ("Bundeswehr", "DEU", "armed_forces"),
        ("European Union", "EU", "alliance"),
        ("UN Security Council", "UN", "un_body"),
        ("Nihon Hidankyo", "Nihon Hidankyo", "ngo"),
        ("RUSI", "RUSI", "think_tank"),
    ],
)
def test_names_that_news_uses_lead_to_the_holder(string, holder, kind):
    found = [(i["holder"], i["kind"]) for i in INSTITUTIONS if string in strings(i)]
    assert found == [(holder, kind)]


def test_every_body_that_has_an_office_holder_is_listed():
    rows = csv.DictReader(ACTORS.joinpath("office_holders.csv").read_text("utf-8").splitlines())
    assert {row["country"] for row in rows if not is_state(row["country"])} <= NAMES
