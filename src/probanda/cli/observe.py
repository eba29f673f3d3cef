"""Saying what is seen and heard in a part of a picture or recording."""

from __future__ import annotations

from typing import Annotated

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.steps import say_left
from probanda.cli.talk import tell, tell_rows


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(
        epilog="Example: probanda observe MAR-0007 --at 00:01:20-00:01:24 --words 'Two soldiers push a man into a van.'"
    )(observe)


def observe(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Picture, video or recording: number, digest, name.")],
    words: Annotated[str, typer.Option(metavar="TEXT", help="What is seen or heard, in sentences.")],
    at: Annotated[
        str | None, typer.Option(metavar="FROM-TO", help="The part of a recording: 00:01:20-00:01:24, or one moment.")
    ] = None,
    region: Annotated[
        str | None, typer.Option(metavar="X,Y,W,H", help="The part of the picture, in pixels from its top left corner.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who saw or heard it: a name or code; you if left out.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Of the words, such as ar, en or fr; told by them if left out.")
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Record what a person sees or hears in a part of a picture or recording, as an item of its own, and read it.

    The observer speaks in its claims; their place is the part, down to the notes of a dossier.
    """
    with opened(context, writing=True) as case:
        digest = case.observe(item, words, at=at, region=region, by=by, language=language, reason=reason)
        done = case.read(items=[digest])
        row = case.store.item(case.eyes, digest)
        claims = [claim.id for claim in case.store.claims(case.eyes, item=digest)]
    if as_json:
        tell_rows([{"number": row.number, "digest": digest, "claims": claims}])
    else:
        tell(f"{row.number}  {digest[:12]}  recorded; {len(claims)} claims proposed from it.")
    say_left(done)
