"""Commands on tokens, by which a program asks the workbench for a user: token add, token list, token end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.casework.tokens import Token

app = typer.Typer(no_args_is_help=True, help="Tokens by which programs ask the workbench's API for a user.")


@app.command(epilog="Example: probanda token add 'weekly figures' --scope read --until 2031-12-31")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What the token is for, so that you know it again.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="What it may do: read, decide, take-in, report; may be repeated.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Its last day (UTC); without it, until ended.")
    ] = None,
    user: Annotated[
        str | None, typer.Option("--for", metavar="NAME", help="Whose it is, where it is another's (for owners).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token and print it, this once: the record keeps no more of it than a digest.

    It is yours (or, with --as or --for, another user's), sees and may do no more than that user, and of that only
    its scopes. `decide` and `report` hold `read`; `take-in` alone sees nothing.
    """
    from probanda.casework import tokens, users

    with opened(context, writing=True) as case:
        whose = users.found(case.store, user) if user else None
        token, words = tokens.made(case.store, case.eyes, name, scope or (), until=until, user=whose)
    if as_json:
        tell_rows([{"id": token.id, "token": words}])
        return
    tell(words)
    say("It is shown this once. Keep it like a password; `probanda token end` ends it.")


@app.command("list", epilog="Example: probanda token list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List your tokens, as owner everybody's: id, user, scopes, last day, whether it has ended."""
    from probanda.casework import tokens
    from probanda.casework.clock import now

    with opened(context, writing=False) as case:
        found, names = tokens.listed(case.store, case.eyes), case.store.users()
    if as_json:
        tell_rows(_row(one, names) for one in found)
        return
    for one in found:
        state = f"ended {one.ended_at[:10]}" if one.ended_at else "past its last day" if one.is_over(now()) else "good"
        last = f"until {one.until}" if one.until else "no last day"
        tell(f"{one.id[:12]}  {one.name}  ({names.get(one.user, '')}; {', '.join(one.scopes)}; {last}; {state})")
    if not found:
        say("No tokens.")


@app.command(epilog="Example: probanda token end 'weekly figures' --reason 'the laptop was given back'")
def end(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of the token, its id or the first letters of it.")],
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """End a token: from then on it opens nothing. While the workbench is open, its page of tokens does this."""
    from probanda.casework import tokens

    with opened(context, writing=True) as case:
        one, names = tokens.ended(case.store, case.eyes, name, reason), case.store.users()
    if as_json:
        tell_rows([_row(one, names)])
        return
    tell(f"{one.id[:12]}  {one.name} has ended.")


def _row(one: Token, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "user": names.get(one.user, one.user), "scopes": list(one.scopes),
        "until": one.until, "made_at": one.made_at, "ended_at": one.ended_at,
    }  # fmt: skip
