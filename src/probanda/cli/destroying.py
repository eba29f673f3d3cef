"""Commands that destroy what may not be kept: destroy ask, list, confirm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.casework.destroying import Copy, Destroyed, Request

app = typer.Typer(
    no_args_is_help=True, help="Destroy an item, or the words of a decision: one user asks, another decides."
)
SHORT = 12
"""Letters of an id shown to a person."""
Why = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why; it stays in the log for ever, so name no witness.")
]


@app.command(epilog="Example: probanda --as 'M. Ode' destroy ask MAR-0007 --reason 'consent withdrawn on 4 June'")
def ask(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="ITEM|DECISION", help="Number of an item, or id of a decision.")],
    reason: Why,
    with_custody: Annotated[
        bool,
        typer.Option("--with-custody", help="Of an item also file names, sources, custody: they may name a witness."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask for something to be destroyed. Nothing happens until another user confirms it; `undo` withdraws it.

    Of an item go its bytes, what was read out of it, and the words of every entry that quotes it. Of a decision go its
    words, and it decides nothing any more. The log is proved as before. Copies elsewhere that this case knows of are
    named; nothing here can reach them. Ids of decisions are those of `undo`, `conflicts` and `custody list`.
    """
    from dataclasses import asdict

    from probanda.casework import destroying

    with opened(context, writing=True) as case:
        asked = destroying.ask(case.store, case.eyes, target, reason, with_custody=with_custody)
        copies = destroying.copies_of(case.store, case.eyes, asked.what, asked.subject)
    if as_json:
        tell_rows([asdict(asked) | {"copies": [asdict(one) for one in copies]}])
        return
    tell(f"{asked.id[:SHORT]}  {_named(asked)}")
    say(f"Nothing is destroyed yet. Another user decides: probanda --as NAME destroy confirm {asked.id[:SHORT]} "
        "--reason TEXT")  # fmt: skip
    _say_copies(copies)


@app.command("list", epilog="Example: probanda destroy list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List what one user asked to have destroyed, and another has yet to decide."""
    from dataclasses import asdict

    from probanda.casework import destroying

    with opened(context, writing=False) as case:
        rows, names = destroying.requests(case.store, case.eyes), case.store.users()
    if as_json:
        tell_rows(asdict(one) | {"by": names.get(one.by, one.by)} for one in rows)
        return
    for one in rows:
        tell(f"{one.id[:SHORT]}  {_named(one)}, asked by {names.get(one.by, one.by)} at {one.at}: {one.reason}")
    if not rows:
        say("Nobody asks for anything to be destroyed.")


@app.command(epilog="Example: probanda --as 'A. Lorin' destroy confirm 3f2a91c4 --reason 'her letter was checked'")
def confirm(
    context: typer.Context,
    request: Annotated[
        str, typer.Argument(metavar="REQUEST", help="The id that `destroy list` shows; six letters of it are enough.")
    ],
    reason: Why,
    as_json: AsJson = False,
) -> None:
    """Decide, as another user, that what was asked for is destroyed: at once, and for good.

    The log keeps that it was there, who destroyed it, when and why, and is proved as before. Both users need a signing
    key in this folder (`probanda user key NAME`).
    """
    from dataclasses import asdict

    from probanda.casework import destroying

    with opened(context, writing=True) as case:
        done = destroying.confirm(case.store, case.eyes, request, reason)
        gathered = case.store.made("consolidation", case.eyes.sight) is None
        if gathered and done.what == destroying.ITEM:
            case.incidents()
            case.matrix()
    if as_json:
        tell_rows([asdict(done)])
        return
    tell(f"Destroyed: {_named(done)}.")
    _say_copies(done.copies)


_WORDS = {
    "backup": "The backup {name} of {at} holds it still: delete that one, and make another.",
    "bundle": "It went out on {at} in {name}: ask whoever has it.",
    "holds": "{name} holds the same bytes: destroy it too, if that is meant.",
    "member": "{name} was taken out of it and stays: destroy it too, if that is meant.",
}


def _named(one: Request | Destroyed) -> str:
    """`item MAR-0007`, or of a decision its kind: `the words of a decision (settle)`."""
    return f"item {one.called}" if one.what == "item" else f"the words of a decision ({one.called})"


def _say_copies(copies: Sequence[Copy]) -> None:
    for one in copies:
        say(_WORDS[one.kind].format(name=one.name, at=one.at))
