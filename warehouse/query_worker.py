"""Runs one query in a process of its own, shut in. Started by warehouse.query; speaks JSON on its pipes.

It imports nothing of this product, so that it runs isolated (`python -I`), with an empty environment and a working
directory of its own. DuckDB is opened read-only, kept from files, network, extensions and Python's variables, and its
configuration locked; the operating system bounds processor time, memory and written bytes.
"""

import json
import math
import re
import resource
import sys
import threading
from collections.abc import Iterator
from typing import Any

# Functions and catalog views that tell host paths, run a text as SQL, or read files (which are closed anyway).
DENIED = frozenset(
    [
        *("current_setting", "getenv", "query", "query_table", "json_execute_serialized_sql", "sql_auto_complete"),
        *("duckdb_databases", "duckdb_settings", "duckdb_secrets", "duckdb_extensions", "duckdb_temporary_files"),
        *("duckdb_external_file_cache", "duckdb_log_contexts", "duckdb_logs", "duckdb_logs_parsed", "which_secret"),
        *("pragma_database_list", "pg_settings", "glob", "read_text", "read_blob", "read_csv", "read_csv_auto"),
        *("sniff_csv", "read_json", "read_json_auto", "read_ndjson", "read_parquet", "parquet_scan", "read_duckdb"),
    ]
)
_EXPLAIN = re.compile(r"\s*EXPLAIN(\s+ANALYZE)?\b", re.IGNORECASE)


class Refused(Exception):
    """The query is not answered; `reason` is the code."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def main() -> None:
    """Reads one request from standard input, writes one answer to standard output."""
    request = json.load(sys.stdin)
    try:
        _limit(request)
        answer = _answer(request)
    except Refused as refusal:
        answer = {"reason": refusal.reason, "message": str(refusal)}
    except RecursionError:
        answer = {"reason": "query_refused", "message": "the query is nested too deep"}
    except MemoryError:
        answer = {"reason": "query_memory", "message": "the query needs more memory than it may use"}
    json.dump(answer, sys.stdout)


def _limit(request: dict[str, Any]) -> None:
    seconds = math.ceil(request["timeout"] * request["threads"]) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # Address space beyond DuckDB's own limit: interpreter, libraries and thread stacks reserve about 1 GB.
    memory = request["memory"] + (2 << 30)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    # Binding a parameter makes DuckDB import pandas, which takes a second, to compare with pandas.NA.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    import duckdb

    con = _open(request)
    _check(con, request["sql"])
    deadline = threading.Timer(request["timeout"], con.interrupt)
    deadline.daemon = True
    deadline.start()
    try:
        relation = con.execute(request["sql"], request["params"] or None)
        return _result(relation, request)
    except duckdb.OutOfMemoryException as error:
        raise Refused("query_memory", "the query needs more memory than it may use: select less") from error
    except duckdb.InterruptException as error:
        raise Refused("query_timeout", f"the query was stopped after {request['timeout']:g} s: select less") from error
    except (duckdb.Error, ValueError) as error:
        raise Refused("query_invalid", _first_line(error)) from error


# In this order: the temporary directory can't be changed any more once external access is off.
LOCKS = (
    "SET TimeZone = 'UTC'",
    "SET temp_directory = ''",
    "SET max_temp_directory_size = '0B'",
    "SET enable_external_access = false",
    "SET disabled_filesystems = 'LocalFileSystem'",
    "SET lock_configuration = true",
)


def _open(request: dict[str, Any]) -> Any:
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{request['memory']}B",
        "threads": request["threads"],
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "allow_community_extensions": False,
        "allow_unsigned_extensions": False,
        "python_enable_replacements": False,
    }
    try:
        con = duckdb.connect(request["snapshot"], read_only=True, config=config)
        for lock in LOCKS:
            con.execute(lock)
        con.execute("FROM snapshot_info")
    except duckdb.Error as error:
        raise Refused("foreign_file", f"the snapshot can't be used ({_first_line(error)}): publish again") from error
    return con


def _check(con: Any, sql: str) -> None:
    """Raises Refused unless the text is exactly one reading statement that asks for nothing about the host."""
    if "\0" in sql:
        raise Refused("query_refused", "the query holds a NUL character")
    statement = _single_statement(con, sql)
    kind = statement.type.name
    if kind not in ("SELECT", "EXPLAIN"):
        raise Refused(
            "query_refused", f"{kind} is not answered here: use SELECT, EXPLAIN, DESCRIBE, SHOW TABLES or SUMMARIZE"
        )
    text = statement.query
    if kind == "EXPLAIN":
        text = _EXPLAIN.sub("", text, count=1)
    denied = sorted(set(_names(_tree(con, text))) & DENIED)
    if denied:
        raise Refused("query_refused", f"{denied[0]} is not available in ad-hoc queries")


def _single_statement(con: Any, sql: str) -> Any:
    import duckdb

    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise Refused("query_invalid", _first_line(error)) from error
    if len(statements) != 1:
        raise Refused("query_refused", f"the query holds {len(statements)} statements: give exactly one")
    return statements[0]


def _tree(con: Any, text: str) -> Any:
    row = con.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchone()
    tree = json.loads(row[0])
    if tree.get("error"):
        raise Refused("query_refused", "only plain SELECT, EXPLAIN, DESCRIBE, SHOW TABLES and SUMMARIZE are answered")
    return tree


def _names(tree: Any) -> Iterator[str]:
    """Every function and table name in a serialised query."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in ("function_name", "table_name") and isinstance(value, str):
                yield value.lower()
            yield from _names(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _names(value)


def _result(relation: Any, request: dict[str, Any]) -> dict[str, Any]:
    columns = [column[0] for column in relation.description]
    types = [str(column[1]) for column in relation.description]
    rows: list[list[Any]] = []
    size = 0
    while batch := relation.fetchmany(1000):
        plain = [[_plain(value) for value in row] for row in batch]
        size += sum(len(json.dumps(row)) for row in plain)
        rows.extend(plain)
        if len(rows) > request["max_rows"] or size > request["max_bytes"]:
            raise Refused(
                "query_too_large",
                f"the result has more than {request['max_rows']} rows or {request['max_bytes'] >> 20} MiB: "
                "add a LIMIT or aggregate",
            )
    return {"columns": columns, "types": types, "rows": rows}


def _plain(value: Any) -> Any:
    """A value as JSON has it: times as ISO text, bytes as hexadecimal text, no NaN."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


if __name__ == "__main__":
    main()
