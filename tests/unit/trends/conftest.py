from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from pipeline.settings import Settings
from warehouse.connection import open_work


@pytest.fixture
def con(tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    with open_work(tmp_path / "work.duckdb", Settings(home=tmp_path)) as connection:
        yield connection
