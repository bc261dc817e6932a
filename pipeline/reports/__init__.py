"""What an analyst reads: the report page, the alert as Markdown, and the end of a run on the terminal."""

from pipeline.reports.alert import alert_markdown, write_alert
from pipeline.reports.page import write_report
from pipeline.reports.queries import read_shifts, read_statements, run_shifts
from pipeline.reports.story import Quote, ReportedStatement, ShiftStory
from pipeline.reports.terminal import print_positions, print_shifts, print_statements

__all__ = [
    "Quote",
    "ReportedStatement",
    "ShiftStory",
    "alert_markdown",
    "print_positions",
    "print_shifts",
    "print_statements",
    "read_shifts",
    "read_statements",
    "run_shifts",
    "write_alert",
    "write_report",
]
