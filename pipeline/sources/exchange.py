"""One exchange of a run: asked, archived before anybody uses it, and recorded, whatever came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.records import Feed, Fetch, Run, content_id
from pipeline.sources.errors import FetchError
from pipeline.sources.limits import Clock
from pipeline.sources.responses import Response
from pipeline.sources.urls import authority, without_credentials

if TYPE_CHECKING:
    from pipeline.sources.archive import Archive
    from pipeline.sources.http import Client, Permit


@dataclass(frozen=True, slots=True)
class Exchange:
    """The record of an exchange, with its response or with the error that there was instead."""

    fetch: Fetch
    response: Response | None = None
    error: FetchError | None = None


def exchange(  # noqa: PLR0913 - an edge: every argument is a part of the outside world
    url: str,
    purpose: str,
    feed: Feed,
    client: "Client",
    archive: "Archive",
    run: Run,
    clock: Clock,
    *,
    accept: str,
    headers: Mapping[str, str] | None = None,
    permit: "Permit | None" = None,
) -> Exchange:
    """Fetches a URL for a feed and archives the answer; the reason of the fetch is its error, fault or bad status."""
    local = authority(feed.url) if feed.local else None
    try:
        response = client.get(url, accept=accept, headers=headers, local_authority=local, permit=permit)
    except FetchError as error:
        return Exchange(_fetch(url, purpose, run, clock, None, None, error.reason), error=error)
    when = clock()
    raw_ref = archive.append(response, when)
    return Exchange(_fetch(url, purpose, run, lambda: when, response, raw_ref, _reason(response)), response)


def _reason(response: Response) -> str | None:
    return response.fault if response.status < 400 else f"http_{response.status}"


def _fetch(
    url: str, purpose: str, run: Run, clock: Clock, response: Response | None, raw_ref: str | None, reason: str | None
) -> Fetch:
    return Fetch(
        fetch_id=content_id(run.run_id, purpose, url),
        run_id=run.run_id,
        url=without_credentials(url),
        final_url=response.final_url if response else None,
        purpose=purpose,
        status=response.status if response else None,
        reason=reason,
        n_bytes=len(response.wire) if response else 0,
        fetched_at=clock(),
        raw_ref=raw_ref,
    )
