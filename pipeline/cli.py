"""The `stancewire` command: it parses and prints, and does nothing else itself.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but something was quarantined or a feed failed.
"""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline import __version__

if TYPE_CHECKING:
    from pipeline.settings import Settings

# The class of every wrong use; typer carries its own copy of click, so it is named through its public subclass.
_WRONG_USE: type[Exception] = typer.BadParameter.__mro__[1]

app = typer.Typer(
    name="stancewire",
    help="Who spoke for or against which alliance proposal, whose position changed, and the exact words.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
feeds_app = typer.Typer(help="The feeds that are read.", no_args_is_help=True)
proposals_app = typer.Typer(help="The proposals that are watched.", no_args_is_help=True)
quarantine_app = typer.Typer(help="Records that failed a check.", no_args_is_help=True)
app.add_typer(feeds_app, name="feeds")
app.add_typer(proposals_app, name="proposals")
app.add_typer(quarantine_app, name="quarantine")

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="Folder that holds all that is written.", envvar="STANCEWIRE_HOME", show_envvar=True),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FeedsOption = Annotated[Path | None, typer.Option("--feeds", help="Feed list (TOML); the built-in one if not given.")]


def main() -> None:
    """Entry point: an error is one line that says what to do, and exit code 1; a traceback with STANCEWIRE_DEBUG=1."""
    try:
        sys.exit(app(standalone_mode=False))
    except _WRONG_USE as error:
        _refuse(error)
    except typer.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # The reader (`head`, a pager) has seen enough; nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("STANCEWIRE_DEBUG"):
            raise
        from pipeline.errors import one_line

        print(f"stancewire: {one_line(error)}", file=sys.stderr)
        sys.exit(1)


def _refuse(error: Exception) -> NoReturn:
    """Wrong use: one line and exit code 2. A command that needs a subcommand has shown its help already."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ != "NoArgsIsHelpError":
        command = context.command_path if context else "stancewire"
        print(f"{command}: {str(error).rstrip('.')}; see `{command} --help`", file=sys.stderr)
    sys.exit(2)


def _print_version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    home: HomeOption = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Options that stand before any command."""
    del version
    context.obj = home


def _settings(context: typer.Context, home: Path | None, feeds: Path | None = None) -> "Settings":
    from pipeline.settings import load_settings

    settings = load_settings(home or context.find_root().obj)
    return settings.model_copy(update={"feeds": feeds.absolute()}) if feeds else settings


@app.command(epilog="Example: stancewire --home .demo demo")
def demo(context: typer.Context, home: HomeOption = None) -> None:
    """Runs the daily DAG on the demo newsroom, offline, and shows the shifts it finds."""
    from pipeline.commands.demo import print_demo, run_demo
    from pipeline.terminal import progress

    settings = _settings(context, home)
    with progress("demo") as tell:
        result = run_demo(settings, tell)
    print_demo(result)


@app.command(epilog="Example: stancewire run --feeds feeds.toml --day 2024-10-09")
def run(
    context: typer.Context,
    feeds: FeedsOption = None,
    day: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day; this hour if not given.")] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Reads the feeds once and reports new shifts. A day run twice changes nothing."""
    from pipeline.commands.report import print_run, run_as_json
    from pipeline.run import run as run_stages
    from pipeline.run_identity import run_of_day, run_of_hour
    from pipeline.terminal import print_json, progress

    now = datetime.now(UTC)
    identity = run_of_day(_day(day), now) if day else run_of_hour(now)
    with progress(f"run {identity.run_id}") as tell:
        result = run_stages(_settings(context, home, feeds), identity, tell)
    if json:
        print_json(run_as_json(result))
    else:
        print_run(result)
    if result.held:
        print(f"stancewire: {result.held}", file=sys.stderr)
    raise typer.Exit(result.exit_code)


@app.command(epilog="Example: stancewire up --port 8080")
def up(
    context: typer.Context,
    feeds: FeedsOption = None,
    port: Annotated[int, typer.Option(help="Airflow's page.")] = 8080,
    report_port: Annotated[int, typer.Option(help="The report's page.")] = 8090,
    home: HomeOption = None,
) -> None:
    """Starts Airflow with the daily DAG, and the report site, on this machine alone; ends with Ctrl-C."""
    from pipeline.commands.up import run_until_interrupted

    run_until_interrupted(_settings(context, home, feeds), port, report_port)


@app.command(epilog="Example: stancewire detect article.txt --published 2024-10-09")
def detect(
    source: Annotated[str, typer.Argument(help="A file (text, HTML or .jsonl of articles), a URL, or - for stdin.")],
    title: Annotated[str | None, typer.Option(help="The article's title.")] = None,
    published: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Its publication date.")] = None,
    json: JsonOption = False,
) -> None:
    """Finds the stance statements in one article, or in each article of a JSON Lines file."""
    from pipeline.commands.detect import detect_lines, detect_one
    from pipeline.reports import print_statements
    from pipeline.terminal import print_json

    if source.endswith(".jsonl"):
        for answer in detect_lines(Path(source)):
            print_json(answer)
        return
    article, statements = detect_one(source, title, _day(published) if published else None)
    if json:
        from pipeline.stance import statement_to_gold

        print_json({"statements": [statement_to_gold(statement) for statement in statements]})
    else:
        print_statements(article, statements)


@app.command(epilog="Example: stancewire evaluate gold.jsonl --json")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Articles with their statements, in the codebook's gold form.")],
    json: JsonOption = False,
) -> None:
    """Scores the detector against coded articles, with the codebook's measures."""
    from pipeline.commands.detect import evaluate_file
    from pipeline.terminal import print_json, print_table

    scores = evaluate_file(gold)
    if json:
        print_json(scores)
        return
    print_table(["score", "value"], [(k, _number(v)) for k, v in scores.items() if not isinstance(v, dict)], gold.name)
    proposals = scores["per_proposal"]
    if isinstance(proposals, dict):
        print_table(["proposal", "found", "spurious", "missed"], [(k, *v.values()) for k, v in proposals.items()])


