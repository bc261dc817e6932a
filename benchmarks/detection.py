"""How many articles a second the detector reads: those that mention a proposal, and those that mention none."""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.stance import Detector, article_from_gold, is_relevant

RUNS = 5
# Foreign news with many names and no proposal, in our own words; repeated to the length of an article.
NEUTRAL = (
    "The finance ministers of three countries met in Lima on Thursday to discuss the price of copper. A spokesman said "
    "that the talks would go on next week, and the mayor of the city opened a museum in the afternoon. "
) * 12


def main() -> None:
    """Prints the medians and spreads as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="articles in the gold form")
    rows = [json.loads(line) for line in parser.parse_args().gold.read_text("utf-8").splitlines() if line.strip()]
    articles = [article for row in rows if is_relevant((article := article_from_gold(row)).title, article.text)]
    detector = Detector()
    n_neutral = 5000
    result = {
        "relevant articles/s": rate(len(articles), lambda: list(detector.detect_many(articles))),
        "irrelevant articles/s": rate(n_neutral, lambda: [is_relevant(None, NEUTRAL) for _ in range(n_neutral)]),
    }
    print(json.dumps(result, indent=1))


def rate(n: int, work: Callable[[], object]) -> dict[str, float]:
    """Items a second, after one run that is not counted (it loads the model)."""
    seconds = [once(work) for _ in range(RUNS + 1)][1:]
    return {
        "median": round(n / statistics.median(seconds), 1),
        "min": round(n / max(seconds), 1),
        "max": round(n / min(seconds), 1),
    }


def once(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
