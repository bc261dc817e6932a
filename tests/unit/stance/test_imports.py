"""The command line must answer at once, so the package may not import spaCy."""

import subprocess
import sys


def test_importing_the_package_does_not_import_spacy() -> None:
    code = "import sys, pipeline.stance; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
