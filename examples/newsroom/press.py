"""A small offline press: ten invented outlets on one loopback server, as they stood at the end of a given day.

`python examples/newsroom/press.py --day 2024-10-02` serves it for a person to look at; `serve` does for the demo and
the tests. Pages are rendered at request time in each outlet's template and encoding. Nothing here reads a clock: the
same day gives the same bytes.
"""

import argparse
import errno
import hashlib
import re
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unicodedata import normalize

import jinja2

PORT = 8199  # addresses carry the port, so a fixed one keeps article ids from run to run
_NEWEST = 30  # entries of a feed
_RELATED = 4
_FEEDS = {
    "rss2": ("feed_rss2.xml", "application/rss+xml"),
    "rss1": ("feed_rss1.xml", "application/rdf+xml"),
    "atom": ("feed_atom.xml", "application/atom+xml"),
    "json": ("feed_json.json", "application/feed+json"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One table of outlets.toml."""

    id: str
    name: str
    publisher: str
    country: str
    kind: str
    feed: str
    feed_path: str
    path: str
    utc_offset: float
    encoding: str
    header_charset: bool
    page_date: str
    credit: str
    feed_query: str = ""
    amp: bool = False

    @property
    def zone(self) -> timezone:
        """The outlet's clock, without daylight saving time."""
        return timezone(timedelta(hours=self.utc_offset))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A page as it reads at one moment: a (mark, text) pair a paragraph, the mark "h2" or "p".

    `published` is the date that the page shows, which an outlet may have edited; `updated` the last version's.
    """

    page_id: str
    outlet: Outlet
    path: str
    title: str
    section: str
    author: str | None
    agency: str | None
    published: datetime
    updated: datetime | None
    paragraphs: tuple[tuple[str, str], ...]
    note: str | None = None

    @property
    def local(self) -> datetime:
        """When it was published, on the outlet's clock."""
        return self.published.astimezone(self.outlet.zone)

    @property
    def summary(self) -> str:
        """The first sentences, as a feed gives them."""
        text = next(text for mark, text in self.paragraphs if mark == "p")
        return text if len(text) <= 240 else text[:240].rpartition(" ")[0] + " …"


# A page's versions, each with the moment from which it is what readers see, oldest first.
History = tuple[tuple[datetime, Story], ...]


@dataclass(slots=True)
class Press:
    """A running press; `set_day` moves it to the end of another day."""

    base_url: str
    day: date
    outlets: tuple[Outlet, ...]
    histories: tuple[History, ...]
    templates: jinja2.Environment = field(repr=False)

    def set_day(self, day: date) -> None:
        """Show every outlet as it stands at the end of `day`."""
        self.day = day

    def feed_list_toml(self) -> str:
        """A feed list with every outlet, for `stancewire run --feeds`."""
        return self.templates.get_template("feeds.toml").render(press=self)

    def stories(self, outlet: Outlet | None = None) -> list[Story]:
        """What is online on the press's day, newest first."""
        versions = [[story for since, story in history if since.date() <= self.day] for history in self.histories]
        standing = [each[-1] for each in versions if each and (outlet is None or each[-1].outlet.id == outlet.id)]
        return sorted(standing, key=lambda story: (story.published, story.page_id), reverse=True)

    def url(self, story: Story) -> str:
        """A story's address."""
        return self.base_url + story.path


@dataclass(frozen=True, slots=True)
class Resource:
    """What one address answers with."""

    body: bytes
    content_type: str
    modified: datetime | None = None


@contextmanager
def serve(root: Path, day: date, port: int = PORT) -> Iterator[Press]:
    """Serves the newsroom at `root` on 127.0.0.1; on a free port if `port` is taken, so look at `base_url`."""
    server = _server(port)
    press = Press(f"http://127.0.0.1:{server.server_port}", day, *load(root), _templates(root))
    server.respond = lambda path: respond(press, path)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield press
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def demo_days(root: Path) -> list[date]:
    """The days that the demo runs, from outlets.toml."""
    return list(tomllib.loads((root / "outlets.toml").read_text("utf-8"))["days"])


def load(root: Path) -> tuple[tuple[Outlet, ...], tuple[History, ...]]:
    """All outlets and the history of every page, copies included."""
    outlets = {
        table["id"]: Outlet(**table) for table in tomllib.loads((root / "outlets.toml").read_text("utf-8"))["outlet"]
    }
    histories = [
        history for path in sorted((root / "articles").glob("*.md")) for history in read_article(path, outlets)
    ]
    return tuple(outlets.values()), tuple(histories)


def read_article(path: Path, outlets: dict[str, Outlet]) -> list[History]:
    """The page of one article file and its copies' pages (format: README.md). Raises ValueError naming the file."""
    try:
        _, front, body = path.read_text("utf-8").split("+++", 2)
        meta = tomllib.loads(front)
        original = _original(meta, outlets[meta["outlet"]], _paragraphs(body))
        pages = [_history(original, meta.get("versions", []))]
        return pages + [_copy(original, copy, outlets[copy["outlet"]]) for copy in meta.get("copies", [])]
    except (ValueError, KeyError) as error:
        raise ValueError(
            f"{path.name}: not in the newsroom's form ({error!r}); see examples/newsroom/README.md"
        ) from error


def _paragraphs(body: str) -> tuple[tuple[str, str], ...]:
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", body.strip())]
    return tuple(("h2", block[3:]) if block.startswith("## ") else ("p", block) for block in blocks)


def _original(meta: dict[str, Any], outlet: Outlet, paragraphs: tuple[tuple[str, str], ...]) -> Story:
    return Story(
        page_id=meta["id"],
        outlet=outlet,
        path=_path(outlet, meta["id"], meta["title"], meta["section"], meta["published"]),
        title=meta["title"],
        section=meta["section"].title(),
        author=meta.get("author"),
        agency=None,
        published=meta["published"],
        updated=None,
        paragraphs=paragraphs,
    )


def _history(story: Story, versions: list[dict[str, Any]]) -> History:
    standing = [(story.published, story)]
    for version in versions:
        story = _revised(story, version)
        standing.append((version["from"], story))
    return tuple(standing)


def _revised(story: Story, version: dict[str, Any]) -> Story:
    """The next version; a pair of `replace` that is found nowhere is an error of the writer's."""
    paragraphs = story.paragraphs
    for old, new in version.get("replace", []):
        if not any(old in text for _, text in paragraphs):
            raise ValueError(f"{story.page_id}: replaces what is not there: {old!r}")
        paragraphs = tuple((mark, text.replace(old, new)) for mark, text in paragraphs)
    return replace(
        story,
        title=version.get("title", story.title),
        published=version.get("published", story.published),
        updated=version["from"],
        paragraphs=paragraphs,
        note=version.get("note") if version.get("replace") else story.note,
    )


def _copy(original: Story, copy: dict[str, Any], outlet: Outlet) -> History:
    page_id, title = f"{original.page_id}--{outlet.id}", copy.get("title", original.title)
    credit, kept = outlet.credit, original.paragraphs[: copy.get("keep")]
    agency = copy.get("credit")
    if agency and credit != "byline":
        kept = (*kept, ("p", credit.format(agency=agency)))
    story = replace(
        original,
        page_id=page_id,
        outlet=outlet,
        path=_path(outlet, page_id, title, original.section, copy["published"]),
        title=title,
        author=None,
        agency=agency,
        published=copy["published"],
        paragraphs=kept,
    )
    return ((story.published, story),)


def _path(outlet: Outlet, page_id: str, title: str, section: str, published: datetime) -> str:
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    slug = "-".join(re.findall(r"[a-z0-9]+", plain)[:8])
    return outlet.path.format(section=section.lower(), slug=f"{slug}-{page_id}", date=published.astimezone(outlet.zone))


def respond(press: Press, path: str) -> Resource | None:
    """The resource at a path (without query) on the press's day; None if there is none."""
    if path == "/robots.txt":
        return Resource(b"User-agent: *\nDisallow: /search\nAllow: /\n", "text/plain; charset=utf-8")
    if path == "/":
        return _page(press, "index.html", "utf-8", None, outlets=press.outlets)
    outlet = next((outlet for outlet in press.outlets if path.startswith(f"/{outlet.id}/")), None)
    return _of_outlet(press, outlet, path) if outlet is not None else None


def _of_outlet(press: Press, outlet: Outlet, path: str) -> Resource | None:
    stories = press.stories(outlet)
    if path == outlet.feed_path:
        return _feed(press, outlet, stories[:_NEWEST])
    if path == f"/{outlet.id}/":
        return _page(press, "front.html", "utf-8", None, outlet=outlet, stories=stories)
    for story in stories:
        if path == story.path:
            return _article(press, story, f"{outlet.id}.html")
        if outlet.amp and path == f"{story.path}/amp":
            return _article(press, story, "amp.html")
    return None


def _feed(press: Press, outlet: Outlet, stories: list[Story]) -> Resource:
    template, content_type = _FEEDS[outlet.feed]
    modified = max((story.updated or story.published for story in stories), default=None)
    resource = _page(press, template, outlet.encoding, modified, outlet=outlet, stories=stories, newest=modified)
    charset = f"; charset={outlet.encoding}" if outlet.header_charset else ""
    return replace(resource, content_type=content_type + charset)


def _article(press: Press, story: Story, template: str) -> Resource:
    earlier = [other for other in press.stories(story.outlet) if other.published < story.published]
    modified = story.updated or story.published
    resource = _page(press, template, story.outlet.encoding, modified, story=story, related=earlier[:_RELATED])
    charset = f"; charset={story.outlet.encoding}" if story.outlet.header_charset else ""
    return replace(resource, content_type=f"text/html{charset}")


def _page(press: Press, template: str, encoding: str, modified: datetime | None, **context: object) -> Resource:
    text = press.templates.get_template(template).render(press=press, **context)
    # What an old encoding lacks is written as a character reference, as real sites do.
    return Resource(text.encode(encoding, "xmlcharrefreplace"), f"text/html; charset={encoding}", modified)


def _templates(root: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(root / "templates"),
        autoescape=jinja2.select_autoescape(["html", "xml"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["rfc2822"] = format_datetime
    environment.filters["iso"] = lambda moment: moment.isoformat().replace("+00:00", "Z")
    return environment


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    respond: Callable[[str], Resource | None]


class _Handler(BaseHTTPRequestHandler):
    """GET with validators. No Date header: the press has no clock."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        resource = self.server.respond(self.path.partition("?")[0])
        if resource is None:
            self._send(404, b"<html><body><h1>404 Not Found</h1></body></html>", {"Content-Type": "text/html"})
        elif self._is_known(resource):
            self._send(304, b"", self._validators(resource))
        else:
            headers = {"Content-Type": resource.content_type, **self._validators(resource)}
            self._send(200, resource.body, headers)

    def _validators(self, resource: Resource) -> dict[str, str]:
        headers = {"ETag": _etag(resource)}
        if resource.modified is not None:
            headers["Last-Modified"] = format_datetime(resource.modified, usegmt=True)
        return headers

    def _is_known(self, resource: Resource) -> bool:
        """RFC 9110, 13.1: If-None-Match decides alone if it is there."""
        known, since = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        if known is not None:
            return _etag(resource) in [tag.strip() for tag in known.split(",")] or known.strip() == "*"
        try:
            return bool(since and resource.modified and parsedate_to_datetime(since) >= resource.modified)
        except (ValueError, TypeError):
            return False

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet: the demo prints its own progress."""


def _etag(resource: Resource) -> str:
    return f'"{hashlib.sha256(resource.body).hexdigest()[:20]}"'


def _server(port: int) -> _Server:
    try:
        return _Server(("127.0.0.1", port), _Handler)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return _Server(("127.0.0.1", 0), _Handler)


def main(arguments: list[str]) -> None:
    """Serve for a person to look at, until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Serve the demo newsroom as it stood at the end of a day.")
    parser.add_argument("--day", type=date.fromisoformat, default=date(2024, 11, 12), help="YYYY-MM-DD")
    parser.add_argument("--port", type=int, default=PORT)
    options = parser.parse_args(arguments)
    with serve(Path(__file__).parent, options.day, options.port) as press:
        print(f"The press of {press.day}: {press.base_url}/ (Ctrl-C ends it)")
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        print()
