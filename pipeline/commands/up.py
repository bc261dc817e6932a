"""`stancewire up`: Airflow standalone with our DAG, and the report site, on loopback, until interrupted."""

import contextlib
import functools
import http.server
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from pipeline.airflow_local import start_standalone
from pipeline.home import Home
from pipeline.settings import Settings
from pipeline.terminal import err


def run_until_interrupted(settings: Settings, port: int, report_port: int) -> None:
    """Starts both and waits; Ctrl-C or a termination signal ends Airflow and all that it started."""
    home = Home(settings.home)
    with _report_site(home.root, report_port), _airflow(home, settings.feeds, port) as airflow:
        err.print(f"Airflow: http://127.0.0.1:{port} (user and password are printed below and kept in {home.airflow})")
        err.print(f"Report:  http://127.0.0.1:{report_port}/reports/index.html")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            airflow.wait()


@contextlib.contextmanager
def _airflow(home: Home, feeds: Path | None, port: int) -> "Iterator[subprocess.Popen[bytes]]":
    process = start_standalone(home, feeds, port)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def _report_site(root: Path, port: int) -> Iterator[None]:
    handler = functools.partial(ReportHandler, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


class ReportHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the reports and the Data Docs of a home, and nothing else of it."""

    def translate_path(self, path: str) -> str:
        """The file for a request; one outside the two folders becomes a path that does not exist."""
        file = Path(super().translate_path(path))
        home = Path(self.directory)
        inside = any(file.is_relative_to(home / folder) for folder in ("reports", "quality"))
        return str(file if inside and not file.is_dir() else home / "reports" / ".not-served")

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Requests are not logged."""
