"""Loads a run into the warehouse: one transaction, keyed by content, so that loading again changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pipeline.records import Run
from warehouse.batch import LoadCounts, RunBatch, StatementKey
from warehouse.errors import storage_failed
from warehouse.registered import registered
from warehouse.rows import arrow_tables
from warehouse.sql_files import sql_folder

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What follows from the facts and has to commit with them, such as `pipeline.trends.settle`.
Follow = Callable[["DuckDBPyConnection", Run, frozenset[StatementKey]], None]

_COUNTED = ("entry", "article", "article_revision", "mention", "mention_retired", "quarantine")


def load_run(con: "DuckDBPyConnection", batch: RunBatch, follow: Follow | None = None) -> LoadCounts:
    """Loads the batch and whatever `follow` derives from it in one transaction; feed states commit with the entries.

    `follow` gets the connection inside the transaction, the run, and the keys of the statements that may have changed.
    A batch loaded twice, or batches loaded in another order, give the same rows. Raises StorageError
    (`storage_failed`) if the disk fails or is full, with nothing changed.
    """
    with _transaction(con), registered(con, arrow_tables(batch)):
        before = _row_counts(con)
        for load in sql_folder("loads"):
            con.execute(load.text)
        keys = _touched(con)
        if follow is not None:
            follow(con, batch.run, keys)
        after = _row_counts(con)
    return LoadCounts(
        **{field: after[table] - before[table] for field, table in zip(_FIELDS, _COUNTED, strict=True)},
    )


_FIELDS = ("entries", "articles", "revisions", "mentions", "retired", "quarantined")


def _touched(con: "DuckDBPyConnection") -> frozenset[StatementKey]:
    rows = con.execute("SELECT proposal_id, proposal_name, holder, speaker_key FROM touched_statement").fetchall()
    return frozenset(
        StatementKey(proposal_id=proposal, proposal_name=name, holder=holder, speaker_key=speaker)
        for proposal, name, holder, speaker in rows
    )


def _row_counts(con: "DuckDBPyConnection") -> dict[str, int]:
    counts: dict[str, int] = {}
    for table in _COUNTED:
        row = con.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - names from the tuple above
        counts[table] = row[0] if row else 0
    return counts


@contextmanager
def _transaction(con: "DuckDBPyConnection") -> Iterator[None]:
    import duckdb

    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException as error:
        # After a disk failure there may be nothing left to roll back; the file's log decides when it is next opened.
        with suppress(duckdb.Error):
            con.execute("ROLLBACK")
        if isinstance(error, duckdb.IOException | duckdb.TransactionException | duckdb.FatalException):
            raise storage_failed("the run was not loaded", error) from error
        raise
