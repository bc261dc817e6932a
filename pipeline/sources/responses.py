"""What an exchange gave: the response as received, its decoded body, and what went wrong on the way."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One hop: the URL that answered, its status, and where it pointed."""

    url: str
    status: int
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer. `wire` is the body as received (content-coded), `body` is decoded as far as it went.

    `fault` is None or what spoiled the body: `too_large`, `truncated`, `bad_encoding`, `timeout_total`.
    `notes` names what is worth knowing but no fault: `https_to_http`, `moved_permanently`. URLs carry no credentials.
    """

    url: str
    final_url: str
    http_version: str
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    wire: bytes
    body: bytes
    fault: str | None = None
    redirects: tuple[Redirect, ...] = ()
    notes: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The header's value as sent, the first if there are several; None if there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def media_type(self) -> str | None:
        """The Content-Type without parameters, in lower case."""
        value = self.header("content-type")
        return value.partition(";")[0].strip().lower() or None if value else None
