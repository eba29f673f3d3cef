"""`law jurisdiction`: jurisdiction and admissibility for facts given by hand. Works outside a case folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from probanda.cli.shared import AsJson
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage


def join(law: typer.Typer) -> None:
    """Add the command to the family `law`."""
    law.command(epilog="Example: probanda law jurisdiction --facts facts.json --as-of 2031-09-01")(jurisdiction)


def jurisdiction(
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="FILE.json", help="The facts; docs/jurisdiction.md has the keys.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="As known on this day; else as the file says, or today."),
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="Print a file of facts to begin with, and end.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the keys as a JSON Schema, and end.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer each question of jurisdiction and admissibility with yes, no or unknown, its reason and article.

    An unknown fact never becomes yes. What comes out is no finding. Ends with 1 where the facts cannot be asked.
    """
    if example or schema:
        tell(_example() if example else _schema())
        return
    if facts is None:
        raise WrongUsage(
            "No facts are named.", "Name a file with --facts FILE.json; --example prints one to begin with."
        )
    from probanda.casework.answering import answers_from
    from probanda.law.answers_told import as_data, told

    answers = answers_from(facts, as_of)
    if as_json:
        tell_rows([as_data(answers)])
    else:
        tell("\n".join(told(answers)))
    if answers.later:
        say(f"Not known on {answers.as_of}, and so left out: {'; '.join(answers.later)}. Use --as-of for a later day.")


def _example() -> str:
    from probanda.law.facts_read import example

    return example()


def _schema() -> str:
    import json

    from probanda.law.facts_keys import schema

    return json.dumps(schema(), indent=2, ensure_ascii=False)
