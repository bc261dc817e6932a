"""The one error of this package: a page that gives no article, and the reason code that quarantine keeps.

Reason codes:
    empty_page            no bytes, or markup without a visible word
    not_html              another kind of document (PDF, image, JSON, a feed)
    page_too_large        more bytes than `max_page_bytes`
    too_many_tags         more tags than `max_page_tags`
    text_too_short        an article was looked for and less than `min_text_chars` found
    paywall               a teaser with an invitation to subscribe
    consent_page          a cookie or consent wall in place of the page
    bot_challenge         a check that the reader is human
    extraction_failed     the parser gave up on the markup
    extraction_timeout    the extraction process passed its deadline and was killed
    extraction_crashed    the extraction process died, or ran out of memory
"""

REASONS = frozenset(
    {
        "empty_page",
        "not_html",
        "page_too_large",
        "too_many_tags",
        "text_too_short",
        "paywall",
        "consent_page",
        "bot_challenge",
        "extraction_failed",
        "extraction_timeout",
        "extraction_crashed",
    }
)


class ExtractionFailed(Exception):
    """A page gave no article; `reason` is one of the codes above, `detail` says what was seen and what to do."""

    def __init__(self, reason: str, detail: str) -> None:
        if reason not in REASONS:
            raise ValueError(f"unknown reason code {reason!r}: add it to pipeline/articles/errors.py")
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["ExtractionFailed"], tuple[str, str]]:
        return (ExtractionFailed, (self.reason, self.detail))
