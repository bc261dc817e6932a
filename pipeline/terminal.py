"""How the command line shows things: tables for people, JSON for programs, progress only on a terminal."""

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

# Results go to standard output, everything else to standard error, so that a pipe gets results alone.
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def print_json(value: object) -> None:
    """One JSON document on standard output; records as objects, times in ISO 8601."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False) + "\n")


def plain(value: object) -> object:
    """A value as JSON has it: records become objects, enums their values, dates ISO 8601 text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """A table, or one block a row where the columns would not fit; cells are text, never read as markup."""
    cells = [[visible(cell) for cell in row] for row in rows]
    if len(columns) * _NARROWEST > out.width:
        print_blocks(columns, cells)
        return
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)


# Narrower columns break words into letters.
_NARROWEST = 11


def print_blocks(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Each row as lines of column and value, for results with more columns than the terminal has room for."""
    width = max(map(len, columns), default=0)
    for number, row in enumerate(rows, 1):
        out.print(Text(f"── {number}", style="bold"))
        for column, cell in zip(columns, row, strict=True):
            out.print(Text.assemble((column.ljust(width), "dim"), " ", cell), soft_wrap=True)


def visible(cell: object) -> str:
    """A cell as text in which control and direction characters are shown, so that none can steer the terminal."""
    text = "" if cell is None else str(cell)
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\u{ord(c):04x}" for c in text)


@contextmanager
def progress(label: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere; yields `tell(what, done, total)`."""
    if not err.is_terminal:
        yield lambda *_: None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(label)
        yield lambda what, done, total: bar.update(task, description=f"{label}: {what}", completed=done, total=total)


def link_path(path: Path) -> str:
    """A path as a person can paste it: relative to the current folder where it lies inside it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
