from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.records import Feed
from pipeline.sources import read_feed_list
from pipeline.sources.errors import FeedListError

Write = Callable[[str], Path]

GOOD = {
    "url": '"https://press.example/feed.xml"',
    "outlet": '"Daily Example"',
    "country": '"NOR"',
    "language": '"en"',
    "kind": '"newspaper"',
}


def table(**fields: str | None) -> str:
    merged = {**GOOD, **fields}
    return "[[feed]]\n" + "".join(f"{name} = {value}\n" for name, value in merged.items() if value is not None)


def test_a_feed_is_read_with_its_defaults(write: Write) -> None:
    assert read_feed_list(write(table())) == (
        Feed(
            url="https://press.example/feed.xml",
            outlet="Daily Example",
            publisher="Daily Example",
            country="NOR",
            language="en",
            kind="newspaper",
            local=False,
        ),
    )


def test_publisher_and_local_are_read(write: Write) -> None:
    (feed,) = read_feed_list(write(table(publisher='"Example Press"', local="true")))
    assert (feed.publisher, feed.local) == ("Example Press", True)


def test_feeds_keep_their_order(write: Write) -> None:
    path = write("".join(table(url=f'"https://press.example/{n}"') for n in range(5)))
    assert [feed.url[-1] for feed in read_feed_list(path)] == list("01234")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": None}, "feed 1: url: missing"),
        ({"outlet": None}, "feed 1: outlet: missing"),
        ({"url": '"file:///etc/hostname"'}, "feed 1: url: 'file:///etc/hostname' is not an http or https address"),
        ({"url": '"press.example"'}, "write it in full"),
        ({"url": '"http://"'}, "feed 1: url:"),
        ({"url": "5"}, "feed 1: url: not a text"),
        ({"outlet": '" "'}, "feed 1: outlet: not a text"),
        ({"country": '"NO"'}, "feed 1: country: 'NO' is not an ISO 3166-1 alpha-3 code"),
        ({"country": '"nor"'}, "write three capitals"),
        ({"country": '"ZZZ"'}, "feed 1: country:"),
        ({"language": '"English"'}, "feed 1: language: 'English' is not a language code"),
        ({"kind": '"News Paper"'}, "feed 1: kind:"),
        ({"local": '"yes"'}, "feed 1: local: neither true nor false"),
        ({"langauge": '"en"'}, "feed 1: langauge: unknown field; the fields are country"),
    ],
)
def test_an_unusable_feed_is_refused_by_file_entry_field_and_remedy(
    write: Write, fields: dict[str, str | None], message: str
) -> None:
    path = write(table(**fields))
    with pytest.raises(FeedListError) as caught:
        read_feed_list(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_the_entry_at_fault_is_counted_from_one(write: Write) -> None:
    with pytest.raises(FeedListError, match="feed 2: country"):
        read_feed_list(write(table() + table(url='"https://b.example/"', country='"X"')))


def test_one_feed_twice_is_refused(write: Write) -> None:
    with pytest.raises(FeedListError, match=r"feed 2: url: the same as of feed 1; remove one"):
        read_feed_list(write(table() + table()))


@pytest.mark.parametrize("text", ["", "x = [", "feed = 5", "[[feeds]]\nurl = 1", "[feed]\nurl = 'x'", "feed = [1]"])
def test_what_is_no_feed_list_is_refused(write: Write, text: str) -> None:
    with pytest.raises(FeedListError):
        read_feed_list(write(text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedListError, match="no-such"):
        read_feed_list(tmp_path / "no-such.toml")
