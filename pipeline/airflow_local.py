"""Airflow on one machine: the environment that `stancewire up` and the demo give it, and the DAG run in place.

Airflow reads its configuration when it is imported, so it runs in a process of its own, started with
`airflow_environment`. Nothing here imports Airflow but `main`, which is that process.
"""

import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from pipeline.checkout import checkout_folder
from pipeline.home import Home


class DagRunFailed(Exception):
    """A run of the DAG did not end green; the message names the day, the state and the log."""


def airflow_environment(home: Home, feeds: Path | None, base: Mapping[str, str]) -> dict[str, str]:
    """The environment for Airflow: its own home inside ours, our DAGs alone, SQLite, loopback only, no telemetry."""
    dags = checkout_folder("dags")
    python_path = [str(dags.parent), *filter(None, [base.get("PYTHONPATH")])]
    ours = {
        "AIRFLOW_HOME": str(home.airflow),
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "STANCEWIRE_HOME": str(home.root),
        "PYTHONPATH": os.pathsep.join(python_path),
        # The environment's own commands first: standalone starts its parts as `airflow ...`.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), base.get("PATH", os.defpath)]),
    }
    if feeds is not None:
        ours["STANCEWIRE_FEEDS"] = str(feeds.absolute())
    return {**base, **ours}


@dataclass(frozen=True, slots=True)
class DagRunner:
    """A child process that runs the DAG for one day after another, without a scheduler (`dag.test()`)."""

    process: "subprocess.Popen[str]"
    log: Path

    def run(self, day: date) -> None:
        """Runs the day. Raises DagRunFailed if the run does not end in success."""
        state = self._ask(day.isoformat())
        if state != "success":
            raise DagRunFailed(f"the DAG's run of {day} ended as {state}; its log is {self.log}")

    def _ask(self, line: str) -> str:
        to_child, from_child = _pipes(self.process)
        try:
            to_child.write(line + "\n")
            to_child.flush()
        except BrokenPipeError:
            return "no run at all (the process ended)"
        answer = from_child.readline()
        return str(json.loads(answer)["state"]) if answer else "no run at all (the process ended)"


def _pipes(process: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise TypeError("the process was started without pipes")
    return process.stdin, process.stdout


@contextmanager
def dag_runner(home: Home, feeds: Path | None) -> Iterator[DagRunner]:
    """Prepares Airflow's database in the home and yields a runner; what Airflow says goes to a log there."""
    home.airflow.mkdir(parents=True, exist_ok=True)
    log = home.airflow / "dag-test.log"
    environment = airflow_environment(home, feeds, os.environ)
    with log.open("w", encoding="utf-8") as log_file:
        process = subprocess.Popen(  # our own interpreter, fixed arguments
            [sys.executable, "-m", "pipeline.airflow_local"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log_file,
            env=environment,
            text=True,
        )
        try:
            yield DagRunner(process, log)
        finally:
            _pipes(process)[0].close()
            process.wait(timeout=60)
            _pipes(process)[1].close()


# What `airflow standalone` starts, but without its log servers: they listen on every interface, and on one machine
# the logs are read from the disk.
SERVICES = (
    ("api-server",),
    ("scheduler", "--skip-serve-logs"),
    ("dag-processor",),
    ("triggerer", "--skip-serve-logs"),
)


@contextmanager
def airflow_services(home: Home, feeds: Path | None, port: int) -> "Iterator[list[subprocess.Popen[bytes]]]":
    """Runs Airflow with our DAGs on 127.0.0.1:port until the block ends; each service logs to a file in its home."""
    home.airflow.mkdir(parents=True, exist_ok=True)
    environment = airflow_environment(home, feeds, os.environ)
    environment["AIRFLOW__API__PORT"] = str(port)
    environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] = f"http://127.0.0.1:{port}/execution/"
    subprocess.run([*_AIRFLOW, "db", "migrate"], env=environment, check=True, capture_output=True)
    with ExitStack() as stack:
        logs = [stack.enter_context((home.airflow / f"{name}.log").open("ab")) for name, *_ in SERVICES]
        processes = [
            subprocess.Popen([*_AIRFLOW, *command], env=environment, stdout=log, stderr=log, start_new_session=True)
            for command, log in zip(SERVICES, logs, strict=True)
        ]
        try:
            yield processes
        finally:
            _stop(processes)


_AIRFLOW = (sys.executable, "-m", "airflow")


def _stop(processes: "Sequence[subprocess.Popen[bytes]]") -> None:
    """Ends every service and what it started: first politely, after 20 seconds for good."""
    for sign, seconds in ((signal.SIGTERM, 20), (signal.SIGKILL, 5)):
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=seconds)


def main() -> None:
    """The child: reads a day a line from standard input, runs the DAG for it, answers a JSON line with the state."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # Airflow logs to standard output; answers keep the pipe to themselves

    from datetime import UTC, datetime

    from airflow.utils.db import initdb

    initdb()
    dag_file = checkout_folder("dags") / "stance_daily.py"
    dag = runpy.run_path(str(dag_file))["stance_daily_dag"]
    for task in dag.tasks:
        task.retries = 0  # nobody watches a demo wait for a second try: it fails at once and says why
    for line in sys.stdin:
        day = datetime.combine(date.fromisoformat(line.strip()), datetime.min.time(), tzinfo=UTC)
        state = dag.test(logical_date=day).state
        print(json.dumps({"state": str(getattr(state, "value", state))}), file=answers, flush=True)


if __name__ == "__main__":
    main()
