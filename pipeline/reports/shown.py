"""What feeds and pages say, made fit to be shown: no control acts, nothing is endless, links lead to the web only."""

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

# Unicode's Bidi_Control characters reorder what follows, so a quotation could be made to read as its opposite.
# The other controls could move a terminal's cursor. Line breaks and tabs become spaces.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_NOT_IN_URLS = re.compile(r"[\s\x00-\x20\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>\"\\^`{|}]")


def shown(text: str | None, limit: int = 2000) -> str:
    """The text on one line, with controls named (`[U+202E]`) instead of obeyed, at most `limit` characters."""
    if not text:
        return ""
    # Cut before and after: naming makes a text longer, and a megabyte need not be read to show its beginning.
    words = _CONTROLS.sub(_named, text[: limit + 1].encode("utf-8", "replace").decode("utf-8"))
    line = " ".join(words.split())
    return line if len(line) <= limit and len(text) <= limit else line[: limit - 1].rstrip() + "…"


def safe_url(url: str | None) -> str | None:
    """The address if it is http or https with a host and nothing in it that a page could trip over, else None.

    Name and password are left out: a report is passed on.
    """
    if not url or len(url) > 2000 or _NOT_IN_URLS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        usable = parts.scheme.lower() in ("http", "https") and parts.hostname is not None
    except ValueError:
        return None
    return urlunsplit(parts._replace(netloc=host)) if usable else None


def _named(match: re.Match[str]) -> str:
    character = match.group()
    return " " if character in _BLANKS else f"[U+{ord(character):04X}]"


def sort_key(text: str) -> str:
    """For putting names in order: without accents and case."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
