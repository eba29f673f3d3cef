"""The main job in one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from probanda.cli.reports import say_withheld, tell_written
from probanda.cli.shared import (
    About,
    AsJson,
    Columns,
    From,
    IncludeRestricted,
    Only,
    TableOption,
    To,
    WithNames,
    column_map,
    narrowing,
    sharing,
)
from probanda.cli.steps import say_left
from probanda.cli.talk import progress_bars, say


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(epilog="Example: probanda brief reports/ --out dossier.html --case marsafa --prefix MAR")(brief)


def brief(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of reports.")],
    out: Annotated[list[Path], typer.Option(help="The dossier to write: FILE.html, .pdf or .docx; may be repeated.")],
    case: Annotated[
        Path | None, typer.Option(help="Where the case folder is kept; beside the dossier if left out.")
    ] = None,
    situation: Annotated[str | None, typer.Option(help="The place and time under examination.")] = None,
    prefix: Annotated[str, typer.Option(help="Prefix of registration numbers, such as LBY.")] = "ITEM",
    table: TableOption = None,
    columns: Columns = None,
    name: Annotated[str | None, typer.Option("--as", help="Who you are, as decisions will name you.")] = None,
    about: About = None,
    date_from: From = None,
    date_to: To = None,
    only: Only = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    lang: Annotated[str, typer.Option(help="Language of the system's words.")] = "en",
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Also recognise the words on scans and pictures; seconds a page.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """From a folder of reports to a working dossier: take in, read, consolidate, lay out, draft.

    Nothing leaves this machine. Everything in the dossier is proposed by machine and checked by nobody.
    Ends with 0, or 3 where some files could not be taken in or read (they are named, also in the dossier).
    """
    from probanda.casework.brief import brief as run
    from probanda.vault.finding import shown

    narrowed, shared = narrowing(about, date_from, date_to, only), sharing(include_restricted, with_names)
    with progress_bars() as progress:
        done = run(
            folder,
            out,
            table=table,
            columns=column_map(columns),
            case=case,
            situation=situation,
            prefix=prefix,
            name=name,
            narrowing=narrowed,
            sharing=shared,
            lang=lang,
            ocr=ocr,
            progress=progress,
        )
    for refused in done.taken.refused:
        say(f"Not taken in: {shown(refused.name)} {refused.reason}. {refused.fix}")
    say_left(done.read)
    say_withheld(done.case.withheld)
    say(f"{len(done.case.items)} items, {len(done.case.claims)} claims proposed, {len(done.case.incidents)} incidents.")
    say(f"Case folder: {done.folder}")
    tell_written(out, done.case, as_json)
    if done.taken.failed or done.read.unread:
        raise typer.Exit(3)
