"""Commands for exchange with other systems: bring and give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.reports import say_withheld
from probanda.cli.shared import About, AsJson, From, IncludeRestricted, Only, To, WithNames, narrowing, opened, sharing
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.vocabulary import Label

if TYPE_CHECKING:
    from probanda.casework.exchange import Gave
    from probanda.casework.exchange.model import Loss

MOST_SAID = 40
"""Kinds of what could not be mapped that are printed."""
SYSTEM_HELP = "followthemoney, timesketch, atlos, bayanat, uwazi (docs/exchange.md lists them)."


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda -C marsafa bring followthemoney entities.ftm.json")(bring)
    app.command(epilog="Example: probanda -C marsafa give followthemoney for-the-archive")(give)


def bring(
    context: typer.Context,
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help=SYSTEM_HELP)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file that the other system wrote.")],
    label: Annotated[Label, typer.Option(help="The file's label: public, internal or restricted.")] = Label.INTERNAL,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was understood, and what was not, as JSON.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in what another system wrote: the file is an item, and what it says is proposed as claims on its rows.

    Prints what was understood and what could not be mapped, by kind and reason. Nothing of it is decided. Ends with 1
    where the file was taken in and is not of this system.
    """
    from probanda.casework import exchange
    from probanda.casework.draft import write

    with opened(context, writing=True) as case:
        done = exchange.bring(case, system, file, label)
    if report is not None:
        write(report, (json.dumps(done.as_row(), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    if as_json:
        tell_rows([done.as_row()])
        return
    tell(f"{file.name}  {done.number}  {done.claims} claim{'s' * (done.claims != 1)}, for a person to look at")
    for kind, many in done.understood:
        tell(f"  {many:,} {kind}")
    for digest, number in done.held:
        tell(f"  {number} is a document it tells of ({digest})")
    if done.not_held:
        say(f"{done.not_held:,} document{'s' * (done.not_held != 1)} it tells of by digest and nobody here holds.")
    _say_left(done.left_out, "--report FILE")


def give(
    context: typer.Context,
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help=SYSTEM_HELP)],
    out: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder to write in.")],
    about: About = None,
    date_from: From = None,
    date_to: To = None,
    only: Only = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
) -> None:
    """Write what another system can take in, and left-out.json: what it has no place for, by kind and reason.

    Restricted items are left out unless a reason is given; protected names are codenames.
    """
    from probanda.casework import exchange

    shared = sharing(include_restricted, with_names)
    narrowed = narrowing(about, date_from, date_to, only)
    with opened(context, writing=bool(include_restricted)) as case:
        done = exchange.give(case, system, out, narrowed, shared)
    say_given(out, done)
    say_withheld(done.withheld)


def say_given(out: Path, done: Gave) -> None:
    """Say what was written into a folder, and what could not be."""
    from probanda.casework.exchange import LIST

    for name, _ in done.given.files:
        tell(str(out / name))
    for kind, many in done.given.written:
        tell(f"  {many:,} {kind}")
    _say_left(done.given.left_out, LIST)
    tell(str(out / LIST))


def _say_left(left: Sequence[Loss], whole: str) -> None:
    """Say what could not be mapped; a foreign file may name any number of kinds, and `whole` holds them all."""
    for loss in left[:MOST_SAID]:
        say(f"Not mapped: {loss.many:,} {loss.kind[:80]}: {loss.why}")
    if len(left) > MOST_SAID:
        say(f"And {len(left) - MOST_SAID:,} more kinds ({whole} has them all).")
