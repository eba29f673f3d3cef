"""Commands on claims: list, show, accept, correct, reject, unsure, undo, add, second.

They look through blind eyes (`access.eyes`): what waits for this user to read it a second time is shown as nobody had
decided on it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage

if TYPE_CHECKING:
    from probanda.casework.case import Case
    from probanda.casework.second import Second
    from probanda.claims.model import Claim

app = typer.Typer(
    no_args_is_help=True, help="List, show and decide claims. Checked says: the text says this; never that it is true."
)

ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Id of the claim; its first letters will do.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="A field put right; lists are separated by `;`."),
]

SHAPES = {"proposed": "○", "checked": "●", "corrected": "◐", "rejected": "✕", "unsure": "?"}


@app.command("list", epilog="Example: probanda claims list --status proposed")
def list_(
    context: typer.Context,
    status: Annotated[str | None, typer.Option(help="proposed, checked, corrected, rejected or unsure.")] = None,
    item: Annotated[str | None, typer.Option(help="Only claims of this item.")] = None,
    as_json: AsJson = False,
) -> None:
    """List claims, one a line: status, id, act, modality, speakers, quote."""
    with opened(context, writing=False) as case:
        found = case.store.item(case.eyes, item) if item else None
        eyes = case.eyes.blinded()
        claims = case.store.claims(eyes, item=found.digest if found else None, status=status)
        rows = _rows(case, claims)
    if as_json:
        tell_rows(rows)
        return
    if not claims:
        say("No claims. Have the items been read? `probanda read`")
    for c in claims:
        chain = " < ".join(s.words for s in c.speakers)
        tell(
            f"{SHAPES[c.status.value]} {c.id[:12]}  {c.act_type.value}  {c.modality.value}  {chain}  "
            f"“{' '.join(c.quote.split())[:100]}”"
        )


@app.command(epilog="Example: probanda claims show 3f2a91")
def show(context: typer.Context, claim: ClaimId, as_json: AsJson = False) -> None:
    """Show one claim: every field, the words it rests on, why the reader thought so, and what was decided."""
    with opened(context, writing=False) as case:
        eyes = case.eyes.blinded()
        found = case.store.claim(eyes, claim)
        row, users = _rows(case, [found])[0], case.store.users()
        history = [
            {
                "kind": d.kind,
                "verdict": d.payload.get("verdict"),
                "by": users.get(d.by, d.by),
                "at": d.at,
                "reason": d.reason,
                "stands": d.stands,
            }
            for d in case.store.history(eyes, found.id)
        ]
    if as_json:
        tell_rows([row | {"history": history}])
        return
    for key, value in row.items():
        if value not in (None, [], {}, ""):
            tell(f"{key:<13} {value}")
    for entry in history:
        tell(f"decided       {entry}")


def _decide(
    context: typer.Context, claim: str, verdict: str, sets: list[str] | None, reason: str, as_json: bool
) -> None:
    from probanda.casework import decide, second

    with opened(context, writing=True) as case:
        changes = decide.parse_sets(sets or [])
        settled = second.settle(case.store, case.eyes.blinded(), claim, verdict, changes=changes, reason=reason)
        rows = _rows(case, [settled])
    if as_json:
        tell_rows(rows)
        return
    tell(f"{SHAPES[settled.status.value]} {settled.id[:12]} is {settled.status.value}.")


@app.command(epilog="Example: probanda claims accept 3f2a91")
def accept(context: typer.Context, claim: ClaimId, reason: Reason = "", as_json: AsJson = False) -> None:
    """The text says this."""
    _decide(context, claim, "accept", None, reason, as_json)


@app.command(
    epilog="Example: probanda claims correct 3f2a91 --set modality=alleged --set 'actors=the Third Brigade (ordering)'"
)
def correct(
    context: typer.Context, claim: ClaimId, sets: Sets = None, reason: Reason = "", as_json: AsJson = False
) -> None:
    """The text says this, with fields put right."""
    _decide(context, claim, "correct", sets, reason, as_json)


@app.command(epilog="Example: probanda claims reject 3f2a91 --reason 'a film plot, not an event'")
def reject(context: typer.Context, claim: ClaimId, reason: Reason = "", as_json: AsJson = False) -> None:
    """The text does not say this."""
    _decide(context, claim, "reject", None, reason, as_json)


@app.command(epilog="Example: probanda claims unsure 3f2a91 --reason 'needs the Arabic original'")
def unsure(context: typer.Context, claim: ClaimId, reason: Reason = "", as_json: AsJson = False) -> None:
    """Looked at, and left open."""
    _decide(context, claim, "unsure", None, reason, as_json)


@app.command(epilog="Example: probanda claims undo 3f2a91")
def undo(context: typer.Context, claim: ClaimId, reason: Reason = "", as_json: AsJson = False) -> None:
    """Withdraw the decision that stands on a claim; the decision itself stays in the log."""
    with opened(context, writing=True) as case:
        withdrawn = case.undo(case.store.claim(case.eyes, claim).id, reason=reason)
    if as_json:
        tell_rows([{"withdrawn": withdrawn}])
        return
    tell(f"Withdrew decision {withdrawn[:12]}.")


@app.command(epilog="Example: probanda claims add MAR-0003 120 188 --set act_type=killing --set modality=reported")
def add(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Registration number, digest or file name.")],
    start: Annotated[int, typer.Argument(help="First code point of the quote, from 0.")],
    end: Annotated[int, typer.Argument(help="Code point after the last.")],
    sets: Sets = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Add a claim by hand, on words the reader has missed."""
    from probanda.casework import decide

    with opened(context, writing=True) as case:
        claim = case.add_claim(item, start, end, decide.parse_sets(sets or []), reason=reason)
        rows = _rows(case, [claim])
    if as_json:
        tell_rows(rows)
        return
    tell(f"{SHAPES[claim.status.value]} {claim.id[:12]} added: “{claim.quote}”")


