from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from pipeline.settings import Settings
from warehouse.connection import open_work


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def work_file(tmp_path: Path) -> Path:
    return tmp_path / "work.duckdb"


@pytest.fixture
def con(work_file: Path, settings: Settings) -> Iterator[DuckDBPyConnection]:
    with open_work(work_file, settings) as connection:
        yield connection
