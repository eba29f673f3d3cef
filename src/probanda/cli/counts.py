"""Counts of what was collected: figures as each source gives them, and patterns of incidents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.reports import say_withheld
from probanda.cli.shared import (
    About,
    AsJson,
    From,
    IncludeRestricted,
    Only,
    To,
    WithNames,
    incident_named,
    narrowing,
    opened,
    sharing,
)
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import ProbandaError, WrongUsage

if TYPE_CHECKING:
    from probanda.casework.narrow import Narrowing
    from probanda.casework.view import Sharing, View
    from probanda.incidents.figures import Ledger
    from probanda.incidents.model import Incident
    from probanda.incidents.patterns import Indicator, Pattern


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda -C marsafa figures --about Rasmina")(figures)
    app.command(epilog="Example: probanda -C marsafa patterns --by month --svg months.svg")(patterns)


def figures(
    context: typer.Context,
    incident: Annotated[
        str | None, typer.Argument(metavar="INCIDENT", help="Id of an incident, or its first letters; all if left out.")
    ] = None,
    about: About = None,
    date_from: From = None,
    date_to: To = None,
    only: Only = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    as_json: AsJson = False,
) -> None:
    """Who counted whom: every figure with its source and bounds, by incident; spans, never sums."""
    from probanda.incidents.figures import ledger

    narrowed, shared = narrowing(about, date_from, date_to, only), sharing(include_restricted, with_names)
    seen = _view(context, narrowed, shared, "figures")
    chosen = [incident_named(seen, incident)] if incident is not None else list(seen.result.incidents)
    claims = {c.id: c for c in seen.claims}
    made = [(i, ledger(claims[c] for c in i.claims if c in claims)) for i in chosen]
    made = [(i, found) for i, found in made if found.figures]
    if as_json:
        tell_rows(_ledger_row(i, found) for i, found in made)
        if incident is None:
            tell_rows([_ledger_row(None, ledger(seen.claims))])
        return
    from probanda.reports.figures_text import told

    for i, found in made:
        for line in told(f"{i.id[:12]}  {i.title}", found, seen.numbers):
            tell(line)
        tell("")
    if not made:
        say("No claim here gives a figure.")
    elif incident is None:
        _tell_situation(ledger(seen.claims), len(made))


def _tell_situation(whole: Ledger, incidents: int) -> None:
    from probanda.reports.figure_words import CALLED, reach

    tell(
        f"Over all {incidents} incidents with figures: the least and the most that any one source gives, never a total"
    )
    for span in whole.spans:
        tell(f"  {CALLED[span.population]}: {reach(span)}; {span.figures} figure(s)")
    tell("  Not added: the same people may be counted by several sources, in several incidents and populations.")


def patterns(
    context: typer.Context,
    by: Annotated[
        str | None, typer.Option("--by", metavar="AXIS", help="place, month, act, author or victims; all if left out.")
    ] = None,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE.svg", help="Draw it; needs --by.")] = None,
    about: About = None,
    date_from: From = None,
    date_to: To = None,
    only: Only = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    as_json: AsJson = False,
) -> None:
    """Count incidents by place, month, act, alleged author and group harmed: what was collected, not what happened.

    Ends with counts that speak to whether attacks were widespread or systematic, each with its claims; never a verdict.
    """
    from probanda.incidents.patterns import Axis, indicators, pattern

    if by is not None and by not in set(Axis):
        raise WrongUsage(f"Incidents are not counted by {by!r}.", f"Use one of: {', '.join(Axis)}.")
    if svg is not None and (by is None or svg.suffix.lower() != ".svg"):
        raise WrongUsage("A picture shows one axis.", "Say which, and name it: --by month --svg months.svg.")
    narrowed, shared = narrowing(about, date_from, date_to, only), sharing(include_restricted, with_names)
    seen = _view(context, narrowed, shared, "patterns")
    claims = {c.id: c for c in seen.claims}
    names = {m.mention: a.name for a in seen.actors for m in a.members}
    axes = [Axis(by)] if by is not None else list(Axis)
    made = [pattern(axis, seen.result.incidents, claims, names) for axis in axes]
    found = () if by is not None else indicators(seen.result.incidents, claims, names)
    if svg is not None:
        from probanda.casework.draft import write
        from probanda.reports.pattern_picture import drawn

        write(svg, drawn(made[0]).encode())
        say(f"Drawn: {svg}")
        return
    if as_json:
        tell_rows([*map(_pattern_row, made), *map(_indicator_row, found)])
        return
    for one in made:
        _tell_pattern(one)
    if found:
        _tell_indicators(found)


def _view(context: typer.Context, narrowed: Narrowing, shared: Sharing, output: str) -> View:
    with opened(context, writing=shared.include_restricted is not None) as case:
        seen = case.view(narrowed, shared, output=output)
    say_withheld(seen.withheld)
    if not seen.worked_out:
        raise ProbandaError(
            "No incidents were worked out yet (which is not the same as none found).",
            "Run `probanda incidents` first.",
        )
    return seen


def _ledger_row(incident: Incident | None, made: Ledger) -> dict[str, Any]:
    from probanda.reports.figure_words import of_whom, reach
    from probanda.store.codec import plain

    return {
        "incident": incident.id if incident else None,
        "title": incident.title if incident else "the situation",
        "spans": [plain(s) | {"says": reach(s), "of_whom": of_whom(s) or None} for s in made.spans],
        "figures": [plain(f) for f in made.figures],
    }


def _pattern_row(one: Pattern) -> dict[str, Any]:
    from probanda.store.codec import plain

    return {
        "by": one.axis.value, "title": one.title, "incidents": one.counted, "left_out": one.left_out,
        "columns": [plain(c) for c in one.columns],
    }  # fmt: skip


def _indicator_row(one: Indicator) -> dict[str, Any]:
    from probanda.store.codec import plain

    return {"indicator": one.speaks_to, **plain(one)}


def _tell_pattern(one: Pattern) -> None:
    tell(one.title)
    wide = max((len(c.label) for c in one.columns), default=0)
    for column in one.columns:
        possible = f", {len(column.possible)} possibly" if column.possible else ""
        tell(f"  {column.label:<{wide}}  {len(column.certain)}{possible}")
    left = f"; {one.left_out} left out: proceedings, statements, and what nobody says happened" if one.left_out else ""
    tell(f"  {one.counted} incidents{left}")
    tell("")


def _tell_indicators(found: tuple[Indicator, ...]) -> None:
    tell(
        "Counts that speak to `widespread or systematic`, of what was collected; whether it was is for persons to find"
    )
    for one in found:
        tell(f"  {one.speaks_to:<10}  {one.says} ({len(one.claims)} claims)")
