"""The daily run as an Airflow DAG: each task calls one stage of `pipeline.stages`, and nothing else.

A run's identity is its logical date, so a task tried again, or a day run twice, changes nothing. What a stage hands
to the next lies in the deployment's folder; between tasks go only the run's name and a shard's number. The home and
the feed list come from `STANCEWIRE_HOME` and `STANCEWIRE_FEEDS` (see docs/settings.md).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, chain, dag, get_current_context, task, task_group
from airflow.timetables.interval import CronDataIntervalTimetable

WAREHOUSE = Asset("stancewire_warehouse")


@dag(
    # The data interval is the day (UTC), and the run starts when it is over.
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),
    start_date=datetime(2024, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,  # one run writes at a time: DuckDB allows one writing process
    default_args={"retries": 2, "retry_delay": timedelta(minutes=2)},
    doc_md=__doc__,
    tags=["stancewire"],
)
def stance_daily() -> None:
    """Feeds, archive, articles, statements, warehouse, report: one day."""

    @task
    def plan() -> str:
        from pipeline import stages

        dag_run: Any = get_current_context()["dag_run"]
        return stages.plan_day((dag_run.logical_date or dag_run.run_after).date())

    @task
    def shards(run_name: str) -> list[int]:
        from pipeline import stages

        return stages.shards_of(run_name)

    @task
    def stage(name: str, run_name: str, shard: int | None = None) -> None:
        from pipeline import stages

        stages.run_stage(name, run_name, shard)

    @task_group
    def each_shard(run_name: str, shard: int) -> None:
        chain(*(stage.override(task_id=name)(name, run_name, shard) for name in ("poll", "fetch", "extract")))

    run_name: Any = plan()
    chain(
        each_shard.partial(run_name=run_name).expand(shard=shards(run_name)),
        *(stage.override(task_id=name)(name, run_name) for name in ("group", "detect", "validate", "load")),
        # A run that validation holds will not be better the second time: it fails here, visibly, and at once.
        stage.override(task_id="publish", outlets=[WAREHOUSE], retries=0)("publish", run_name),
        stage.override(task_id="report")("report", run_name),
    )


stance_daily_dag = stance_daily()
