"""What the readers of XML and JSON feeds hand over: strings as they stand, nothing cleaned, nothing believed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One item."""

    id: str | None = None
    link: str | None = None
    title: str | None = None
    summary: str | None = None
    published: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class RawFeed:
    """A feed's title, items and faults."""

    title: str | None
    entries: tuple[RawEntry, ...]
    faults: tuple[str, ...]
