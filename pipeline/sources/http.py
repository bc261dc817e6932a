"""The guarded HTTP client: addresses judged, redirects checked by hand, everything bounded in time and bytes.

It sends no cookie, no referrer and no credentials to another host, ignores proxies named in the environment, and
says who it is. One connection serves one exchange: politeness leaves a second between two requests to a host, so
keeping connections would gain little and let the trouble of one exchange reach into the next.
"""

import base64
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

import httpcore
import httpx

from pipeline.sources import redirects
from pipeline.sources.addresses import Resolver, resolve
from pipeline.sources.decoding import ACCEPT_ENCODING, decode
from pipeline.sources.errors import Failed, FetchError, Refused
from pipeline.sources.limits import Clock, Limits
from pipeline.sources.network import AddressRefusedError, Deadline, DeadlineError, GuardedBackend, ResolveError
from pipeline.sources.politeness import Politeness
from pipeline.sources.responses import Redirect, Response
from pipeline.sources.retry_after import rest_seconds
from pipeline.sources.urls import authority, without_credentials

Permit = Callable[[str], None]
"""Asked before each hop with its URL; raises FetchError to forbid it."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Client:
    """Makes GET requests within limits. One client serves one run; its methods may be called from many threads.

    `clock` dates what is fetched, `resolver` gives a host's addresses, `sleep` and `monotonic` time politeness and
    deadlines; all four are parameters so that tests and replays decide them.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        user_agent: str = "stancewire/0.1 (+https://stancewire.example/bot)",
        *,
        clock: Clock = _utc_now,
        resolver: Resolver = resolve,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        from pipeline.sources.robots import RobotsRules

        self.limits = limits or Limits()
        self.user_agent = user_agent
        self.clock = clock
        self.politeness = Politeness(self.limits.host_delay, monotonic, sleep)
        self.robots = RobotsRules(self)
        self._resolver = resolver
        self._monotonic = monotonic
        # Without trust_env, else SSL_CERT_FILE or a proxy of the environment would decide whom we trust.
        self._tls = tls or httpx.create_ssl_context(trust_env=False)

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open between exchanges, so there is nothing to close."""

    def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        headers: Mapping[str, str] | None = None,
        local_authority: str | None = None,
        permit: Permit | None = None,
    ) -> Response:
        """The response to a GET, redirects followed and each hop checked anew.

        `headers` go to the first URL and, as conditional headers must, no further. `local_authority` is the
        `host:port` of a local feed, the only one that may have loopback or private addresses.
        Raises Refused or Failed; a response whose body was spoiled is returned with its `fault`.
        """
        current = _parse(url)
        hops: list[Redirect] = []
        notes: list[str] = []
        seconds = self.limits.total_timeout
        while True:
            shown = without_credentials(str(current))
            if permit is not None:
                permit(shown)
            local = local_authority is not None and authority(shown) == local_authority
            sent = self._headers(current, accept, headers if not hops else None)
            with self.politeness.turn(current.host, shown, local=local):
                deadline = Deadline(self._monotonic() + seconds, self._monotonic)
                answer = self._politely(current, sent, deadline, local=local)
            seconds = deadline.at - self._monotonic()
            target = redirects.target(current, answer.status, answer.headers)
            if target is None:
                if hops and all(hop.status in {301, 308} for hop in hops):
                    notes.append("moved_permanently")
                return self._response(url, shown, answer, hops, notes)
            redirects.check(current, target, hops, self.limits.max_redirects)
            if current.scheme == "https" and target.scheme == "http":
                notes.append("https_to_http")
            hops.append(Redirect(url=shown, status=answer.status, to=without_credentials(str(target))))
            current = target

    def _headers(self, url: httpx.URL, accept: str, extra: Mapping[str, str] | None) -> list[tuple[bytes, bytes]]:
        pairs = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self.user_agent,
            "Accept": accept,
            "Accept-Encoding": ACCEPT_ENCODING,
            **(extra or {}),
        }
        if url.userinfo:
            pairs["Authorization"] = _basic(url.username, url.password)
        # latin-1 is how headers were read, so that validators go back byte for byte.
        return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in pairs.items()]

    def _politely(
        self, url: httpx.URL, headers: list[tuple[bytes, bytes]], deadline: Deadline, *, local: bool
    ) -> "_Answer":
        """The exchange, and what it says about how the host wants to be treated."""
        try:
            answer = self._exchange(url, headers, deadline, local=local)
        except Failed:
            self.politeness.failed(url.host)
            raise
        if answer.fault == "timeout_total":
            self.politeness.failed(url.host)
            return answer
        self.politeness.answered(url.host)
        wanted = next((value for name, value in answer.headers if name.lower() == "retry-after"), None)
        # A bare 503 may be one page's trouble; a bare 429 is meant for us.
        if answer.status == 429 or (answer.status == 503 and wanted is not None):
            self.politeness.rest(url.host, rest_seconds(wanted, self.clock()))
        return answer

    def _exchange(
        self, url: httpx.URL, headers: list[tuple[bytes, bytes]], deadline: Deadline, *, local: bool
    ) -> "_Answer":
        backend = GuardedBackend(self._resolver, deadline, self.limits.connect_timeout, local=local)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        shown = without_credentials(str(url))
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._tls, http2=True, network_backend=backend) as pool,
                pool.stream("GET", target, headers=headers) as reply,
            ):
                wire, fault = self._read(reply.iter_stream())
                return _Answer.of(reply, wire, fault)
        except Exception as error:
            raise _as_fetch_error(error, shown) from error

    def _read(self, chunks: Iterator[bytes]) -> tuple[bytes, str | None]:
        """The body as it comes over the wire, to its end, to the cap, or to what broke it off."""
        parts: list[bytes] = []
        room = self.limits.max_wire_bytes
        fault = None
        try:
            for chunk in chunks:
                parts.append(chunk[:room])
                room -= len(chunk)
                if room < 0:
                    fault = "too_large"
                    break
        except (DeadlineError, httpcore.TimeoutException):
            fault = "timeout_total"
        except (httpcore.RemoteProtocolError, httpcore.NetworkError):
            fault = "truncated"
        return b"".join(parts), fault

    def _response(
        self, url: str, final_url: str, answer: "_Answer", hops: list[Redirect], notes: list[str]
    ) -> Response:
        encoding = ",".join(value for name, value in answer.headers if name.lower() == "content-encoding")
        decoded = decode(answer.wire, encoding, self.limits.max_body_bytes)
        return Response(
            url=without_credentials(url),
            final_url=final_url,
            http_version=answer.http_version,
            status=answer.status,
            phrase=answer.phrase,
            headers=answer.headers,
            wire=answer.wire,
            body=decoded.body,
            fault=answer.fault or decoded.fault,
            redirects=tuple(hops),
            notes=tuple(notes),
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    """One hop's answer, as received."""

    http_version: str
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    wire: bytes
    fault: str | None

    @classmethod
    def of(cls, reply: httpcore.Response, wire: bytes, fault: str | None) -> "_Answer":
        version = reply.extensions.get("http_version", b"HTTP/1.1").decode("ascii", "replace")
        phrase = reply.extensions.get("reason_phrase", b"").decode("latin-1")
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in reply.headers)
        return cls(version, reply.status, phrase, headers, wire, fault)


def _basic(user: str, password: str) -> str:
    """RFC 7617."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused("url_refused", without_credentials(url), str(error)) from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise Refused("url_refused", without_credentials(url), "not an http or https address")
    return parsed.copy_with(fragment=None)


# What the layers below raise, most special first, with the reason that each becomes.
_FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (ResolveError, "dns_failed"),
    (DeadlineError, "timeout_total"),
    (httpcore.ConnectTimeout, "timeout_connect"),
    (httpcore.TimeoutException, "timeout_total"),
    (httpcore.ConnectError, "connect_failed"),
    (httpcore.NetworkError, "disconnected"),
    (httpcore.ProtocolError, "protocol_error"),
)


def _as_fetch_error(error: Exception, url: str) -> FetchError:
    if isinstance(error, AddressRefusedError):
        return Refused("address_refused", url, str(error))
    if isinstance(error, httpcore.ConnectError) and any(isinstance(each, ssl.SSLError) for each in error.args):
        return Failed("tls_failed", url, str(error))
    for kind, reason in _FAILURES:
        if isinstance(error, kind):
            return Failed(reason, url, str(error))
    return Failed("protocol_error", url, f"{type(error).__name__}: {error}")
