"""A run's records as Arrow tables, one for each `batch_…` name that the load's SQL reads."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.records import Article, FeedEntry, FeedPoll, Fetch, Mention, Quarantined, Run, StageCount
from warehouse.batch import RunBatch
from warehouse.names import speaker_key

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

# Column types by name and kind; what is not listed is text.
_TIMES = {"as_of", "polled_at", "fetched_at", "published", "changed_at", "first_seen", "last_seen"}
_DATES = {"day", "said_on", "seen_on"}
_NUMBERS = {"n_in", "n_out", "n_duplicate", "n_not_relevant", "n_quarantined", "n_bytes", "n_entries", "status"}
_FLAGS = {"local", "seeded", "settled", "relevant"}
_LISTS = {"faults", "rules", "held"}


def arrow_tables(batch: RunBatch) -> dict[str, "pa.Table"]:
    """The batch's records by the name that the load's SQL gives them; one row for each id, the last one wins.

    Raises ValueError for counts that don't add up, a mention without its article, and times without a zone.
    """
    run = batch.run
    revisions = {article.article_id: article.revision_id for article in batch.articles}
    rows: dict[str, Iterable[Row]] = {
        "batch_run": [{"run_id": run.run_id, "day": run.day, "as_of": naive(run.as_of), "held": list(batch.held)}],
        "batch_stage_count": _unique((_count(count) for count in batch.counts), "run_id", "stage"),
        "batch_proposal": [{"proposal_id": key, "name": name} for key, name in sorted(batch.proposals.items())],
        "batch_quarantine": _unique(map(_quarantined, batch.quarantined), "quarantine_id"),
        "batch_fetch": _unique(map(_fetch, batch.fetches), "fetch_id"),
        "batch_poll": _unique((_poll(poll, run) for poll in batch.polls), "feed_url"),
        "batch_entry": _entries(batch),
        "batch_article": _unique(
            (_article(a, batch.signatures.get(a.article_id), run) for a in batch.articles), "article_id"
        ),
        "batch_mention": _unique((_mention(m, _revision(m, revisions), run) for m in batch.mentions), "mention_id"),
    }
    return {name: _table(_COLUMNS[name], list(found)) for name, found in rows.items()}


def naive(moment: datetime | None) -> datetime | None:
    """An aware time as the warehouse stores it: naive, in UTC. Raises ValueError for a time without a zone."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"time {moment.isoformat()} has no zone: records carry aware times")
    return moment.astimezone(UTC).replace(tzinfo=None)


_COLUMNS: Mapping[str, Sequence[str]] = {
    "batch_run": ("run_id", "day", "as_of", "held"),
    "batch_stage_count": ("run_id", "stage", "n_in", "n_out", "n_duplicate", "n_not_relevant", "n_quarantined"),
    "batch_proposal": ("proposal_id", "name"),
    "batch_quarantine": ("quarantine_id", "run_id", "stage", "reason", "record", "raw_ref"),
    "batch_fetch": (
        *("fetch_id", "run_id", "url", "final_url", "purpose", "status", "reason", "n_bytes", "fetched_at", "raw_ref"),
    ),
    "batch_poll": (
        *("feed_url", "outlet", "publisher", "country", "language", "kind", "local", "etag", "last_modified"),
        *("content_hash", "seeded", "outcome", "reason", "n_entries", "faults", "polled_at", "run_id"),
    ),
    "batch_entry": (
        *("entry_id", "entry_hash", "feed_url", "link", "title", "summary", "published", "published_raw"),
        *("outcome", "settled", "changed_at", "run_id"),
    ),
    "batch_article": (
        *("article_id", "revision_id", "url", "title", "text", "published", "published_source", "first_seen"),
        *("last_seen", "outlet", "publisher", "country", "language", "author", "relevant", "method", "group_id"),
        *("agency", "signature", "raw_ref", "entry_id", "run_id"),
    ),
    "batch_mention": (
        *("mention_id", "article_id", "revision_id", "proposal_id", "proposal_name", "holder", "speaker"),
        *("speaker_key", "speaker_role", "speaker_type", "authority", "stance", "time", "said_on", "evidence"),
        *("quote", "confidence", "condition", "rules", "seeded", "first_seen", "last_seen", "seen_on"),
        *("detector_version", "codebook_version", "run_id"),
    ),
}


def _count(count: StageCount) -> Row:
    if not count.balanced:
        raise ValueError(f"the counts of stage {count.stage} don't add up ({count}): nothing is loaded")
    return {name: getattr(count, name) for name in _COLUMNS["batch_stage_count"]}


