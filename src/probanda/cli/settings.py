"""Commands on the settings of a case: show, set, accept."""

from __future__ import annotations

from typing import Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows

app = typer.Typer(
    no_args_is_help=True, help="The settings of the case: its situation, the prefix of its numbers, a model."
)

Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the decision.")]


@app.command(epilog="Example: probanda -C marsafa settings show")
def show(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the settings, and what was changed in case.toml by hand and is not accepted yet."""
    from dataclasses import asdict

    with opened(context, writing=False) as case:
        now, recorded = asdict(case.store.settings), case.store.recorded_settings()
    before = now if recorded is None else asdict(recorded)
    if as_json:
        tell_rows([{"settings": now, "recorded": before}])
        return
    for key, value in now.items():
        if not value and value == before[key]:
            continue  # nothing is said of a model, as in most cases
        tell(f"{key}: {value}" + (f" (recorded: {before[key]})" if before[key] != value else ""))


@app.command("set", epilog="Example: probanda -C marsafa settings set situation 'Marsafa, 2031 to 2033'")
def set_one(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="situation, prefix, model_endpoint, model_name or model_allowed.")],
    value: Annotated[str, typer.Argument(help="The new value; of a model also '', for none.")],
    reason: Why = "",
) -> None:
    """Set one setting, as a decision. Numbers that were given keep the prefix they were given with.

    model_allowed names other machines, as host:port with spaces between, to which words of items may be sent that are
    not restricted; it counts only when it was set or accepted here, so that the log has it.
    """
    with opened(context, writing=True) as case:
        case.store.set_setting(case.eyes, key, value, reason)
    say(f"Set {key} to {value}.")


@app.command(epilog="Example: probanda -C marsafa settings accept --reason 'spelling corrected by hand'")
def accept(context: typer.Context, reason: Why = "") -> None:
    """Record what case.toml holds after it was changed by hand; until then `verify` reports the change."""
    with opened(context, writing=True) as case:
        changed = case.store.accept_settings(case.eyes, reason)
    say("Recorded what case.toml holds now." if changed else "case.toml holds what was recorded; nothing to accept.")
