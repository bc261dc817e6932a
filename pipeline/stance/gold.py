"""The gold file's form, in and out."""

from datetime import UTC, datetime
from typing import Any

from pipeline.records import Article, Statement, content_id


def article_from_gold(row: dict[str, Any]) -> Article:
    """An article from a line of a gold file; its statements, if any, are ignored. Raises KeyError without `text`."""
    published = _moment(row.get("published"))
    url = str(row.get("id", ""))
    return Article(
        article_id=content_id("gold", url),
        revision_id=content_id("gold", url, row.get("title"), row["text"]),
        url=url,
        title=row.get("title"),
        text=row["text"],
        published=published,
        published_source="page" if published else None,
        first_seen=published or datetime.min.replace(tzinfo=UTC),
        updated=None,
        outlet="",
        publisher="",
        country=row.get("outlet_country") or "",
        language=row.get("language"),
        author=row.get("author"),
        method="gold",
        raw_ref=None,
        run_id="",
    )


def statement_to_gold(statement: Statement) -> dict[str, Any]:
    """The statement in the gold file's form, with `confidence`, `condition` and the `offsets` of each fragment."""
    return {
        "proposal": statement.proposal,
        "proposal_name": statement.proposal_name,
        "speaker": statement.speaker,
        "speaker_role": statement.speaker_role,
        "speaker_type": statement.speaker_type,
        "holder": statement.holder,
        "authority": statement.authority,
        "stance": statement.stance.value,
        "time": statement.time,
        "evidence": [e.text for e in statement.evidence],
        "offsets": [[e.start, e.end] for e in statement.evidence],
        "quote": statement.quote,
        "said_on": statement.said_on.isoformat() if statement.said_on else None,
        "confidence": statement.confidence,
        "condition": statement.condition,
    }


def _moment(value: object) -> datetime | None:
    if not value:
        return None
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
