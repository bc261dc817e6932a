"""One feed polled once: asked conditionally, archived, parsed, judged.

The judgement is a pure function from the old state and what arrived to outcome and new state; `poll_feed` around it
only moves data.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.records import Feed, FeedEntry, FeedOutcome, FeedPoll, FeedState, Fetch, ParsedFeed, Run
from pipeline.sources.entries import feed_entries
from pipeline.sources.errors import FetchError, Refused
from pipeline.sources.exchange import exchange
from pipeline.sources.feed_parser import parse_feed
from pipeline.sources.limits import Clock
from pipeline.sources.responses import Response

if TYPE_CHECKING:
    from pipeline.sources.archive import Archive
    from pipeline.sources.http import Client

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
# Faults that mean entries may be missing, most telling first: nothing is remembered that would let the server answer
# "not modified" to what was never read in full.
_INCOMPLETE = (
    "empty",
    "not_a_feed",
    "too_many_entries",
    "too_many_tags",
    "too_deep",
    "malformed",
    "no_entries",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a feed and what to remember of it."""

    outcome: FeedOutcome
    reason: str | None
    state: FeedState


def poll_feed(
    feed: Feed, state: FeedState | None, client: "Client", archive: "Archive", run: Run, clock: Clock
) -> FeedPoll:
    """Polls one feed. `state` is what the last poll returned; None for a feed never polled.

    Never raises for what the network or the feed does: that is the outcome, with its reason code. ArchiveError is
    raised, since without the archive nothing may be used.
    """
    old = state or FeedState(feed_url=feed.url)
    conditions = _conditions(old)
    done = exchange(feed.url, "feed", feed, client, archive, run, clock, accept=_ACCEPT, headers=conditions)
    if done.response is None:
        return _poll(feed, judge_error(old, done.error), (), (), done.fetch)
    parsed = _parsed(done.response, client.limits.max_entries, done.fetch)
    verdict = judge(old, done.response, parsed, conditional=bool(conditions))
    entries, faults = feed_entries(feed.url, parsed)
    return _poll(feed, verdict, entries, (*done.response.notes, *faults), done.fetch)


def judge_error(old: FeedState, error: FetchError | None) -> Verdict:
    """The verdict on an exchange without a response; what was known before stays known."""
    if error is None:
        return Verdict(FeedOutcome.FAILED, "no_response", old)
    if error.reason == "host_resting":
        return Verdict(FeedOutcome.PAUSED, error.reason, old)
    return Verdict(FeedOutcome.REFUSED if isinstance(error, Refused) else FeedOutcome.FAILED, error.reason, old)


def judge(old: FeedState, response: Response, parsed: ParsedFeed, *, conditional: bool) -> Verdict:
    """The verdict on a response, from the old state and what was read."""
    if response.status == 304:
        # A 304 to a request without conditions says nothing about a body that nobody has.
        return Verdict(FeedOutcome.NOT_MODIFIED, None, old) if conditional else _failed(old, "unexpected_304")
    if response.status == 410:
        return Verdict(FeedOutcome.RETIRED, "http_410", old)
    if response.status != 200:
        return _failed(old, f"http_{response.status}")
    fault = response.fault or next((code for code in _INCOMPLETE if code in parsed.faults), None)
    if fault is None:
        return _read_in_full(old, response)
    if not parsed.entries and fault != "no_entries":
        return _failed(_forgetful(old), fault)
    return Verdict(FeedOutcome.PARTIAL, fault, replace(_forgetful(old), seeded=True))


def _read_in_full(old: FeedState, response: Response) -> Verdict:
    content_hash = hashlib.sha256(response.body).hexdigest()
    state = FeedState(
        feed_url=old.feed_url,
        etag=response.header("etag"),
        last_modified=response.header("last-modified"),
        content_hash=content_hash,
        seeded=True,
    )
    # The hash decides, not the validators: some servers give each answer a new ETag, some never change it.
    same = content_hash == old.content_hash
    return Verdict(FeedOutcome.UNCHANGED if same else FeedOutcome.NEW, None, state)


def _failed(state: FeedState, reason: str) -> Verdict:
    return Verdict(FeedOutcome.FAILED, reason, state)


def _forgetful(old: FeedState) -> FeedState:
    """The state without validators and hash, so that the next poll gets and reads the whole feed."""
    return FeedState(feed_url=old.feed_url, seeded=old.seeded)


def _conditions(state: FeedState) -> dict[str, str]:
    pairs = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _parsed(response: Response, max_entries: int, fetch: Fetch) -> ParsedFeed:
    """What a 200 lists. The last item of a body that breaks off is not believed, unless the XML was whole."""
    if response.status != 200:
        return ParsedFeed(title=None, entries=(), faults=())
    parsed = parse_feed(
        response.body,
        response.final_url,
        response.header("content-type"),
        fetched_at=fetch.fetched_at,
        max_entries=max_entries,
    )
    if response.fault and "malformed" in parsed.faults:
        return replace(parsed, entries=parsed.entries[:-1])
    return parsed


def _poll(
    feed: Feed, verdict: Verdict, entries: tuple[FeedEntry, ...], faults: tuple[str, ...], fetch: Fetch
) -> FeedPoll:
    return FeedPoll(
        feed=feed,
        outcome=verdict.outcome,
        reason=verdict.reason,
        state=verdict.state,
        entries=entries,
        faults=faults,
        fetches=(fetch,),
    )
