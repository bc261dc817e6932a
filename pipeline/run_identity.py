"""What a run is: a logical interval of time, and the latest moment it may know of."""

from datetime import UTC, date, datetime, time, timedelta

from pipeline.records import Run


def run_of_day(day: date, now: datetime) -> Run:
    """The run of one day (UTC). It knows nothing later than the day's end, or than now while the day lasts."""
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
    return Run(run_id=day.isoformat(), day=day, as_of=min(end, _whole_second(now)))


def run_of_hour(now: datetime) -> Run:
    """The run of the hour that `now` (aware) lies in, for those who ask more often than once a day."""
    now = _whole_second(now.astimezone(UTC))
    return Run(run_id=now.strftime("%Y-%m-%dT%H"), day=now.date(), as_of=now)


def _whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
