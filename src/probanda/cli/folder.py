"""Commands on the case folder and its items: new, add, items, label."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda new marsafa --situation 'Marsafa since 2031' --prefix MAR --as 'M. Ode'")(new)
    app.command(epilog="Example: probanda -C marsafa add reports/ --label internal")(add)
    app.command(epilog="Example: probanda -C marsafa items --json")(items)
    app.command(epilog="Example: probanda -C marsafa label MAR-0004 restricted --reason 'a witness speaks'")(label)


def new(
    path: Annotated[Path, typer.Argument(help="Where the case folder is to be; it must not hold anything else.")],
    situation: Annotated[str | None, typer.Option(help="The place and time under examination.")] = None,
    prefix: Annotated[str, typer.Option(help="Prefix of registration numbers, such as LBY.")] = "ITEM",
    name: Annotated[str | None, typer.Option("--as", help="Who you are, as decisions will name you.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a case folder: vault, record, log and settings.

    Ends with 0, or with 1 where the folder holds something else.
    """
    from probanda.casework.case import Case

    Case.new(path, situation=situation, prefix=prefix, name=name).close()
    if as_json:
        tell_rows([{"folder": str(path), "prefix": prefix}])
    say(f"Made the case folder {path}. Next: probanda -C {path} add FOLDER")


def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to take in.")],
    label: Annotated[str, typer.Option(help="public, internal or restricted.")] = "internal",
    as_json: AsJson = False,
) -> None:
    """Preserve files byte for byte under their SHA-256 and register them; the same bytes twice are one item.

    Ends with 0, also with duplicates; with 3 where some files could not be taken in (named).
    """
    from dataclasses import asdict

    from probanda.kernel.errors import WrongUsage
    from probanda.kernel.vocabulary import Label
    from probanda.vault.finding import shown

    if label not in {x.value for x in Label}:
        raise WrongUsage(f"{label} is no label.", "Labels are: public, internal, restricted.")
    with opened(context, writing=True) as case:
        done = case.add(paths, label=label)
    if as_json:
        tell_rows(asdict(one) for one in done.taken)
    for one in () if as_json else done.taken:
        state = "there already" if one.known else "same bytes, one more acquisition" if one.again else "taken in"
        tell(f"{one.number}  {one.digest[:12]}  {state}  {shown(one.name)}")
    for refused in done.refused:
        say(f"Not taken in: {shown(refused.name)} {refused.reason}. {refused.fix}")
    if not done.taken and not done.refused:
        say("No file was found there: the folder is empty. Name one that holds files.")
        raise typer.Exit(2)
    if done.failed:
        raise typer.Exit(3)


def items(context: typer.Context, as_json: AsJson = False) -> None:
    """List items: registration number, digest, date and language of the text, how far it was read."""
    from probanda.casework.item_rows import item_row

    with opened(context, writing=False) as case:
        rows = [item_row(row) for row in case.items()]
    if as_json:
        tell_rows(rows)
        return
    if not rows:
        say("No items yet. Take some in with `probanda add PATH`.")
    for row in rows:
        dated = row["dated"] or "date not stated"
        tell(
            f"{row['number']}  {row['digest'][:12]}  {row['label']:<10}  {row['language'] or '--'}  {dated}  "
            f"{row['read']}  {row['doc']}"
        )


def label(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Registration number, digest or file name.")],
    value: Annotated[str, typer.Argument(metavar="LABEL", help="public, internal or restricted.")],
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Label an item; its texts, claims and search rows move with it at once."""
    with opened(context, writing=True) as case:
        number = case.label(item, value, reason=reason)
    if as_json:
        tell_rows([{"number": number, "label": value}])
    say(f"{number} is now {value}. Run `probanda incidents` so that outputs follow.")
