"""The package's .sql files: SQL is data that is read, never text that is assembled."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from importlib.resources import files

_AFTER = re.compile(r"^-- after: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SqlFile:
    """One file: its stem as the name, its text, and the SHA-256 of the text."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Digest of the text in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def after(self) -> tuple[str, ...]:
        """The files that must be applied before this one, as its `-- after: a, b` line names them."""
        return tuple(name.strip() for line in _AFTER.findall(self.text) for name in line.split(","))


@cache
def sql_folder(folder: str) -> tuple[SqlFile, ...]:
    """All .sql files of a folder of the package, in the order of their names."""
    found = (entry for entry in files("warehouse").joinpath(folder).iterdir() if entry.name.endswith(".sql"))
    in_order = sorted(found, key=lambda entry: entry.name)
    return tuple(SqlFile(entry.name.removesuffix(".sql"), entry.read_text("utf-8")) for entry in in_order)


@cache
def sql_file(path: str) -> SqlFile:
    """One file by its path inside the package, such as `loads/run.sql`."""
    return SqlFile(path.removesuffix(".sql"), files("warehouse").joinpath(path).read_text("utf-8"))


def views() -> tuple[SqlFile, ...]:
    """The views and macros, each after those it reads. Raises graphlib.CycleError for a circle."""
    by_name = {view.name: view for view in sql_folder("views")}
    order = TopologicalSorter({name: view.after for name, view in by_name.items()}).static_order()
    return tuple(by_name[name] for name in order)
