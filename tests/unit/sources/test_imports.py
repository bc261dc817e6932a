import subprocess
import sys

import pytest

import pipeline.sources

SLOW = ("httpx", "httpcore", "feedparser", "warcio", "lxml", "protego", "pycountry", "zstandard", "brotli", "xml.sax")


def test_importing_the_package_loads_nothing_slow() -> None:
    code = f"import sys, pipeline.sources; print([name for name in {SLOW!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_a_feed_loads_no_http_client() -> None:
    code = "import sys; from pipeline.sources import parse_feed; parse_feed(b'<rss/>'); print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_public_names_are_these_and_all_are_callable() -> None:
    assert pipeline.sources.__all__ == [
        "Archive",
        "Client",
        "Limits",
        "fetch_page",
        "fetch_pages",
        "parse_feed",
        "poll_feed",
        "poll_feeds",
        "read_feed_list",
        "read_raw",
    ]
    assert all(callable(getattr(pipeline.sources, name)) for name in pipeline.sources.__all__)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = pipeline.sources.nothing


def test_limits_are_the_settings() -> None:
    from pipeline.settings import Settings
    from pipeline.sources import Limits

    assert Limits.from_settings(Settings(max_entries=7, respect_robots=False)) == Limits(
        max_entries=7, respect_robots=False
    )
