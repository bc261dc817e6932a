"""The alert: a run's new shifts as Markdown, old and new evidence side by side."""

from collections.abc import Sequence

from pipeline.reports.story import ShiftStory


def alert_markdown(shifts: Sequence[ShiftStory]) -> str:
    """The shifts as Markdown; says so plainly when there are none."""
    raise NotImplementedError
