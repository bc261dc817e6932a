"""Stage `validate`: articles and statements pass the expectation suites or go to quarantine.

In: articles and mentions. Out: those that hold; the verdict says whether the run may be published.
"""

from dataclasses import dataclass

from pipeline.records import Article, Mention, Quarantined
from pipeline.steps.detect import Detected
from pipeline.steps.extract import Extracted
from pipeline.steps.fetch import Fetched
from pipeline.steps.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Why the run is held back, if it is."""

    held: tuple[str, ...]


def validate(job: Job) -> None:
    """Validates the run's records, builds the Data Docs, and judges the run."""
    from pipeline.quality import build_data_docs, failure_share, validate_records
    from pipeline.stance import load_proposals

    share = job.settings.max_failure_share
    inputs = job.staging.digest("detect", "fetch-*", "extract-*", key=str(share))
    if job.staging.is_fresh("verdict", inputs):
        return
    detected = job.staging.read("detect", Detected)
    articles, mentions = tuple(d.article for d in detected), tuple(m for d in detected for m in d.mentions)
    result = validate_records(
        job.run,
        articles,
        mentions,
        proposals=[proposal.id for proposal in load_proposals()],
        max_failure_share=share,
        min_text_chars=job.settings.min_text_chars,
    )
    job.staging.write("valid-articles", result.articles)
    job.staging.write("valid-mentions", result.mentions)
    job.staging.write("quarantine", (*_quarantined_before(job), *result.quarantined))
    job.count(result.count)
    build_data_docs(result, job.home.data_docs)
    reasons = dict.fromkeys((*result.held, *failure_share(job.counts(), share)))
    job.staging.write("verdict", [Verdict(held=tuple(reasons))], made_from=inputs)


def verdict(job: Job) -> Verdict:
    """The verdict on the run; nothing is held where validation has not spoken yet."""
    return next(iter(job.staging.read("verdict", Verdict)), Verdict(held=()))


def _quarantined_before(job: Job) -> tuple[Quarantined, ...]:
    fetched = (record.quarantined for record in job.staging.read_all("fetch", Fetched))
    extracted = (record.quarantined for record in job.staging.read_all("extract", Extracted))
    return tuple(quarantined for quarantined in (*fetched, *extracted) if quarantined is not None)


def valid_records(job: Job) -> tuple[tuple[Article, ...], tuple[Mention, ...]]:
    """What validation let through."""
    return job.staging.read("valid-articles", Article), job.staging.read("valid-mentions", Mention)
