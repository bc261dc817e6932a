"""Where a deployment keeps what it writes: one folder, one place for each thing."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of a deployment and the paths inside it; asking for a path creates nothing."""

    root: Path

    @property
    def work_file(self) -> Path:
        """The writer's own DuckDB file; readers never open it."""
        return self.root / "warehouse" / "work.duckdb"

    @property
    def snapshots(self) -> Path:
        """Published, finished warehouses, one file a version, and the pointer `current`."""
        return self.root / "warehouse" / "snapshots"

    @property
    def archive(self) -> Path:
        """WARC files of every response used, a folder a day."""
        return self.root / "archive"

    def run(self, run_id: str) -> Path:
        """What the stages of one run hand to each other."""
        return self.root / "runs" / run_id

    @property
    def reports(self) -> Path:
        """The HTML report and the alert reports."""
        return self.root / "reports"

    @property
    def data_docs(self) -> Path:
        """Great Expectations' Data Docs."""
        return self.root / "quality"

    @property
    def airflow(self) -> Path:
        """Airflow's own home for `stancewire up` and the demo."""
        return self.root / "airflow"

    @property
    def lock_file(self) -> Path:
        """Held by the one run that writes."""
        return self.root / "writer.lock"
