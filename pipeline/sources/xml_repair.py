"""Malformed XML made well-formed, in time linear in its size.

feedparser's own parser for malformed feeds takes time quadratic in what it is fed (10 MB of `<` took 10 s, 10 MB of
`<![CDATA[` never ended), so it gets malformed text only when that is short.
"""

import html.entities
import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

_XML_ENTITIES = frozenset({"lt", "gt", "amp", "quot", "apos"})
_ITEM = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)(?=[\s/>])", re.I)
_ROOT_TAG = re.compile(r"<[A-Za-z_](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>")
_PREFIX = re.compile(r"""</?([A-Za-z_][\w.-]{0,40}):|\s([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]*\s*=\s*["']""")
_BOUND = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_ROOT_NAME = re.compile(r"<[A-Za-z_][\w.:-]*")
# What feeds most often use without saying where it is from; the others get a name of their own, to be passed over.
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def is_well_formed(text: str) -> bool:
    """Whether a text is well-formed XML with namespaces; it declares no entities (see `shape`)."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


def repaired(text: str) -> str | None:
    """The text as well-formed XML, or None if that is beyond repair.

    First what templates get wrong most: HTML's entities and tags among the XML, bare ampersands and less-than signs,
    prefixes without a namespace. Then libxml2's recovery, item by item, so that one broken item spoils no other.
    """
    text = _with_namespaces(text)
    for pattern, replacement in _REPAIRS:
        text = pattern.sub(replacement, text)
    if is_well_formed(text):
        return text
    recovered = _recovered(text)
    return recovered if recovered is not None and is_well_formed(recovered) else None


def _with_namespaces(text: str) -> str:
    used = {match[1] or match[2] for match in _PREFIX.finditer(text)}
    missing = sorted(used - {match[1] for match in _BOUND.finditer(text)} - {"xml", "xmlns"})
    declared = "".join(f' xmlns:{name}="{_NAMESPACES.get(name, "urn:unbound:" + name)}"' for name in missing[:50])
    return _ROOT_NAME.sub(lambda match: match[0] + declared, text, count=1)


def _character(match: re.Match[str]) -> str:
    """An HTML entity as the character it stands for; unknown ones as they are written."""
    name = match[1]
    if name in _XML_ENTITIES:
        return match[0]
    character = html.entities.html5.get(name + ";")
    return character if character is not None else f"&amp;{name};"


def _legal(match: re.Match[str]) -> str:
    """A numeric reference, or U+FFFD if it stands for no XML character."""
    code = int(match[1][1:], 16) if match[1][0] in "xX" else int(match[1])
    legal = code in {0x9, 0xA, 0xD} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return match[0] if legal else "\ufffd"


_Replacement = str | Callable[[re.Match[str]], str]
_REPAIRS: tuple[tuple[re.Pattern[str], _Replacement], ...] = (
    (re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});"), _character),
    (re.compile(r"&#(x[0-9A-Fa-f]{1,6}|[0-9]{1,7});"), _legal),
    (re.compile(r"&(?!#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"), "&amp;"),
    (re.compile(r"<(?![A-Za-z_/!?])"), "&lt;"),
    # A summary whose markup was not escaped. Escaped now, it is markup again when the summary is made plain.
    (
        re.compile(
            r"<(?=/?(?:a|abbr|article|aside|audio|b|blockquote|br|center|cite|code|div|em|figcaption|figure|font|h[1-6]"
            r"|hr|i|iframe|img|ins|li|ol|p|picture|pre|q|s|script|section|small|span|strong|style|su[bp]|svg|table"
            r"|tbody|t[dhr]|u|ul|video)(?=[\s/>]))",
            re.I,
        ),
        "&lt;",
    ),
)


def _recovered(text: str) -> str | None:
    """The feed with each item recovered on its own and put back under the recovered head."""
    from lxml import etree

    starts = [match.start() for match in _ITEM.finditer(text)]
    head = text[: starts[0]] if starts else text
    root_tag = _ROOT_TAG.search(head)
    try:
        root = _element(head)
        parent = next(root.iter("{*}channel"), root) if root.tag == "rss" else root
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            item = _element((root_tag[0] if root_tag else "<x>") + text[start:end])
            parent.extend(item[:1])
        return str(etree.tostring(root, encoding="unicode"))
    except (etree.LxmlError, ValueError, IndexError):
        return None


def _element(text: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    element = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if element is None:
        raise ValueError("nothing to recover")
    return element
