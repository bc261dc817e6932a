"""The DAG under Airflow's own processes: on one machine (`stancewire up`), and with PostgreSQL, Redis and Celery."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.newsroom import ROOT, served
from tests.services import free_port, require_port

DAY = date(2024, 1, 26)
AIRFLOW = [sys.executable, "-m", "airflow"]
STANCEWIRE = [sys.executable, "-c", "from pipeline.cli import main; main()"]
STATES = "SELECT run_type, state FROM dag_run WHERE dag_id = 'stance_daily'"
SECONDS = 240


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "feeds.toml"
    with served(DAY, path):
        yield path


def wait_for(what: str, seen: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if seen():
            return
        time.sleep(1)
    pytest.fail(f"{what}: not within {SECONDS} s; the end of {log}:\n{log.read_text()[-3000:]}")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The process and all that it starts, ended with the block; what it says goes to the log."""
    with log.open("ab") as file:
        process = subprocess.Popen(command, env=environment, stdout=file, stderr=file, start_new_session=True, cwd=ROOT)
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def statements(home: Path) -> int:
    done = subprocess.run(
        [*STANCEWIRE, "--home", str(home), "sql", "select count(*) as n from statement", "--json"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    n: int = json.loads(done.stdout)[0]["n"]
    return n


def test_up_shows_the_dag_and_a_triggered_run_ends_green(tmp_path: Path, feeds: Path) -> None:
    home, port, report_port = tmp_path / "home", free_port(), free_port()
    log = tmp_path / "up.log"
    command = [*STANCEWIRE, "--home", str(home), "up", "--feeds", str(feeds)]
    ports = ["--port", str(port), "--report-port", str(report_port)]
    database = home / "airflow" / "airflow.db"

    def states() -> set[tuple[str, str]]:
        with closing(sqlite3.connect(database)) as connection:
            return set(connection.execute(STATES))

    with running([*command, *ports], dict(os.environ), log):
        wait_for("Airflow answers", lambda: answers(f"http://127.0.0.1:{port}/api/v2/monitor/health"), log)
        wait_for("the DAG is on schedule", lambda: any(kind == "scheduled" for kind, _ in states()), log)
        environment = {**os.environ, "AIRFLOW_HOME": str(home / "airflow"), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
        trigger = [*AIRFLOW, "dags", "trigger", "stance_daily", "--logical-date", f"{DAY}T00:00:00+00:00"]
        subprocess.run(trigger, env=environment, check=True, capture_output=True)
        wait_for("the scheduled run is green", lambda: ("scheduled", "success") in states(), log)
        wait_for("the triggered run is green", lambda: ("manual", "success") in states(), log)
        assert answers(f"http://127.0.0.1:{report_port}/reports/index.html")
        assert not answers(f"http://127.0.0.1:{report_port}/warehouse/snapshots/current")
    assert statements(home) > 0


def test_the_dag_ends_green_on_postgresql_redis_and_celery(tmp_path: Path, feeds: Path) -> None:
    require_port("PostgreSQL", 5432)
    require_port("Redis", 6379)
    import psycopg2

    name, port, log = f"stancewire_test_{os.getpid()}", free_port(), tmp_path / "airflow.log"
    log.touch()
    server = os.environ.get("STANCEWIRE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
    home = tmp_path / "home"
    environment = celery_environment(home, feeds, f"{server}/{name}", port)

    def states() -> set[tuple[str, str]]:
        with closing(psycopg2.connect(f"{server}/{name}")) as connection, connection.cursor() as cursor:
            cursor.execute(STATES)
            return set(cursor.fetchall())

    with database(server, name), ExitStack() as stack:
        subprocess.run([*AIRFLOW, "db", "migrate"], env=environment, check=True, capture_output=True)
        for service in (
            ["api-server"],
            ["scheduler", "--skip-serve-logs"],
            ["dag-processor"],
            ["celery", "worker", "--skip-serve-logs", "--concurrency", "2", "--celery-hostname", f"one@{name}"],
        ):
            stack.enter_context(running([*AIRFLOW, *service], environment, log))
        wait_for("the scheduled run is green", lambda: ("scheduled", "success") in states(), log)
    assert statements(home) > 0


def celery_environment(home: Path, feeds: Path, url: str, port: int) -> dict[str, str]:
    """What docker-compose.yaml gives its services, for processes on this machine."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "STANCEWIRE_HOME": str(home),
        "STANCEWIRE_FEEDS": str(feeds),
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__FERNET_KEY": "",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__SECRET_KEY": "a secret for this test alone, thirty-two bytes",
        "AIRFLOW__API_AUTH__JWT_SECRET": "another secret for this test alone, sixty-four bytes long to satisfy it",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url.replace("postgresql://", "postgresql+psycopg2://"),
        "AIRFLOW__CELERY__RESULT_BACKEND": url.replace("postgresql://", "db+postgresql+psycopg2://"),
        "AIRFLOW__CELERY__BROKER_URL": "redis://127.0.0.1:6379/11",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }


@contextmanager
def database(server: str, name: str) -> Iterator[None]:
    """A database of the test's own, dropped afterwards; Redis's database 11 is emptied before and after."""
    import psycopg2
    import redis

    queue = redis.Redis(port=6379, db=11)
    queue.flushdb()
    with closing(psycopg2.connect(f"{server}/postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
            try:
                yield
            finally:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
                queue.flushdb()
                queue.close()
