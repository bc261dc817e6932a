"""A press for tests: a real HTTP server on loopback that says, byte for byte, what it is told to say."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Script = bytes | Callable[[socket.socket], None]


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]  # names in lower case


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole response; `Content_Type="..."` becomes a header, as does Content-Length unless given."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("Content-Length", str(len(body)))
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def rss(*items: str, title: str = "Daily Example") -> bytes:
    channel = f"<channel><title>{title}</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


def item(number: int, title: str = "A headline", **fields: str) -> str:
    named = {"link": f"/articles/{number}.html", "guid": f"item-{number}", **fields}
    return f"<item><title>{title}</title>" + "".join(f"<{k}>{v}</{k}>" for k, v in named.items()) + "</item>"


def page(text: str = "An article.") -> bytes:
    return answer(f"<html><body><p>{text}</p></body></html>".encode(), Content_Type="text/html; charset=utf-8")


def drip(data: bytes, seconds: float) -> Script:
    """Sends one byte every so many seconds, until the other side hangs up."""

    def send(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(seconds)

    return send


def endless(head: bytes, piece: bytes) -> Script:
    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return send


class Press:
    """Serves `pages` by path; `requests` holds what was asked, `connections` how many were opened."""

    def __init__(self) -> None:
        self.pages: dict[str, Script] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def close(self) -> None:
        self._closing.set()
        # Closing alone would leave accept() waiting.
        with socket.create_connection(("127.0.0.1", self.port), timeout=1):
            pass
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._closing.is_set():
                connection.close()
                return
            self.connections += 1
            connection.settimeout(5)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                request = _read_request(connection)
                if request is None:
                    return
                self.requests.append(request)
                script = self.pages.get(request.path, answer(status="404 Not Found"))
                if isinstance(script, bytes):
                    connection.sendall(script)
                else:
                    script(connection)
            except OSError:
                return  # the client hung up, as it should on many of these


def _read_request(connection: socket.socket) -> Request | None:
    head = b""
    while b"\r\n\r\n" not in head:
        data = connection.recv(65536)
        if not data:
            return None
        head += data
    first, *lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Request(first.split(" ")[1], {name.lower(): value for name, value in headers.items()})


@contextmanager
def running_press() -> Iterator[Press]:
    press = Press()
    try:
        yield press
    finally:
        press.close()
