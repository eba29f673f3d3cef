"""Commands on custody: list, add, set, original, properties, derivatives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.reading.formats.captured import Captured

app = typer.Typer(
    no_args_is_help=True, help="Who had an item, when, how it was acquired, and how well it is preserved."
)

Item = Annotated[str, typer.Argument(metavar="ITEM", help="Registration number, digest or file name.")]


@app.command("list", epilog="Example: probanda custody list MAR-0003")
def list_(context: typer.Context, item: Item, as_json: AsJson = False) -> None:
    """The chain of custody of an item in the order it was recorded, and each acquisition; what is missing says so.

    With --json one object with `custody` and `acquisitions`.
    """
    from probanda.casework import custody
    from probanda.vault.finding import shown

    with opened(context, writing=False) as case:
        row, users = case.store.item(case.eyes, item), case.store.users()
        lines = [custody.line_row(one, users) for one in custody.chain(case.store, case.eyes, item)]
        brought = custody.acquisitions(case.store, case.eyes, item)
        facts = [custody.acquisition_row(one, users) for one in brought]
    if as_json:
        tell_rows([{"number": row.number, "digest": row.digest, "custody": lines, "acquisitions": facts}])
        return
    tell(f"{row.number}  {row.digest}")
    for line in lines:
        _tell_line(line)
    for one, told in zip(facts, brought, strict=True):
        _tell_acquisition(one)
        if told.capture is not None:
            _tell_capture(told.capture)
        for note in told.beside:
            tell(f"    {note.number}, which lies beside it, says ({note.kind}; {note.checked}):")
            for name, words in note.facts:
                tell(f"        {shown(name):<24}{shown(words)}")


def _tell_line(line: dict[str, Any]) -> None:
    from probanda.casework.custody import NOT_STATED, offset_missing
    from probanda.vault.finding import shown

    at = str(line["at"] or NOT_STATED) + (" (offset not stated)" if offset_missing(line["at"]) else "")
    tell(f"{line['what']:<9} {at}{'' if line['stands'] else '  (taken back)'}")
    for key, name in (("who", "by"), ("from", "from"), ("to", "to"), ("where", "where"), ("method", "method"),
                      ("note", "note")):  # fmt: skip
        tell(f"    {name:<12}{shown(str(line[key] or NOT_STATED))}")
    tell(f"    {'recorded':<12}{line['recorded_at']} by {line['recorded_by']}, decision {str(line['decision'])[:12]}")


def _tell_acquisition(one: dict[str, Any]) -> None:
    from probanda.casework.custody import FACTS, NOT_STATED
    from probanda.vault.finding import shown

    tell(f"acquired as {one['number']}")
    for name in ("received_at", *FACTS):
        fact = one[name]
        words = shown(str(fact["value"] or NOT_STATED))
        if fact["stated_at"]:
            was = shown(str(fact["registered"] or NOT_STATED))
            words += f"  (stated by {fact['stated_by']} at {fact['stated_at']}; registered: {was})"
        tell(f"    {name:<12}{words}")


def _tell_capture(told: Captured) -> None:
    from probanda.casework.captures import facts
    from probanda.vault.finding import shown

    tell("    as the web archive says that it was captured:")
    for name, words in facts(told):
        tell(f"        {name:<24}{shown(words)}")
    for name, words in told.headers:
        tell(f"        {'header of the answer':<24}{shown(f'{name}: {words}')}")


@app.command(
    epilog="Example: probanda custody add MAR-0003 moved --at 2031-05-03T14:30+02:00 --by 'T. Mirel' --to safe"
)
def add(
    context: typer.Context,
    item: Item,
    what: Annotated[
        str, typer.Argument(help="received, moved, copied, viewed, analysed, exported, returned or disposed.")
    ],
    at: Annotated[str | None, typer.Option(metavar="TIME", help="When it happened, with the offset from UTC.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who did it.")] = None,
    giver: Annotated[str | None, typer.Option("--from", metavar="NAME", help="Who or where it came from.")] = None,
    to: Annotated[str | None, typer.Option(metavar="NAME", help="Who or where it went to.")] = None,
    where: Annotated[str | None, typer.Option(metavar="PLACE", help="Where it happened.")] = None,
    method: Annotated[str | None, typer.Option(metavar="TEXT", help="How, and with what.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Anything else.")] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Add a line to the chain of custody; what is left out is shown as not stated."""
    from probanda.casework import custody

    with opened(context, writing=True) as case:
        decision = custody.add(
            case.store, case.eyes, item, what, at=at, who=by, giver=giver, receiver=to, where=where, method=method,
            note=note, reason=reason,
        )  # fmt: skip
    if as_json:
        tell_rows([{"decision": decision}])
        return
    tell(f"Recorded as decision {decision[:12]}.")
    if custody.offset_missing(at):
        say(
            "The time has no offset from UTC; it is shown as not stated. Undo the line and add it again if you know it."
        )


