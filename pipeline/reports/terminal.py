"""Shifts and positions on a terminal, for the end of a run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.reports.story import Position, ShiftStory

if TYPE_CHECKING:
    from rich.console import Console


def print_shifts(console: "Console", shifts: Sequence[ShiftStory]) -> None:
    """Prints the shifts with old and new words side by side."""
    raise NotImplementedError


def print_positions(console: "Console", positions: Sequence[Position]) -> None:
    """Prints a table of who stands where."""
    raise NotImplementedError
