"""URLs as the sources use them: http(s) only, and never shown with credentials."""

from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

_MAX_CHARS = 4_000  # longer than any article's address; servers refuse about 8,000
_CONTROLS = dict.fromkeys((*range(0x20), 0x7F))


def without_credentials(url: str) -> str:
    """The URL as it may be logged and stored: no user, no password, no fragment."""
    try:
        return urlunsplit(_bare(urlsplit(url)))
    except ValueError:
        return url.partition("@")[2] if "@" in url else url


def authority(url: str) -> str | None:
    """Host and port, lower case, the scheme's default port written out; None if the URL has no host."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return f"{parts.hostname}:{port}" if parts.hostname else None


def web_link(text: str | None, base: str | None = None) -> str | None:
    """An absolute http(s) URL from a feed's link, resolved against `base`, or None if it can't be one."""
    if not text or len(text) > _MAX_CHARS:
        return None
    try:
        written = text.strip().translate(_CONTROLS)
        if written.lower().startswith(("http:", "https:")) and not urlsplit(written).hostname:
            return None  # urljoin would make the base of it
        parts = urlsplit(urljoin(base or "", written))
        _ = parts.port  # raises ValueError when it is no number
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        return urlunsplit(_bare(parts)).replace(" ", "%20")
    except ValueError:
        return None


def _bare(parts: SplitResult) -> SplitResult:
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="")
