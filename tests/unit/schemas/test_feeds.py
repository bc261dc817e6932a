"""The feed list that comes with the product: the product's own reader takes it, and every entry is usable."""

from collections import Counter
from importlib.resources import as_file, files
from urllib.parse import urlsplit

import pycountry
import pytest

from pipeline.sources import read_feed_list

KINDS = {"agency", "daily", "broadcaster", "magazine", "ministry", "international_organisation", "think_tank"}
# What the alliance proposals of the watchlist are about: each needs a voice of its own.
NEEDED = {
    "IND",
    "JPN",
    "AUS",
    "KOR",
    "PHL",
    "TUR",
    "SAU",
    "ARE",
    "GBR",
    "FRA",
    "DEU",
    "POL",
    "HUN",
    "UKR",
    "USA",
    "PNG",
}


@pytest.fixture(scope="module")
def feeds():
    with as_file(files("schemas").joinpath("feeds.toml")) as path:
        return read_feed_list(path)


def test_there_are_at_least_sixty(feeds):
    assert len(feeds) >= 60


def test_addresses_are_on_the_web_and_unique_whatever_the_scheme(feeds):
    addresses = [urlsplit(feed.url) for feed in feeds]
    assert {address.scheme for address in addresses} <= {"http", "https"}
    bare = Counter((a.netloc, a.path.rstrip("/"), a.query) for a in addresses)
    assert [key for key, count in bare.items() if count > 1] == []


def test_no_feed_may_reach_into_the_local_network(feeds):
    assert not any(feed.local for feed in feeds)


def test_kinds_are_those_that_reports_know_and_all_are_there(feeds):
    assert {feed.kind for feed in feeds} == KINDS


def test_countries_are_states_or_stand_for_international_bodies(feeds):
    for feed in feeds:
        if feed.country in {"INT", "EUU"}:
            assert feed.kind == "international_organisation", feed.outlet
        else:
            assert pycountry.countries.get(alpha_3=feed.country), feed.outlet


def test_every_outlet_has_a_name_of_its_own_and_a_publisher(feeds):
    assert len({feed.outlet for feed in feeds}) == len(feeds)
    assert all(feed.publisher for feed in feeds)


def test_feeds_of_one_host_have_one_publisher(feeds):
    shared = {"feeds.feedburner.com"}  # serves anybody's feed
    publishers: dict[tuple[str, str], set[str]] = {}
    for feed in feeds:
        host = urlsplit(feed.url).netloc
        if host not in shared:
            publishers.setdefault((host, feed.kind), set()).add(feed.publisher)
    assert {key: names for key, names in publishers.items() if len(names) > 1} == {}


def test_no_feed_is_a_search_of_another_service(feeds):
    assert not any(urlsplit(feed.url).netloc in {"news.google.com", "rsshub.app"} for feed in feeds)


def test_the_regions_of_the_watchlist_have_a_voice_of_their_own(feeds):
    assert {feed.country for feed in feeds} >= NEEDED
