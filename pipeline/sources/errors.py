"""The exceptions of the sources, each with a reason code that ends up in a fetch, a feed's outcome or quarantine.

    SourceError
    ├── FeedListError      the feed list names a feed that can't be used
    ├── ArchiveError       the raw archive can't be written, or a record can't be read back
    └── FetchError         one exchange gave no response
        ├── Refused        our own rule forbids it; asking again changes nothing
        └── Failed         the network or the server failed; asking again may help

Reasons of Refused: `address_refused`, `url_refused`, `no_link`, `redirect_loop`, `too_many_redirects`,
`redirect_without_location`, `redirect_scheme`, `redirect_malformed`, `redirect_downgrade`, `robots_disallowed`,
`host_resting`.
Reasons of Failed: `dns_failed`, `connect_failed`, `tls_failed`, `timeout_connect`, `timeout_total`, `disconnected`,
`protocol_error`, `robots_unreachable`.
"""


class SourceError(Exception):
    """Base of all errors of the sources."""


class FeedListError(SourceError):
    """The feed list can't be used; the message names file, entry, field and remedy."""


class ArchiveError(SourceError):
    """The raw archive can't be written or read; the message names file, offset, cause and remedy."""


class FetchError(SourceError):
    """One exchange gave no response. `reason` is the code, `url` is without credentials."""

    def __init__(self, reason: str, url: str, detail: str = "") -> None:
        self.reason = reason
        self.url = url
        self.detail = detail
        super().__init__(f"{reason}: {url}" + (f": {detail}" if detail else ""))


class Refused(FetchError):
    """A rule of ours forbids the exchange."""


class Failed(FetchError):
    """The network or the server failed."""
