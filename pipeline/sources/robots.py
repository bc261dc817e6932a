"""robots.txt as RFC 9309 reads it: asked once for each host and run."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.sources.errors import Failed, FetchError, Refused

if TYPE_CHECKING:
    from protego import Protego

    from pipeline.sources.http import Client
    from pipeline.sources.responses import Response

Keep = Callable[["Response"], object]
_MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: a crawler reads at least this much


@dataclass(frozen=True, slots=True)
class _Rules:
    """One host's rules; without `rules` all is allowed, unless `error` says why nothing is."""

    rules: "Protego | None" = None
    error: FetchError | None = None


class RobotsRules:
    """The robots.txt files of one run."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._agent = client.user_agent.partition("/")[0].strip() or "*"
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def check(self, url: str, *, local_authority: str | None = None, keep: Keep | None = None) -> None:
        """Raises Refused (`robots_disallowed`) or Failed (`robots_unreachable`) if the URL must not be fetched.

        `keep` is given the file's response before it is read, as every response that is used has to be archived.
        """
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        found = self._of(root, local_authority, keep)
        if found.error is not None:
            raise type(found.error)(found.error.reason, url, found.error.detail)
        if found.rules is not None and not found.rules.can_fetch(url, self._agent):
            raise Refused("robots_disallowed", url, f"by {root}/robots.txt")

    def _of(self, root: str, local_authority: str | None, keep: Keep | None) -> _Rules:
        with self._lock:
            lock = self._locks.setdefault(root, threading.Lock())
        with lock:  # so that many pages of one host ask once, and hosts don't wait for each other
            if root not in self._rules:
                self._rules[root] = self._fetch(root, local_authority, keep)
            return self._rules[root]

    def _fetch(self, root: str, local_authority: str | None, keep: Keep | None) -> _Rules:
        try:
            response = self._client.get(f"{root}/robots.txt", accept="text/plain", local_authority=local_authority)
        except Failed as error:
            return _Rules(error=Failed("robots_unreachable", root, error.reason))
        except Refused as error:
            # What is refused of the host is refused of its page as well; a broken redirect means there is no file.
            return _Rules() if "redirect" in error.reason else _Rules(error=error)
        if keep is not None:
            keep(response)
        rules = _read(response, root)
        self._note_delay(root, rules)
        return rules

    def _note_delay(self, root: str, rules: _Rules) -> None:
        delay = rules.rules.crawl_delay(self._agent) if rules.rules is not None else None
        host = urlsplit(root).hostname
        if delay and host:
            self._client.politeness.slow_down(host, float(delay))


def _read(response: "Response", root: str) -> _Rules:
    from protego import Protego

    # 2.3.1.4: unreachable means all is disallowed; 429 asks for patience, which amounts to the same today.
    if response.status >= 500 or response.status == 429 or response.fault == "timeout_total":
        return _Rules(error=Failed("robots_unreachable", root, f"status {response.status}"))
    if response.status != 200:
        return _Rules()  # 2.3.1.3: 4xx means there are no rules
    text = response.body[:_MAX_BYTES].decode("utf-8-sig", "replace")
    return _Rules(rules=Protego.parse(text.replace("\x00", "")))
