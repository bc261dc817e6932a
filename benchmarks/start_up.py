"""How long a person waits for the first answer: `--help`, `sql`, and Airflow's reading of the DAG."""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
STANCEWIRE = [str(Path(sys.executable).parent / "stancewire")]
EMPTY_DAG = "from airflow.sdk import dag\n@dag()\ndef empty() -> None: ...\nempty()\n"
RUNS = 5


def main() -> None:
    """Prints the medians and spreads as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", required=True, help="a home with a published warehouse, for example .demo")
    home = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY_DAG, encoding="utf-8")
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "--help": [*STANCEWIRE, "--help"],
            "sql": [*STANCEWIRE, "--home", home, "sql", "select 1"],
            "empty DAG": [sys.executable, str(empty)],
            "stance_daily": [sys.executable, str(ROOT / "dags" / "stance_daily.py")],
        }
        print(json.dumps({name: measure(command) for name, command in commands.items()}, indent=1))


def measure(command: list[str]) -> dict[str, float]:
    """Seconds of the whole process, after one run that is not counted."""
    seconds = [once(command) for _ in range(RUNS + 1)][1:]
    return {
        "median": round(statistics.median(seconds), 3),
        "min": round(min(seconds), 3),
        "max": round(max(seconds), 3),
    }


def once(command: list[str]) -> float:
    """Seconds of one run. Raises CalledProcessError if it fails."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
