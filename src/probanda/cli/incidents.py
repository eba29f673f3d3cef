"""Commands on incidents: propose and print them; list, show; add, take, move, split, merge, part, undo by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.reports import say_withheld
from probanda.cli.shared import (
    About,
    AsJson,
    From,
    IncludeRestricted,
    Only,
    Reason,
    To,
    WithNames,
    narrowing,
    opened,
    sharing,
)
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.casework.case import Case
    from probanda.incidents.model import Incident

app = typer.Typer(
    invoke_without_command=True,
    help="Incidents: who tells of the same event. Without a command they are worked out and printed.",
    epilog="Example: probanda -C marsafa incidents --from 2031-05 --to 2031-06",
)

Name = Annotated[str, typer.Argument(metavar="INCIDENT", help="Its id or that of one of its claims, or first letters.")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim, or its first letters.")]


@app.callback()
def incidents(
    context: typer.Context,
    about: About = None,
    date_from: From = None,
    date_to: To = None,
    only: Only = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    as_json: AsJson = False,
) -> None:
    """Link names to actors and places; propose origins, incidents and contradictions, and print the incidents.

    With a command: look at one incident, or sort claims by hand. What a person decides outlasts every later reading.
    """
    if context.invoked_subcommand is not None:
        return
    from probanda.casework.rows import incident_rows

    narrowed, shared = narrowing(about, date_from, date_to, only), sharing(include_restricted, with_names)
    with opened(context, writing=True) as case:
        case.incidents()
        seen = case.casefile(narrowed, shared, output="incidents")
    say_withheld(seen.withheld)
    if as_json:
        tell_rows(incident_rows(seen.incidents))
        return
    from probanda.reports.text import incidents_text

    tell(incidents_text(seen))


@app.command("list", epilog="Example: probanda incidents list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the incidents as they stand: id, number of claims, title; what lies in another stands below it."""
    from probanda.casework.rows import incident_rows

    with opened(context, writing=False) as case:
        found = list(case.store.incidents(case.eyes) or ())
    if as_json:
        tell_rows(incident_rows(found))
        return
    if not found:
        say("No incident was worked out yet. Run `probanda incidents`.")
    inner = _inner(found)
    known = {i.id: i for i in found}
    tops = [i for i in found if not any(p.incident in known for p in i.part_of)]
    for one in sorted(tops, key=lambda i: (i.date_from or "9999", i.title, i.id)):
        _tell_line(one, inner, "", frozenset())


def _inner(found: Sequence[Incident]) -> dict[str, list[Incident]]:
    inner: dict[str, list[Incident]] = {}
    for one in sorted(found, key=lambda i: (i.date_from or "9999", i.title, i.id)):
        for outer in one.part_of:
            inner.setdefault(outer.incident, []).append(one)
    return inner


def _tell_line(one: Incident, inner: Mapping[str, Sequence[Incident]], indent: str, above: frozenset[str]) -> None:
    many = f"{len(one.claims)} claim" + ("" if len(one.claims) == 1 else "s")
    conflict = "  ! decisions contradict each other" if one.conflicts else ""
    tell(f"{indent}{one.id[:12]}  {many:<10} {one.title}{conflict}")
    for part in inner.get(one.id, ()):
        if part.id not in above:
            _tell_line(part, inner, indent + "  ", above | {one.id})


@app.command(epilog="Example: probanda incidents show 3f2a9c11")
def show(context: typer.Context, incident: Name, as_json: AsJson = False) -> None:
    """Show one incident: its versions, what its accounts differ on, each claim with why it is here, what lies in it."""
    from probanda.casework.rows import incident_rows
    from probanda.casework.sorting import one_incident

    with opened(context, writing=False) as case:
        one = one_incident(case.store, case.eyes, incident)
        every = list(case.store.incidents(case.eyes) or ())
        claims = {c: case.store.claim(case.eyes, c) for c in one.claims}
        numbers = {r.digest: r.number for r in case.store.items(case.eyes, {c.item for c in claims.values()})}
    if as_json:
        row = next(iter(incident_rows([one])))
        tell_rows([{**row, "reasons": dict(one.reasons), "parts": [i.id for i in _inner(every).get(one.id, ())]}])
        return
    titles = {i.id: i.title for i in every}
    tell(f"{one.title}  {one.id}")
    for around in one.part_of:
        by = "decided" if around.decided else "proposed"
        tell(f"  part of {around.incident[:12]} {titles.get(around.incident, '')}  [{by}] {around.reason}")
    for words in one.conflicts:
        tell(f"  ! {words}")
    for version in (*one.versions, *one.differing):
        tell(f"  {version.label}: {version.reason}")
    why = dict(one.reasons)
    for id_, claim in claims.items():
        tell(f"  {id_[:12]}  {numbers.get(claim.item, '')}  “{claim.quote}”")
        tell(f"                {why.get(id_, '')}")
    for part in _inner(every).get(one.id, ()):
        tell("  in it:")
        _tell_line(part, {}, "    ", frozenset())


