"""The daily run as an Airflow DAG: each task calls one stage of `pipeline.stages`, and nothing else.

A run's identity is its logical date, so a task tried again, or a day run twice, changes nothing. What a stage hands
to the next lies in the deployment's folder; between tasks go only the run's name and a shard's number. The home and
the feed list come from `STANCEWIRE_HOME` and `STANCEWIRE_FEEDS` (see docs/settings.md).
"""

from datetime import UTC, datetime, timedelta

from airflow.sdk import Asset, dag, get_current_context, task, task_group
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

        dag_run = get_current_context()["dag_run"]
        return stages.plan_day((dag_run.logical_date or dag_run.run_after).date())

    @task
    def shards(run_id: str) -> list[int]:
        from pipeline import stages

        return stages.shards_of(run_id)

    @task
    def poll(run_id: str, shard: int) -> int:
        from pipeline import stages

        return stages.run_stage("poll", run_id, shard)

    @task
    def fetch(run_id: str, shard: int) -> int:
        from pipeline import stages

        return stages.run_stage("fetch", run_id, shard)

    @task
    def extract(run_id: str, shard: int) -> int:
        from pipeline import stages

        return stages.run_stage("extract", run_id, shard)

    @task_group
    def each_shard(run_id: str, shard: int) -> None:
        extract(run_id, fetch(run_id, poll(run_id, shard)))

    def over_the_run(name: str, **options: object) -> object:
        @task(task_id=name, **options)
        def stage(run_id: str) -> None:
            from pipeline import stages

            stages.run_stage(name, run_id)

        return stage

    run_id = plan()
    done = each_shard.partial(run_id=run_id).expand(shard=shards(run_id))
    for name in ("group", "detect", "validate", "load"):
        done = done >> over_the_run(name)(run_id)
    # A run that validation holds will not be better the second time: it fails here, visibly, and at once.
    done >> over_the_run("publish", outlets=[WAREHOUSE], retries=0)(run_id) >> over_the_run("report")(run_id)


stance_daily_dag = stance_daily()
