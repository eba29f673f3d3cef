"""Commands on actors and places: list, protect, same, apart."""

from __future__ import annotations

from typing import Annotated

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows

app = typer.Typer(no_args_is_help=True, help="Persons, units, bodies and places that the texts name.")

Name = Annotated[str, typer.Argument(metavar="ACTOR", help="Id, or a form of the name as written.")]


@app.command("list", epilog="Example: probanda actors list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List actors and places: kind, name, other forms written."""
    from probanda.casework.rows import actor_rows

    with opened(context, writing=False) as case:
        actors = case.actors()
    if as_json:
        tell_rows(actor_rows(actors))
        return
    if not actors:
        say("Nobody was linked yet. Run `probanda incidents`.")
    for a in sorted(actors, key=lambda a: (a.kind.value, a.name, a.id)):
        others = "; ".join(v for v in a.variants if v != a.name)
        tell(f"{a.id[:12]}  {a.kind.value:<7} {a.name}" + (f"  (also: {others})" if others else ""))


@app.command(epilog="Example: probanda actors protect 'Nadia Berrow' --reason 'asked not to be named'")
def protect(context: typer.Context, actor: Name, reason: Reason = "") -> None:
    """Mark an actor as protected: the name is written as a codename in every output from now on."""
    with opened(context, writing=True) as case:
        forms = case.protect(actor, reason=reason)
    say(f"Protected: {len(forms)} form(s) of the name are masked in every report and export from now on.")


def _verdict(context: typer.Context, left: str, right: str, verdict: str, reason: str) -> None:
    from probanda.casework import decide

    with opened(context, writing=True) as case:
        case.identify(*decide.ends(case.store, case.eyes, left, right), verdict, reason=reason)
        case.incidents()
    tell(f"Recorded: {left} and {right} are {verdict}.")


@app.command(epilog="Example: probanda actors same 'Idris al-Shammaq' 'Idriss Chammak'")
def same(context: typer.Context, left: Name, right: Name, reason: Reason = "") -> None:
    """Record that two are the same; `apart` takes it back."""
    _verdict(context, left, right, "same", reason)


@app.command(epilog="Example: probanda actors apart 'Salim Ghadwan' 'Salim Ghadwan the younger'")
def apart(context: typer.Context, left: Name, right: Name, reason: Reason = "") -> None:
    """Record that two are not the same; they are kept apart whatever the reader thinks."""
    _verdict(context, left, right, "not the same", reason)