@app.command(epilog="Example: probanda incidents add 9b1c44e0 3f2a9c11 --reason 'same night, same mill'")
def add(context: typer.Context, claim: ClaimId, incident: Name, reason: Reason = "") -> None:
    """Add a claim to an incident: it stays there whatever the machine proposes; `take` gives it back."""
    from probanda.casework import sorting

    _sorted(context, lambda case: sorting.add(case.store, case.eyes, claim, incident, reason))
    tell(f"Added {claim} to {incident}.")


@app.command(epilog="Example: probanda incidents take 9b1c44e0 3f2a9c11 --reason 'another raid'")
def take(context: typer.Context, claim: ClaimId, incident: Name, reason: Reason = "") -> None:
    """Take a claim out of an incident; those that stay are kept together. `add` gives it back."""
    from probanda.casework import sorting

    _sorted(context, lambda case: sorting.take(case.store, case.eyes, claim, incident, reason))
    tell(f"Taken out of {incident}: {claim}.")


@app.command(epilog="Example: probanda incidents move 3f2a9c11 --claims 9b1c44e0 --to 52d0e7aa")
def move(
    context: typer.Context,
    incident: Name,
    claims: Annotated[list[str], typer.Option("--claims", metavar="CLAIM", help="A claim that goes; repeat for more.")],
    to: Annotated[str, typer.Option("--to", metavar="INCIDENT", help="The incident they belong to.")],
    reason: Reason = "",
) -> None:
    """Move claims of an incident to another, in one step, which one `undo` takes back."""
    from probanda.casework import sorting

    ids = [id_ for given in claims for id_ in given.replace(",", " ").split()]
    _sorted(context, lambda case: sorting.move(case.store, case.eyes, ids, incident, to, reason))
    tell(f"Moved from {incident} to {to}: {len(ids)} claim(s).")


@app.command(epilog="Example: probanda incidents split 3f2a9c11 --claims 9b1c44e0 --claims 77ab03de")
def split(
    context: typer.Context,
    incident: Name,
    claims: Annotated[list[str], typer.Option("--claims", metavar="CLAIM", help="A claim that goes; repeat for more.")],
    reason: Reason = "",
) -> None:
    """Make an incident of their own of some claims of an incident; `merge` makes the two one again."""
    from probanda.casework import sorting

    ids = [id_ for given in claims for id_ in given.replace(",", " ").split()]
    _sorted(context, lambda case: sorting.split(case.store, case.eyes, incident, ids, reason))
    tell(f"Split off {incident}: {len(ids)} claim(s), which are an incident of their own now.")


@app.command(epilog="Example: probanda incidents merge 3f2a9c11 52d0e7aa --reason 'two names of one village'")
def merge(context: typer.Context, left: Name, right: Name, reason: Reason = "") -> None:
    """Record that two incidents are one; `split` parts them again."""
    from probanda.casework import sorting

    _sorted(context, lambda case: sorting.merge(case.store, case.eyes, left, right, reason))
    tell(f"Recorded: {left} and {right} are one incident.")


@app.command(epilog="Example: probanda incidents part 3f2a9c11 52d0e7aa --reason 'during the siege'")
def part(
    context: typer.Context,
    inner: Name,
    outer: Name,
    is_none: Annotated[
        bool, typer.Option("--not", help="Neither is a part of the other, whatever is proposed.")
    ] = False,
    reason: Reason = "",
) -> None:
    """Record that the first incident is a part of the second: an attack in a siege. Both stay incidents."""
    from probanda.casework import sorting

    _sorted(context, lambda case: sorting.part(case.store, case.eyes, inner, outer, reason, holds=not is_none))
    tell(f"Recorded: {inner} is {'no' if is_none else 'a'} part of {outer}.")


@app.command(epilog="Example: probanda incidents undo --reason 'wrong incident'")
def undo(context: typer.Context, reason: Reason = "") -> None:
    """Take back the last thing that was sorted by hand; again takes back the one before."""
    from probanda.casework import sorting

    _sorted(context, lambda case: sorting.undo(case.store, case.eyes, reason))
    tell("Taken back. What stood before stands again.")


def _sorted(context: typer.Context, act: Callable[[Case], object]) -> None:
    """Do it, and work the incidents out anew."""
    with opened(context, writing=True) as case:
        act(case)
        case.incidents()
