"""The accounts of one incident as a tree in words: origins first, below each what comes from it, with the reasons.

Start with `tree`. An account that may come from several others stands once, below the likeliest, and names the others.

Looks down to: incidents (model), casefile. Used by: origin_picture, parts, casework, cli.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from probanda.claims.model import DOC
from probanda.incidents.corroboration import LABELS
from probanda.incidents.model import Account, Derivation, DerivationKind, Incident
from probanda.reports.casefile import LookAlike

KIND = LABELS
"""How each kind of origin is called."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One account in the tree."""

    account: Account
    depth: int
    """0 for an origin."""
    label: str
    """`O1` for an origin that counts, `U1` for a start that does not, `N1` for one that does not say that it happened;
    empty for what comes from another."""
    edge: Derivation | None
    """Why it stands below the one above; None for an origin."""
    also: tuple[str, ...] = ()
    """Labels of further origins in which it may start."""


def tree(incident: Incident) -> tuple[Branch, ...]:
    """All accounts, each once, in the order in which they are shown."""
    accounts = {a.id: a for a in incident.accounts}
    labels = labelled(incident)
    edges: dict[str, Derivation] = {}
    for edge in incident.derivations:
        best = edges.get(edge.account)
        if best is None or _rank(edge, accounts) < _rank(best, accounts):
            edges[edge.account] = edge
    below: dict[str, list[str]] = {}
    for account, edge in sorted(edges.items()):
        below.setdefault(edge.source, []).append(account)

    def walk(id: str, depth: int) -> Iterator[Branch]:
        one = accounts[id]
        also = tuple(labels[p] for p in one.perhaps if p in labels)
        yield Branch(one, depth, labels.get(id, ""), edges.get(id), also)
        for other in sorted(below.get(id, ()), key=lambda i: (accounts[i].item is not None, i)):
            yield from walk(other, depth + 1)

    return tuple(b for root in labels for b in walk(root, 0))


def _rank(edge: Derivation, accounts: Mapping[str, Account]) -> tuple[bool, str]:
    """The edge that leads to where the account starts comes first."""
    return accounts[edge.source].origin != accounts[edge.account].origin, edge.source


def labelled(incident: Incident) -> dict[str, str]:
    """Origins by id, each with its label, in the order in which they are shown: those that count come first."""
    roots = [a for a in incident.accounts if a.origin == a.id]
    weight = {r.id: sum(a.origin == r.id for a in incident.accounts) for r in roots}
    out: dict[str, str] = {}
    for letter, chosen in (
        ("O", [r for r in roots if r.counted]),
        ("U", [r for r in roots if not r.counted and _supports(r, incident)]),
        ("N", [r for r in roots if not r.counted and not _supports(r, incident)]),
    ):
        for n, root in enumerate(sorted(chosen, key=lambda r: (-weight[r.id], r.id)), start=1):
            out[root.id] = f"{letter}{n}"
    return out


def _supports(root: Account, incident: Incident) -> bool:
    return any(a.supports for a in incident.accounts if a.origin == root.id)


def teller(account: Account) -> str:
    """Who tells, in words."""
    return "the text’s own voice" if account.teller == DOC else account.teller


def place(account: Account, numbers: Mapping[str, str]) -> str:
    """Where an account stands, and whom it names: `MAR-0003, naming Harbour Watch`; `Harbour Watch (not held)`."""
    if account.item is None:
        return f"{teller(account)} (not held)"
    where = numbers.get(account.item, "an item")
    return f"{where}, in its own voice" if account.teller == DOC else f"{where}, naming {account.teller}"


def why_below(edge: Derivation) -> str:
    """Why an account stands below another, with the words that say so."""
    quoted = " ".join(edge.words.split())
    if len(quoted) > LONGEST:
        quoted = f"{quoted[:LONGEST].rstrip()} …"
    return f"{edge.reason.rstrip('.')}: “{quoted}”" if quoted else edge.reason.rstrip(".")


LONGEST = 160
"""Code points of an edge's words that are shown."""

LEGEND = (
    "O counts as an origin; U may be an echo, or starts with nobody; N does not say that the event happened. "
    "Whether origins depend on one another is for a person to find."
)


def told(incident: Incident, numbers: Mapping[str, str], alike: Sequence[LookAlike] = ()) -> list[str]:
    """The tree as lines for a terminal. `numbers`: item -> registration number; `alike`: behind its accounts."""
    lines = [incident.title, f"  {sentence(incident)}"]
    for branch in tree(incident):
        pad = "  " * (branch.depth + 1)
        one = branch.account
        if branch.depth == 0:
            lines.append(f"{pad}{branch.label}  {one.id[:12]}  {one.says}")
            continue
        many = f", {len(one.claims)} claims" if len(one.claims) > 1 else ""
        edge = why_below(branch.edge) if branch.edge is not None else ""
        also = f" (or from {', '.join(branch.also)})" if branch.also else ""
        no = "" if one.supports else "; does not say that it happened"
        lines.append(f"{pad}<- {one.id[:12]}  {place(one, numbers)}{many}: {edge}{also}{no}")
    lines += [f"  ?   {two.a} and {two.b} look alike. {two.reason} {PERHAPS_ONE} {same(two)}" for two in alike]
    return lines


PERHAPS_ONE = "They may go back to one, and are not counted as one unless a person decides so:"


def same(two: LookAlike) -> str:
    """The command by which a person decides that the accounts on two look-alikes go back to one origin."""
    return f"probanda origins same {two.left[:12]} {two.right[:12]}"


def sentence(incident: Incident) -> str:
    """`At most 2 origins ...`: what stands behind the incident, whichever version it is told in."""
    says = incident.corroboration.says
    return f"{says[:1].upper()}{says[1:]}." if says else "Nothing was counted."


STRENGTH = {DerivationKind.COPY: "copy", DerivationKind.SYNDICATION: "copy", DerivationKind.WITHIN: "concluded",
            DerivationKind.VOICE: "concluded"}  # fmt: skip
"""Edges that are drawn otherwise than those in which the text names its source."""