# A query may begin with a comment (`-- …`), which must not be taken for an option.
@app.command(
    epilog='Example: stancewire sql "select * from position_current"',
    context_settings={"ignore_unknown_options": True},
)
def sql(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="One SELECT; read from standard input if not given.")] = None,
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    home: HomeOption = None,
) -> None:
    """Asks the published warehouse: read-only, without file or network access, with limits on time and memory."""
    from pipeline.commands.sql import ask, print_csv
    from pipeline.terminal import print_json, print_table

    result = ask(_settings(context, home), query if query is not None else sys.stdin.read())
    if json:
        print_json([dict(zip(result.columns, row, strict=True)) for row in result.rows])
    elif csv:
        print_csv(result)
    else:
        print_table(result.columns, result.rows)


@app.command(epilog="Example: stancewire report")
def report(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Writes the report page from the published warehouse and says where it lies."""
    from pipeline.commands.report import write_report_now
    from pipeline.terminal import link_path, print_json

    path = write_report_now(_settings(context, home))
    if json:
        print_json({"report": path})
    else:
        print(link_path(path))


@feeds_app.command("list", epilog="Example: stancewire feeds list --json")
def feeds_list(
    context: typer.Context, feeds: FeedsOption = None, json: JsonOption = False, home: HomeOption = None
) -> None:
    """Lists the feeds."""
    from pipeline.commands.feeds import feed_list
    from pipeline.terminal import print_json, print_table

    listed = feed_list(_settings(context, home, feeds))
    if json:
        print_json(listed)
        return
    print_table(
        ["outlet", "country", "language", "kind", "url"],
        [(f.outlet, f.country, f.language, f.kind, f.url) for f in listed],
    )


@feeds_app.command("check", epilog="Example: stancewire feeds check --feeds feeds.toml")
def feeds_check(
    context: typer.Context, feeds: FeedsOption = None, json: JsonOption = False, home: HomeOption = None
) -> None:
    """Asks each feed once and says how it answers; nothing is stored."""
    from pipeline.commands.feeds import check_feeds
    from pipeline.terminal import print_json, print_table, progress

    with progress("check") as tell:
        polls = check_feeds(_settings(context, home, feeds), tell)
    if json:
        print_json(polls)
    else:
        print_table(
            ["outlet", "outcome", "reason", "entries", "url"],
            [(p.outlet, p.outcome.value, p.reason, p.entries, p.url) for p in polls],
        )
    raise typer.Exit(3 if any(p.reason for p in polls) else 0)


@proposals_app.command("list", epilog="Example: stancewire proposals list")
def proposals_list(json: JsonOption = False) -> None:
    """Lists the watchlist."""
    from pipeline.stance import load_proposals
    from pipeline.terminal import print_json, print_table

    proposals = load_proposals()
    if json:
        print_json(proposals)
        return
    print_table(["id", "name", "aliases"], [(p.id, p.name, "; ".join(p.aliases)) for p in proposals])


@quarantine_app.command("list", epilog="Example: stancewire quarantine list --json")
def quarantine_list(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Lists the records that failed a check, with the reason and what to do."""
    from pipeline.commands.quarantine import print_quarantine, quarantine_rows
    from pipeline.terminal import print_json

    rows = quarantine_rows(_settings(context, home))
    if json:
        print_json(rows)
    else:
        print_quarantine(rows)


@app.command(epilog="Example: stancewire doctor")
def doctor(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Checks the installation: Python, packages, the model, the home folder, the warehouse. Shows no secret."""
    from pipeline.commands.doctor import examine
    from pipeline.terminal import print_json, print_table

    checks = examine(_settings(context, home))
    if json:
        print_json(checks)
    else:
        print_table(["check", "ok", "found"], [(c.name, "yes" if c.ok else "NO", c.found) for c in checks])
    raise typer.Exit(0 if all(c.ok for c in checks) else 1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date; write YYYY-MM-DD, for example 2024-10-09") from None


def _number(value: object) -> object:
    return f"{value:.3f}" if isinstance(value, float) else value
