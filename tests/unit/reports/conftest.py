"""Warehouses for the reports, built once: an honest press, a hostile one, and one that is empty."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from tests.unit.reports.hostile import hostile_days
from tests.unit.reports.press import build, busy_days


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("busy") / "w.duckdb", *busy_days())


@pytest.fixture
def con(busy: Path) -> Iterator[DuckDBPyConnection]:
    with duckdb.connect(str(busy), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("hostile") / "w.duckdb", *hostile_days())
