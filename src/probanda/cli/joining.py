"""Commands for people who work apart: import, conflicts, log list, log new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.casework.case import Case
    from probanda.store.model import Conflict

app = typer.Typer(no_args_is_help=True, help="The logs held here: one for each device that works, or worked, on it.")
SHORT = 12
"""Letters of an id shown to a person."""
MOST_TOLD = 10
"""Decisions that `import` names as no longer standing; `--json` names all."""
LONGEST_QUOTE = 60
"""Letters of a claim's words shown in a list."""


def join(program: typer.Typer) -> None:
    """Add these commands to the program."""
    program.command("import", epilog="Example: probanda -C marsafa import /media/usb/marsafa-north")(import_)
    program.command(epilog="Example: probanda -C marsafa conflicts")(conflicts)


def import_(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="A case folder in which nobody works, or a bundle.")],
    accept_destroyed: Annotated[
        bool, typer.Option("--accept-destroyed", help="Destroy here too what two users destroyed there.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in the case folder of somebody who worked apart, or a bundle, with all its history.

    It is verified first, and left as it is. Nothing is renumbered; what was decided there and here stands side by side,
    and `probanda conflicts` lists what differs. Doing it twice changes nothing. Ends with 41 where that folder or
    bundle is not what was written, or where one log was continued in two places; 42 where somebody works in it.
    """
    from probanda.casework.joining import take_in_case

    with opened(context, writing=True) as case:
        stood = [one for one in case.store.decisions(case.eyes) if one.stands]
        done = take_in_case(case.store, case.eyes, source, accept_destroyed=accept_destroyed, progress=case.progress)
        stands = {one.id for one in case.store.decisions(case.eyes) if one.stands}
    gone = [one for one in stood if one.id not in stands]
    if as_json:
        tell_rows([
            {
                "kind": done.kind, "case": done.case, "entries": done.entries, "items": done.items,
                "logs": [{"log": one.log, "new": one.new, "size": one.size, "whole": one.whole} for one in done.logs],
                "conflicts": len(done.conflicts), "no_longer_stand": [one.id for one in gone],
                "opened": list(done.opened), "labels_left": done.left,
            }
        ])  # fmt: skip
        return
    for one in done.logs:
        part = "" if one.whole else "; held in part, each entry with its proof"
        tell(f"log {one.log[:SHORT]}: {one.new} new of {_many(one.size, 'entry', 'entries')}{part}")
    if not done.entries and not done.items:
        say("Nothing new.")
    else:
        new = f"{_many(done.entries, 'new log entry', 'new log entries')}, {_many(done.items, 'new file', 'new files')}"
        say(f"{new} in the vault.")
    if gone:
        told = _many(len(gone), "decision made here no longer stands", "decisions made here no longer stand")
        say(f"{told}: decided over, taken back or destroyed there. Look at what stands now:")
        for lost in gone[:MOST_TOLD]:
            what = f"{lost.kind}: {_said(lost.kind, lost.payload)}"
            say(f"  {lost.at}  {what}  on {lost.subject[:SHORT]}, decision {lost.id[:SHORT]}")
        if len(gone) > MOST_TOLD:
            say(f"  and {len(gone) - MOST_TOLD} more; --json names all.")
    for number in done.opened:
        say(f"{number} was closed here, and is open now: that folder's users decided so. `probanda label {number} "
            "restricted` closes it again.")  # fmt: skip
    if done.left:
        say(f"{_many(done.left, 'label was', 'labels were')} not taken: a bundle does not open what is closed here.")
    if done.conflicts:
        say(f"{_many(len(done.conflicts), 'conflict', 'conflicts')}: see `probanda conflicts`.")
    if done.items:
        say("Read what came with `probanda read`, then gather again with `probanda incidents`.")
    elif done.entries:
        say("Run `probanda incidents` so that outputs follow.")


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def conflicts(context: typer.Context, as_json: AsJson = False) -> None:
    """List where people who worked apart decided differently. Decide again, and it is settled.

    Until then nobody's word wins: a claim is shown as unsure, of several labels the stricter holds, and two actors are
    joined or kept apart by nobody's decision. Where several decided alike, there is no conflict.
    """
    from probanda.casework.joining import conflicts as found

    with opened(context, writing=False) as case:
        rows, names = found(case.store, case.eyes), case.store.users()
        called = [_called(case, one) for one in rows]
    if as_json:
        tell_rows(_row(one, name, names) for one, name in zip(rows, called, strict=True))
        return
    for one, name in zip(rows, called, strict=True):
        tell(f"{one.kind} {name}")
        for decision in one.decisions:
            said = _said(decision.kind, decision.payload)
            why = f" ({decision.reason})" if decision.reason else ""
            who = names.get(decision.by, "a user of another folder")
            tell(f"  {decision.at}  {who}: {said}{why}  decision {decision.id[:SHORT]}, log {decision.log[:SHORT]}")
        say(_next(one, name, names))
    if not rows:
        say("No conflicts.")


_NEXT = {
    "claim": "Settle it: probanda claims accept|correct|reject|unsure {subject}",
    "label": "Settle it: probanda label {name} LABEL",
    "identity": "Settle it: probanda actors same|apart {left} {right}",
    "protect": "All the names are masked; `probanda actors protect` again settles it.",
    "user": "Both entries stand; no command changes a user.",
    "user-key": "Settle it: probanda user key {user}",
    "token": "A token that ended on one of the devices has ended.",
    "settings": "Settle it: probanda settings accept",
    "undone": "The later decision stands. Take it back too, or decide again: probanda undo {later}",
    "evidence": "Both items keep the number; `items` names each by its registration number.",
}


def _next(one: Conflict, name: str, names: dict[str, str]) -> str:
    told, last = one.decisions[0].payload, one.decisions[-1]
    return _NEXT[one.kind].format(
        subject=one.subject[:SHORT], name=name.partition(" ")[0], user=repr(names.get(one.subject, "NAME")),
        left=str(told.get("left", ""))[:SHORT], right=str(told.get("right", ""))[:SHORT], later=last.id[:SHORT],
    )  # fmt: skip


def _called(case: Case, one: Conflict) -> str:
    """What a person knows the subject by: a claim's id and words, an item's number, a user's name."""
    from probanda.kernel.errors import NotFound

    kind = one.decisions[-1].kind
    try:
        if kind in ("settle", "add-claim"):
            return f'{one.subject[:SHORT]} "{_cut(case.store.claim(case.eyes, one.subject).quote)}"'
        if kind == "label":
            return case.store.item(case.eyes, one.subject).number
        if kind == "identity":
            known, told = {actor.id: actor.name for actor in case.actors()}, one.decisions[-1].payload
            ends = [str(told[end]) for end in ("left", "right")]
            return " / ".join(known.get(end, end[:SHORT]) for end in ends)
    except NotFound:
        pass
    return case.store.users().get(one.subject, one.subject if one.kind == "evidence" else one.subject[:SHORT])


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 4]} ..."


