"""Stage `group`: articles of all shards come together; near copies get one syndication group.

In: articles. Out: articles, grouped; `duplicate` are those that two feeds brought under one address.
"""

from dataclasses import dataclass

from pipeline.records import Article, StageCount
from pipeline.steps.extract import Extracted
from pipeline.steps.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """An article in its syndication group, with the signature (hex) that later runs will recognise its copies by."""

    article: Article
    signature: str


def group(job: Job) -> None:
    """Groups the run's articles among themselves and with those of the weeks before."""
    inputs = job.staging.digest("extract-*")
    if job.staging.is_fresh("group", inputs):
        return
    found = [record.article for record in job.staging.read_all("extract", Extracted) if record.article is not None]
    articles = tuple({article.article_id: article for article in reversed(found)}.values())
    grouped = _grouped(job, tuple(sorted(articles, key=lambda article: article.article_id)))
    n_in, n_out = len(found), len(grouped)
    count = StageCount(run_id=job.run.run_id, stage="group", n_in=n_in, n_out=n_out, n_duplicate=n_in - n_out)
    job.hand_on("group", grouped, count, made_from=inputs)


def _grouped(job: Job, articles: tuple[Article, ...]) -> list[Grouped]:
    from pipeline.articles import KnownArticle, group_copies, text_signature
    from warehouse.reads import known_articles

    with job.warehouse() as warehouse:
        stored = () if warehouse is None else known_articles(warehouse, as_of=job.run.as_of, before=job.run.run_id)
    known = [
        KnownArticle(article_id=a.article_id, group_id=a.group_id, published=a.published, signature=a.signature)
        for a in stored
        if a.group_id is not None
    ]
    signatures = {article.article_id: text_signature(article.text) for article in articles}
    return [
        Grouped(article=article, signature=signatures[article.article_id].hex())
        for article in group_copies(articles, known, signatures=signatures)
    ]
