"""Shifts and positions on a terminal, for the end of a run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.records import Article, Statement
from pipeline.reports.shown import shown
from pipeline.reports.story import ReportedStatement, ShiftStory, by_words
from pipeline.reports.words import (
    STANCES,
    corroboration,
    day_words,
    headline,
    holder_name,
    kind_words,
    quoted,
    speaker_words,
    summary,
)

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

# Blue and orange differ for every kind of colour vision; the words say the same.
_STYLES = {"support": "bold blue", "conditional": "cyan", "noncommittal": "dim", "oppose": "bold dark_orange3"}
_QUOTES = 2


def print_shifts(console: "Console", shifts: Sequence[ShiftStory]) -> None:
    """Prints each shift as a panel, old and new words side by side."""
    console.print(f"{summary(shifts)}.", style="bold")
    for shift in shifts:
        console.print(_panel(shift))


def print_positions(console: "Console", statements: Sequence[ReportedStatement]) -> None:
    """Prints a table of who stands where: a row for each holder and proposal."""
    from rich.table import Table
    from rich.text import Text

    table = Table("Proposal", "Holder", "Stance", "Since", "Who said it", title="Where everyone stands")
    for said in statements:
        table.add_row(
            Text(shown(said.proposal_name, 60)),
            Text(holder_name(said.holder)),
            Text(said.stance, style=_STYLES.get(said.stance, "")),
            Text(day_words(said.stated_on)),
            Text(speaker_words(said)),
        )
    console.print(table)


def print_statements(article: Article, statements: Sequence[Statement], console: "Console | None" = None) -> None:
    """Prints what the detector found in one article, with the words that it rests on; to standard output by default."""
    from rich.console import Console
    from rich.text import Text

    console = console or Console(highlight=False)
    console.print(Text(shown(article.title, 200) or "(untitled)", style="bold"))
    if not statements:
        console.print("No statement on a proposal.")
    for said in statements:
        console.print(_statement(said))


def _statement(said: Statement) -> "Text":
    from rich.text import Text

    who = ", ".join(shown(part, 120) for part in (said.speaker, said.speaker_role) if part) or "no named speaker"
    parts: list[str | tuple[str, str]] = [
        f"\n{holder_name(said.holder)} ",
        (said.stance.value, _STYLES[said.stance.value]),
        f" on {shown(said.proposal_name, 120)} ({said.time}, {said.authority}, confidence {said.confidence:.2f})",
        f"\n  {who}, {day_words(said.said_on)}",
    ]
    parts += [(f"\n  {quoted(span.text, 400)}", "italic") for span in said.evidence]
    return Text.assemble(*parts)


def _panel(shift: ShiftStory) -> "RenderableType":
    from rich.panel import Panel
    from rich.text import Text

    title = Text(f" {headline(shift)} ", style=_STYLES.get(shift.new.stance, "bold"))
    subtitle = Text(f" {kind_words(shift.kind)}, {day_words(shift.shifted_on)}, {corroboration(shift.new)} ")
    return Panel(_side_by_side(shift), title=title, subtitle=subtitle, title_align="left", subtitle_align="left")


def _side_by_side(shift: ShiftStory) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    table.title = Text(shown(shift.proposal_name, 120), style="bold")
    table.title_justify = "left"
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    table.add_row(_side("Before", shift.old), _side("Now", shift.new))
    return table


def _side(when: str, said: ReportedStatement | None) -> "Text":
    from rich.text import Text

    if said is None:
        return Text.assemble((f"{when}\n", "dim"), "no position on record")
    parts: list[str | tuple[str, str]] = [
        (f"{when}: ", "dim"),
        (said.stance, _STYLES.get(said.stance, "") if said.stance in STANCES else ""),
        f"\n{speaker_words(said)}, {day_words(said.stated_on)}",
    ]
    for group in by_words(said.quotes)[:_QUOTES]:
        outlets = ", ".join(dict.fromkeys(shown(found.outlet, 60) for found in group))
        parts += ["\n\n", (quoted(group[0].text, 300), "italic"), f"\n{outlets}\n"]
        parts += [(shown(group[0].url, 200), "dim underline")]
    return Text.assemble(*parts)
