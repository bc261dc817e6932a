"""The demo newsroom, served on loopback for a test."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NEWSROOM = ROOT / "examples" / "newsroom"


@contextmanager
def served(day: date, feeds: Path) -> Iterator[Any]:
    """Serves the newsroom as of `day` on a free port, with its feed list written to `feeds`."""
    spec = importlib.util.spec_from_file_location("newsroom_press", NEWSROOM / "press.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.serve(NEWSROOM, day, port=0) as press:
        feeds.write_text(press.feed_list_toml(), encoding="utf-8")
        yield press
