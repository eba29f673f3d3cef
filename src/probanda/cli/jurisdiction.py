"""`law jurisdiction`: for facts given by hand, outside any case folder, or for an incident and an actor of a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.shared import AsJson, IncludeRestricted, WithNames, incident_named, opened, sharing
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import ProbandaError, WrongUsage

if TYPE_CHECKING:
    from probanda.casework.legal_facts import Gathered
    from probanda.law.answering import Answers

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="As known on this day; else as the file says, or today.")
]
OfIncident = Annotated[str | None, typer.Option("--incident", metavar="ID", help="In a case folder: of this incident.")]
OfPerson = Annotated[
    str | None, typer.Option("--person", metavar="ACTOR", help="In a case folder: and of this actor, by id or name.")
]


def join(law: typer.Typer) -> None:
    """Add the command to the family `law`."""
    law.command(epilog="Example: probanda law jurisdiction --facts facts.json --as-of 2031-09-01")(jurisdiction)


def jurisdiction(
    context: typer.Context,
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="FILE.json", help="The facts; docs/jurisdiction.md has the keys.")
    ] = None,
    incident: OfIncident = None,
    person: OfPerson = None,
    crime: Annotated[
        list[str] | None,
        typer.Option("--crime", metavar="ID", help="With --incident: ask of this crime; may be repeated."),
    ] = None,
    as_of: AsOf = None,
    example: Annotated[bool, typer.Option("--example", help="Print a file of facts to begin with, and end.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the keys as a JSON Schema, and end.")] = False,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    as_json: AsJson = False,
) -> None:
    """Answer each question of jurisdiction and admissibility with yes, no or unknown, its reason and article.

    For facts in a file no case folder is needed. In a case folder --incident and --person ask of what the record tells
    and of what persons recorded with `law facts add`. An unknown fact never becomes yes. What comes out is no finding.
    Ends with 1 where the facts cannot be asked.
    """
    if example or schema:
        tell(_example() if example else _schema())
        return
    if facts is not None and incident is None and person is None:
        from probanda.casework.answering import answers_from

        _tell(answers_from(facts, as_of), None, as_json)
        return
    if facts is not None or incident is None or person is None:
        raise WrongUsage(
            "Name a file of facts, or an incident and a person of this case.",
            "--facts FILE.json (--example prints one to begin with), or --incident ID --person ACTOR.",
        )
    from probanda.casework.answering import answers_in

    shared = sharing(include_restricted, with_names)
    with opened(context, writing=include_restricted is not None) as case:
        seen = case.view(sharing=shared, output="jurisdiction")
        if not seen.worked_out:
            raise ProbandaError("No incidents were worked out yet.", "Run `probanda incidents` first.")
        told, gathered = answers_in(case.store, seen, incident_named(seen, incident), person, crime or (), as_of)
    _tell(told, gathered, as_json)


def _tell(answers: Answers, gathered: Gathered | None, as_json: bool) -> None:
    from probanda.casework.legal_facts import rests_on
    from probanda.law.answers_told import as_data, told

    if as_json:
        tell_rows([as_data(answers) | (_rests_on(gathered) if gathered else {})])
    else:
        tell("\n".join([*told(answers), *(rests_on(gathered) if gathered else ())]))
    if answers.later:
        say(f"Not known on {answers.as_of}, and so left out: {'; '.join(answers.later)}. Use --as-of for a later day.")


def _rests_on(gathered: Gathered) -> dict[str, object]:
    return {
        "facts": gathered.data,
        "filled_from_record": list(gathered.filled),
        "recorded": [
            {"part": one.part, "name": one.name or None, "decision": one.decision, "by": one.by, "at": one.at}
            for one in gathered.recorded
        ],
    }


def _example() -> str:
    from probanda.law.facts_read import example

    return example()


def _schema() -> str:
    import json

    from probanda.law.facts_keys import schema

    return json.dumps(schema(), indent=2, ensure_ascii=False)
