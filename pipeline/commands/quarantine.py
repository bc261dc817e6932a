"""`stancewire quarantine`: what failed a check, from the published warehouse and from runs that were held back."""

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
