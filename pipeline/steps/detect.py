"""Stage `detect`: statements of stance are found in the articles that mention a proposal.

In: articles. Out: articles that mention a proposal; `not_relevant` are the others, which are kept all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records import Article, Mention, StageCount, Statement, content_id
from pipeline.steps.group import Grouped
from pipeline.steps.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """An article, now known to be relevant or not, and the statements found in it."""

    article: Article
    mentions: tuple[Mention, ...]


def detect(job: Job) -> None:
    """Detects statements, unless this detector did so in the same articles before."""
    from pipeline.stance import DETECTOR_VERSION

    inputs = job.staging.digest("group", key=DETECTOR_VERSION)
    if job.staging.is_fresh("detect", inputs):
        return
    records = _detect(job, [grouped.article for grouped in job.staging.read("group", Grouped)])
    n_in, n_out = len(records), sum(1 for record in records if record.article.relevant)
    count = StageCount(run_id=job.run.run_id, stage="detect", n_in=n_in, n_out=n_out, n_not_relevant=n_in - n_out)
    job.hand_on("detect", records, count, made_from=inputs)


def _detect(job: Job, articles: Sequence[Article]) -> list[Detected]:
    from pipeline.stance import Detector, is_relevant

    relevant = [article for article in articles if is_relevant(article.title, article.text)]
    found = (
        dict(zip((a.article_id for a in relevant), Detector().detect_many(relevant), strict=True)) if relevant else {}
    )
    return [
        Detected(
            article=replace(article, relevant=article.article_id in found),
            mentions=tuple(_mention(job, article, statement) for statement in found.get(article.article_id, ())),
        )
        for article in articles
    ]


def _mention(job: Job, article: Article, statement: Statement) -> Mention:
    from pipeline.stance import CODEBOOK_VERSION, DETECTOR_VERSION

    key = (statement.proposal, statement.holder, statement.speaker, statement.stance.value, statement.time)
    # `other` proposals share an id; their names and places keep two of one article apart.
    place = statement.evidence[0].start if statement.evidence else None
    return Mention(
        mention_id=content_id(article.article_id, *key, statement.proposal_name, place),
        article_id=article.article_id,
        run_id=job.run.run_id,
        detector_version=DETECTOR_VERSION,
        codebook_version=CODEBOOK_VERSION,
        statement=statement,
    )
