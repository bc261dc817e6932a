"""The report: one self-contained HTML file that can be mailed, archived and read on a phone."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def write_report(
    snapshot: "Path | DuckDBPyConnection", out: Path, as_of: date, *, data_docs: str | None = None
) -> Path:
    """Writes the report of the warehouse `snapshot` as believed on `as_of` to the file `out`, and returns `out`.

    `data_docs` is the address of the Data Docs as seen from the page, e.g. `../quality/index.html`.
    """
    raise NotImplementedError
