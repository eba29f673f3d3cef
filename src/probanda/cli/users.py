"""Commands on users and on what they decided: user add, user list, user key; undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.casework.case import Case
    from probanda.store.model import Decision

app = typer.Typer(no_args_is_help=True, help="The people who work in a case, their staff codes and keys.")
SHOWN = 20
"""How many decisions `undo` lists for a person; `--json` gives all."""


def join(program: typer.Typer) -> None:
    """Add these commands to the program."""
    program.command(epilog="Example: probanda undo 3f2a91c4 --reason 'another village of that name'")(undo)


@app.command(epilog="Example: probanda user add 'M. Ode' --code INV-07")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="As decisions will name this user.")],
    code: Annotated[str | None, typer.Option(help="The office's own code for staff.")] = None,
    clearance: Annotated[
        list[str] | None, typer.Option(help="A label whose items this user may see; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add a user; without a clearance, one who sees what is open and nothing restricted."""
    from probanda.casework import users

    with opened(context, writing=True) as case:
        user = users.added(case.store, case.eyes, name, code, clearance or ())
    if as_json:
        tell_rows([{"id": user, "name": name, "code": code}])
        return
    tell(f"{user[:12]}  {name}")
    say(f"Decide as this user with `probanda --as {name!r} ...`.")


@app.command("list", epilog="Example: probanda user list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List users: id, staff code, name, clearances, key."""
    from dataclasses import asdict

    from probanda.casework import users

    with opened(context, writing=False) as case:
        rows = users.listed(case.store)
    if as_json:
        tell_rows(asdict(row) for row in rows)
        return
    for row in rows:
        sees = "owner" if row.owner else ", ".join(row.clearances) or "open items only"
        key = "no key" if row.key is None else f"key {row.key.split('+')[1]}"
        tell(f"{row.id[:12]}  {row.code or '--':<10}  {row.name}  ({sees}; {key})")


@app.command(epilog="Example: probanda user key 'M. Ode'")
def key(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name, staff code or id of the user.")],
    lost: Annotated[bool, typer.Option("--lost", help="The old key is gone and cannot vouch for this one.")] = False,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Make a signing key for a user; a key that takes another's place is countersigned by it.

    The secret half lies in the case folder's keys/, for its owner alone to read; the public half is printed.
    """
    from probanda.casework import users

    with opened(context, writing=True) as case:
        public = users.give_key(case.store, case.eyes, name, lost=lost, reason=reason)
    if as_json:
        tell_rows([{"name": public.name, "key": public.text}])
        return
    tell(public.text)


def undo(
    context: typer.Context,
    decision: Annotated[
        str | None, typer.Argument(help="Id of the decision or its first letters; lists them if left out.")
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Take back one decision: a label, a claim settled, an identity, a protection, a line of custody, and so on.

    The decision stays in the log with the entry that took it back, which can be undone in turn. Where other
    decisions stand on it, they are named and nothing is done. Without DECISION: what can be undone, latest first.
    """
    from probanda.casework import undo as undoing

    with opened(context, writing=decision is not None) as case:
        if decision is None:
            _tell_undoable(case, undoing.undoable(case.store, case.eyes), as_json)
            return
        done = undoing.undo(case.store, case.eyes, decision, reason)
    if as_json:
        tell_rows([{"undone": done.decision.id, "followed": [d.id for d in done.followed]}])
        return
    tell(f"Took back {done.decision.kind} {done.decision.id[:12]}.")
    if done.followed:
        say(f"With it {len(done.followed)} label(s) of what came out of that item.")
    if done.decision.kind in ("label", "identity", "protect", "withdraw"):
        say("Run `probanda incidents` so that outputs follow.")


def _tell_undoable(case: Case, found: list[Decision], as_json: bool) -> None:
    names = case.store.users()
    if as_json:
        tell_rows(_row(d, names) for d in found)
        return
    if not found:
        say("Nothing was decided that can be undone.")
    for d in found[:SHOWN]:
        tell(f"{d.id[:12]}  {d.at}  {d.kind:<11}  {d.subject[:12]}  {names.get(d.by, d.by)}  {d.reason}")
    if len(found) > SHOWN:
        say(f"{len(found) - SHOWN} earlier ones are not shown; --json gives all.")


def _row(d: Decision, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": d.id, "kind": d.kind, "subject": d.subject, "by": names.get(d.by, d.by), "at": d.at, "reason": d.reason,
    }  # fmt: skip
