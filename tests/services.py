"""What the integration tests need from the machine: a missing service is said loudly, and in CI it fails the test."""

import os
import shutil
import socket

import pytest


def require_port(name: str, port: int) -> None:
    """Skips the test where nothing listens on the loopback port; fails where CI says that the service must be there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        _missing(f"{name} does not answer on 127.0.0.1:{port}")


def require_program(*names: str) -> str:
    """The path of the first of the programs that is installed; skips or fails as above."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or _missing(f"none of {', '.join(names)} is installed")


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _missing(what: str) -> str:
    if os.environ.get("STANCEWIRE_REQUIRE_SERVICES"):
        pytest.fail(f"{what}, and STANCEWIRE_REQUIRE_SERVICES is set")
    pytest.skip(f"NOT TESTED: {what}")
