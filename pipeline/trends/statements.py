"""Keeps the statement table in step with the mentions, inside the caller's transaction."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.trends.identity import Cluster, MentionFacts, cluster
from warehouse.batch import StatementKey
from warehouse.registered import registered
from warehouse.sql_files import sql_file

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection


def assign_statements(con: "DuckDBPyConnection", keys: Iterable[StatementKey]) -> int:
    """Computes the statements of these keys anew from all their mentions, and returns how many there are.

    Writes `statement` and `mention.statement_id`. To be called inside a transaction.
    """
    with registered(con, {"wanted_key": key_table(keys)}):
        facts = _facts(con)
        clusters = cluster(facts, _same_statement_days(con))
        with registered(con, {"assigned": _assigned(clusters)}):
            con.execute(sql_file("trends/assign_statements.sql").text)
    return len(clusters)


def key_table(keys: Iterable[StatementKey]) -> "pa.Table":
    """The keys as an Arrow table, for SQL to read."""
    import pyarrow as pa

    names = ("proposal_id", "proposal_name", "holder", "speaker_key")
    wanted = list(keys)
    return pa.table({name: pa.array([getattr(key, name) for key in wanted], pa.string()) for name in names})


def _facts(con: "DuckDBPyConnection") -> list[MentionFacts]:
    cursor = con.execute(sql_file("trends/mention_facts.sql").text)
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return [MentionFacts(**row | {"evidence": tuple(row["evidence"])}) for row in rows]


def _same_statement_days(con: "DuckDBPyConnection") -> int:
    row = con.execute("SELECT threshold('same_statement_days')").fetchone()
    if row is None or row[0] is None:
        raise LookupError("setting same_statement_days is missing from the warehouse: open it with open_work")
    return int(row[0])


def _assigned(clusters: list[Cluster]) -> "pa.Table":
    import pyarrow as pa

    rows = [(mention, c.statement_id, c.stated_on) for c in clusters for mention in c.mention_ids]
    types = {"mention_id": pa.string(), "statement_id": pa.string(), "stated_on": pa.date32()}
    return pa.table(
        {name: pa.array([row[i] for row in rows], kind) for i, (name, kind) in enumerate(types.items())},
    )
