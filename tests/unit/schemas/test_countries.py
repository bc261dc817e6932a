"""The list of states: complete, in order, and without a word that two states claim unnoticed."""

import tomllib
from collections import Counter
from importlib.resources import files

import pycountry
import pytest

COUNTRIES = tomllib.loads(files("schemas").joinpath("actors", "countries.toml").read_text("utf-8"))["country"]
CODES = [country["iso3"] for country in COUNTRIES]
# Nobody lives there, or English has no word of its own for the people.
NO_DEMONYM = {"ATF", "BES", "BLM", "BVT", "CCK", "CXR", "GGY", "HMD", "JEY", "MAF", "SGS", "SHN", "SJM", "SPM", "SXM"}
NO_DEMONYM |= {"UMI"}


def words(country):
    capital = [country["capital"]] if country["capital"] else []
    return [country["name"], *country["aliases"], *country["demonyms"], *capital, *country["metonyms"]]


def test_every_state_of_iso_3166_and_kosovo_is_there_once():
    assert sorted(CODES) == sorted([*(state.alpha_3 for state in pycountry.countries), "XKX"])


def test_states_are_in_the_order_of_their_codes():
    assert sorted(CODES) == CODES


def test_no_two_states_have_the_same_name():
    assert len({country["name"] for country in COUNTRIES}) == len(COUNTRIES)


def test_a_state_has_the_keys_that_readers_rely_on():
    required = {"iso3", "name", "aliases", "demonyms", "capital", "metonyms"}
    for country in COUNTRIES:
        assert required <= set(country) <= required | {"ambiguous", "part_of"}, country["iso3"]
        assert country["name"].strip(), country["iso3"]


def test_every_people_that_english_has_a_word_for_has_it():
    assert {country["iso3"] for country in COUNTRIES if not country["demonyms"]} == NO_DEMONYM


def test_a_states_words_are_listed_once_and_without_stray_blanks():
    for country in COUNTRIES:
        for listed in ([country["name"], *country["aliases"]], country["demonyms"], country["metonyms"]):
            assert len(listed) == len(set(listed)), country["iso3"]
        assert all(word and word == word.strip() for word in words(country)), country["iso3"]


def test_only_a_states_own_words_are_marked_as_ambiguous():
    for country in COUNTRIES:
        assert set(country.get("ambiguous", [])) <= set(words(country)), country["iso3"]


def test_a_territory_belongs_to_a_state_of_the_list_that_belongs_to_no_other():
    owner = {country["iso3"]: country.get("part_of") for country in COUNTRIES}
    for code, state in owner.items():
        assert state is None or (state in owner and owner[state] is None), code


def test_a_word_that_two_states_claim_is_marked_as_ambiguous_by_one_of_them():
    claims = Counter(word for country in COUNTRIES for word in set(words(country)))
    marked = {word for country in COUNTRIES for word in country.get("ambiguous", [])}
    assert {word for word, states in claims.items() if states > 1} <= marked


@pytest.mark.parametrize(
    ("word", "code"),
    [("Türkiye", "TUR"), ("Turkey", "TUR"), ("Burma", "MMR"), ("Holland", "NLD"), ("Kyiv", "UKR"), ("Finns", "FIN")],
)
def test_words_that_news_uses_lead_to_the_state(word, code):
    assert [country["iso3"] for country in COUNTRIES if word in words(country)] == [code]
