"""One address an article: the canonical URL that its id derives from.

courlan normalises the host and path. Its list of trackers is not used: it drops every parameter that begins with
one of many short stems (`cid`, `uid`, `ga`, `ref`), and on some sites such a one names the article.
schemas/tracking_parameters.toml holds names that only ever track.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

_MOBILE_HOST = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.)", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?:/amp|\.amp)(/?|\.html?)$", re.IGNORECASE)
_AMP_PREFIX = re.compile(r"^/amp(?=/[^/])", re.IGNORECASE)
_AMP_CACHE_HOST = re.compile(r"(?:^|\.)cdn\.ampproject\.org$|^(?:www\.)?google\.[a-z.]+$", re.IGNORECASE)
_AMP_CACHE_PATH = re.compile(r"^/(?:amp|[avc](?:/s)?|amp/s)/(?:s/)?([^/]+\.[^/]+/.*)$")


def canonical_url(url: str) -> str:
    """The address under which an article is known: no fragment, tracking parameter, AMP form or mobile host.

    http becomes https, except where a port is given or the host is an address or has no dot (loopback and test
    servers keep scheme and port). The query keeps its order. Idempotent. Raises ValueError if `url` isn't an
    absolute http(s) URL.
    """
    parts = _parsed(url)
    parts = _parsed(_out_of_amp_cache(parts))
    return urlunsplit((_scheme(parts), _host(parts), _path(parts), _query(parts.query), ""))


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one registrable domain; hosts that are addresses or local must agree with port."""
    left, right = urlsplit(one), urlsplit(other)
    if _is_local(left) or _is_local(right):
        return left.netloc.lower() == right.netloc.lower()
    return _site(left) == _site(right)


def _site(parts: SplitResult) -> str:
    from courlan import extract_domain

    # A host under no public suffix (.example, .internal) is a site of its own.
    return extract_domain(parts.geturl()) or (parts.hostname or "").removeprefix("www.")


def canonical_from_page(href: str | None, page_url: str | None) -> str | None:
    """The canonical URL that a page states for itself, if it can be believed.

    Refused: another site's address (a hijack, or a syndicated copy, which stays a page of its own) and a site's
    front page (a common template error that would make all its articles one).
    """
    if not href or not page_url:
        return None
    try:
        found, page = canonical_url(urljoin(page_url, href.strip())), canonical_url(page_url)
    except ValueError:
        return None
    is_front = urlsplit(found).path in ("", "/") and not urlsplit(found).query
    if is_front and urlsplit(page).path not in ("", "/"):
        return None
    return found if same_site(found, page) else None


def _parsed(url: str) -> SplitResult:
    # Blanks and control characters are never part of a URL; browsers drop them too.
    parts = urlsplit(re.sub(r"[\x00-\x20\x7f]", "", url))
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an absolute http(s) URL: {url[:200]!r}")
    _ = parts.port  # raises ValueError if out of range
    return parts


def _scheme(parts: SplitResult) -> str:
    scheme = parts.scheme.lower()
    if _is_local(parts) or parts.port not in (None, 80, 443):
        return scheme
    return "https"


def _is_local(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if "." not in host:
        return True  # localhost, and IPv6 in brackets
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _host(parts: SplitResult) -> str:
    from courlan.clean import decode_punycode

    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    elif not _is_local(parts):
        host = _MOBILE_HOST.sub("www.", decode_punycode(host).rstrip("."))
    return host if parts.port in (None, 80 if parts.scheme.lower() == "http" else 443) else f"{host}:{parts.port}"


def _path(parts: SplitResult) -> str:
    from courlan.clean import normalize_url

    path = _AMP_PREFIX.sub("", _AMP_SUFFIX.sub(r"\1", parts.path))
    normal = urlsplit(normalize_url(urlunsplit(("https", "host.example", path, "", "")))).path
    return normal or "/"


def _query(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair and not _tracks(pair.partition("=")[0].lower()))


def _tracks(name: str) -> bool:
    prefixes, names = _tracking_parameters()
    return name in names or name.startswith(prefixes)


@cache
def _tracking_parameters() -> tuple[tuple[str, ...], frozenset[str]]:
    data = tomllib.loads(files("schemas").joinpath("tracking_parameters.toml").read_text("utf-8"))
    return tuple(data["prefixes"]), frozenset(data["names"])


def _out_of_amp_cache(parts: SplitResult) -> str:
    """The publisher's address inside one of Google's AMP cache (or viewer) addresses."""
    match = _AMP_CACHE_PATH.match(parts.path) if _AMP_CACHE_HOST.search(parts.hostname or "") else None
    return f"https://{unquote(match[1])}?{parts.query}" if match else urlunsplit(parts)
