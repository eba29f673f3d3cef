"""Cited, not held: list, add, found, close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from probanda.casework.case import Case
    from probanda.casework.missing import Original
    from probanda.casework.origins import Cited

SHORT = 12
"""Letters of an id shown to a person."""
app = typer.Typer(
    no_args_is_help=True, help="Originals that others cite and that are not held: a video, a letter, a warrant."
)
Which = Annotated[str, typer.Argument(metavar="WANTED", help="Its id in `cited list`, or the first letters.")]


@app.command("list", epilog="Example: probanda cited list")
def list_(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Those too that were found or given up.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what is cited and not held: what persons wrote down, then what rules propose from the texts.

    Proposals are told from what may be handed on: restricted items are left out, names masked where they are due.
    """
    from probanda.casework import missing

    with opened(context, writing=False) as case:
        here = missing.originals(case.store, case.eyes)
        proposed, numbers = _proposed(case)
        names = case.store.users()
    left = missing.not_taken_over(proposed, here)
    chosen = [one for one in here if every or one.missing]
    if as_json:
        tell_rows([*(_row(one, names) for one in chosen), *(_proposal_row(one, numbers) for one in left)])
        return
    if not chosen and not left:
        say("Nothing is known to be cited and not held. `probanda cited add KIND WORDS` writes one down.")
    for one in chosen:
        tell(f"{one.id[:SHORT]}  {one.what}: {one.words}{_where(one)}")
        for item in one.found:
            tell(f"    found: {item.called}")
        if one.closed:
            tell(f"    closed: {one.closed}")
    if left:
        say("Proposed from what the texts say; nobody has said anything of these:")
    for p in left:
        told = ", ".join(numbers[item] for item in p.items)
        tell(f"{missing.proposal_id(p)[:SHORT]}  {p.kind}: {p.words}  (proposed; cited in {told})")


@app.command(epilog="Example: probanda cited add letter 'the order of 3 May' --in MAR-0003")
def add(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="KIND", help="video, letter, warrant, report ...")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What it is, as far as is known.")],
    cited_in: Annotated[
        list[str] | None, typer.Option("--in", metavar="ID", help="Item or claim that speaks of it; repeat for more.")
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Write down an original that others cite and that is not held."""
    from probanda.casework import missing

    with opened(context, writing=True) as case:
        id_ = missing.add(case.store, case.eyes, what, words, cited_in or (), reason)
    if as_json:
        tell_rows([{"wanted": id_}])
        return
    tell(f"Wanted {id_[:SHORT]}: {what}, {words}.")


@app.command(epilog="Example: probanda cited found 77ab03de MAR-0031 --reason 'same words, seal and date'")
def found(
    context: typer.Context,
    name: Which,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="The item that it is: number, digest or file name.")],
    reason: Reason = "",
) -> None:
    """Say that an item is the original; it is then no longer listed as missing. `undo` takes that back."""
    from probanda.casework import missing

    with opened(context, writing=True) as case:
        one = missing.found(case.store, case.eyes, name, item, reason, _proposed(case)[0])
    tell(f"Wanted {one.id[:SHORT]} is {', '.join(a.called for a in one.found)}.")


@app.command(epilog="Example: probanda cited close 77ab03de --reason 'the archive burnt in 2030, by its keeper'")
def close(context: typer.Context, name: Which, reason: Reason = "") -> None:
    """Say why nobody looks for it any more; it is then no longer listed as missing. `undo` takes that back."""
    from probanda.casework import missing

    with opened(context, writing=True) as case:
        one = missing.close(case.store, case.eyes, name, reason, _proposed(case)[0])
    tell(f"Wanted {one.id[:SHORT]} is closed.")


def _proposed(case: Case) -> tuple[tuple[Cited, ...], Mapping[str, str]]:
    """What rules propose, with the numbers of the items that cite it; nothing before `incidents` was run."""
    from probanda.casework.hand_on import hand_on
    from probanda.casework.narrow import Narrowing
    from probanda.casework.origins import cited
    from probanda.casework.view import Sharing

    view = hand_on(case.store, case.eyes, Narrowing(), Sharing())
    if not view.worked_out:
        say("Nothing is proposed before names and incidents were gathered: `probanda incidents`.")
        return (), {}
    return cited(view), view.numbers


def _where(one: Original) -> str:
    return f"  (cited in {', '.join(a.called for a in one.cited_in)})" if one.cited_in else ""


def _row(one: Original, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": one.id, "state": "found" if one.found else "closed" if one.closed else "missing", "kind": one.what,
        "words": one.words, "claims": list(one.claims), "items": list(one.items),
        "found": [{"item": a.id, "number": a.called} for a in one.found], "closed": one.closed,
        "by": names.get(one.by, one.by), "at": one.at,
    }  # fmt: skip


def _proposal_row(one: Cited, numbers: Mapping[str, str]) -> dict[str, Any]:
    from probanda.casework.missing import proposal_id

    return {
        "id": proposal_id(one), "state": "proposed", "kind": one.kind, "words": one.words, "claims": list(one.claims),
        "items": [i for i in one.items if i in numbers], "found": [], "closed": "", "by": None, "at": None,
    }  # fmt: skip
