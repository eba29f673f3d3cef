"""What stands on an account by the graph of its incident: what comes from it, its copies, what starts where it starts.

Start with `standing_on`. Pure: who took what back is for the caller to know.

Looks down to: incidents.model. Used by: casework.retracting.
"""

from __future__ import annotations

from collections.abc import Collection

from probanda.incidents.model import Account, DerivationKind, Incident


def standing_on(incident: Incident, claims: Collection[str]) -> dict[str, str]:
    """Claim -> why it stands on one of these; these claims, and others that the same teller tells beside them, are not.

    A claim comes from an account however many steps lie between, also where the texts leave open whether it does.
    Copies stand on each other, since which was first is only taken from their dates.
    """
    if set(claims).isdisjoint(incident.claims):
        return {}
    next_to: dict[str, dict[str, str]] = {}
    for d in incident.derivations:
        next_to.setdefault(d.source, {}).setdefault(d.account, d.reason)
        if d.kind is DerivationKind.COPY:
            next_to.setdefault(d.account, {}).setdefault(d.source, d.reason)
    by_id = {a.id: a for a in incident.accounts}
    told = {a.id for a in incident.accounts if a.item is not None and not set(claims).isdisjoint(a.claims)}
    why = dict.fromkeys(told, "")
    waiting = sorted(told)
    while waiting:
        for other, reason in sorted(next_to.get(waiting.pop(), {}).items()):
            if other not in why:
                why[other] = reason
                waiting.append(other)
    starts = {by_id[a].origin for a in told}
    for account in incident.accounts:
        if account.origin in starts:
            why.setdefault(account.id, f"It starts where that starts: {_called(by_id[account.origin])}.")
    beside = [a for a in incident.accounts if a.item is not None and why.get(a.id)]
    return {c: why[a.id] for a in beside for c in a.claims}


def _called(account: Account) -> str:
    return "the text itself" if account.teller.startswith("@") else account.teller
