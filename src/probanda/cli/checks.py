"""Commands that prove: verify and rebuild."""

from __future__ import annotations

from collections.abc import Sequence
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


def rebuild(
    context: typer.Context,
    from_log: Annotated[
        bool, typer.Option("--from-log", help="Where record.db is lost: make it anew from log, vault and keys.")
    ] = False,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FILE", help="With --from-log: what was kept elsewhere, as for verify."),
    ] = None,
) -> None:
    """Throw away everything derived and derive it again from vault and decisions; the result is the same.

    With --from-log the decisions too are taken from elsewhere: from the files of the log, each line checked, and all of
    them against the signed checkpoints, the keys and the vault. A record.db that is there is never written over. Ends
    with 40 when an item is missing or has changed, 41 when the log has; then nothing is written.
    """
    from probanda.casework.check import need_a_record
    from probanda.kernel.errors import WrongUsage

    if from_log:
        _make_anew(context.obj or Path(), against or ())
    elif against:
        raise WrongUsage("--against goes with --from-log.", "To compare a record that is there: `probanda verify`.")
    else:
        need_a_record(context.obj or Path())
    with opened(context, writing=True) as case:
        if from_log:  # nothing is derived yet
            case.read()
            case.incidents()
            case.matrix()
        else:
            case.rebuild()
    say("Rebuilt from the vault and the decisions.")


def _make_anew(folder: Path, against: Sequence[Path]) -> None:
    from probanda.casework.check import rebuild_from_log

    with progress_bars() as progress:
        made = rebuild_from_log(folder, against=against, progress=progress)
    for remark in made.remarks:
        say(f"{remark.name}: {remark.problem}")
    say(f"Made record.db anew from {made.entries} log entries. Now reading; if cut off, `probanda rebuild` goes on.")