def _quarantined(record: Quarantined) -> Row:
    return {name: getattr(record, name) for name in _COLUMNS["batch_quarantine"]}


def _fetch(fetch: Fetch) -> Row:
    row = {name: getattr(fetch, name) for name in _COLUMNS["batch_fetch"]}
    return row | {"fetched_at": naive(fetch.fetched_at)}


def _poll(poll: FeedPoll, run: Run) -> Row:
    feed, state = poll.feed, poll.state
    return {
        "feed_url": feed.url,
        "outlet": feed.outlet,
        "publisher": feed.publisher,
        "country": feed.country,
        "language": feed.language,
        "kind": feed.kind,
        "local": feed.local,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "content_hash": state.content_hash,
        "seeded": state.seeded,
        "outcome": str(poll.outcome),
        "reason": poll.reason,
        "n_entries": len(poll.entries),
        "faults": list(poll.faults),
        "polled_at": naive(run.as_of),
        "run_id": run.run_id,
    }


def _entries(batch: RunBatch) -> Iterable[Row]:
    """The entries that were read, then those that were only listed."""
    read = {entry.entry_id: entry for entry in batch.entries}
    listed = {e.entry_id: e for poll in batch.polls for e in poll.entries if e.entry_id not in read}
    for settled, entries in ((True, read), (False, listed)):
        for entry in entries.values():
            yield _entry(entry, settled, batch.entry_outcomes.get(entry.entry_id), batch.run)


def _entry(entry: FeedEntry, settled: bool, outcome: str | None, run: Run) -> Row:
    return {
        "entry_id": entry.entry_id,
        "entry_hash": entry.entry_hash,
        "feed_url": entry.feed_url,
        "link": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "published": naive(entry.published),
        "published_raw": entry.published_raw,
        "outcome": outcome,
        "settled": settled,
        "changed_at": naive(run.as_of),
        "run_id": run.run_id,
    }


def _article(article: Article, signature: bytes | None, run: Run) -> Row:
    stamped = {
        "published": naive(article.published),
        "first_seen": naive(article.first_seen),
        "last_seen": naive(run.as_of),
        "signature": signature,
        "run_id": run.run_id,
    }
    return {name: getattr(article, name) for name in _COLUMNS["batch_article"] if name not in stamped} | stamped


def _revision(mention: Mention, revisions: Mapping[str, str]) -> str:
    if mention.article_id not in revisions:
        raise ValueError(
            f"mention {mention.mention_id} belongs to article {mention.article_id}, which the batch lacks: "
            "load both, or quarantine the mention"
        )
    return revisions[mention.article_id]


def _mention(mention: Mention, revision_id: str, run: Run) -> Row:
    statement = mention.statement
    same = ("proposal_name", "holder", "speaker", "speaker_role", "speaker_type", "authority", "time", "said_on")
    return {
        **{name: getattr(statement, name) for name in same},
        "mention_id": mention.mention_id,
        "article_id": mention.article_id,
        "revision_id": revision_id,
        "proposal_id": statement.proposal,
        "speaker_key": speaker_key(statement.speaker),
        "stance": str(statement.stance),
        "evidence": [{"text": s.text, "start_offset": s.start, "end_offset": s.end} for s in statement.evidence],
        "quote": statement.quote,
        "confidence": float(statement.confidence),
        "condition": statement.condition,
        "rules": list(statement.rules),
        "seeded": False,  # the load decides, from the feed's first poll
        "first_seen": naive(run.as_of),
        "last_seen": naive(run.as_of),
        "seen_on": run.day,
        "detector_version": mention.detector_version,
        "codebook_version": mention.codebook_version,
        "run_id": run.run_id,
    }


def _unique(rows: Iterable[Row], *key: str) -> Iterable[Row]:
    return {tuple(row[name] for name in key): row for row in rows}.values()


def _table(columns: Sequence[str], rows: list[Row]) -> "pa.Table":
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=pa.schema([(name, _types().get(name, pa.string())) for name in columns]))


@cache
def _types() -> dict[str, Any]:
    import pyarrow as pa

    span = pa.struct([("text", pa.string()), ("start_offset", pa.int32()), ("end_offset", pa.int32())])
    return {
        **dict.fromkeys(_TIMES, pa.timestamp("us")),
        **dict.fromkeys(_DATES, pa.date32()),
        **dict.fromkeys(_NUMBERS, pa.int64()),
        **dict.fromkeys(_FLAGS, pa.bool_()),
        **dict.fromkeys(_LISTS, pa.list_(pa.string())),
        "confidence": pa.float64(),
        "signature": pa.binary(),
        "evidence": pa.list_(span),
    }
