import unicodedata

from pipeline.records import FeedEntry
from pipeline.sources import parse_feed
from pipeline.sources.entries import feed_entries
from tests.press import item, rss

URL = "http://press.example/feed"


def entries(*items: str) -> tuple[FeedEntry, ...]:
    return feed_entries(URL, parse_feed(rss(*items), URL))[0]


def ids(*items: str) -> list[str]:
    return [entry.entry_id for entry in entries(*items)]


def test_an_entry_is_known_by_its_guid_wherever_it_stands_and_whatever_it_says() -> None:
    first, other = ids(item(1), item(2))
    assert ids(item(2), item(1, title="Changed", link="/moved")) == [other, first]


def test_the_same_guid_in_another_feed_is_another_entry() -> None:
    parsed = parse_feed(rss(item(1)), URL)
    assert feed_entries(URL, parsed)[0][0].entry_id != feed_entries(URL + "2", parsed)[0][0].entry_id


def test_without_a_guid_the_link_identifies() -> None:
    plain = "<item><title>{}</title><link>/a</link></item>"
    assert ids(plain.format("One")) == ids(plain.format("Two"))
    assert ids(plain.format("One")) != ids("<item><title>One</title><link>/b</link></item>")


def test_a_placeholder_guid_identifies_nothing() -> None:
    for guid in ("-", "0", "None"):
        assert len(set(ids(item(1, guid=guid), item(2, guid=guid)))) == 2
        assert ids(item(1, guid=guid)) == ids("<item><title>x</title><link>/articles/1.html</link></item>")


def test_one_guid_for_two_entries_identifies_neither() -> None:
    assert len(set(ids(item(1, guid="same"), item(2, guid="same")))) == 2


def test_the_same_entry_twice_is_one() -> None:
    parsed = parse_feed(rss(item(1), item(1)), URL)
    found, faults = feed_entries(URL, parsed)
    assert len(found) == 1
    assert faults == ("duplicate_entry:1",)


def test_an_entry_without_a_link_is_listed_so_that_it_can_be_accounted_for() -> None:
    found, faults = feed_entries(
        URL, parse_feed(rss("<item><title>x</title><guid isPermaLink='false'>7</guid></item>"), URL)
    )
    assert [entry.link for entry in found] == [""]
    assert faults == ("entry_without_link:1",)


def test_entries_with_neither_guid_nor_link_are_told_apart_by_what_they_say() -> None:
    assert len(set(ids("<item><title>x</title></item>", "<item><title>y</title></item>"))) == 2


def test_the_hash_changes_with_what_an_entry_says_and_with_nothing_else() -> None:
    (one,) = entries(item(1))
    assert entries(item(2), item(1))[1].entry_hash == one.entry_hash
    for changed in ({"title": "Other"}, {"link": "/b"}, {"description": "More"}, {"pubDate": "2026-11-24"}):
        assert entries(item(1, **changed))[0].entry_hash != one.entry_hash


def test_ids_and_hashes_are_equal_for_nfc_and_nfd() -> None:
    made = [
        entries(item(1, guid=unicodedata.normalize(form, "é"), title=unicodedata.normalize(form, "Å")))
        for form in ("NFC", "NFD")
    ]
    assert made[0] == made[1]
