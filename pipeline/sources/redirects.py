"""Redirects, followed by hand: each target is a new request that has to pass every check again."""

from collections.abc import Sequence

import httpx

from pipeline.sources.errors import Refused
from pipeline.sources.responses import Redirect
from pipeline.sources.urls import without_credentials

_STATUSES = frozenset({301, 302, 303, 307, 308})


def target(url: httpx.URL, status: int, headers: Sequence[tuple[str, str]]) -> httpx.URL | None:
    """Where a response points, or None if it is no redirect; credentials of `url` stay with its own host.

    Raises Refused for a target that can't be one: `redirect_without_location`, `redirect_malformed`,
    `redirect_scheme`.
    """
    if status not in _STATUSES:
        return None
    shown = without_credentials(str(url))
    location = next((value for name, value in headers if name.lower() == "location"), "").strip()
    if not location:
        raise Refused("redirect_without_location", shown, f"status {status} without a Location")
    if any(ord(char) < 0x20 or ord(char) == 0x7F for char in location):
        raise Refused("redirect_malformed", shown, "control characters in the Location")
    try:
        # Servers write UTF-8 into Location, h11 hands it on as latin-1.
        joined = url.copy_with(username="", password="").join(_as_text(location)).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused("redirect_malformed", shown, str(error)) from error
    if joined.scheme not in {"http", "https"} or not joined.host:
        raise Refused("redirect_scheme", shown, f"to a {joined.scheme or 'hostless'} address")
    return _with_own_credentials(url, joined)


def check(url: httpx.URL, to: httpx.URL, hops: Sequence[Redirect], most: int) -> None:
    """Refuses loops, chains longer than `most`, and a step from https to http for who has credentials."""
    shown = without_credentials(str(url))
    visited = {hop.url for hop in hops} | {shown}
    if without_credentials(str(to)) in visited:
        raise Refused("redirect_loop", shown, f"back to {without_credentials(str(to))}")
    if len(hops) >= most:
        raise Refused("too_many_redirects", shown, f"more than {most}")
    if url.userinfo and url.scheme == "https" and to.scheme == "http":
        raise Refused("redirect_downgrade", shown, "from https to http, with credentials")


def _as_text(location: str) -> str:
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _with_own_credentials(url: httpx.URL, joined: httpx.URL) -> httpx.URL:
    bare = joined.copy_with(username="", password="")
    same = (bare.scheme, bare.host, bare.port) == (url.scheme, url.host, url.port)
    return bare.copy_with(username=url.username, password=url.password) if same and url.userinfo else bare
