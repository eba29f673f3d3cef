"""Commands on origins: list, show (as a tree, as a picture), cited and not held, same, apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.reports import say_withheld
from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage

if TYPE_CHECKING:
    from probanda.casework.origins import Cited

app = typer.Typer(
    invoke_without_command=True, help="Where accounts start: how many origins at most, and what is an echo of what."
)

Account = Annotated[
    str, typer.Argument(metavar="ACCOUNT", help="Id of an account or claim, or its first letters; number of an item.")
]


@app.callback()
def origins(context: typer.Context) -> None:
    """Say for each incident at most how many origins stand behind it, and of what kind."""
    if context.invoked_subcommand is None:
        _list(context, as_json=False)


@app.command("list", epilog="Example: probanda origins list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List incidents with at most how many origins stand behind each, and of what kind."""
    _list(context, as_json)


def _list(context: typer.Context, as_json: bool) -> None:
    from probanda.casework import looks
    from probanda.casework.origins import shown
    from probanda.casework.rows import account_rows

    with opened(context, writing=False) as case:
        view = shown(case.store, case.eyes)
        alike = looks.told(case.store, view)
    say_withheld(view.withheld)
    if as_json:
        tell_rows(account_rows(view.result.incidents, view.names, view.numbers, alike))
        return
    if not view.result.incidents:
        say("No incident was proposed.")
    for i in sorted(view.result.incidents, key=lambda i: (-len(i.claims), i.date_from or "9999", i.id)):
        tell(f"{i.id[:12]}  {i.title}: {i.corroboration.says}{_look_alike(len(alike.get(i.id, ())))}")


def _look_alike(pairs: int) -> str:
    """What else is to be looked at: pictures behind the accounts that may be one."""
    if not pairs:
        return ""
    return f"; {pairs} pair{'s' if pairs > 1 else ''} of pictures behind them look{'' if pairs > 1 else 's'} alike"


@app.command(epilog="Example: probanda origins show 5f2c81 --svg origins.svg")
def show(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Id of an incident or of one of its claims.")],
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE.svg", help="Draw it, from what may be handed on: no restricted items."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show who tells of an incident, in which item, and from whom each has it, with the words that say so."""
    from probanda.casework import looks
    from probanda.casework.draft import write
    from probanda.casework.origins import incident_called, shown
    from probanda.casework.rows import account_rows
    from probanda.reports.origin_picture import drawn
    from probanda.reports.origin_words import LEGEND, told

    if svg is not None and svg.suffix.lower() != ".svg":
        raise WrongUsage(f"{svg.name} is no name for a picture of this kind.", "Name it FILE.svg.")
    with opened(context, writing=False) as case:
        view = shown(case.store, case.eyes)
        found = incident_called(view.result.incidents, incident)
        alike = looks.told(case.store, view).get(found.id, ())
    say_withheld(view.withheld)
    if as_json:
        tell_rows(account_rows([found], view.names, view.numbers, {found.id: alike}))
    else:
        for line in told(found, view.numbers, alike):
            tell(line)
        tell(f"  {LEGEND}")
    if svg is not None:
        write(svg, drawn(found, view.numbers).encode())
        say(f"Drawn: {svg}")


@app.command(epilog="Example: probanda origins cited")
def cited(context: typer.Context, as_json: AsJson = False) -> None:
    """List originals that texts cite and nobody holds here (warrants, videos, reports), with who cites them."""
    from probanda.casework.origins import cited as found_in
    from probanda.casework.origins import shown

    with opened(context, writing=False) as case:
        view = shown(case.store, case.eyes)
    found = found_in(view)
    say_withheld(view.withheld)
    if as_json:
        tell_rows(_cited_row(one, view.numbers) for one in found)
        return
    if not found:
        say(f"Nothing cited and not held was found in {len(view.items)} items.")
    for one in found:
        where = ", ".join(view.numbers[i] for i in one.items)
        many = f"{len(one.claims)} claim{'s' if len(one.claims) != 1 else ''}"
        tell(f"{one.kind}: {one.words}  ({many}; cited in {where})")


def _cited_row(one: Cited, numbers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "words": one.words,
        "claims": list(one.claims),
        "items": [{"item": i, "number": numbers[i]} for i in one.items],
        "accounts": list(one.accounts),
    }


@app.command(epilog="Example: probanda origins same 5f2c81 90ab17 --reason 'the same three women, see EV-12'")
def same(context: typer.Context, left: Account, right: Account, reason: Reason = "") -> None:
    """Record that two accounts go back to one origin; `apart` takes it back."""
    _settle(context, left, right, "same", reason)


@app.command(epilog="Example: probanda origins apart 5f2c81 90ab17 --reason 'they spoke in different towns'")
def apart(context: typer.Context, left: Account, right: Account, reason: Reason = "") -> None:
    """Record that two accounts do not go back to one origin. That they are independent is another question."""
    _settle(context, left, right, "not the same", reason)


def _settle(context: typer.Context, left: str, right: str, verdict: str, reason: str) -> None:
    from probanda.casework.origins import settle

    with opened(context, writing=True) as case:
        settle(case.store, case.eyes, left, right, verdict, reason)
        case.incidents()
    words = "go back to one origin" if verdict == "same" else "do not go back to one origin"
    tell(f"Recorded: {left} and {right} {words}.")
