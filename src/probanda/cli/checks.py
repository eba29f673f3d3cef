"""Commands that prove: verify and rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import progress_bars, say, tell, tell_rows


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda -C marsafa verify")(verify)
    app.command(epilog="Example: probanda -C marsafa rebuild")(rebuild)


def verify(
    context: typer.Context,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FILE", help="A checkpoint or copy of the log kept elsewhere; repeatable."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Compare items by BLAKE3, where it was noted.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check that items, log and record are what they were; names each thing that is not, and writes nothing.

    Ends with 0 when all is well, 40 when an item has changed, 41 when the log or the record has. What is to be known
    and is no fault (a run that was cut off, a clock set back) is said besides, and does not change how it ends.
    """
    from dataclasses import asdict

    from probanda.casework.check import verify_folder

    with progress_bars() as progress:
        proof = verify_folder(context.obj or Path(), against=against or (), quick=quick, progress=progress)
    if as_json:
        tell_rows(asdict(one) for one in (*proof.faults, *proof.remarks))
    else:
        for fault in proof.faults:
            tell(f"{fault.what} {fault.name}: {fault.problem}")
        for remark in proof.remarks:
            say(f"{remark.name}: {remark.problem}")
        if not proof.faults:
            tell(
                f"All is well: {proof.items} items match their digests, {proof.entries} log entries give root "
                f"{proof.root}."
            )
    if proof.faults:
        say("Leave the folder as it is, make a copy, and compare it with a second copy or backup.")
        raise typer.Exit(proof.severity)


def rebuild(context: typer.Context) -> None:
    """Throw away everything derived and derive it again from vault and decisions; the result is the same."""
    with opened(context, writing=True) as case:
        case.rebuild()
    say("Rebuilt from the vault and the decisions.")
