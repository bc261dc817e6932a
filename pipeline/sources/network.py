"""The dialer: resolves once, judges every address, connects to one of those judged, and keeps the deadline.

The check sits here and not before the request, so that a name whose answer changes between check and use
(DNS rebinding) can't lead anywhere else. The deadline sits here too: a timeout per read never ends a server that
sends one byte every 0.4 s (TRAPS.md 2).
"""

import threading
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import httpcore

from pipeline.sources.addresses import Resolver, is_allowed


class AddressRefusedError(Exception):
    """A host has an address that must not be connected to."""


class ResolveError(Exception):
    """A host's name has no address, or none was found in time."""


class DeadlineError(Exception):
    """The time for the whole exchange is spent."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the monotonic clock after which nothing is waited for."""

    at: float
    monotonic: Callable[[], float]

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most `most`; raises DeadlineError when there are none."""
        seconds = self.at - self.monotonic()
        if seconds <= 0:
            raise DeadlineError
        return seconds if most is None else min(seconds, most)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only to judged addresses of one exchange; what it returns counts and keeps the deadline."""

    def __init__(self, resolver: Resolver, deadline: Deadline, connect_timeout: float, *, local: bool) -> None:
        self._resolver = resolver
        self._deadline = deadline
        self._connect_timeout = connect_timeout
        self._local = local
        self._dial = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to the first judged address that answers."""
        del timeout  # the exchange has its own
        addresses = self._judged(host, port)
        for n, address in enumerate(addresses, 1):
            try:
                seconds = self._deadline.left(self._connect_timeout)
                stream = self._dial.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if n == len(addresses):
                    raise
            else:
                return DeadlineStream(stream, self._deadline, self._connect_timeout)
        raise ResolveError(host)

    def _judged(self, host: str, port: int) -> Sequence[str]:
        addresses = _resolve_in_time(self._resolver, host, port, self._deadline.left(self._connect_timeout))
        for address in addresses:
            # One bad answer refuses all: which of them is used would otherwise be the attacker's choice.
            if not is_allowed(address, local=self._local):
                raise AddressRefusedError(f"{host} has the address {address}")
        return addresses


def _resolve_in_time(resolver: Resolver, host: str, port: int, seconds: float) -> Sequence[str]:
    """`getaddrinfo` has no timeout of its own and can hang for a minute: a thread is asked and left behind."""
    answer: list[Sequence[str] | BaseException] = []

    def ask() -> None:
        try:
            answer.append(resolver(host, port))
        except (OSError, UnicodeError, ValueError) as error:
            answer.append(error)

    thread = threading.Thread(target=ask, name=f"resolve-{host}", daemon=True)
    thread.start()
    thread.join(seconds)
    if not answer:
        raise ResolveError(f"no answer for {host} within {seconds:.0f} s")
    if isinstance(answer[0], BaseException):
        raise ResolveError(f"{host}: {answer[0]}") from answer[0]
    if not answer[0]:
        raise ResolveError(f"{host} has no address")
    return answer[0]


class DeadlineStream(httpcore.NetworkStream):
    """A connection whose every wait is cut to what is left of the exchange."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, handshake_timeout: float) -> None:
        self._stream = stream
        self._deadline = deadline
        self._handshake_timeout = handshake_timeout

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Reads what is there, at most `max_bytes`."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Writes all of the buffer."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Closes the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: typing.Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Shakes hands; the certificate is checked against the host's name, though the address was dialled."""
        del timeout
        seconds = self._deadline.left(self._handshake_timeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, seconds)
        return DeadlineStream(stream, self._deadline, self._handshake_timeout)

    def get_extra_info(self, info: str) -> typing.Any:
        """What the connection says of itself."""
        return self._stream.get_extra_info(info)
