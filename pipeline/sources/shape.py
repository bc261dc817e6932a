"""A look at a feed's tags before it is parsed, so that no input makes parsing long.

It is one pass of a regular expression over the text: which element is the root, where the items begin, how deep
elements are nested. feedparser needs about 15 µs for a tag; what would take longer than its share is cut off.
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<!\[CDATA\[|<!--|<(/?)([A-Za-z_][\w.:-]*)")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(rss|feed|rdf|channel)\b", re.I)
_HTML = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.I)
_LONG_SPACE = re.compile(r"(?<!\s)\s{200,}+")
_ITEMS = frozenset({"item", "entry"})
_MAX_DEPTH = 200  # elements inside one item; real feeds with XHTML content stay below 40
_MAX_TAGS = 200_000  # about 3 s of feedparser


@dataclass(frozen=True, slots=True)
class Shape:
    """A feed's text made safe to parse, empty if there is nothing to parse; `faults` says what was cut."""

    text: str
    faults: tuple[str, ...]


def safe_shape(text: str, max_entries: int) -> Shape:
    """Checks that the text is a feed's, removes entity declarations, and cuts it at the limits.

    Faults: `not_a_feed`, `entities_refused`, `too_deep`, `too_many_tags`, `too_many_entries`.
    """
    if _HTML.match(text) or not _ROOT.search(text):
        return Shape("", ("not_a_feed",))
    # feedparser's own patterns take time quadratic in a run of blanks.
    text, faults = _without_doctype(_LONG_SPACE.sub("\n", text))
    cut, fault = _scan(text, max_entries)
    if fault is not None:
        faults = (*faults, fault)
    if cut is None:
        return Shape(text, faults)
    return Shape(_closed(text, cut) if cut else "", faults)


def _without_doctype(text: str) -> tuple[str, tuple[str, ...]]:
    """Without the document type: entities that a feed declares itself are the bombs, and no parser has to see them."""
    match = _DOCTYPE.search(text)
    root = _ROOT.search(text)
    if match is None or root is None or match.start() > root.start():
        return text, ()
    end = text.find(">", match.start())
    subset = text.find("[", match.start(), end if end >= 0 else len(text))
    if subset < 0:
        return text[: match.start()] + text[end + 1 :], ()
    # The internal subset may hold `>` and even `<rss>` in quotes: what counts is the `]>` that ends it.
    close = re.compile(r"\]\s*>").search(text, subset)
    rest = text[close.end() :] if close else text[root.start() :]
    return text[: match.start()] + rest, ("entities_refused",)


def _scan(text: str, max_entries: int) -> tuple[int | None, str | None]:
    """Where to cut the text (None: nowhere, 0: nothing is left) and why."""
    at = depth = n_tags = n_items = last_item = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match[2] is None:
            end = text.find("]]>" if match[0].startswith("<![") else "-->", at)
            at = end if end >= 0 else at  # an unclosed section is left to the parser
            continue
        n_tags += 1
        name = match[2].rpartition(":")[2].lower()
        if match[1]:
            depth = max(0, depth - 1)
        elif name in _ITEMS:
            n_items += 1
            if n_items > max_entries:
                return match.start(), "too_many_entries"
            depth, last_item = 0, match.start()
        else:
            depth += not _is_empty(text, at)
        if depth > _MAX_DEPTH:
            return last_item, "too_deep"
        if n_tags > _MAX_TAGS:
            return last_item, "too_many_tags"
    return None, None


def _is_empty(text: str, at: int) -> bool:
    """Whether the tag whose name ends at `at` closes itself."""
    end = text.find(">", at, at + 2_000)
    return end > 0 and text[end - 1] == "/"


def _closed(text: str, cut: int) -> str:
    """The text up to `cut`, its open outer elements closed, so that what is left stays well-formed."""
    head = text[:cut]
    root = _ROOT.search(head)
    if root is None:
        return head
    name = re.match(r"[^\s>/]+", head[root.start() + 1 :])
    inner = "</channel>" if root[1].lower() == "rss" else ""
    return f"{head}{inner}</{name[0] if name else root[1]}>"
