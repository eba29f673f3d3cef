"""The program `probanda`: its options for all commands, its families, and how it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from probanda import __version__
from probanda.cli import (
    actors,
    assess,
    brief,
    bundles,
    chain,
    checks,
    claims,
    counts,
    custody,
    destroying,
    evaluation,
    exchange,
    folder,
    frames,
    incidents,
    inquiry,
    joining,
    jurisdiction,
    law,
    law_own,
    legal_facts,
    matrix,
    missing,
    model,
    names,
    observe,
    ocr,
    opposed,
    origins,
    outside,
    reports,
    serve,
    settings,
    steps,
    tokens,
    transcribe,
    users,
)
from probanda.cli.shared import USER
from probanda.cli.talk import say
from probanda.kernel.errors import ProbandaError

app = typer.Typer(
    name="probanda",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="From what people hold to what can be proved: claims tied to their words, against the elements of crimes.",
    epilog="Start with `probanda brief FOLDER --out dossier.html`. Ends with 0 done, 1 error, 2 wrong usage, "
    "3 done but some files could not be taken in or read, 40 an item altered, 41 log or record altered, "
    "42 case folder in use, 130 interrupted.",
)

INTERRUPTED = 130
"""How a command ends that a person has interrupted, as shells have it (128 and the signal's number)."""


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"probanda {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    case: Annotated[
        Path, typer.Option("-C", metavar="PATH", help="The case folder; the current folder if left out.")
    ] = Path(),
    user: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", envvar="PROBANDA_USER", help="Who decides; the case's owner if left out."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Options that stand before the command."""
    context.obj = case
    context.meta[USER] = user


for family in (
    brief, folder, steps, ocr, frames, transcribe, observe, reports, evaluation, checks, bundles, users, joining,
    outside, model, chain,
):  # fmt: skip
    family.join(app)
exchange.join(app)
counts.join(app)
app.command(epilog="Example: probanda serve --no-browser")(serve.serve)
app.add_typer(claims.app, name="claims")
app.add_typer(actors.app, name="actors")
app.add_typer(incidents.app, name="incidents")
app.add_typer(names.app, name="names")
app.add_typer(origins.app, name="origins")
app.add_typer(inquiry.app, name="inquiry")
app.add_typer(missing.app, name="cited")
law_own.join(law.app)
jurisdiction.join(law.app)
law.app.add_typer(legal_facts.app, name="facts")
app.add_typer(law.app, name="law")
app.add_typer(matrix.app, name="matrix")
app.add_typer(assess.app, name="assess")
app.add_typer(opposed.app, name="contradictions")
app.add_typer(custody.app, name="custody")
app.add_typer(users.app, name="user")
app.add_typer(tokens.app, name="token")
app.add_typer(settings.app, name="settings")
app.add_typer(joining.app, name="log")
app.add_typer(destroying.app, name="destroy")


def main() -> None:
    """Run the program; every error a user may see ends with its own exit code and a next step."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app(standalone_mode=True)
    except ProbandaError as error:
        say(f"{error.problem}\n{error.fix}")
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # the command library has caught the interruption and kept silent
            say("Interrupted. What was done stays; run the same command again to go on.")
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
