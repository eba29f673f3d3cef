"""The chain of command on a day: as a tree, as JSON, as a picture; over a period; and at an incident."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage

if TYPE_CHECKING:
    from datetime import date

    from probanda.actors.command import Change
    from probanda.casework.case import Case
    from probanda.casework.chains import ChainView, IncidentCommand


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(epilog="Example: probanda chain 'Northern Brigade' --on 2031-05-03 --svg command.svg")(chain)


def chain(
    context: typer.Context,
    actor: Annotated[
        str | None,
        typer.Argument(metavar="UNIT|PERSON", help="Id or its first letters, or a form of the name as written."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day asked about.")] = None,
    over: Annotated[str | None, typer.Option("--over", metavar="A..B", help="What changed between two days.")] = None,
    incident: Annotated[
        str | None,
        typer.Option("--incident", metavar="ID", help="Whoever is said to be there, and who stood above them."),
    ] = None,
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE.svg", help="Draw it, from what may be handed on: no restricted items."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show who is said to stand above and below a unit or person on a day, each link with its sources.

    A link is solid only where a source speaks of that day; what speaks of another time says so, and nothing is filled
    in. Posts and signs of control in fact are told apart.
    """
    if (actor is None) == (incident is None):
        raise WrongUsage("Say of whom, or of which incident.", "`probanda chain NAME --on DATE`, or --incident ID.")
    if over is not None and (incident is not None or on is not None or svg is not None):
        raise WrongUsage("--over goes with a name alone.", "Leave out --on, --incident and --svg.")
    with opened(context, writing=False) as case:
        if over is not None:
            _over(case, str(actor), over, as_json)
        elif incident is not None:
            _at_incident(case, incident, _day(on, "--on") if on else None, as_json, svg)
        else:
            _on(case, str(actor), _day(on, "--on"), as_json, svg)


def _on(case: Case, actor: str, day: date, as_json: bool, svg: Path | None) -> None:
    from probanda.casework.chains import chain_of

    view = chain_of(case.store, case.eyes, actor, day)
    if as_json:
        tell_rows([_row(view)])
    else:
        _show(view)
    if svg is not None:
        _draw(case, view.chain.centre, day, svg)


def _draw(case: Case, actor: str, day: date, svg: Path) -> None:
    from probanda.casework.chains import chain_of
    from probanda.casework.draft import write
    from probanda.reports.chain_picture import drawn

    if svg.suffix.lower() != ".svg":
        raise WrongUsage(f"{svg.name} is no name for a picture of this kind.", "Name it FILE.svg.")
    view = chain_of(case.store, case.eyes.only_open(), actor, day)
    write(svg, drawn(view.chain, view.beside, view.numbers).encode())
    say(f"Drawn: {svg}")


def _over(case: Case, actor: str, period: str, as_json: bool) -> None:
    from probanda.casework.chains import over_time
    from probanda.reports.chain_words import sentence

    first, sign, last = period.partition("..")
    if not sign:
        raise WrongUsage(f"{period} is no period.", "Write it as 2031-01-01..2031-12-31.")
    view, changes = over_time(case.store, case.eyes, actor, _day(first, "--over"), _day(last, "--over"))
    if as_json:
        tell_rows([_row(view) | {"changes": [_change(c, sentence(c.link, view.chain.nodes)) for c in changes]}])
        return
    tell(f"{view.chain.nodes[view.chain.centre].name}, {first} to {last}: {len(changes)} change(s) in what is told")
    for one in changes:
        said = sentence(one.link, view.chain.nodes)
        tell(f"  {one.day.isoformat()}  {said}: {one.before.value} before, {one.after.value} from here")
    _show(view)


def _at_incident(case: Case, incident: str, day: date | None, as_json: bool, svg: Path | None) -> None:
    from probanda.casework.chains import at_incident

    if svg is not None:
        raise WrongUsage("--svg draws the chain of one name.", "`probanda chain NAME --on DATE --svg FILE.svg`.")
    found = at_incident(case.store, case.eyes, incident, day)
    if as_json:
        tell_rows([_incident_row(found)])
        return
    tell(f"{found.title} ({found.incident[:12]}), {found.day.isoformat()}, {found.day_from}")
    for one in found.present:
        tell("")
        kind = "A lead, no support: " if one.lead else "Said to be there: "
        tell(f"{kind}{one.node.name} ({one.node.kind}): {one.how}")
        _show(one.view)
    if not found.present:
        tell(
            "No claim of this incident names an author that was linked to anybody, and no area of operation covers it."
        )


def _show(view: ChainView) -> None:
    from probanda.reports.chain_words import told

    for line in told(view.chain, view.beside, view.signs, view.numbers):
        tell(line)


def _row(view: ChainView) -> dict[str, Any]:
    from probanda.reports.chain_words import rows_of, source
    from probanda.store.codec import plain

    chain = view.chain
    return {
        "centre": chain.centre,
        "day": chain.day.isoformat(),
        "nodes": {key: {"name": n.name, "kind": n.kind} for key, n in sorted(chain.nodes.items())},
        "links": [
            {
                "number": r.number, "up": r.up, "depth": r.depth, "kind": r.link.kind.value,
                "role": r.link.role or None,
                "lower": r.link.lower, "upper": r.link.upper, "holds": r.link.on(chain.day).value, "says": r.standing,
                "evidence": [
                    plain(e) | {"number": view.numbers.get(e.item), "source": source(e, view.numbers)}
                    for e in r.link.evidence
                ],
            }
            for r in rows_of(chain, view.beside)
        ],
        "conflicts": [plain(c) for c in chain.conflicts],
        "gaps": [plain(g) for g in chain.gaps],
        "signs_of_control": [plain(s) | {"number": view.numbers.get(s.item)} for s in view.signs],
        "cut": chain.cut,
    }  # fmt: skip


def _incident_row(found: IncidentCommand) -> dict[str, Any]:
    return {
        "incident": found.incident,
        "title": found.title,
        "day": found.day.isoformat(),
        "day_from": found.day_from,
        "present": [
            {"actor": p.node.key, "name": p.node.name, "how": p.how, "lead": p.lead, "claims": list(p.claims)}
            | {"chain": _row(p.view)}
            for p in found.present
        ],
    }


def _change(one: Change, says: str) -> dict[str, Any]:
    return {"day": one.day.isoformat(), "says": says, "before": one.before.value, "after": one.after.value}


def _day(value: str | None, option: str) -> date:
    from datetime import date

    if value is None:
        raise WrongUsage("For which day?", "Say --on 2031-05-03.")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise WrongUsage(f"{value} is no day.", f"Write it as 2031-05-03: {option} 2031-05-03.") from error
