"""Brings a warehouse file to this version's schema: migrations once each, views whenever a text changed."""

from typing import TYPE_CHECKING

from warehouse.errors import SchemaError
from warehouse.sql_files import SqlFile, sql_file, sql_folder, views

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def migrate(con: "DuckDBPyConnection") -> None:
    """Applies what is missing, in one transaction: all of it or nothing.

    Raises SchemaError for a file of somebody else, a migration that changed after it was applied, or one that this
    version does not know.
    """
    con.execute("BEGIN")
    try:
        _refuse_foreign(con)
        con.execute(sql_file("schema.sql").text)
        _apply_migrations(con)
        _apply_views(con)
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def schema_version() -> int:
    """The number of the newest migration that this version knows."""
    return max(number(migration) for migration in sql_folder("migrations"))


def number(migration: SqlFile) -> int:
    """A migration's number, from its name: 1 for `0001_facts`."""
    return int(migration.name.partition("_")[0])


def check_applied(applied: dict[int, tuple[str, str]]) -> None:
    """Raises SchemaError unless the applied migrations (number → name, sha256) are among this version's."""
    known = {number(migration): migration for migration in sql_folder("migrations")}
    for version, (name, sha256) in sorted(applied.items()):
        if version not in known:
            raise SchemaError(
                "schema_newer",
                f"the warehouse has migration {name}, which this version of stancewire does not know: "
                "use the newer version that wrote it",
            )
        if known[version].sha256 != sha256:
            raise SchemaError(
                "schema_changed",
                f"migration {name} was applied with another text (sha256 {sha256[:12]}, now "
                f"{known[version].sha256[:12]}): restore its file and put the change into a new migration",
            )


def _refuse_foreign(con: "DuckDBPyConnection") -> None:
    tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()}
    if tables and "schema_migration" not in tables:
        raise SchemaError(
            "foreign_file",
            f"this DuckDB file holds other tables ({', '.join(sorted(tables)[:3])}) and no stancewire warehouse: "
            "give another --home",
        )


def _apply_migrations(con: "DuckDBPyConnection") -> None:
    rows = con.execute("SELECT version, name, sha256 FROM schema_migration").fetchall()
    applied = {version: (name, sha256) for version, name, sha256 in rows}
    check_applied(applied)
    for migration in sql_folder("migrations"):
        if number(migration) not in applied:
            con.execute(migration.text)
            row = [number(migration), migration.name, migration.sha256]
            con.execute("INSERT INTO schema_migration VALUES (?, ?, ?)", row)


def _apply_views(con: "DuckDBPyConnection") -> None:
    """Creates every view anew if any changed: one that reads a changed one would keep its old columns."""
    wanted = [(view.name, view.sha256) for view in sorted(views(), key=lambda view: view.name)]
    if con.execute("SELECT name, sha256 FROM schema_view ORDER BY name").fetchall() == wanted:
        return
    for view in views():
        con.execute(view.text)
    con.execute("DELETE FROM schema_view")
    con.executemany("INSERT INTO schema_view VALUES (?, ?)", wanted)
