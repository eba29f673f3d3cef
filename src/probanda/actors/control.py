"""Signs of control in fact, apart from any post: who ordered, appointed, disciplined, paid or supplied whom.

Start with `signs_of`. Each sign is one claim, with its words; how many there are says nothing of how strong they are.
The kinds are those that chambers have weighed for effective control (ICC, Bemba, 01/05-01/08-3343, 21 March 2016, para.
188: power to give orders and see them carried out, to appoint and discipline, to send forces where hostilities are and
to withdraw them, means and supplies); a person says what they prove.

Looks down to: posts, claims.model, kernel. Used by: casework, reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from probanda.actors.posts import supplies
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Involvement, TieKind

ORDERS = "gave an order"
COMMANDED = "had command in the act"
KNEW = "knew"
LEFT_UNPUNISHED = "did not act"
SUPPLIED = "armed, paid or trained"
HELD = "controlled"
_OF_ACTS = {
    Involvement.ORDERING: ORDERS,
    Involvement.COMMAND: COMMANDED,
    Involvement.KNOWLEDGE: KNEW,
    Involvement.FAILING_TO_ACT: LEFT_UNPUNISHED,
}
_OF_TIES = {TieKind.SUPPORT: SUPPLIED, TieKind.CONTROL: HELD}
INVOLVEMENTS = tuple(kind.value for kind in _OF_ACTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One claim that speaks of control in fact."""

    who: str
    """Id of the actor."""
    over: str
    """Words for those over whom, as the claim names them; empty where it names nobody."""
    kind: str
    claim: str
    item: str
    quote: str
    speakers: tuple[str, ...]
    status: str
    date_from: str | None
    date_to: str | None


def signs_of(actors: Iterable[str], claims: Iterable[Claim], actor_of: Callable[[str], str | None]) -> list[Sign]:
    """What these claims say of control by these actors, in order of actor, date and claim.

    `actor_of` gives the actor of a mention. Denied claims are left out: they are shown where they contradict.
    """
    wanted = set(actors)
    found = []
    for claim in claims:
        if claim.polarity.value == "negative":
            continue
        for who, over, kind in _in_tie(claim) if claim.tie is not None else _in_act(claim):
            actor = actor_of(who)
            if actor in wanted:
                found.append(_sign(str(actor), over, kind, claim))
    return sorted(found, key=lambda s: (s.who, s.date_from or "", s.claim, s.kind))


def _in_act(claim: Claim) -> Iterable[tuple[str, str, str]]:
    doers = ", ".join(a.words for a in claim.actors if a.involvement is Involvement.DIRECT)
    for actor in claim.actors:
        kind = _OF_ACTS.get(actor.involvement)
        if kind is not None and actor.mention:
            yield actor.mention, doers, kind


def _in_tie(claim: Claim) -> Iterable[tuple[str, str, str]]:
    tie = claim.tie
    kind = _OF_TIES.get(tie.kind) if tie is not None else None
    if tie is not None and kind == SUPPLIED and not supplies(tie.role or ""):
        return
    if tie is not None and kind is not None and tie.left.mention:
        yield tie.left.mention, tie.right.words, kind


def _sign(who: str, over: str, kind: str, claim: Claim) -> Sign:
    return Sign(
        who=who, over=over, kind=kind, claim=claim.id, item=claim.item, quote=claim.quote, status=claim.status.value,
        speakers=tuple(s.words for s in claim.speakers), date_from=claim.date_from, date_to=claim.date_to,
    )  # fmt: skip
