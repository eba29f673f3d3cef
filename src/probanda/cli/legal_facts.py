"""`law facts`: record facts of jurisdiction and admissibility in a case, list them, print those of one incident."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from probanda.cli.jurisdiction import OfIncident, OfPerson
from probanda.cli.shared import AsJson, IncludeRestricted, Reason, WithNames, incident_named, opened, sharing
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage

app = typer.Typer(
    no_args_is_help=True,
    help="Instruments, States, national proceedings and other facts that persons record; undo takes one back.",
)
SHORT = 12
"""Letters of an id shown to a person."""


@app.command(epilog="Example: probanda law facts add register.json --reason 'treaty register, read on 3 May'")
def add(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.json", help="A file of facts; docs/jurisdiction.md has the keys.")
    ],
    incident: OfIncident = None,
    person: OfPerson = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Record each entry of a file of facts as a decision of its own, over what stood for the same.

    What speaks of an incident needs --incident, what speaks of a person or of a case against one needs --person. The
    day asked about (`as_of`) is no fact and is left out.
    """
    from probanda.casework.answering import parsed
    from probanda.casework.legal_facts import record

    data = parsed(file)
    if not isinstance(data, dict):
        raise WrongUsage(f"{file.name} holds no object.", "`probanda law jurisdiction --example` prints one.")
    with opened(context, writing=True) as case:
        mine = incident_named(case.view(output="law facts"), incident) if incident else None
        done = record(case.store, case.eyes, data, reason, incident=mine, person=person)
    if as_json:
        tell_rows({"part": one.part, "name": one.name or None, "decision": one.decision} for one in done)
        return
    for one in done:
        tell(f"{one.called}  decision {one.decision[:SHORT]}")
    say(f"{len(done)} {'fact' if len(done) == 1 else 'facts'} recorded. `probanda undo DECISION` takes one back.")


@app.command("list", epilog="Example: probanda law facts list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """All recorded facts that stand, with who recorded them, when and why."""
    from probanda.casework.legal_facts import recorded

    with opened(context, writing=False) as case:
        found = recorded(case.store, case.eyes)
    if as_json:
        tell_rows(
            {
                "part": one.part, "name": one.name or None, "entry": one.entry, "incident": one.incident,
                "person": one.person, "decision": one.decision, "by": one.by, "at": one.at, "reason": one.reason,
            }
            for one in found
        )  # fmt: skip
        return
    for one in found:
        tell(f"{one.decision[:SHORT]}  {one.called}")
        ties = [f"{word} {id_[:SHORT]}" for word, id_ in (("incident", one.incident), ("actor", one.person)) if id_]
        tell(f"              by {one.by}, {one.at}: {one.reason}" + (f" ({', '.join(ties)})" if ties else ""))
    if not found:
        say("Nothing is recorded. `probanda law facts add FILE.json --reason TEXT` records facts.")


@app.command(epilog="Example: probanda law facts show --incident 3f2a91 --person 'Colonel A. Tamer'")
def show(
    context: typer.Context,
    incident: OfIncident = None,
    person: OfPerson = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
) -> None:
    """Print the facts of an incident and an actor as a file of facts, to be looked at, completed and recorded."""
    from probanda.casework.answering import facts_in

    if incident is None or person is None:
        raise WrongUsage("Name an incident and a person.", "--incident ID --person ACTOR.")
    shared = sharing(include_restricted, with_names)
    with opened(context, writing=include_restricted is not None) as case:
        seen = case.view(sharing=shared, output="law facts")
        gathered = facts_in(case.store, seen, incident_named(seen, incident), person)
    tell(json.dumps(gathered.data, indent=2, ensure_ascii=False))
    say(f"Filled from the record, which the machine read: {', '.join(gathered.filled)}.")
