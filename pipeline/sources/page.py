"""The page of one entry: permitted by robots.txt, fetched within limits, archived; only HTML goes on."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.records import Feed, FeedEntry, Fetch, Page, Run, content_id
from pipeline.sources.exchange import exchange
from pipeline.sources.limits import Clock
from pipeline.sources.responses import Response
from pipeline.sources.urls import authority

if TYPE_CHECKING:
    from pipeline.sources.archive import Archive
    from pipeline.sources.http import Client

_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_HTML = frozenset({"text/html", "application/xhtml+xml"})


def fetch_page(
    entry: FeedEntry, feed: Feed, client: "Client", archive: "Archive", run: Run, clock: Clock
) -> tuple[Page | None, Fetch]:
    """The entry's page and the record of its fetch; the page is None where the fetch has a reason.

    Never raises for what the network or the server does. Reasons: those of `errors`, of `Response.fault`, `http_404`
    and the like, and `no_link`, `empty`, `not_html`, `bot_challenge`. ArchiveError is raised.
    """
    if not entry.link:
        return None, page_without_response(entry, run, clock, "no_link")
    local = authority(feed.url) if feed.local else None
    permit = partial(client.robots.check, local_authority=local, keep=lambda robots: archive.append(robots, clock()))
    asked = permit if client.limits.respect_robots else None
    done = exchange(entry.link, "page", feed, client, archive, run, clock, accept=_ACCEPT, permit=asked)
    if done.response is None:
        return None, done.fetch
    reason = unusable(done.response)
    if reason is not None or done.fetch.raw_ref is None:
        return None, replace(done.fetch, reason=reason)
    page = Page(
        entry=entry,
        url=done.response.final_url,
        content_type=done.response.header("content-type"),
        raw_ref=done.fetch.raw_ref,
    )
    return page, done.fetch


def unusable(response: Response) -> str | None:
    """Why a response is no article page, or None."""
    if (response.header("cf-mitigated") or "").lower() == "challenge":
        return "bot_challenge"
    if response.status != 200:
        return f"http_{response.status}"
    if response.fault is not None:
        return response.fault
    if not response.body.strip():
        return "empty"
    return None if _is_html(response) else "not_html"


def _is_html(response: Response) -> bool:
    if response.media_type is not None:
        return response.media_type in _HTML
    return response.body.lstrip(b"\xef\xbb\xbf\r\n\t ")[:1] == b"<"


def page_without_response(entry: FeedEntry, run: Run, clock: Clock, reason: str) -> Fetch:
    """The record of a page that was not asked for."""
    return Fetch(
        fetch_id=content_id(run.run_id, "page", entry.link or entry.entry_id),
        run_id=run.run_id,
        url=entry.link,
        final_url=None,
        purpose="page",
        status=None,
        reason=reason,
        n_bytes=0,
        fetched_at=clock(),
        raw_ref=None,
    )
