"""Stage `extract`: each archived page is read, in a guarded process, into an article.

In: pages. Out: articles that are new or changed; `duplicate` are pages whose article is stored just so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Article, Page, Quarantined, StageCount
from pipeline.steps.fetch import Fetched
from pipeline.steps.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One page's article, or why there is none; neither where the article is stored already, unchanged."""

    entry_id: str
    article: Article | None
    quarantined: Quarantined | None


def extract(job: Job, shard: int) -> None:
    """Extracts the shard's pages, unless it did so from the same pages, with the same limits, before."""
    limits = (job.settings.max_page_bytes, job.settings.max_page_tags, job.settings.min_text_chars)
    name, inputs = f"extract-{shard}", job.staging.digest(f"fetch-{shard}", key=str(limits))
    if job.staging.is_fresh(name, inputs):
        return
    pages = [fetched for fetched in job.staging.read(f"fetch-{shard}", Fetched) if fetched.page is not None]
    records = list(_extract(job, pages))
    job.hand_on(name, records, _count(job, records), made_from=inputs)


def _extract(job: Job, pages: Sequence[Fetched]) -> Iterator[Extracted]:
    if not pages:
        return
    from pipeline.articles import ExtractionFailed, Extractor, to_article
    from pipeline.sources import read_raw

    stored = _stored(job)
    with Extractor.configured(job.settings) as extractor:
        for fetched in pages:
            page = fetched.page
            if page is None:
                continue
            try:
                extraction = extractor.extract(
                    read_raw(job.home.archive, page.raw_ref).body, page.url, content_type=page.content_type
                )
            except ExtractionFailed as failure:
                yield Extracted(
                    entry_id=page.entry.entry_id, article=None, quarantined=_quarantined(job, page, failure.reason)
                )
                continue
            article = to_article(page, extraction, fetched.feed, job.run)
            unchanged = stored.get(article.article_id) == article.revision_id
            yield Extracted(entry_id=page.entry.entry_id, article=None if unchanged else article, quarantined=None)


def _stored(job: Job) -> dict[str, str]:
    from warehouse.reads import article_revisions

    with job.warehouse() as warehouse:
        return {} if warehouse is None else article_revisions(warehouse, before=job.run.run_id)


def _quarantined(job: Job, page: Page, reason: str) -> Quarantined:
    from pipeline.quality import quarantined

    return quarantined(job.run, "extract", reason, page.entry, page.raw_ref)


def _count(job: Job, records: Sequence[Extracted]) -> StageCount:
    out = sum(1 for record in records if record.article is not None)
    bad = sum(1 for record in records if record.quarantined is not None)
    return StageCount(
        run_id=job.run.run_id,
        stage="extract",
        n_in=len(records),
        n_out=out,
        n_quarantined=bad,
        n_duplicate=len(records) - out - bad,
    )
