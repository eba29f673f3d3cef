"""Commands on actors and places: list, show, compare, same, apart, unsure, split, protect."""

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


@app.command(epilog="Example: probanda actors show 'Idris al-Shammaq'")
def show(context: typer.Context, actor: Name, as_json: AsJson = False) -> None:
    """Show one actor: every form of the name with where it stands and why, and what each source says."""
    from probanda.casework.profile import profile_of
    from probanda.store.codec import plain

    with opened(context, writing=False) as case:
        found = profile_of(case.store, case.eyes, actor)
    if as_json:
        tell_rows([plain(found)])
        return
    tell(f"{found.actor.name} ({found.actor.kind.value})  {found.actor.id}")
    for form, stands in found.forms:
        tell(f"  {form}")
        for one in stands:
            by = "machine" if one.by_machine else "told"
            tell(f"    {one.number}, characters {one.start}-{one.end}  [{by}] {one.reason}")
    for words in found.actor.apart:
        tell(f"  kept apart from {words}")
    for words in found.actor.conflicts:
        tell(f"  ! {words}")
    for who, said in found.sources:
        tell("In the texts' own voice" if who == "@doc" else f"{who} says")
        for row in said:
            claim = row.claim
            kind = claim.tie.kind.value if claim.tie else f"{claim.act_type.value}, {claim.modality.value}"
            roles = ", ".join(row.roles)
            tell(f"  {claim.id[:12]}  {row.number}  as {roles}: {kind} ({claim.status.value}): “{claim.quote}”")


@app.command(epilog="Example: probanda actors compare 'Idris al-Shammaq' 'Idriss Chammak'")
def compare(context: typer.Context, left: Name, right: Name, as_json: AsJson = False) -> None:
    """Lay two actors side by side: what the names say, what was decided, which items name both; decides nothing."""
    from probanda.casework.profile import likeness
    from probanda.store.codec import plain

    with opened(context, writing=False) as case:
        found = likeness(case.store, case.eyes, left, right)
    if as_json:
        tell_rows([plain(found)])
        return
    now = "one actor now" if found.one else "two actors now"
    tell(f"{found.left.name} ({found.left.id[:12]}) and {found.right.name} ({found.right.id[:12]}): {now}")
    for a, b, says in found.names:
        tell(f"  {a} / {b}: {says}")
    tell("  items that name both: " + (", ".join(found.shared) or "none"))
    tell("  decided by persons: " + ("; ".join(found.decided) or "nothing"))


@app.command(epilog="Example: probanda actors unsure 'Salim Ghadwan' 'S. Ghadwan' --reason 'no first name'")
def unsure(context: typer.Context, left: Name, right: Name, reason: Reason = "") -> None:
    """Record that two were compared and it stays open; the machine's own proposal goes on to stand."""
    _verdict(context, left, right, "unsure", reason)


@app.command(epilog="Example: probanda actors split 'Idris al-Shammaq' Chammak --reason 'his brother'")
def split(
    context: typer.Context,
    actor: Name,
    forms: Annotated[list[str], typer.Argument(metavar="FORM...", help="Forms of the name, or ids of mentions.")],
    reason: Reason = "",
) -> None:
    """Take forms of a name out of an actor: they become one of their own; `actors same` gives them back."""
    from probanda.casework import profile

    with opened(context, writing=True) as case:
        count = profile.split(case.store, case.eyes, actor, forms, reason)
        case.incidents()
    tell(f"Taken out of {actor}: {count} mention(s). They are an actor of their own now.")


@app.command(epilog="Example: probanda actors protect 'Nadia Berrow' --reason 'asked not to be named'")
def protect(context: typer.Context, actor: Name, reason: Reason = "") -> None:
    """Mark an actor as protected: the name is written as a codename in every output from now on."""
    with opened(context, writing=True) as case:
        forms = case.protect(actor, reason=reason)
    say(f"Protected: {len(forms)} form(s) of the name are masked in every report and export from now on.")


def _verdict(context: typer.Context, left: str, right: str, verdict: str, reason: str) -> None:
    from probanda.casework import profile

    with opened(context, writing=True) as case:
        profile.settle(case.store, case.eyes, left, right, verdict, reason)
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
