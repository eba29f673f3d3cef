"""Commands that destroy what may not be kept: destroy ask, list, confirm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.casework.destroying import Copy

app = typer.Typer(
    no_args_is_help=True, help="Destroy an item's bytes or an entry's words: one user asks, another decides."
)
SHORT = 12
"""Letters of an id shown to a person."""
Why = Annotated[str, typer.Option("--reason", help="Why; it stays in the log for ever.")]


@app.command(epilog="Example: probanda --as 'M. Ode' destroy ask MAR-0007 --reason 'consent withdrawn on 4 June'")
def ask(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="ITEM|DECISION", help="An item, or a decision whose words go.")],
    reason: Why,
    with_custody: Annotated[
        bool, typer.Option(help="Of an item also file names, sources and custody lines, which may name a witness.")
    ] = False,
) -> None:
    """Ask for something to be destroyed. Nothing happens until another user confirms it; `undo` withdraws it."""
    from probanda.casework import destroying

    with opened(context, writing=True) as case:
        asked = destroying.ask(case.store, case.eyes, target, reason, with_custody=with_custody)
        copies = destroying.copies_of(case.store, case.eyes, asked.what, asked.subject)
    tell(asked.id)
    say(f"Asked for: {asked.what} {asked.called}. Another user decides: probanda --as NAME destroy confirm "
        f"{asked.id[:SHORT]} --reason TEXT")  # fmt: skip
    _say_copies(copies)


@app.command("list", epilog="Example: probanda destroy list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List what was asked for and waits for a second user."""
    from dataclasses import asdict

    from probanda.casework import destroying

    with opened(context, writing=False) as case:
        rows, names = destroying.requests(case.store, case.eyes), case.store.users()
    if as_json:
        tell_rows(asdict(one) | {"by": names.get(one.by, one.by)} for one in rows)
        return
    for one in rows:
        tell(
            f"{one.id[:SHORT]}  {one.what} {one.called}, asked by {names.get(one.by, one.by)} at {one.at}: {one.reason}"
        )
    if not rows:
        say("Nothing is asked to be destroyed.")


@app.command(epilog="Example: probanda --as 'A. Lorin' destroy confirm 3f2a91c4 --reason 'her letter was checked'")
def confirm(
    context: typer.Context,
    request: Annotated[str, typer.Argument(help="The request, by the first letters of its id.")],
    reason: Why,
) -> None:
    """Decide, as another user, that what was asked for is destroyed. It cannot be undone.

    The log keeps that it was there, who destroyed it, when and why, and can be proved as before.
    """
    from probanda.casework import destroying

    with opened(context, writing=True) as case:
        done = destroying.confirm(case.store, case.eyes, request, reason)
        gathered = case.store.made("consolidation", case.eyes.sight) is None
        if gathered and done.what == destroying.ITEM:
            case.incidents()
            case.matrix()
    tell(f"destroyed: {done.what} {done.called}")
    _say_copies(done.copies)


_WORDS = {
    "backup": "the backup {name} of {at} holds it still",
    "bundle": "{name}, given at {at}, holds it still",
    "holds": "{name} holds the same bytes: destroy that too, if it is meant",
    "member": "{name} was taken out of it and stays: destroy that too, if it is meant",
}


def _say_copies(copies: Sequence[Copy]) -> None:
    for one in copies:
        say(_WORDS[one.kind].format(name=one.name, at=one.at))
