from datetime import UTC, datetime

import pytest

from pipeline.sources.retry_after import DEFAULT, rest_seconds

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Tue, 24 Nov 2026 12:02:00 GMT", 120),
        ("-5", DEFAULT),
        ("Tue, 24 Nov 2026 11:00:00 GMT", DEFAULT),
        ("1e9", 2 * 24 * 3600),
        ("inf", 2 * 24 * 3600),
        ("nan", DEFAULT),
        ("soon", DEFAULT),
        ("", DEFAULT),
        (None, DEFAULT),
    ],
)
def test_a_server_is_left_alone_as_long_as_it_asks_within_reason(header: str | None, seconds: float) -> None:
    assert rest_seconds(header, NOW) == seconds
