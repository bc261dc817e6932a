"""`stancewire run` and `report`: what a run did, as a table and as JSON, and the report page on demand."""

from datetime import date
from pathlib import Path

from pipeline.commands.sql import published
from pipeline.home import Home
from pipeline.run import RunResult
from pipeline.settings import Settings
from pipeline.terminal import link_path, out, plain, print_table


def run_as_json(result: RunResult) -> dict[str, object]:
    """The run in the fixed form of `run --json`."""
    return {
        "run_id": result.run_id,
        "stages": [
            {
                "stage": c.stage,
                "in": c.n_in,
                "out": c.n_out,
                "duplicate": c.n_duplicate,
                "not_relevant": c.n_not_relevant,
                "quarantined": c.n_quarantined,
            }
            for c in result.stages
        ],
        "feeds": plain(result.feeds),
        "shifts": plain(result.shifts),
        "published": plain(result.published),
        "held": result.held,
        "seconds": result.seconds,
    }


def print_run(result: RunResult) -> None:
    """The run for a person: stages, feeds that did not answer well, and new shifts with their evidence."""
    from pipeline.reports import print_shifts

    columns = ["stage", "in", "out", "duplicate", "not relevant", "quarantined"]
    rows = [(c.stage, c.n_in, c.n_out, c.n_duplicate, c.n_not_relevant, c.n_quarantined) for c in result.stages]
    print_table(columns, rows, f"run {result.run_id}")
    troubled = [(f.url, f.outcome.value, f.reason) for f in result.feeds if f.reason]
    if troubled:
        print_table(["feed", "outcome", "reason"], troubled, "feeds that need a look")
    print_shifts(out, result.shifts)
    if result.published:
        out.print(f"published: {link_path(result.published)}", markup=False)


def write_report_now(settings: Settings) -> Path:
    """Writes the report page of the published warehouse, as of the newest run's day; returns its path."""
    from pipeline.reports import write_report
    from warehouse.connection import open_snapshot

    home, snapshot = Home(settings.home), published(settings)
    with open_snapshot(snapshot) as warehouse:
        row = warehouse.execute("SELECT max(day) FROM run").fetchone()
    as_of = row[0] if row and isinstance(row[0], date) else date.min
    return write_report(snapshot, home.reports / "index.html", as_of, data_docs="../quality/index.html")
