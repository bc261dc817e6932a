"""`stancewire up`: Airflow standalone with our DAG, and the report site, on loopback, until interrupted."""

import contextlib
import functools
import http.server
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.airflow_local import airflow_services
from pipeline.home import Home
from pipeline.settings import Settings
from pipeline.terminal import err


class ServiceEnded(Exception):
    """One of Airflow's services stopped; the message says where its log is."""


def run_until_interrupted(settings: Settings, port: int, report_port: int) -> None:
    """Starts both and waits; Ctrl-C or a termination signal ends Airflow and all that it started.

    Raises ServiceEnded if a part of Airflow ends by itself.
    """
    home = Home(settings.home)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), _report_site(home.root, report_port):
        say("starting Airflow …")
        with airflow_services(home, settings.feeds, port) as services:
            _wait_until_it_answers(port, services)
            say(f"Airflow: http://127.0.0.1:{port}  (user admin, password in {password_file(home)})")
            say(f"Report:  http://127.0.0.1:{report_port}/reports/index.html")
            say("Ctrl-C ends both.")
            while all(service.poll() is None for service in services):
                time.sleep(1)
            raise ServiceEnded(f"a part of Airflow ended by itself; its log is in {home.airflow}")


def _wait_until_it_answers(port: int, services: "list[subprocess.Popen[bytes]]") -> None:
    while all(service.poll() is None for service in services):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.5)


def password_file(home: Home) -> Path:
    """Where Airflow keeps the password it made up for the user `admin`."""
    return home.airflow / "simple_auth_manager_passwords.json.generated"


def say(text: str) -> None:
    """A line for the person who started it."""
    err.print(text, markup=False, soft_wrap=True)


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
