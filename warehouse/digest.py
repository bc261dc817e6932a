"""What a warehouse holds, as rows and as a digest: two warehouses are the same if these are."""

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Says which snapshot this is, not what it holds.
_LEFT_OUT = frozenset({"snapshot_info"})


def content_digest(con: "DuckDBPyConnection", database: str | None = None) -> str:
    """A digest of all tables, whatever the order of their rows: 32 hexadecimal digits.

    DuckDB's hash of each row, counted, summed and xor-ed: enough to tell that something changed, no proof against
    somebody who wants two contents to look the same.
    """
    digest = hashlib.sha256()
    for table in table_names(con, database):
        row = con.execute(
            f"SELECT count(*), bit_xor(hash(t)), sum(hash(t)) FROM {table} AS t"  # noqa: S608 - names from the catalog
        ).fetchone()
        digest.update(f"{table.rpartition('.')[2]}={row};".encode())
    return digest.hexdigest()[:32]


def table_rows(con: "DuckDBPyConnection") -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, in a fixed order."""
    return {
        table.rpartition(".")[2].strip('"'): con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()  # noqa: S608 - names from the catalog
        for table in table_names(con)
    }


def table_names(con: "DuckDBPyConnection", database: str | None = None) -> list[str]:
    """The tables that hold content, qualified and quoted, in the order of their names."""
    rows = con.execute(
        "SELECT database_name, table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary "
        "AND database_name = coalesce($1, current_database()) ORDER BY table_name",
        [database],
    ).fetchall()
    return [f'"{owner}".main."{table}"' for owner, table in rows if table not in _LEFT_OUT]
