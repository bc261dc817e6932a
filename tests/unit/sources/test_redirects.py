import httpx
import pytest

from pipeline.sources.errors import Refused
from pipeline.sources.redirects import check, target


def to(url: str, location: str) -> httpx.URL | None:
    return target(httpx.URL(url), 302, [("Location", location)])


def test_only_redirect_statuses_point_elsewhere() -> None:
    for status in (200, 300, 304, 404):
        assert target(httpx.URL("http://a.example/"), status, [("Location", "/b")]) is None


def test_credentials_stay_with_their_own_origin() -> None:
    assert str(to("https://u:p@a.example/", "/b")) == "https://u:p@a.example/b"
    for elsewhere in ("https://b.example/", "https://a.example:444/", "http://a.example/"):
        moved = to("https://u:p@a.example/", elsewhere)
        assert moved is not None
        assert not moved.userinfo


def test_credentials_that_a_redirect_brings_are_dropped() -> None:
    moved = to("https://a.example/", "https://x:y@b.example/")
    assert moved is not None
    assert not moved.userinfo


def test_a_step_from_https_to_http_is_refused_for_who_has_credentials() -> None:
    plain = httpx.URL("http://a.example/b")
    check(httpx.URL("https://a.example/"), plain, [], 5)
    with pytest.raises(Refused, match="redirect_downgrade"):
        check(httpx.URL("https://u:p@a.example/"), plain, [], 5)


def test_a_location_in_utf_8_is_read_as_such() -> None:
    moved = to("http://a.example/", "/é".encode().decode("latin-1"))
    assert moved is not None
    assert moved.raw_path == b"/%C3%A9"


def test_control_characters_are_refused() -> None:
    with pytest.raises(Refused, match="redirect_malformed"):
        to("http://a.example/", "/b\r\nSet-Cookie: x")
