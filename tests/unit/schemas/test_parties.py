"""The parties: one row for each party of each country, the best known first among namesakes."""

import csv
import tomllib
from collections import Counter
from importlib.resources import files

import pycountry
import pytest

ACTORS = files("schemas").joinpath("actors")
PARTIES = list(csv.DictReader(ACTORS.joinpath("parties.csv").read_text("utf-8").splitlines()))
INSTITUTIONS = tomllib.loads(ACTORS.joinpath("institutions.toml").read_text("utf-8"))["institution"]
DAIL = {
    "Fianna Fáil", "Fine Gael", "Sinn Féin", "Labour Party", "Social Democrats", "People Before Profit", "Green Party",
    "Aontú", "Independent Ireland", "100% Redress",
}  # fmt: skip


def split(cell):
    return [part for part in cell.split("|") if part]


def strings(party):
    return [party["name"], *split(party["aliases"])]


def test_there_are_at_least_two_hundred():
    assert len(PARTIES) >= 200


def test_every_row_has_the_four_columns_and_no_more():
    assert all(list(party) == ["name", "aliases", "country", "leaders"] for party in PARTIES)
    assert all(None not in party.values() for party in PARTIES)


def test_a_partys_country_is_a_state_or_a_body_of_the_institutions():
    bodies = {institution["name"] for institution in INSTITUTIONS}
    for party in PARTIES:
        code = party["country"]
        assert code == "XKX" or code in bodies or pycountry.countries.get(alpha_3=code), party["name"]


def test_no_country_has_two_parties_of_one_name_or_alias():
    counts = Counter((party["country"], string) for party in PARTIES for string in strings(party))
    assert [key for key, count in counts.items() if count > 1] == []


def test_cells_have_no_stray_blanks_and_no_empty_parts():
    for party in PARTIES:
        for cell in party.values():
            assert cell == cell.strip(), party["name"]
            assert "" not in cell.split("|") or not cell, party["name"]
            assert all(part == " ".join(part.split()) for part in split(cell)), party["name"]


def test_a_leader_is_listed_once_in_a_party():
    for party in PARTIES:
        leaders = split(party["leaders"])
        assert len(leaders) == len(set(leaders)), party["name"]


def test_a_name_is_found_with_either_apostrophe():
    for party in PARTIES:
        straight = {string for string in strings(party) if "'" in string}
        assert {string.replace("'", "’") for string in straight} <= set(strings(party)), party["name"]


@pytest.mark.parametrize(
    ("string", "first"),
    [("Labour", "GBR"), ("Democratic Party", "USA"), ("DPP", "TWN"), ("Greens", "DEU"), ("Liberals", "AUS")],
)
def test_among_namesakes_the_one_that_news_means_most_comes_first(string, first):
    countries = [party["country"] for party in PARTIES if string in strings(party)]
    assert len(countries) > 1
    assert countries[0] == first


def test_every_party_of_the_dail_is_listed():
    assert {party["name"] for party in PARTIES if party["country"] == "IRL"} >= DAIL


@pytest.mark.parametrize("word", ["National", "League", "Action", "Together", "Victory", "Pirates", "Centre", "Right"])
def test_a_common_word_alone_names_no_party(word):
    assert all(word not in strings(party) for party in PARTIES)