@app.command("set", epilog="Example: probanda custody set MAR-0003 --collector 'T. Mirel' --acquired 2031-05-03")
def set_(
    context: typer.Context,
    item: Item,
    collector: Annotated[str | None, typer.Option(metavar="NAME", help="Who took it.")] = None,
    acquired: Annotated[str | None, typer.Option(metavar="TIME", help="When, with the offset from UTC.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Who or what it came from.")] = None,
    conditions: Annotated[str | None, typer.Option(metavar="TEXT", help="What was promised.")] = None,
    method: Annotated[str | None, typer.Option(metavar="TEXT", help="How it was taken.")] = None,
    tool: Annotated[str | None, typer.Option(metavar="TEXT", help="Device or program, with its version.")] = None,
    settings: Annotated[str | None, typer.Option(metavar="TEXT", help="How the tool was set.")] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """State how an item was acquired; it stands beside what was registered and never takes its place."""
    from probanda.casework import custody

    facts = {
        "collector": collector, "acquired_at": acquired, "source": source, "conditions": conditions, "method": method,
        "tool": tool, "settings": settings,
    }  # fmt: skip
    with opened(context, writing=True) as case:
        decision = custody.state(case.store, case.eyes, item, facts, reason)
    if as_json:
        tell_rows([{"decision": decision}])
        return
    tell(f"Recorded as decision {decision[:12]}.")


@app.command(epilog="Example: probanda custody original MAR-0003 --out letter.pdf --reason 'to show it to counsel'")
def original(
    context: typer.Context,
    item: Item,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write; it must not exist.")],
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Write an item's original bytes to a file; logged as viewed, with the reason, before a byte leaves.

    Names in it are not masked, whatever protects them in reports.
    """
    from probanda.casework import custody

    with opened(context, writing=True) as case:
        digest = custody.original(case.store, case.eyes, item, out, reason)
    say("These are the original bytes: names in them are not masked. The log says who took them out, and why.")
    if as_json:
        tell_rows([{"out": str(out), "digest": digest}])
        return
    tell(str(out))


@app.command(epilog="Example: probanda custody properties MAR-0003")
def properties(context: typer.Context, item: Item, as_json: AsJson = False) -> None:
    """The six properties of a preserved item: for each what is known, and what is missing. No score."""
    from dataclasses import asdict

    from probanda.casework.properties import report
    from probanda.vault.finding import shown

    with opened(context, writing=False) as case:
        found = report(case.store, case.eyes, item)
    if as_json:
        tell_rows(asdict(one) for one in found)
        return
    for one in found:
        tell(f"{one.name}: {one.asks}")
        for words in one.known:
            tell(f"    known    {shown(words)}")
        for words in one.missing:
            tell(f"    missing  {shown(words)}")


@app.command(epilog="Example: probanda custody derivatives MAR-0003")
def derivatives(context: typer.Context, item: Item, as_json: AsJson = False) -> None:
    """What was made from an item: texts and what was taken out of it, each with parent, tool, settings and digest."""
    from dataclasses import asdict

    from probanda.casework.properties import derivatives as made_from

    with opened(context, writing=False) as case:
        found = made_from(case.store, case.eyes, item)
    if as_json:
        tell_rows(asdict(one) for one in found)
        return
    if not found:
        say("Nothing was made from it yet. `probanda read` makes its text.")
    for one in found:
        kept = "preserved" if one.preserved else "can be derived again"
        tell(f"{one.role:<7} {one.digest}  {kept}")
        for name, words in (("from", one.parent), ("tool", one.tool), ("version", one.version),
                            ("settings", one.settings)):  # fmt: skip
            tell(f"    {name:<9}{words or 'not stated'}")
