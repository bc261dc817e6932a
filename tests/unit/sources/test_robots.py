import time
from dataclasses import replace

import pytest

from pipeline.records import Feed
from pipeline.sources import Client, Limits
from pipeline.sources.errors import Failed, Refused
from tests.press import Press, Script, answer, drip

DISALLOW = b"User-agent: *\nDisallow: /private\n"


def check(client: Client, press: Press, path: str) -> None:
    client.robots.check(press.url + path, local_authority=f"127.0.0.1:{press.port}")


def test_what_robots_txt_disallows_is_refused(client: Client, press: Press) -> None:
    press.pages["/robots.txt"] = answer(DISALLOW)
    check(client, press, "/public/1.html")
    with pytest.raises(Refused, match="robots_disallowed"):
        check(client, press, "/private/1.html")


def test_our_own_name_is_what_counts(client: Client, press: Press) -> None:
    press.pages["/robots.txt"] = answer(b"User-agent: stancewire\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n")
    check(client, press, "/b")
    with pytest.raises(Refused):
        check(client, press, "/a")


def test_a_host_is_asked_once_a_run(client: Client, press: Press) -> None:
    press.pages["/robots.txt"] = answer(DISALLOW)
    for n in range(5):
        check(client, press, f"/{n}")
    assert press.paths() == ["/robots.txt"]


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone", "401 Unauthorized"])
def test_a_missing_robots_txt_allows_all(client: Client, press: Press, status: str) -> None:
    press.pages["/robots.txt"] = answer(DISALLOW, status)
    check(client, press, "/private")


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"])
def test_an_unreachable_robots_txt_disallows_all(client: Client, press: Press, status: str) -> None:
    press.pages["/robots.txt"] = answer(b"", status)
    with pytest.raises(Failed, match="robots_unreachable"):
        check(client, press, "/public")


@pytest.mark.parametrize(
    "script",
    [drip(answer(DISALLOW), 0.1), lambda connection: time.sleep(0.6), b"nonsense"],
    ids=["drip", "black hole", "no http"],
)
def test_a_robots_txt_that_does_not_come_disallows_all(limits: Limits, press: Press, script: Script) -> None:
    press.pages["/robots.txt"] = script
    with pytest.raises(Failed, match="robots_unreachable"):
        check(Client(replace(limits, total_timeout=0.5)), press, "/public")


@pytest.mark.parametrize(
    "body",
    [b"", b"<!DOCTYPE html><html><body>Welcome</body></html>", b"\x00\xff\xfe" * 100, b"Disallow: /\n"],
    ids=["empty", "html", "binary", "rules for nobody"],
)
def test_a_robots_txt_without_rules_allows_all(client: Client, press: Press, body: bytes) -> None:
    press.pages["/robots.txt"] = answer(body)
    check(client, press, "/private")


def test_a_byte_order_mark_hides_no_rule(client: Client, press: Press) -> None:
    press.pages["/robots.txt"] = answer(b"\xef\xbb\xbf" + DISALLOW)
    with pytest.raises(Refused):
        check(client, press, "/private")


def test_five_megabytes_are_read_to_the_first_500_kib(client: Client, press: Press) -> None:
    press.pages["/robots.txt"] = answer(DISALLOW + b"# filler\n" * 600_000)
    started = time.monotonic()
    with pytest.raises(Refused):
        check(client, press, "/private")
    assert time.monotonic() - started < 2


def test_a_robots_txt_that_is_moved_is_followed(client: Client, press: Press) -> None:
    press.pages["/robots.txt"] = answer(status="301 Moved Permanently", Location="/rules.txt")
    press.pages["/rules.txt"] = answer(DISALLOW)
    with pytest.raises(Refused):
        check(client, press, "/private")


def test_a_guarded_host_is_not_asked_for_its_robots_txt(client: Client, press: Press, feed: Feed) -> None:
    with pytest.raises(Refused, match="address_refused"):
        client.robots.check(feed.url)
    assert press.connections == 0
