"""Stages `publish` and `report`: a finished snapshot for readers, then the pages that are written from it."""

from pipeline.steps.job import Job
from pipeline.steps.validate import verdict


class RunHeld(Exception):
    """Validation found the run unfit to publish; the message says why. The last snapshot is still served."""


def publish(job: Job) -> None:
    """Publishes the warehouse as a new snapshot. Raises RunHeld where validation holds the run."""
    from warehouse.publish import publish as publish_snapshot

    if held := verdict(job).held:
        raise RunHeld(
            f"run {job.run.run_id} is not published: {'; '.join(held)}. See `stancewire quarantine list`; "
            "mend the cause or raise max_failure_share, then run the day again"
        )
    publish_snapshot(job.home.work_file, job.home.snapshots, keep=job.settings.keep_snapshots)


def report(job: Job) -> None:
    """Writes the report page and the alert report of the run's shifts."""
    from pipeline.reports import write_alert, write_report
    from warehouse.snapshot import current_snapshot

    snapshot = current_snapshot(job.home.snapshots)
    if snapshot is None:
        return
    write_report(snapshot, job.home.reports / "index.html", job.run.day, data_docs="../quality/index.html")
    write_alert(snapshot, job.home.reports / f"alert-{job.run.run_id}.md", job.run)
