"""Commands that prove: verify and rebuild."""

from __future__ import annotations

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda -C marsafa verify")(verify)
    app.command(epilog="Example: probanda -C marsafa rebuild")(rebuild)


def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Check that items, log and record are what they were; names each thing that is not, and writes nothing.

    Ends with 0 when all is well, 40 when an item has changed, 41 when the log or the record has.
    """
    from dataclasses import asdict

    with opened(context, writing=False) as case:
        faults = case.verify()
        count, entries = len(case.items()), case.store.decision_count
        root = case.store.root
    if as_json:
        tell_rows(asdict(f) for f in faults)
    else:
        for fault in faults:
            tell(f"{fault.what} {fault.name}: {fault.problem}")
        if not faults:
            tell(f"All is well: {count} items match their digests, {entries} log entries give root {root}.")
    if faults:
        say("Leave the folder as it is, make a copy, and compare it with a second copy or backup.")
        raise typer.Exit(min(f.severity for f in faults))


def rebuild(context: typer.Context) -> None:
    """Throw away everything derived and derive it again from vault and decisions; the result is the same."""
    with opened(context, writing=True) as case:
        case.rebuild()
    say("Rebuilt from the vault and the decisions.")
