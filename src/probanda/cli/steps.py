"""The steps between taking in and reporting: read, search."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage

if TYPE_CHECKING:
    from probanda.casework.read import ReadReport


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda -C marsafa read")(read)
    app.command(epilog="Example: probanda -C marsafa search 'no prisoners'")(search)


def read(
    context: typer.Context,
    item: Annotated[
        list[str] | None, typer.Argument(help="Items to read; all that are not current if left out.")
    ] = None,
    all_of: Annotated[
        str | None, typer.Option("--all", metavar="ITEM", help="Read this very large item to its end.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, metavar="N", help="Processes that read much text; as many as cores if left out."),
    ] = None,
    explain_item: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="ITEM", help="Print this item's text with its claims in the margin, and why."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read items: texts in a child process, then proposed claims and mentions. What is current is not read again.

    Ends with 0, also where a text's language has no reader yet; with 3 where some items could not be read (named).
    """
    if explain_item is not None:
        if item or all_of or workers:
            raise WrongUsage("--explain ITEM stands alone.", "Name one item: probanda read --explain MAR-0001.")
        explain(context, explain_item, as_json)
        return
    with opened(context, writing=True) as case:
        from probanda.store.codec import plain

        names = [all_of] if all_of else (item or [])
        digests = [case.store.item(case.eyes, name).digest for name in names]
        done = case.read(items=digests, everything=all_of is not None, workers=workers)
    if as_json:
        tell_rows([plain(done)])
    elif not done.texts and not done.read:
        tell(f"Nothing to read: {done.current} items are current.")
    else:
        tell(f"Read {done.read} items now, {done.current} were current; {done.claims} claims proposed.")
    say_left(done)
    if done.unread:
        raise typer.Exit(3)


def explain(context: typer.Context, name: str, as_json: bool) -> None:
    """Print an item's text with its claims in the margin: beside it where the terminal is wide, else under it.

    The item is read first if it never was. Nothing is masked: the user's own eyes decide, as with `claims show`.
    """
    from shutil import get_terminal_size

    from probanda.casework.explain import explained, laid_out, paragraph_rows
    from probanda.casework.view import is_restricted

    with opened(context, writing=False) as case:
        digest = case.store.item(case.eyes, name).digest
        was_read = case.store.made("reading", digest) is not None
    if not was_read:
        with opened(context, writing=True) as case:
            case.read(items=[digest])
    with opened(context, writing=False) as case:
        item = case.store.item(case.eyes, digest)
        if is_restricted(item):
            say(f"{item.number} is restricted, and no name is masked here: for your eyes alone.")
        if item.not_read:
            say(f"{item.number}: {item.not_read}")
        found = explained(case.store, case.eyes, item)
        if as_json:
            actor_of = {m.mention: a.id for a in case.actors() for m in a.members}
            tell_rows(paragraph_rows(found, item, actor_of, case.store.users()))
            return
        width = get_terminal_size().columns
        tell(f"{item.number}  {item.doc}  {item.language or 'language not told'}  {item.reader or 'no reader'}\n")
        for paragraph in found:
            # not by `tell`, which would show the isolates that hold right-to-left words; the lines are safe already
            sys.stdout.writelines(f"{line}\n" for line in laid_out(paragraph, width))


def say_left(done: ReadReport) -> None:
    """Say what was not read, wholly or in part, and why."""
    for number, reason, fix in done.unread:
        say(f"Could not be read: {number}: {reason} {fix}")
    for number, many in done.remarked:
        said = "part was" if many == 1 else "parts were"
        say(f"{number}: {many} {said} not read or not taken out; `probanda items {number}` names each.")
    for number, why in done.waiting:
        say(f"{number}: {why}")


def search(
    context: typer.Context,
    query: Annotated[
        str | None,
        typer.Argument(help='Words to look for: all of them; "side by side"; begin*; this OR that; -without.'),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most this many places.")] = 20,
    as_written: Annotated[
        bool, typer.Option("--as-written", help="Leave the other written forms of names alone.")
    ] = False,
    names: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="FILE", help="Look for each name of this file, one a line; - for standard input."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Search items and claims; prints number, offsets and the words around each place, best first.

    A name is looked for in its other written forms too. With --list, a line for each name: items, places and claims
    that hold it, and who bears it. What is searched for is kept nowhere.
    """
    from dataclasses import asdict

    from probanda.casework import searching

    if (query is None) == (names is None):
        raise WrongUsage("Say what to search for.", "Give words, or --list FILE with one name a line.")
    if names is not None:
        search_list(context, names, as_written, as_json)
        return
    with opened(context, writing=False) as case:
        hits, forms = searching.places(case.store, case.eyes, query or "", limit, variants=not as_written)
    if as_json:
        tell_rows(asdict(hit) for hit in hits)
        return
    for one in forms:
        say(f"Also looked for, as forms of {one.name}: {'; '.join(one.forms)}. Not so with --as-written.")
    if not hits:
        say("Nothing found.")
    for hit in hits:
        tell(f"{hit.number}  {hit.start}-{hit.end}  {hit.kind}  {' '.join(hit.snippet.split())}")


def search_list(context: typer.Context, file: Path, as_written: bool, as_json: bool) -> None:
    """What each name of a list finds."""
    from probanda.casework import searching

    try:
        words = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{file} cannot be read: {error}.", "Give a text file in UTF-8, one name a line.") from error
    listed = searching.names_in(words)
    if len(listed) > searching.MOST_LISTED:
        say(f"Only the first {searching.MOST_LISTED} of {len(listed)} names are looked for; give the others apart.")
    with opened(context, writing=False) as case:
        rows = map(searching.row_of, searching.several(case.store, case.eyes, listed, variants=not as_written))
        for row in rows:
            told = dict(zip(searching.COLUMNS, row, strict=True))
            if as_json:
                tell_rows([told])
                continue
            tell(f"{told['name']}: {told['items']} items, {told['places']} places, {told['claims']} claims")
            for what, label in (("actors", "borne by"), ("also_looked_for", "also looked for"), ("first_places", "at")):
                if told[what]:
                    tell(f"    {label}: {told[what]}")
