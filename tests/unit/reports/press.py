"""A small warehouse, built by the product's own load, from invented outlets: some honest, one hostile."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from pipeline.quality.quarantine import quarantined
from pipeline.records import (
    Article,
    Feed,
    FeedOutcome,
    FeedPoll,
    FeedState,
    Mention,
    Run,
    Span,
    StageCount,
    Stance,
    Statement,
    content_id,
)
from pipeline.settings import Settings
from pipeline.trends import settle
from warehouse.batch import RunBatch
from warehouse.connection import open_work
from warehouse.load import load_run

TODAY = date(2024, 10, 2)
PROPOSALS = {
    "northern-shield": "Northern Shield pact",
    "harbour-guard": "Harbour Guard mutual defence treaty",
    "strait-watch": "Strait Watch joint patrols",
}
OUTLETS = {
    "Harbour Courier": "Harbour Press",
    "Capital Ledger": "Ledger Group",
    "The Northern Post": "Northern Media",
    "Strait Times Weekly": "Strait House",
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """One article with one statement in it. The defaults are an honest outlet's."""

    holder: str
    stance: str
    words: str
    published: date
    proposal: str = "northern-shield"
    proposal_name: str | None = None
    outlet: str = "Harbour Courier"
    speaker: str | None = "Ana Example"
    role: str | None = "foreign minister"
    speaker_type: str = "official"
    authority: str = "official"
    time: str = "current"
    quote: str = "direct"
    said_on: date | None = None
    confidence: float = 0.91
    condition: str | None = None
    title: str | None = None
    url: str | None = None

    @property
    def address(self) -> str:
        """The article's address."""
        return self.url or f"https://{content_id(self.outlet)}.example/{content_id(self.words)}"

    @property
    def article_id(self) -> str:
        """From the address."""
        return content_id(self.address, self.words)

    def article(self, run: Run) -> Article:
        """As extraction would give it."""
        text = f"{self.words} The talks go on. " + "Nothing else was decided on that day. " * 4
        return Article(
            article_id=self.article_id,
            revision_id=content_id(self.article_id, text),
            url=self.address,
            title=self.title if self.title is not None else f"On the {self.proposal_name or PROPOSALS[self.proposal]}",
            text=text,
            published=datetime(self.published.year, self.published.month, self.published.day, 9, tzinfo=UTC),
            published_source="feed",
            first_seen=run.as_of,
            updated=None,
            outlet=self.outlet,
            publisher=OUTLETS.get(self.outlet, self.outlet),
            country="GBR",
            language="en",
            author=None,
            method="trafilatura",
            raw_ref="day.warc.gz#0",
            run_id=run.run_id,
            relevant=True,
        )

    def mention(self, run: Run) -> Mention:
        """As detection would give it."""
        said = Statement(
            proposal=self.proposal,
            proposal_name=self.proposal_name or PROPOSALS[self.proposal],
            speaker=self.speaker,
            speaker_role=self.role,
            speaker_type=self.speaker_type,
            holder=self.holder,
            authority=self.authority,
            stance=Stance(self.stance),
            time=self.time,
            evidence=(Span(text=self.words, start=0, end=len(self.words)),),
            quote=self.quote,
            said_on=self.said_on or self.published,
            confidence=self.confidence,
            condition=self.condition,
        )
        return Mention(
            mention_id=content_id(self.article_id, self.proposal, self.holder, self.speaker, self.stance, self.time),
            article_id=self.article_id,
            run_id=run.run_id,
            detector_version="1",
            codebook_version="1",
            statement=said,
        )


def run_of(day: date) -> Run:
    return Run(run_id=day.isoformat(), day=day, as_of=datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(1))


def load(con: DuckDBPyConnection, day: date, reports: list[Report], *, failing: bool = False) -> Run:
    """Loads one day; with `failing`, one feed did not answer and two records are in quarantine."""
    run = run_of(day)
    bad = [quarantined(run, "extract", "extraction_timeout", r.article(run)) for r in reports[:1]] if failing else []
    names = {r.proposal: r.proposal_name for r in reports if r.proposal_name and r.proposal != "other"}
    batch = RunBatch(
        run=run,
        polls=tuple(_poll(name, failing and name == "Capital Ledger") for name in OUTLETS),
        articles=tuple({r.article_id: r.article(run) for r in reports}.values()),
        mentions=tuple({m.mention_id: m for m in (r.mention(run) for r in reports)}.values()),
        quarantined=tuple(bad),
        counts=(
            StageCount(run_id=run.run_id, stage="poll", n_in=4, n_out=4),
            StageCount(
                run_id=run.run_id,
                stage="extract",
                n_in=len(reports) + len(bad),
                n_out=len(reports),
                n_quarantined=len(bad),
            ),
        ),
        proposals=PROPOSALS | names,
    )
    load_run(con, batch, settle)
    return run


def build(path: Path, *days: tuple[date, list[Report]], failing: bool = True) -> Path:
    """A warehouse of these days, after a first poll of every feed that brought nothing."""
    with open_work(path, Settings(home=path.parent)) as con:
        load(con, days[0][0] - timedelta(days=1), [])
        for day, reports in days:
            load(con, day, reports, failing=failing and day == days[-1][0])
    return path


