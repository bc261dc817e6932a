"""Records as frames of what the suites look at: lengths, ages in days and answers to yes-or-no questions, not texts.

Dates become plain numbers here, because a frame's own timestamps cannot hold the year 1 or 9999.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from pipeline.records import Article, FeedEntry, Mention, Run, Span, Stance

if TYPE_CHECKING:
    import pandas as pd

_SECONDS_A_DAY = 86_400
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffd]+")


def entry_frame(run: Run, entries: Sequence[FeedEntry]) -> "pd.DataFrame":
    """One row an entry."""
    return _frame([_entry(run, entry) for entry in entries])


def article_frame(articles: Sequence[Article]) -> "pd.DataFrame":
    """One row an article."""
    return _frame([_article(article) for article in articles])


def mention_frame(
    mentions: Sequence[Mention], articles: Mapping[str, Article], passed: Collection[str]
) -> "pd.DataFrame":
    """One row a mention; `articles` are all of the run by id, `passed` the ids of those that are sound."""
    return _frame([_mention(m, articles.get(m.article_id), m.article_id in passed) for m in mentions])


def _frame(rows: list[dict[str, Any]]) -> "pd.DataFrame":
    import pandas as pd

    # `record` repeats the id under a name that no rule looks at, so that every failing value is named beside it.
    return pd.DataFrame([{"row": i, "record": next(iter(row.values())), **row} for i, row in enumerate(rows)])


def _entry(run: Run, entry: FeedEntry) -> dict[str, Any]:
    return {
        "entry_id": _text(entry.entry_id),
        "link": _text(entry.link),
        "published_year": _year(entry.published),
        "days_published_after_run": _days(run.as_of, entry.published),
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "article_id": _text(article.article_id),
        "url": _text(article.url),
        "n_chars": len(article.text.strip()),
        "unreadable_share": _unreadable_share(article.text),
        "published_year": _year(article.published),
        "days_published_after_first_seen": _days(article.first_seen, article.published),
        "language": _text(article.language),
        "outlet": _text(article.outlet),
        "publisher": _text(article.publisher),
        "raw_ref": _text(article.raw_ref),
    }


def _mention(mention: Mention, article: Article | None, passed: bool) -> dict[str, Any]:
    said = mention.statement
    reported = (article.published or article.first_seen) if article else None
    return {
        "mention_id": _text(mention.mention_id),
        "article_known": article is not None,
        "article_passed": passed,
        "proposal": _text(said.proposal),
        "holder": _text(said.holder),
        "stance": str(said.stance),
        "score": said.stance.score if isinstance(said.stance, Stance) else None,
        "speaker_type": str(said.speaker_type),
        "authority": str(said.authority),
        "speaker_type_and_authority": f"{said.speaker_type}/{said.authority}",
        "time": str(said.time),
        "quote": str(said.quote),
        "confidence": said.confidence,
        "n_evidence": len(said.evidence),
        "evidence_verbatim": article is None or all(_verbatim(span, article.text) for span in said.evidence),
        "days_said_after_published": _days(reported, _midnight(said.said_on)),
        "said_year": _year(said.said_on),
        "detector_version": _text(mention.detector_version),
        "codebook_version": _text(mention.codebook_version),
    }


def _text(value: str | None) -> str | None:
    """Blank text counts as missing."""
    return value if value and value.strip() else None


def _year(day: date | None) -> float | None:
    return float(day.year) if day else None


def _days(start: datetime | None, end: datetime | None) -> float | None:
    """Days from `start` to `end`; negative if it is earlier, None if either is not known."""
    if start is None or end is None:
        return None
    return (_aware(end) - _aware(start)).total_seconds() / _SECONDS_A_DAY


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _verbatim(span: Span, text: str) -> bool:
    return bool(span.text.strip()) and 0 <= span.start < span.end and text[span.start : span.end] == span.text


def _unreadable_share(text: str) -> float:
    """The share of characters that say a decoding went wrong: U+FFFD, and controls other than white space."""
    return sum(map(len, _UNREADABLE.findall(text))) / max(len(text), 1)
