"""A look at a feed's tags before it is parsed, so that no input makes parsing long.

It is one pass of a regular expression over the text: which element is the root, where the items begin, how deep
elements are nested, how much work they will be. What would take more than its share is cut off.
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<!\[CDATA\[|<!--|<(/?)([A-Za-z_][\w.:-]*)")
_ATTRIBUTES = re.compile(r"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+""")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(rss|feed|rdf|channel)\b", re.I)
_HTML = re.compile(r"\s*+(?:<!--(?:(?!-->).){0,2000}+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
# Before the root: blanks, processing instructions, comments, in which a document type may be mentioned.
_DOCTYPE = re.compile(r"((?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->)*+)<!DOCTYPE\b", re.I | re.S)
_SUBSET_END = re.compile(r"\]\s*>")
_LONG_SPACE = re.compile(r"(?<!\s)\s{200,}+")
_ITEMS = frozenset({"item", "entry"})
_MAX_DEPTH = 200  # elements inside one item; real feeds with XHTML content stay below 40
_MAX_COST = 1_200_000  # units of `_Meter`, about 2.5 µs each: 3 s of feedparser


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
    cut, fault = _Meter(text, max_entries).measure()
    if fault is not None:
        faults = (*faults, fault)
    if cut is None:
        return Shape(text, faults)
    return Shape(_closed(text, cut) if cut else "", faults)


def is_affordable(text: str) -> bool:
    """Whether a text without a document type can be parsed as it is."""
    return _Meter(text, max_entries=len(text)).measure() == (None, None)


def _without_doctype(text: str) -> tuple[str, tuple[str, ...]]:
    """Without the document type: entities that a feed declares itself are the bombs, and no parser has to see them."""
    match = _DOCTYPE.match(text)
    if match is None:
        return text, ()
    end = text.find(">", match.end())
    subset = text.find("[", match.end(), end if end >= 0 else len(text))
    if subset < 0:
        return match[1] + text[end + 1 :], ()
    # The internal subset may hold `>` and even `<rss>` in quotes: what counts is the `]>` that ends it.
    close = _SUBSET_END.search(text, subset)
    root = _ROOT.search(text, subset)
    rest = text[close.end() if close else root.start() if root else len(text) :]
    return match[1] + rest, ("entities_refused",)


class _Meter:
    """Walks over a text's tags and stops where a limit is passed; one use."""

    def __init__(self, text: str, max_entries: int) -> None:
        self._text = text
        self._max_entries = max_entries
        self._depth = 0
        self._cost = 0
        self._n_items = 0
        self._last_item = 0

    def measure(self) -> tuple[int | None, str | None]:
        """Where to cut the text (None: nowhere, 0: nothing is left) and why."""
        at = 0
        while match := _TOKEN.search(self._text, at):
            self._cost += self._text.count("&", at, match.start())
            at = match.end()
            if match[2] is None:
                at = self._text.find("]]>" if match[0].startswith("<![") else "-->", at)
                if at < 0:
                    break  # an unclosed section swallows the rest
            elif match[1]:
                self._depth = max(0, self._depth - 1)
            else:
                at = self._open(match)
            if fault := self._fault():
                return self._last_item, fault
        self._cost += self._text.count("&", max(at, 0)) if at >= 0 else 0
        return (self._last_item, "too_many_tags") if self._fault() else (None, None)

    def _open(self, tag: re.Match[str]) -> int:
        """Counts an opening tag; the position behind its attributes."""
        attributes = _ATTRIBUTES.match(self._text, tag.end())
        end = attributes.end() if attributes else tag.end()
        n = self._text.count("=", tag.end(), end)
        # xml.sax looks each attribute up in a list of them all.
        self._cost += 6 + n + n * n // 200
        if tag[2].rpartition(":")[2].lower() in _ITEMS:
            self._n_items += 1
            self._depth, self._last_item = 0, tag.start()
        else:
            self._depth += self._text[end - 1] != "/"
        return end

    def _fault(self) -> str | None:
        if self._n_items > self._max_entries:
            return "too_many_entries"
        if self._depth > _MAX_DEPTH:
            return "too_deep"
        return "too_many_tags" if self._cost > _MAX_COST else None


def _closed(text: str, cut: int) -> str:
    """The text up to `cut`, its open outer elements closed, so that what is left stays well-formed."""
    head = text[:cut]
    root = _ROOT.search(head)
    if root is None:
        return head
    name = re.match(r"[^\s>/]+", head[root.start() + 1 :])
    inner = "</channel>" if root[1].lower() == "rss" else ""
    return f"{head}{inner}</{name[0] if name else root[1]}>"
