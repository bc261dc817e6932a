"""The report: one self-contained HTML file that can be mailed, archived and read on a phone."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.quality.reasons import explain
from pipeline.records import content_id
from pipeline.reports.brief import Brief, HolderBrief, holder_anchor, proposal_anchor, read_brief
from pipeline.reports.queries import MOST_QUOTES, MOST_STATEMENTS, reading
from pipeline.reports.shown import safe_url, shown
from pipeline.reports.story import ShiftStory, by_words
from pipeline.reports.timeline import Lane
from pipeline.reports.words import (
    STANCES,
    authority_words,
    corroboration,
    counted,
    day_words,
    holder_name,
    kind_words,
    speaker_words,
    summary,
)
from pipeline.staging import write_atomically

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from jinja2 import Environment
    from markupsafe import Markup

_LEGEND = (
    ("support", "for it"),
    ("conditional", "for it, on conditions"),
    ("noncommittal", "undecided, or too early to say"),
    ("oppose", "against it"),
)


def write_report(
    snapshot: "Path | DuckDBPyConnection",
    out: Path,
    as_of: date,
    *,
    data_docs: str | None = None,
    evidence_days: int = 365,
    recent_days: int = 30,
) -> Path:
    """Writes the report of the warehouse `snapshot` as believed on `as_of` to the file `out`, and returns `out`.

    `data_docs` is the address of the Data Docs as seen from the page. Evidence goes back `evidence_days`, further
    where a position rests on it; shifts of the last `recent_days` are listed below the new ones.
    """
    with reading(snapshot) as connection:
        brief = read_brief(connection, as_of, evidence_days=evidence_days, recent_days=recent_days)
    write_atomically(out, render(brief, data_docs=data_docs).encode("utf-8"))
    return out


def render(brief: Brief, *, data_docs: str | None = None) -> str:
    """The page's HTML. Its policy allows its own stylesheet, by hash, and nothing else: no script, no request."""
    style = _style()
    page: str = (
        _environment()
        .get_template("report.html.j2")
        .render(brief=brief, data_docs=data_docs, legend=_LEGEND, style=style, policy=_policy(style))
    )
    return page


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> "Markup":
    from markupsafe import Markup

    # Our own file: a stylesheet must not be escaped, or its hash would not be that of what the browser reads.
    return Markup(files("pipeline.reports").joinpath("templates", "report.css").read_text("utf-8"))  # noqa: S704


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("pipeline.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "authority": authority_words,
        "by_words": by_words,
        "corroboration": corroboration,
        "counted": counted,
        "day": day_words,
        "explain": explain,
        "holder": holder_name,
        "kind": kind_words,
        "lane_words": _lane_words,
        "named": _named,
        "safe_url": safe_url,
        "shift_anchor": _shift_anchor,
        "shown": shown,
        "speaker": speaker_words,
        "summary": summary,
        "with_code": _with_code,
    }
    environment.globals |= {
        "holder_anchor": holder_anchor,
        "most_quotes": MOST_QUOTES,
        "most_statements": MOST_STATEMENTS,
        "proposal_anchor": proposal_anchor,
        "stances": STANCES,
    }
    return environment


def _named(holders: Sequence[HolderBrief], name: str) -> HolderBrief:
    return next(holder for holder in holders if holder.holder == name)


def _with_code(text: str) -> "Markup":
    """Text of our own with `names` in backticks as code."""
    from markupsafe import Markup

    pieces = enumerate(text.split("`"))
    return Markup("").join(Markup("<code>{}</code>").format(piece) if i % 2 else piece for i, piece in pieces)


def _shift_anchor(shift: ShiftStory) -> str:
    return f"s-{content_id(shift.proposal, shift.holder, shift.kind, shift.new.statement_id)}"


def _lane_words(lane: Lane) -> str:
    """What a lane shows, for those who do not see it."""
    said = sorted((mark.statement for mark in lane.marks), key=lambda s: s.stated_on or date.min)
    return "; ".join(f"{s.stance} on {day_words(s.stated_on)} ({authority_words(s)})" for s in said) or "no statement"
