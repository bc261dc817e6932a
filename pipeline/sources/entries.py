"""Which entry is which: ids from what a feed says, never from where it stands in it."""

from collections import Counter

from pipeline.records import FeedEntry, ParsedEntry, ParsedFeed, content_id

_NO_GUID = frozenset({"", "-", "0", "none", "null"})  # what templates print for nothing


def feed_entries(feed_url: str, parsed: ParsedFeed) -> tuple[tuple[FeedEntry, ...], tuple[str, ...]]:
    """The entries with their identity and the faults, those of the feed and those found here (`code:count`).

    An entry is known by its guid; one that is missing, a placeholder or used twice in the feed doesn't identify, then
    the link does, then the title and the date. An entry without a link is listed with an empty one, so that it can be
    accounted for. Of two with one identity the first counts (`duplicate_entry`).
    """
    guids = Counter(entry.id for entry in parsed.entries)
    listed: dict[str, FeedEntry] = {}
    faults: Counter[str] = Counter()
    for entry in parsed.entries:
        usable = entry.id is not None and entry.id.lower() not in _NO_GUID and guids[entry.id] == 1
        identified = _identified(feed_url, entry, entry.id if usable else None)
        faults["duplicate_entry"] += identified.entry_id in listed
        faults["entry_without_link"] += entry.link is None
        listed.setdefault(identified.entry_id, identified)
    counted = tuple(f"{code}:{count}" for code, count in sorted(faults.items()) if count)
    return tuple(listed.values()), (*parsed.faults, *counted)


def _identified(feed_url: str, entry: ParsedEntry, guid: str | None) -> FeedEntry:
    key = (guid or entry.link,) if guid or entry.link else (entry.title, entry.published_raw)
    return FeedEntry(
        entry_id=content_id(feed_url, *key),
        entry_hash=content_id(entry.id, entry.link, entry.title, entry.summary, entry.published_raw),
        feed_url=feed_url,
        link=entry.link or "",
        title=entry.title,
        summary=entry.summary,
        published=entry.published,
        published_raw=entry.published_raw,
    )
