"""One request at a time to a host, with a pause between two; hosts don't wait for each other."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_MAX_DELAY = 30.0  # a robots.txt that asks for more would stall a run; it gets this


class _Turn:
    """The queue of one host."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.next_at = float("-inf")
        self.delay = 0.0


class Politeness:
    """Hands out turns per host. `delay` is the least number of seconds from the end of one exchange to the next."""

    def __init__(self, delay: float, monotonic: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._delay = delay
        self._monotonic = monotonic
        self._sleep = sleep
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, *, local: bool) -> Iterator[None]:
        """Waits for the host's turn; a local feed's own host is not spared, it is ours."""
        if local:
            yield
            return
        turn = self._turn(host)
        with turn.lock:
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

    def _turn(self, host: str) -> _Turn:
        with self._lock:
            return self._turns.setdefault(host, _Turn())
