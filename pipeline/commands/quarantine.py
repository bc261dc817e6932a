"""`stancewire quarantine`: what failed a check, from the published warehouse and from runs that were held back."""

import json
from collections.abc import Sequence

from pipeline.home import Home
from pipeline.records import Quarantined
from pipeline.settings import Settings
from pipeline.staging import Staging


def quarantine_rows(settings: Settings) -> tuple[Quarantined, ...]:
    """Every quarantined record of every run in this home, newest run first.

    The staged files of the runs are read, not the warehouse: a run that was held back is not in it, and its
    quarantine is just what one wants to see.
    """
    runs = sorted(Home(settings.home).run("").glob("*"), reverse=True)
    return tuple(row for run in runs for row in Staging(run).read("quarantine", Quarantined))


def print_quarantine(rows: Sequence[Quarantined]) -> None:
    """A line a record, and below what each reason means and what to do about it."""
    from pipeline.quality import explain
    from pipeline.terminal import out, print_table

    print_table(["run", "stage", "reason", "record"], [(r.run_id, r.stage, r.reason, record_in_words(r)) for r in rows])
    for reason in sorted({row.reason for row in rows}):
        meaning = explain(reason)
        out.print(f"{reason}: {meaning.meaning} {meaning.remedy}", markup=False, soft_wrap=True)


def record_in_words(row: Quarantined) -> str:
    """What a person recognises the record by: its address, else its proposal and holder, else its id."""
    record = json.loads(row.record)
    statement = record.get("statement") or {}
    if statement:
        return f"{statement.get('proposal')}: {statement.get('speaker')} for {statement.get('holder')}"
    return str(record.get("link") or record.get("url") or row.quarantine_id)
