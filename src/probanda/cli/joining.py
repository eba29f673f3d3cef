"""Commands for people who work apart: import, conflicts, log list, log new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.store.model import Conflict

app = typer.Typer(no_args_is_help=True, help="The logs held here: one for each device that works, or worked, on it.")
SHORT = 12
"""Letters of an id shown to a person."""


def join(program: typer.Typer) -> None:
    """Add these commands to the program."""
    program.command("import", epilog="Example: probanda -C marsafa import /media/usb/marsafa-north")(import_)
    program.command(epilog="Example: probanda -C marsafa conflicts")(conflicts)


def import_(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="A case folder that is closed, or a bundle.")],
    accept_destroyed: Annotated[
        bool, typer.Option("--accept-destroyed", help="Destroy here too what two users destroyed in that folder.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in the case folder of somebody who worked apart, or a bundle, with all its history.

    It is checked in full first and left as it is. Nothing is renumbered; what was decided there and here stands side by
    side, and `probanda conflicts` lists what differs. Doing it twice changes nothing.
    """
    from probanda.casework.joining import take_in_case

    with opened(context, writing=True) as case:
        done = take_in_case(
            case.store, case.eyes, source, accept_destroyed=accept_destroyed, progress=case.progress
        )
    if as_json:
        tell_rows([
            {
                "kind": done.kind, "case": done.case, "entries": done.entries, "items": done.items,
                "logs": [{"log": one.log, "new": one.new, "size": one.size, "whole": one.whole} for one in done.logs],
                "conflicts": len(done.conflicts),
            }
        ])  # fmt: skip
        return
    for one in done.logs:
        part = "" if one.whole else ", in part: each entry with its proof"
        tell(f"log {one.log[:SHORT]}: {one.new} new entries, {one.size} in all{part}")
    say(f"{done.entries} new log entries, {done.items} new files in the vault.")
    if done.conflicts:
        say(f"{len(done.conflicts)} conflicts: see them with `probanda conflicts`.")
    if done.items:
        say("Read what came with `probanda read`, then gather again with `probanda incidents`.")


def conflicts(context: typer.Context, as_json: AsJson = False) -> None:
    """List what people who worked apart decided otherwise; a decision over all of them settles it.

    Until then none of them counts: a claim is shown as unsure, of several labels the stricter holds.
    """
    from probanda.casework.joining import conflicts as found

    with opened(context, writing=False) as case:
        rows, names = found(case.store, case.eyes), case.store.users()
    if as_json:
        tell_rows(_row(one, names) for one in rows)
        return
    for one in rows:
        tell(f"{one.kind} {one.subject[:SHORT]}")
        for decision in one.decisions:
            said = _said(decision.kind, decision.payload)
            why = f", since {decision.reason}" if decision.reason else ""
            who = names.get(decision.by, "a user of another folder")
            tell(f"  {decision.at}  {who}: {said}{why}  (decision {decision.id[:SHORT]}, log {decision.log[:SHORT]})")
        say(_NEXT[one.kind].format(subject=one.subject[:SHORT]))
    if not rows:
        say("No conflicts: nobody who worked apart decided otherwise.")


_NEXT = {
    "claim": "Settle it: probanda claims accept|correct|reject|unsure {subject}",
    "label": "Settle it: probanda label {subject} LABEL",
    "identity": "Settle it: probanda actors same|not-same LEFT RIGHT",
    "protect": "All the forms named are masked; protect the person again to name them in one decision.",
    "user": "Settle it by adding the user's present name and clearances again.",
    "user-key": "Settle it: probanda user key NAME",
    "settings": "Settle it: probanda settings accept",
    "undone": "The later decision stands. Undo it too, or decide again: probanda undo ID",
    "evidence": "Both items keep the number; say in `custody original` which paper it stands on.",
}


def _said(kind: str, payload: Any) -> str:
    told = payload.get("verdict") or payload.get("label") or payload.get("number") or kind
    return "undone" if kind == "withdraw" else str(told)


def _row(one: Conflict, names: dict[str, str]) -> dict[str, Any]:
    told = [
        {
            "decision": d.id, "log": d.log, "kind": d.kind, "by": names.get(d.by), "at": d.at, "reason": d.reason,
            "says": _said(d.kind, d.payload),
        }
        for d in one.decisions
    ]  # fmt: skip
    return {"kind": one.kind, "subject": one.subject, "decisions": told}


@app.command("list", epilog="Example: probanda log list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the logs held here: this device's, and those that were imported, whole or in part."""
    from dataclasses import asdict

    with opened(context, writing=False) as case:
        rows = case.store.logs()
    if as_json:
        tell_rows(asdict(one) for one in rows)
        return
    for one in rows:
        held = f"{one.entries} entries" if one.whole else f"{one.entries} of {one.size} entries, each proved"
        own = "this device" if one.own else "imported"
        tell(f"{one.log[:SHORT]}  {one.prefix or '-'}  {own}  {held}  {one.first} to {one.last}")


@app.command("new", epilog="Example: probanda -C copy-for-the-north log new --prefix MARN")
def new(
    context: typer.Context,
    prefix: Annotated[
        str, typer.Option(help="Prefix of this copy's registration numbers, different from the other's.")
    ],
    reason: Reason = "",
) -> None:
    """Give a copied case folder a log of its own, so that it can work apart and be joined again with `import`.

    Do this once in the copy, before anything is recorded in it. The old log stays and can be proved; only this copy can
    no longer go on with it.
    """
    with opened(context, writing=True) as case:
        log = case.store.start_log(case.eyes, prefix, reason)
    tell(log)
    say(f"This folder now writes a log of its own; its new items are numbered {prefix}-...")
