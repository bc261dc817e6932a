"""Builds a run's batch from a few words, for tests: invented outlets, one article a report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from pipeline.records import (
    Article,
    Feed,
    FeedEntry,
    FeedOutcome,
    FeedPoll,
    FeedState,
    Fetch,
    Mention,
    Quarantined,
    Run,
    Span,
    StageCount,
    Stance,
    Statement,
    content_id,
)
from warehouse.batch import RunBatch

QUOTATION = '"We have no such plan in mind and we never had one," the minister said.'


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.combine(day(text), time(9), tzinfo=UTC)


def run_of(text: str) -> Run:
    end = datetime.combine(day(text) + timedelta(days=1), time(), tzinfo=UTC)
    return Run(run_id=text, day=day(text), as_of=end)


@dataclass(frozen=True, kw_only=True)
class Report:
    """One article with one statement in it."""

    outlet: str = "Harbour Post"
    publisher: str | None = None
    slug: str = "plan"
    published: str | None = None
    said_on: str | None = None
    proposal: str = "asian-nato"
    proposal_name: str = "Asian NATO"
    holder: str = "IND"
    speaker: str | None = "Asha Rao"
    role: str | None = "Foreign Minister"
    speaker_type: str = "official"
    authority: str = "official"
    stance: str = "oppose"
    time: str = "current"
    quote: str = "direct"
    words: str | None = None
    confidence: float = 0.9
    body: str = ""
    group: str | None = None
    agency: str | None = None
    detector: str = "1.0"
    silent: bool = False  # the article, without a statement

    @property
    def feed(self) -> Feed:
        return Feed(
            url=f"https://{content_id(self.outlet)}.example/feed",
            outlet=self.outlet,
            publisher=self.publisher or self.outlet,
            country="AUS",
            language="en",
            kind="rss",
        )

    @property
    def url(self) -> str:
        return f"https://{content_id(self.outlet)}.example/{self.slug}"

    @property
    def evidence(self) -> str:
        return self.words or f"{self.speaker or self.holder} spoke of it: {self.stance}."

    @property
    def text(self) -> str:
        return f"CAPITAL - {self.evidence} {self.body}"

    def entry(self) -> FeedEntry:
        return FeedEntry(
            entry_id=content_id(self.feed.url, self.url),
            entry_hash=content_id(self.url, self.text, self.published),
            feed_url=self.feed.url,
            link=self.url,
            title=f"On the plan: {self.slug}",
            summary=None,
            published=at(self.published) if self.published else None,
            published_raw=self.published,
        )

    def article(self, run: Run) -> Article:
        article_id = content_id(self.url)
        title = f"On the plan: {self.slug}"
        return Article(
            article_id=article_id,
            revision_id=content_id(article_id, title, self.text),
            url=self.url,
            title=title,
            text=self.text,
            published=at(self.published) if self.published else None,
            published_source="feed" if self.published else None,
            first_seen=run.as_of,
            updated=None,
            outlet=self.outlet,
            publisher=self.publisher or self.outlet,
            country="AUS",
            language="en",
            author=None,
            method="trafilatura",
            raw_ref="a.warc.gz#0",
            run_id=run.run_id,
            entry_id=self.entry().entry_id,
            relevant=True,
            group_id=self.group,
            agency=self.agency,
        )

    def mention(self, run: Run) -> Mention:
        start = self.text.index(self.evidence)
        statement = Statement(
            proposal=self.proposal,
            proposal_name=self.proposal_name,
            speaker=self.speaker,
            speaker_role=self.role,
            speaker_type=self.speaker_type,
            holder=self.holder,
            authority=self.authority,
            stance=Stance(self.stance),
            time=self.time,
            evidence=(Span(text=self.evidence, start=start, end=start + len(self.evidence)),),
            quote=self.quote,
            said_on=day(self.said_on) if self.said_on else None,
            confidence=self.confidence,
            rules=("verb",),
        )
        article_id = content_id(self.url)
        key = (self.proposal, self.holder, self.speaker, self.stance, self.time)
        return Mention(
            mention_id=content_id(article_id, *key),
            article_id=article_id,
            run_id=run.run_id,
            detector_version=self.detector,
            codebook_version="1",
            statement=statement,
        )


def batch(run_day: str, *reports: Report, polled: Sequence[str] = (), seeded: bool = True) -> RunBatch:
    """The run of a day that brought these reports; `polled` names outlets whose feeds answered without news."""
    run = run_of(run_day)
    by_feed: dict[str, list[Report]] = {}
    for report in [*reports, *(Report(outlet=outlet, silent=True, slug="") for outlet in polled)]:
        by_feed.setdefault(report.feed.url, []).append(report)
    return RunBatch(
        run=run,
        polls=tuple(_poll(group, run, seeded) for group in by_feed.values()),
        fetches=tuple(_fetch(report, run) for report in reports),
        entries=tuple({report.url: report.entry() for report in reports}.values()),
        articles=tuple({report.url: report.article(run) for report in reports}.values()),
        signatures={content_id(report.url): report.text.encode() for report in reports},
        mentions=tuple(report.mention(run) for report in reports if not report.silent),
        quarantined=(
            Quarantined(
                quarantine_id=content_id(run_day, "short"),
                run_id=run.run_id,
                stage="extract",
                reason="text_too_short",
                record="{}",
                raw_ref=None,
            ),
        ),
        counts=(
            StageCount(run_id=run.run_id, stage="extract", n_in=len(reports) + 1, n_out=len(reports), n_quarantined=1),
        ),
        proposals={"asian-nato": "Asian NATO"},
    )


def first_polls(run_day: str, *outlets: str) -> RunBatch:
    """The run in which the feeds of these outlets are polled for the first time, and list nothing."""
    return batch(run_day, polled=outlets)


def with_outcome(of: RunBatch, outlet: str, outcome: FeedOutcome, reason: str | None) -> RunBatch:
    """The batch, but for one outlet's poll, which ended otherwise."""
    polls = (replace(p, outcome=outcome, reason=reason) if p.feed.outlet == outlet else p for p in of.polls)
    return replace(of, polls=tuple(polls))


def _poll(reports: Sequence[Report], run: Run, seeded: bool) -> FeedPoll:
    return FeedPoll(
        feed=reports[0].feed,
        outcome=FeedOutcome.NEW if any(r.slug for r in reports) else FeedOutcome.NOT_MODIFIED,
        reason=None,
        state=FeedState(feed_url=reports[0].feed.url, etag=f'W/"{run.run_id}"', seeded=seeded),
        entries=tuple(report.entry() for report in reports if report.slug),
        faults=(),
        fetches=(),
    )


def _fetch(report: Report, run: Run) -> Fetch:
    return Fetch(
        fetch_id=content_id(run.run_id, report.url),
        run_id=run.run_id,
        url=report.url,
        final_url=report.url,
        purpose="page",
        status=200,
        reason=None,
        n_bytes=len(report.text),
        fetched_at=run.as_of,
        raw_ref="a.warc.gz#0",
    )
