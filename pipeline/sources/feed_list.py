"""The feed list: a TOML file with one `[[feed]]` table for each feed."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.records import Feed
from pipeline.sources.errors import FeedListError
from pipeline.sources.urls import web_link

_REQUIRED = ("url", "outlet", "country", "language", "kind")
_FIELDS = {*_REQUIRED, "publisher", "local"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_KIND = re.compile(r"[a-z][a-z_-]{0,31}")


def read_feed_list(path: Path) -> tuple[Feed, ...]:
    """The feeds of a list, in its order; `publisher` defaults to `outlet`, `local` to false.

    Raises FeedListError, which names the file, the entry (from 1), the field and the remedy.
    """
    tables = _tables(path)
    feeds: list[Feed] = []
    seen: dict[str, int] = {}
    for number, table in enumerate(tables, 1):
        for problem in _problems(table):
            raise FeedListError(f"{path}: feed {number}: {problem}")
        feed = _feed(table)
        if feed.url in seen:
            raise FeedListError(f"{path}: feed {number}: url: the same as of feed {seen[feed.url]}; remove one of them")
        seen[feed.url] = number
        feeds.append(feed)
    return tuple(feeds)


def _tables(path: Path) -> list[Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FeedListError(f"{path}: can't be read ({error.strerror}); give the path of a feed list") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FeedListError(f"{path}: not TOML in UTF-8 ({error}); see docs/feeds.md for the form") from error
    tables = document.get("feed")
    if not isinstance(tables, list) or not tables:
        raise FeedListError(f"{path}: no feed in it; add one or more [[feed]] tables with url and outlet")
    unknown = sorted(set(document) - {"feed"})
    if unknown:
        raise FeedListError(f"{path}: unknown key {unknown[0]!r} beside [[feed]]; remove it or move it into a feed")
    return tables


def _problems(table: Any) -> Iterator[str]:
    """What is wrong with one table, each as `field: cause; remedy`."""
    if not isinstance(table, dict):
        yield "not a table; write it as [[feed]]"
        return
    for name in sorted(set(table) - _FIELDS):
        yield f"{name}: unknown field; the fields are {', '.join(sorted(_FIELDS))}"
    for name in _REQUIRED:
        if name not in table:
            yield f"{name}: missing; add a line `{name} = ...`"
    for name in table:
        yield from _wrong_type(name, table[name])
    yield from _wrong_value(table)


def _wrong_type(name: str, value: Any) -> Iterator[str]:
    if name == "local":
        if not isinstance(value, bool):
            yield "local: neither true nor false; write `local = true` without quotation marks"
    elif not isinstance(value, str) or not value.strip():
        yield f"{name}: not a text; write it in quotation marks"


def _wrong_value(table: dict[str, Any]) -> Iterator[str]:
    if web_link(table["url"]) is None:
        yield f"url: {table['url']!r} is not an http or https address; write it in full, as https://host/path"
    if not _is_country(table["country"]):
        yield f"country: {table['country']!r} is not an ISO 3166-1 alpha-3 code; write three capitals, as NOR"
    if not _LANGUAGE.fullmatch(table["language"]):
        yield f"language: {table['language']!r} is not a language code (BCP 47); write for example en or pt-BR"
    if not _KIND.fullmatch(table["kind"]):
        yield f"kind: {table['kind']!r} is not a lower-case word; write for example newspaper, agency or government"


def _is_country(code: str) -> bool:
    import pycountry

    # XKX and EUU are user-assigned codes that data on states use for Kosovo and the European Union.
    return code in {"XKX", "EUU", "INT"} or (code.isupper() and pycountry.countries.get(alpha_3=code) is not None)


def _feed(table: dict[str, Any]) -> Feed:
    return Feed(
        url=table["url"].strip(),
        outlet=table["outlet"].strip(),
        publisher=table.get("publisher", table["outlet"]).strip(),
        country=table["country"],
        language=table["language"],
        kind=table["kind"],
        local=table.get("local", False),
    )
