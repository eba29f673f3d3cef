"""Commands on contradictions: list, show with both quotes, mark as real, apparent or resolved by a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.reports import say_withheld
from probanda.cli.shared import AsJson, IncludeRestricted, WithNames, incident_named, opened, sharing
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.casework.view import View
    from probanda.claims.model import Claim
    from probanda.incidents.model import Contradiction

app = typer.Typer(
    no_args_is_help=True,
    help="What sources say against one another: both sides, and what persons make of it. Nothing is ever hidden.",
)
SHORT = 12
"""Letters of an id shown to a person."""

Which = Annotated[str, typer.Argument(metavar="ID", help="Id of a contradiction, or its first letters.")]


@app.command("list", epilog="Example: probanda contradictions list")
def list_(
    context: typer.Context,
    incident: Annotated[
        str | None, typer.Option("--incident", metavar="ID", help="Only those of this incident.")
    ] = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    as_json: AsJson = False,
) -> None:
    """All contradictions that were proposed, each with its mark, and marks on pairs that are not proposed now."""
    from probanda.casework.opposing import not_proposed
    from probanda.incidents.opposed import words

    seen = _view(context, include_restricted, with_names)
    mine = set(incident_named(seen, incident).claims) if incident else {c.id for c in seen.claims}
    found = [c for c in seen.result.contradictions if {c.a, c.b} <= mine]
    if as_json:
        from probanda.casework.rows import contradiction_rows

        tell_rows(contradiction_rows(found, seen.marks))
        return
    incident_of = {c: i for i in seen.result.incidents for c in i.claims}
    for one in sorted(found, key=lambda c: (incident_of[c.a].id, c.kind, c.id)):
        mark = seen.marks.get((one.a, one.b))
        tell(f"{one.id[:SHORT]}  {one.kind.value:<11} {' '.join(one.reason.split())}")
        tell(f"              {incident_of[one.a].title}; {words(mark) if mark else 'nobody has marked it'}")
    if not found:
        say(f"Nothing found in {len(mine)} claims.")
    for left in [] if incident else not_proposed(seen.marks, seen.result.contradictions):
        tell(f"not proposed now: claims {left.a[:SHORT]} and {left.b[:SHORT]}, {words(left)} by {left.name}, {left.at}")


@app.command(epilog="Example: probanda contradictions show 8407eab4")
def show(
    context: typer.Context,
    contradiction: Which,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    as_json: AsJson = False,
) -> None:
    """Both sides with their exact words, where these stand, and what persons say of them."""
    from probanda.casework.opposing import named
    from probanda.incidents.opposed import words

    seen = _view(context, include_restricted, with_names)
    one = named(seen.result.contradictions, contradiction)
    claims = {c.id: c for c in seen.claims}
    if as_json:
        tell_rows([_row(seen, one, claims)])
        return
    tell(f"{one.id[:SHORT]}  {one.kind.value}: {' '.join(one.reason.split())}")
    for claim in (claims[one.a], claims[one.b]):
        tell("")
        tell(f"  claim {claim.id[:SHORT]}, {claim.status.value}; {_speakers(seen, claim)}: {_stands(claim)}")
        tell(f"  “{' '.join(claim.quote.split())}”")
        tell(f"  {_where(seen, claim)}")
    mark = seen.marks.get((one.a, one.b))
    tell("")
    tell(f"  {words(mark)}, by {mark.name}, {mark.at}; decision {mark.decision[:SHORT]}" if mark
         else "  nobody has marked it: `probanda contradictions mark ID real|apparent|resolved`")  # fmt: skip


@app.command(
    epilog="Example: probanda contradictions mark 8407eab4 apparent --because later --reason 'counted on 5 May'"
)
def mark(
    context: typer.Context,
    contradiction: Which,
    what: Annotated[str, typer.Argument(metavar="MARK", help="real, apparent or resolved.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="What it rests on; kept with it for ever.")
    ] = "",
    because: Annotated[
        str | None,
        typer.Option(
            "--because", metavar="WHY", help="Of apparent: population, later, sense or event; of resolved: a finding."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say that it is real, only apparent, or resolved by a finding. Both sides stay; `undo` takes the mark away."""
    from probanda.casework import opposing

    with opened(context, writing=True) as case:
        decision = opposing.mark(case.store, case.eyes, contradiction, what, reason, because=because)
    if as_json:
        tell_rows([{"decision": decision}])
    else:
        tell(f"Marked as {what}; both sides stay as they are. Decision {decision[:SHORT]}.")


def _view(context: typer.Context, include_restricted: str | None, with_names: str | None) -> View:
    from probanda.kernel.errors import ProbandaError

    shared = sharing(include_restricted, with_names)
    with opened(context, writing=include_restricted is not None) as case:
        seen = case.view(sharing=shared, output="contradictions")
    say_withheld(seen.withheld)
    if not seen.worked_out:
        raise ProbandaError(
            "No contradictions were worked out yet (which is not the same as none found).",
            "Run `probanda incidents` first.",
        )
    return seen


def _speakers(seen: View, claim: Claim) -> str:
    from probanda.claims.model import DOC

    return " <- ".join(
        seen.numbers[claim.item] if s.words == DOC else " ".join(s.words.split()) for s in claim.speakers
    )


def _stands(claim: Claim) -> str:
    return f"{claim.modality.value}, {claim.polarity.value}"


def _where(seen: View, claim: Claim) -> str:
    from probanda.casework.rows import locator_row

    shown = ("page", "cell", "message", "paragraph")
    told = [f"{key} {value}" for key, value in locator_row(claim).items() if key in shown]
    return ", ".join([seen.numbers[claim.item], *told, f"{claim.start}-{claim.end}"])


def _row(seen: View, one: Contradiction, claims: dict[str, Claim]) -> dict[str, Any]:
    from probanda.casework.rows import claim_row, contradiction_rows

    row = next(contradiction_rows([one], seen.marks))
    for key in ("a", "b"):
        claim = claims[row[key]]
        row[f"claim_{key}"] = claim_row(claim, seen.names[claim.item], seen.numbers[claim.item], seen.actor_of)
    return row