def _said(kind: str, payload: Any) -> str:
    told = payload.get("verdict") or payload.get("label") or payload.get("number") or kind
    return "taken back" if kind == "withdraw" else str(told)


def _row(one: Conflict, name: str, names: dict[str, str]) -> dict[str, Any]:
    told = [
        {
            "decision": d.id, "log": d.log, "kind": d.kind, "by": names.get(d.by), "at": d.at, "reason": d.reason,
            "says": _said(d.kind, d.payload),
        }
        for d in one.decisions
    ]  # fmt: skip
    return {"kind": one.kind, "subject": one.subject, "called": name, "decisions": told}


@app.command("list", epilog="Example: probanda log list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the logs held here: this device's own, and those of other devices, whole or in part."""
    from dataclasses import asdict

    with opened(context, writing=False) as case:
        rows = case.store.logs()
    if as_json:
        tell_rows(asdict(one) for one in rows)
        return
    for one in rows:
        held = _many(one.entries, "entry", "entries")
        held = held if one.whole else f"{one.entries} of {one.size} entries, each proved"
        own = "this device" if one.own else "another device"
        tell(f"{one.log[:SHORT]}  {one.prefix or '-':<6}  {own:<14}  {held}, {one.first} to {one.last}")


@app.command("new", epilog="Example: probanda -C copy-for-the-north log new --prefix MARN")
def new(
    context: typer.Context,
    prefix: Annotated[
        str, typer.Option(help="Prefix of this copy's new registration numbers; another than the other's.")
    ],
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Give a copied case folder a log of its own, so that it can work apart and be joined again with `import`.

    Do this once in the copy, before anything is recorded in it. The old log stays there and is proved as before; this
    copy can no longer go on with it. A folder made by `restore` does the same by itself at its first write.
    """
    with opened(context, writing=True) as case:
        log = case.store.start_log(case.eyes, prefix, reason)
    if as_json:
        tell_rows([{"log": log, "prefix": prefix}])
        return
    tell(f"{log[:SHORT]}  {prefix}")
    say(f"From now on this folder writes a log of its own; new items in it are numbered {prefix}-0001 and so on.")
