"""Great Expectations' Data Docs of a run's validation, as static pages in one folder."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.quality.validate import SuiteResult
from pipeline.records import Run


def build_data_docs(run: Run, results: Sequence[SuiteResult], out: Path) -> Path:
    """Writes the pages of these results to `out` (whole or not at all) and returns the path of its index.html."""
    raise NotImplementedError
