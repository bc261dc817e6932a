"""What the stages need to know of earlier runs. Times come back as aware datetimes in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.records import FeedState
from warehouse.sql_files import sql_file

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Copies of a text appear within days; comparing with older articles costs time and finds reprints only.
KNOWN_ARTICLE_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """A stored article as the search for copies needs it; `signature` is as its loader gave it."""

    article_id: str
    group_id: str | None
    published: datetime | None
    first_seen: datetime
    publisher: str
    agency: str | None
    signature: bytes


def feed_states(con: "DuckDBPyConnection", urls: Iterable[str] | None = None) -> dict[str, FeedState]:
    """What the last poll of each feed left behind, by feed URL; of all feeds if `urls` is None."""
    rows = con.execute(sql_file("lookups/feed_states.sql").text, {"urls": _list(urls)}).fetchall()
    return {
        url: FeedState(feed_url=url, etag=etag, last_modified=modified, content_hash=digest, seeded=seeded)
        for url, etag, modified, digest, seeded in rows
    }


def known_entries(
    con: "DuckDBPyConnection", urls: Iterable[str] | None = None, *, before: str | None = None
) -> dict[str, str]:
    """entry_id → entry_hash of the entries whose page was read, in the feeds `urls` (all if None).

    Those that the run `before` itself read are left out, so that a run taken up again asks for the same.
    """
    parameters = {"urls": _list(urls), "before": before}
    return dict(con.execute(sql_file("lookups/known_entries.sql").text, parameters).fetchall())


def article_revisions(con: "DuckDBPyConnection", *, before: str | None = None) -> dict[str, str]:
    """article_id → revision_id of the articles as they read now, but for revisions that the run `before` brought."""
    return dict(con.execute(sql_file("lookups/article_revisions.sql").text, {"before": before}).fetchall())


def known_articles(
    con: "DuckDBPyConnection", *, as_of: datetime, before: str | None = None, days: int = KNOWN_ARTICLE_DAYS
) -> tuple[KnownArticle, ...]:
    """Stored articles with a signature, first seen in the `days` up to `as_of`, but for those of the run `before`."""
    end = as_of.astimezone(UTC).replace(tzinfo=None)
    parameters = {"start": end - timedelta(days=days), "end": end, "before": before}
    rows = con.execute(sql_file("lookups/known_articles.sql").text, parameters).fetchall()
    return tuple(
        KnownArticle(
            article_id=article_id,
            group_id=group_id,
            published=utc(published),
            first_seen=first_seen.replace(tzinfo=UTC),
            publisher=publisher,
            agency=agency,
            signature=signature,
        )
        for article_id, group_id, published, first_seen, publisher, agency, signature in rows
    )


def utc(moment: datetime | None) -> datetime | None:
    """A stored time (naive, UTC) as an aware one; None stays None."""
    return None if moment is None else moment.replace(tzinfo=UTC)


def _list(urls: Iterable[str] | None) -> list[str] | None:
    return None if urls is None else list(urls)
