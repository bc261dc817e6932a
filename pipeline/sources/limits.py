"""What one exchange and one feed may cost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pipeline.settings import Settings

Clock = Callable[[], datetime]
"""Gives the time of the run, aware and in UTC; the sources ask no other clock what day it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of the sources, in seconds and bytes; the defaults are those of `pipeline.settings`."""

    total_timeout: float = 30.0
    connect_timeout: float = 10.0
    max_wire_bytes: int = 8 << 20
    max_body_bytes: int = 15 << 20
    max_redirects: int = 5
    max_entries: int = 1000
    host_delay: float = 1.0
    respect_robots: bool = True

    @classmethod
    def from_settings(cls, settings: Settings) -> "Limits":
        """The limits that a deployment's settings ask for."""
        return cls(
            total_timeout=settings.total_timeout,
            connect_timeout=settings.connect_timeout,
            max_wire_bytes=settings.max_wire_bytes,
            max_body_bytes=settings.max_body_bytes,
            max_redirects=settings.max_redirects,
            max_entries=settings.max_entries,
            host_delay=settings.host_delay,
            respect_robots=settings.respect_robots,
        )