@app.command("second", epilog="Example: probanda claims second --agreement")
def second_(
    context: typer.Context,
    claim: Annotated[str | None, typer.Argument(metavar="CLAIM", help="One claim that two persons read.")] = None,
    agreement: Annotated[bool, typer.Option("--agreement", help="How far readers agree, field by field.")] = False,
    take: Annotated[
        str | None, typer.Option("--take", metavar="first|second", help="Settle CLAIM as one of the two read it.")
    ] = None,
    end: Annotated[
        bool, typer.Option("--end", help="Owner: give up the second reading of CLAIM; needs a reason.")
    ] = False,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Second readings: what waits for one, what two persons read otherwise, how far they agree.

    One settled claim in ten is drawn, and another person reads it without knowing what the first decided: with `claims
    accept`, `correct`, `reject` or `unsure` as any other claim. Until then nobody edits it.
    """
    from probanda.casework import second

    if (take or end) and not claim:
        raise WrongUsage("Which claim?", "Name it: `probanda claims second 3f2a91 --take second --reason TEXT`.")
    with opened(context, writing=bool(take or end)) as case:
        if take and claim:
            settled = second.take(case.store, case.eyes, claim, take, reason)
            tell(f"{SHAPES[settled.status.value]} {settled.id[:12]} is {settled.status.value}.")
            return
        if end and claim:
            second.end(case.store, case.eyes, claim, reason)
            tell("No second reading will be waited for.")
            return
        found = second.state(case.store, case.eyes.blinded())
        names = case.store.users()
    if agreement:
        _tell_agreement(found, as_json)
    else:
        _tell_second(found, names, claim or "", as_json)


def _tell_agreement(found: Second, as_json: bool) -> None:
    if as_json:
        tell_rows({**asdict(one), "share": one.share} for one in found.figures)
        return
    tell(f"{found.read} claim(s) read by two; {found.ended} second reading(s) given up.")
    for one in found.figures:
        share = "--" if one.share is None else f"{one.share:.0%}"
        alpha = "" if one.alpha is None else f"  alpha {one.alpha:.2f}"
        tell(f"{one.field:<12}  {share:>4}  of {one.n}{alpha}")


def _tell_second(found: Second, names: dict[str, str], claim: str, as_json: bool) -> None:
    shown = [one for one in found.open if one.claim.startswith(claim)]
    if as_json:
        rows: list[dict[str, object]] = [
            {"claim": one.claim, "waits_for": "settling", "first": names.get(one.first.by, one.first.by),
             "second": names.get(one.second.by, one.second.by), "differences": [asdict(d) for d in one.differences]}
            for one in shown
        ]  # fmt: skip
        rows += [{"claim": id_, "waits_for": "second reading"} for id_ in found.waiting if id_.startswith(claim)]
        tell_rows(rows)
        return
    for one in shown:
        tell(f"{one.claim[:12]}  {names.get(one.first.by, '')} and {names.get(one.second.by, '')} read it otherwise:")
        for d in one.differences:
            tell(f"  {d.field:<10}  first: {'; '.join(d.first) or '--'}   second: {'; '.join(d.second) or '--'}")
    for id_ in found.waiting:
        tell(f"{id_[:12]}  read first by you, waits for another person")
    if found.readers < 2:
        say("A second person is needed, and nothing is held back until then: `probanda user add NAME`.")
    elif not shown and not found.waiting:
        say("Nothing waits to be settled. What waits for you to read a second time comes in your queue among the rest.")


def _rows(case: Case, claims: list[Claim]) -> list[dict[str, object]]:
    from probanda.casework.rows import claim_row

    items = {i.digest: i for i in case.items()}
    actor_of = {m.mention: a.id for a in case.actors() for m in a.members}
    users = case.store.users()
    return [
        claim_row(c, tuple(n.rsplit("/", 1)[-1] for n in items[c.item].names), items[c.item].number, actor_of)
        | {"by": users.get(c.by, c.by) if c.by else None}
        for c in claims
    ]
