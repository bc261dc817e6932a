"""One request at a time to a host, with a pause between two; hosts don't wait for each other."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.sources.errors import Refused
from pipeline.sources.retry_after import DEFAULT

_MAX_DELAY = 30.0  # a robots.txt that asks for more would stall a run; it gets this
_MAX_FAILURES = 3  # in a row; after them a host that doesn't answer would cost a deadline for each of its pages


class _Turn:
    """The queue of one host."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.next_at = float("-inf")
        self.rests_until = float("-inf")
        self.delay = 0.0
        self.failures = 0


class Politeness:
    """Hands out turns per host. `delay` is the least number of seconds from the end of one exchange to the next."""

    def __init__(self, delay: float, monotonic: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._delay = delay
        self._monotonic = monotonic
        self._sleep = sleep
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, url: str, *, local: bool) -> Iterator[None]:
        """Waits for the host's turn; a local feed's own host is not spared, it is ours.

        Raises Refused (`host_resting`) while the host rests: a run doesn't wait for hours.
        """
        if local:
            yield
            return
        turn = self._turn(host)
        with turn.lock:
            if turn.rests_until > self._monotonic():
                raise Refused("host_resting", url, "it asked for a pause or doesn't answer")
            wait = turn.next_at - self._monotonic()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                turn.next_at = self._monotonic() + max(self._delay, turn.delay)

    def slow_down(self, host: str, seconds: float) -> None:
        """Notes a host's Crawl-delay; the longer of it and our own pause holds."""
        self._turn(host).delay = min(max(seconds, 0.0), _MAX_DELAY)

    def rest(self, host: str, seconds: float) -> None:
        """Leaves a host alone from now on for so long."""
        self._turn(host).rests_until = self._monotonic() + seconds

    def answered(self, host: str) -> None:
        """Notes that a host answered, whatever it said."""
        self._turn(host).failures = 0

    def failed(self, host: str) -> None:
        """Notes that a host didn't answer; after three times in a row it rests."""
        turn = self._turn(host)
        turn.failures += 1
        if turn.failures >= _MAX_FAILURES:
            self.rest(host, DEFAULT)

    def _turn(self, host: str) -> _Turn:
        with self._lock:
            return self._turns.setdefault(host, _Turn())
