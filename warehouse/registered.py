"""Arrow tables under names that SQL can read, for as long as they are needed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection


@contextmanager
def registered(con: "DuckDBPyConnection", tables: Mapping[str, "pa.Table"]) -> Iterator[None]:
    """Makes the tables readable by their names inside the block."""
    for name, table in tables.items():
        con.register(name, table)
    try:
        yield
    finally:
        for name in tables:
            con.unregister(name)
