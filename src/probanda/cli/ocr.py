"""Recognising the words on pictures of pages."""

from __future__ import annotations

from typing import Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.steps import say_left
from probanda.cli.talk import say, tell, tell_rows


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(epilog="Example: probanda -C marsafa ocr --first letters/ --languages ara,fra")(ocr)


def ocr(
    context: typer.Context,
    item: Annotated[
        list[str] | None, typer.Argument(help="Items; all with pages that are pictures if left out.")
    ] = None,
    first: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="An item, or how names begin (a folder), to be done before the others."),
    ] = None,
    languages: Annotated[
        str | None,
        typer.Option(metavar="CODES", help="Tesseract's models, such as ara,eng; all three of ours if left out."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, metavar="N", help="Pages at once; as many as cores if left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recognise the words on scans and pictures of pages, then read them. Needs Tesseract on this machine.

    Each page is kept at once: cut off, the next run goes on at the next page. The words are marked as machine text, and
    the picture of the page decides. Ends with 3 where some pages could not be recognised (named).
    """
    from probanda.kernel.errors import NotFound
    from probanda.store.codec import plain

    with opened(context, writing=True) as case:
        digests = [case.store.item(case.eyes, name).digest for name in item or []]
        begin = []
        for name in first or []:
            try:
                begin.append(case.store.item(case.eyes, name).digest)
            except NotFound:
                begin.append(name)
        chosen = [code.strip() for code in (languages or "").split(",") if code.strip()]
        done = case.recognise(items=digests, first=begin, languages=chosen, workers=workers)
        reading = case.read() if done.items else None
    for number, page, reason, fix in done.failed:
        say(f"{number}, page {page}: {reason} {fix}")
    if as_json:
        tell_rows([plain(done)])
    elif done.pages or done.items:
        before = f" ({done.kept} were kept from a run before)" if done.kept else ""
        tell(f"Recognised {done.pages} pages now{before}; {done.items} items read with them, by {done.maker}.")
    else:
        tell("No page waits for recognition.")
    if reading is not None:
        if not as_json:
            tell(f"{reading.claims} claims proposed.")
        say_left(reading)
    if done.failed:
        raise typer.Exit(3)
