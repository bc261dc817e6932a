"""A sound run: records that pass every rule, and what a test changes in them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeline.records import Article, FeedEntry, Mention, Run, Span, Stance, Statement

TEXT = "The minister said her country will not join the bloc. " * 5
RUN = Run(run_id="2024-10-02", day=date(2024, 10, 2), as_of=datetime(2024, 10, 3, tzinfo=UTC))


@pytest.fixture(scope="session")
def run() -> Run:
    return RUN


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    def make(article_id: str = "a1", **changes: Any) -> Article:
        sound: dict[str, Any] = {
            "article_id": article_id,
            "revision_id": f"{article_id}-1",
            "url": f"https://courier.example/{article_id}",
            "title": "No to the bloc",
            "text": TEXT,
            "published": datetime(2024, 10, 1, 9, tzinfo=UTC),
            "published_source": "feed",
            "first_seen": RUN.as_of,
            "updated": None,
            "outlet": "Harbour Courier",
            "publisher": "Harbour Press",
            "country": "GBR",
            "language": "en",
            "author": None,
            "method": "trafilatura",
            "raw_ref": "2024-10-02.warc.gz#0",
            "run_id": RUN.run_id,
        }
        return Article(**(sound | changes))

    return make


@pytest.fixture(scope="session")
def mention() -> Callable[..., Mention]:
    def make(mention_id: str = "m1", article_id: str = "a1", **changes: Any) -> Mention:
        own = {name: changes.pop(name) for name in ("detector_version", "codebook_version") if name in changes}
        sound: dict[str, Any] = {
            "proposal": "asian-nato",
            "proposal_name": "Asian NATO",
            "speaker": "Ana Example",
            "speaker_role": "foreign minister",
            "speaker_type": "official",
            "holder": "IND",
            "authority": "official",
            "stance": Stance.OPPOSE,
            "time": "current",
            "evidence": (Span(text="will not join the bloc", start=30, end=52),),
            "quote": "indirect",
            "said_on": date(2024, 10, 1),
            "confidence": 0.9,
        }
        return Mention(
            mention_id=mention_id,
            article_id=article_id,
            run_id=RUN.run_id,
            statement=Statement(**(sound | changes)),
            **({"detector_version": "1", "codebook_version": "1"} | own),
        )

    return make


@pytest.fixture(scope="session")
def entry() -> Callable[..., FeedEntry]:
    def make(entry_id: str = "e1", **changes: Any) -> FeedEntry:
        sound: dict[str, Any] = {
            "entry_id": entry_id,
            "entry_hash": f"{entry_id}-1",
            "feed_url": "https://courier.example/feed",
            "link": f"https://courier.example/{entry_id}",
            "title": "No to the bloc",
            "summary": None,
            "published": datetime(2024, 10, 1, 9, tzinfo=UTC),
            "published_raw": None,
        }
        return FeedEntry(**(sound | changes))

    return make
