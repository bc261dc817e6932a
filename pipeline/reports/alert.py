"""The alert: a run's new shifts as Markdown, old and new evidence side by side."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.records import Run
from pipeline.reports.queries import run_shifts
from pipeline.reports.shown import safe_url, shown
from pipeline.reports.story import Quote, ReportedStatement, ShiftStory, by_words
from pipeline.reports.words import (
    authority_words,
    corroboration,
    counted,
    day_words,
    headline,
    holder_name,
    kind_words,
    speaker_words,
    summary,
)
from pipeline.staging import write_atomically

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A reader wants the words, not every outlet that carried them; the page has them all.
_QUOTES = 3

# What means something inside a line, and what does at the beginning of one. More backslashes than these would only
# disturb those who read the alert as plain text.
_INLINE = re.compile(r"([\\`*_\[\]|~$])")
_LEADING = re.compile(r"^(\d*)([#+\-=.):])")


def alert_markdown(shifts: Sequence[ShiftStory]) -> str:
    """The shifts as Markdown; says so plainly when there are none."""
    nothing = ["No new shift was found in this run."] if not shifts else []
    return "\n\n".join([f"# {summary(shifts)}", *nothing, *(_shift(shift) for shift in shifts)]) + "\n"


def write_alert(snapshot: "Path | DuckDBPyConnection", out: Path, run: Run) -> Path:
    """Writes the alert of the shifts raised on the run's day to the file `out`, and returns `out`."""
    write_atomically(out, alert_markdown(run_shifts(snapshot, run)).encode("utf-8"))
    return out


def markdown(text: str | None, limit: int = 600) -> str:
    """Text that Markdown, a chat's mentions and HTML inside Markdown leave as it is."""
    escaped = shown(text, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A word joiner after @ shows nothing and keeps `@here` from calling anybody.
    return _LEADING.sub(r"\1\\\2", _INLINE.sub(r"\\\1", escaped)).replace("@", "@\u2060")


def link(text: str, url: str | None) -> str:
    """A link if the address is safe, else the text alone."""
    address = safe_url(url)
    return f"[{markdown(text, 120)}](<{quote(address, safe=_IN_URLS)}>)" if address else markdown(text, 120)


# Percent signs stay: the address is encoded already.
_IN_URLS = "%/:=&?~#+!$,;'@*-._"


def _shift(shift: ShiftStory) -> str:
    code = f" ({markdown(shift.holder)})" if holder_name(shift.holder) != shift.holder else ""
    where, what = headline(shift).rsplit(": ", 1)
    return "\n\n".join(
        [
            f"## {markdown(where)}{code}: {what}",
            " · ".join([f"**{markdown(shift.proposal_name, 200)}**", kind_words(shift.kind), *_facts(shift)]),
            _side("Before", shift.old) if shift.old else "**Before:** no position on record",
            _side("Now", shift.new),
        ]
    )


def _facts(shift: ShiftStory) -> tuple[str, str]:
    return day_words(shift.shifted_on), corroboration(shift.new)


def _side(when: str, statement: ReportedStatement) -> str:
    who = f"{markdown(speaker_words(statement), 300)}, {day_words(statement.stated_on)} ({authority_words(statement)})"
    groups = by_words(statement.quotes)
    quotes = [_quote(group) for group in groups[:_QUOTES]]
    more = len(groups) - len(quotes)
    tail = [f"> and {counted(more, 'more quotation')}"] if more > 0 else []
    return f"**{when}: {statement.stance}** — {who}\n\n" + "\n>\n".join([*quotes, *tail])


def _quote(group: Sequence[Quote]) -> str:
    sources = [f"{link(found.outlet or found.publisher, found.url)}, {day_words(found.published)}" for found in group]
    return f"> {markdown(group[0].text)}\n> — {'; '.join(sources)}"
