"""The log of the inquiry: open, looked, close, list, show. What was looked for, where, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from probanda.casework.inquiring import Inquiry

SHORT = 12
"""Letters of an id shown to a person."""
app = typer.Typer(
    no_args_is_help=True, help="The log of the inquiry: a question, where it was looked into, results, dead ends."
)
Which = Annotated[str, typer.Argument(metavar="INQUIRY", help="Its id or the first letters.")]


@app.command("open", epilog="Example: probanda inquiry open 'Who filmed the column?' --about MAR-0003")
def open_(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What is asked, in a sentence.")],
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about", metavar="ID", help="Item, claim, incident, actor or task it is about; repeat for more."
        ),
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Open an inquiry. Whoever may not see what it is about does not see it."""
    from probanda.casework import inquiring

    with opened(context, writing=True) as case:
        id_ = inquiring.open_(case.store, case.eyes, question, about or (), reason)
    if as_json:
        tell_rows([{"inquiry": id_}])
        return
    tell(f"Inquiry {id_[:SHORT]} is open. Next: probanda inquiry looked {id_[:SHORT]} --where PLACE --result TEXT")


@app.command(epilog="Example: probanda inquiry looked 3f2a9c11 --where 'the land registry' --dead-end")
def looked(
    context: typer.Context,
    name: Which,
    where: Annotated[str, typer.Option(metavar="TEXT", help="Where it was looked: an archive, a site, a person.")],
    result: Annotated[str, typer.Option(metavar="TEXT", help="What came of it; left out: nothing found.")] = "",
    found: Annotated[
        list[str] | None, typer.Option("--found", metavar="ITEM", help="An item that came of it; repeat for more.")
    ] = None,
    dead_end: Annotated[bool, typer.Option("--dead-end", help="Nobody need look there again.")] = False,
    when: Annotated[str, typer.Option(metavar="DATE", help="When it was looked; today if left out.")] = "",
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Write down where it was looked and what came of it. That nothing was found is a result, and is kept as one."""
    from probanda.casework import inquiring

    with opened(context, writing=True) as case:
        one = inquiring.looked(
            case.store, case.eyes, name, where, when=when, result=result, found=found or (), dead_end=dead_end,
            reason=reason,
        )  # fmt: skip
        names = case.store.users()
    if as_json:
        tell_rows([inquiring.row(one, names)])
        return
    tell(f"Inquiry {one.id[:SHORT]}: looked in {len(one.looks)} place(s), {_ends(one)}.")


@app.command(epilog="Example: probanda inquiry close 3f2a9c11 --reason 'he gave it to us: MAR-0031'")
def close(context: typer.Context, name: Which, reason: Reason = "", as_json: AsJson = False) -> None:
    """Close an inquiry with what it came to; `undo` opens it again."""
    from probanda.casework import inquiring

    with opened(context, writing=True) as case:
        one = inquiring.close(case.store, case.eyes, name, reason)
        names = case.store.users()
    if as_json:
        tell_rows([inquiring.row(one, names)])
        return
    tell(f"Inquiry {one.id[:SHORT]} is closed.")


@app.command("list", epilog="Example: probanda inquiry list --json")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the inquiries, open ones first."""
    from probanda.casework import inquiring

    with opened(context, writing=False) as case:
        found = inquiring.inquiries(case.store, case.eyes)
        names = case.store.users()
    found.sort(key=lambda one: one.closed is not None)
    if as_json:
        tell_rows(inquiring.row(one, names) for one in found)
        return
    if not found:
        say("No inquiry is logged. `probanda inquiry open QUESTION` opens one.")
    for one in found:
        state = "closed" if one.closed else "open"
        tell(f"{one.id[:SHORT]}  {state:<6}  {one.question}  ({len(one.looks)} place(s) looked in, {_ends(one)})")


@app.command(epilog="Example: probanda inquiry show 3f2a9c11")
def show(context: typer.Context, name: Which, as_json: AsJson = False) -> None:
    """Show an inquiry: the question, what it is about, each place that was looked in, by whom, with the result."""
    from probanda.casework import inquiring

    with opened(context, writing=False) as case:
        one = inquiring.one(case.store, case.eyes, name)
        names = case.store.users()
    if as_json:
        tell_rows([inquiring.row(one, names)])
        return
    for line in _told(one, names):
        tell(line)


def _ends(one: Inquiry) -> str:
    dead = sum(look.dead_end for look in one.looks)
    return f"{dead} dead end{'' if dead == 1 else 's'}"


def _told(one: Inquiry, names: Mapping[str, str]) -> list[str]:
    lines = [one.question, f"  {one.id[:SHORT]}, opened {one.at[:10]} by {names.get(one.by, one.by)}"]
    lines += [f"  about {a.kind}: {a.called}" for a in one.about]
    for look in one.looks:
        end = " (dead end)" if look.dead_end else ""
        lines.append(f"  {look.when[:10]}  {look.where}: {look.told}{end}  [{names.get(look.by, look.by)}]")
        lines += [f"      found: {a.called}" for a in look.found]
    if not one.looks:
        lines.append("  Nobody has looked yet, or not where you may see it.")
    if one.closed:
        lines.append(f"  closed {one.closed.at[:10]} by {names.get(one.closed.by, one.closed.by)}: {one.closed.reason}")
    return lines