def _poll(outlet: str, failed: bool) -> FeedPoll:
    url = f"https://{content_id(outlet)}.example/feed"
    return FeedPoll(
        feed=Feed(url=url, outlet=outlet, publisher=OUTLETS[outlet], country="GBR", language="en", kind="rss"),
        outcome=FeedOutcome.FAILED if failed else FeedOutcome.NOT_MODIFIED,
        reason="timeout_total" if failed else None,
        state=FeedState(feed_url=url, seeded=True),
        entries=(),
        faults=(),
        fetches=(),
    )


def reversal(**changes: Any) -> list[tuple[date, list[Report]]]:
    """Norway opposed, and supports today; the new words are two outlets'."""
    old = {"holder": "NOR", "stance": "oppose", "words": '"We see no need for this pact," the minister said.'}
    new = {"holder": "NOR", "stance": "support", "words": '"We will sign the pact this autumn," the minister said.'}
    before, later = date(2024, 6, 11), TODAY
    return [
        (before, [Report(**(old | {"published": before} | changes))]),
        (
            later,
            [
                Report(**(new | {"published": later} | changes)),
                Report(**(new | {"published": later, "outlet": "The Northern Post", "quote": "mixed"} | changes)),
            ],
        ),
    ]


def busy_days() -> list[tuple[date, list[Report]]]:
    """Four months of three proposals and a dozen holders: what a morning's report looks like."""

    def said(day: date, holder: str, stance: str, words: str, **more: Any) -> Report:
        return Report(holder=holder, stance=stance, words=words, published=day, **more)

    def many(*days: date) -> list[tuple[date, list[Report]]]:
        return [(day, [r for r in reports if r.published == day]) for day in days]

    d1, d2, d3, d4, d5 = date(2024, 6, 11), date(2024, 7, 2), date(2024, 8, 20), date(2024, 9, 17), TODAY
    harbour: dict[str, Any] = {"proposal": "harbour-guard", "outlet": "Capital Ledger"}
    strait: dict[str, Any] = {"proposal": "strait-watch", "outlet": "Strait Times Weekly"}
    reports = [
        said(d1, "NOR", "oppose", '"We see no need for this pact," the minister said.'),
        said(d1, "SWE", "support", "Stockholm's minister said the shield would be welcome.", quote="indirect"),
        said(d1, "SWE", "support", "The shield is welcome, the minister told reporters.", outlet="Capital Ledger"),
        said(d2, "DNK", "noncommittal", '"It is too early to speak of treaties," she said.', speaker="Mette Muster"),
        said(d2, "Ola Nordmann", "oppose", '"A shield that nobody can lift," the retired general wrote.',
             speaker="Ola Nordmann", role="retired general", speaker_type="former_official", authority="personal"),
        said(d2, "JPN", "support", '"Japan stands ready to join the patrols," the minister said.', **strait),
        said(d3, "FIN", "conditional", '"We would join if parliament approves it first," he said.',
             speaker="Matti Meikäläinen", role="prime minister", condition="if parliament approves it first"),
        said(d3, "NOR", "noncommittal", '"We are looking at it again," the minister said.', outlet="The Northern Post"),
        said(d3, "IND", "oppose", '"India does not join patrols of that kind," the spokesperson said.',
             speaker="A. Namuna", role="spokesperson", **strait),
        said(d3, "AUS", "support", '"We will host the first exercise," the minister said.', **harbour),
        said(d4, "PNG", "conditional", '"Cabinet must see the text before we sign," he said.', **harbour,
             speaker="John Piksa", role="defence minister", condition="cabinet must see the text"),
        said(d4, "NZL", "noncommittal", "Wellington has not decided, officials said.", **harbour,
             speaker="ministry officials", role=None),
        said(d4, "ISL", "support", "Reykjavik would back the shield, diplomats believe.", speaker=None, role=None,
             authority="attributed", quote="indirect", confidence=0.62),
        said(d4, "Labour", "oppose", '"The party will vote against the treaty," its leader said.', **harbour,
             speaker="Pat Muster", role="party leader", speaker_type="legislator_or_party"),
        said(d5, "NOR", "support", '"We will sign the pact this autumn," the minister said.'),
        said(d5, "NOR", "support", '"We will sign the pact this autumn," the Norwegian minister said in Oslo.',
             outlet="The Northern Post", quote="mixed"),
        said(d5, "NOR", "oppose", "Norway had seen no need for the pact in June.", time="past", quote="indirect",
             said_on=d1, outlet="Capital Ledger"),
        said(d5, "NZL", "oppose", '"New Zealand will not be part of it," the prime minister said.', **harbour,
             speaker="Jo Bloggs", role="prime minister"),
        said(d5, "Rana Nakli", "oppose", '"A foolhardy idea," she writes.', proposal="other",
             proposal_name="Lake Accord", speaker="Rana Nakli", role="columnist", speaker_type="media",
             authority="personal"),
    ]  # fmt: skip
    return many(d1, d2, d3, d4, d5)
