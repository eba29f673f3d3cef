"""The command that hands over originals: bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(epilog="Example: probanda -C marsafa bundle MAR-0003 MAR-0007 --out for-counsel")(bundle)


def bundle(
    context: typer.Context,
    items: Annotated[list[str], typer.Argument(metavar="ITEM...", help="Registration numbers, digests or file names.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder to write; it must not exist.")],
    include_restricted: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Let restricted items go too, names as they stand; logged."),
    ] = None,
    extras: Annotated[
        list[str] | None, typer.Option("--with", metavar="notes", help="Also the decisions on who is the same.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write chosen items with texts, claims, custody and proofs to a folder that a stranger can check.

    Names in originals are NOT masked. That the bundle goes is logged before a byte is written. The folder is a
    BagIt bag and holds the script that checks it; notes, hypotheses and findings stay home.
    """
    from probanda.casework.bundle import NAMES_STAND
    from probanda.casework.bundle import bundle as make

    with opened(context, writing=True) as case:
        done = make(
            case.store, case.eyes, items, out, include_restricted=include_restricted, extras=extras or (),
            progress=case.progress,
        )  # fmt: skip
    say(NAMES_STAND)
    if done.closed:
        say(f"{done.closed} item(s) in it are restricted or name a protected person; the log has your reason.")
    say(f"The log entries in it name these users: {', '.join(done.users)}.")
    if as_json:
        tell_rows([
            {
                "folder": str(done.folder), "items": done.items, "closed": done.closed, "claims": done.claims,
                "entries": done.entries, "users": list(done.users), "manifest": done.manifest,
            }
        ])  # fmt: skip
        return
    tell(str(done.folder))
    say(f"{done.items} item(s), {done.claims} claims, {done.entries} log entries; manifest {done.manifest}.")
    say(f"To check it: python3 {done.folder}/verify_bundle.py {done.folder}")
