"""Origins as persons see and decide them: the graph of an incident, what is cited and not held, same and apart.

Start with `shown`. What is shown went through the one door (`hand_on`): restricted items left out, names masked.

Looks down to: hand_on, decide, incidents. Used by: cli, draft.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from probanda.access.eyes import Eyes
from probanda.casework.decide import SHORTEST_ID, identify
from probanda.casework.hand_on import hand_on
from probanda.casework.narrow import Narrowing
from probanda.casework.view import Sharing, View
from probanda.claims.model import Claim
from probanda.incidents.kinds import role_of
from probanda.incidents.model import Account, Incident, SourceKind
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.kernel.vocabulary import Modality, OriginKind
from probanda.store.store import Store

Found = TypeVar("Found")

PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their", "them", "him"})
"""Words of ownership that name nobody."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An original that texts cite and nobody holds here (requirement A8), with who cites it."""

    kind: str
    words: str
    """The words that name it, or whose it is."""
    claims: tuple[str, ...]
    """The claims that go back to it."""
    items: tuple[str, ...]
    """The items that cite it."""
    accounts: tuple[str, ...] = ()
    """Its accounts in the graphs of incidents; one for each incident of which it tells."""


def shown(store: Store, eyes: Eyes) -> View:
    """What these eyes may be shown. Raises ProbandaError where origins were not worked out yet."""
    view = hand_on(store, eyes, Narrowing(), Sharing())
    if not view.worked_out:
        raise ProbandaError(
            "Origins were not worked out yet (which is not the same as none found).", "Run `probanda incidents` first."
        )
    return view


def incident_called(incidents: Iterable[Incident], name: str) -> Incident:
    """The incident with this id, or its first letters, or that holds this claim. Raises NotFound or WrongUsage."""
    found = [
        i
        for i in incidents
        if name in (i.id, *i.claims)
        or (len(name) >= SHORTEST_ID and any(c.startswith(name) for c in (i.id, *i.claims)))
    ]
    return _one(found, name, "incident", "probanda origins list")


def cited(view: View) -> tuple[Cited, ...]:
    """Originals that the claims go back to and that nobody holds here, sorted by kind and words.

    One that several incidents tell of, or several texts under several names, is one line as far as it was traced.
    """
    standing = {c.id: c for c in view.claims}
    one = {c: o.id for o in view.result.origins if o.kind is OriginKind.ACCOUNT for c in o.claims}
    found: dict[tuple[str, str], tuple[list[Claim], list[str], list[str]]] = {}
    for incident in view.result.incidents:
        for start in incident.accounts:
            kind = _as_cited(start)
            if not kind or start.held or start.origin != start.id:
                continue
            carried = {c for a in incident.accounts if a.item is not None and a.origin == start.id for c in a.claims}
            claims = [standing[c] for c in sorted(carried) if c in standing]
            if claims:
                key = (kind, min(one.get(c.id, start.id) for c in claims))
                row = found.setdefault(key, ([], [], []))
                row[0].extend(claims)
                row[1].append(start.teller)
                row[2].append(start.id)
    traced = {c.id for claims, _, _ in found.values() for c in claims}
    for c in view.claims:
        asked = c.modality is Modality.CALLED_FOR  # "an investigation is needed": there is none yet
        if c.cited is not None and not asked and c.id not in traced and not _nothing_to_ask_for(c.cited.words):
            found.setdefault((c.cited.kind, _whose(c) or c.cited.words), ([], [c.cited.words], []))[0].append(c)
    rows: dict[tuple[object, ...], Cited] = {}
    for (kind, _), row in sorted(found.items()):
        made = _row(kind, *row, view)
        same = rows.get((made.kind, made.words.casefold(), made.items))
        rows[made.kind, made.words.casefold(), made.items] = made if same is None else _together(same, made)
    return tuple(sorted(rows.values(), key=lambda r: (r.kind, r.words, r.claims)))


def _together(a: Cited, b: Cited) -> Cited:
    """Two lines that a reader could not tell apart, as one."""
    return Cited(
        a.kind, a.words, tuple(sorted({*a.claims, *b.claims})), a.items, tuple(sorted({*a.accounts, *b.accounts}))
    )


def _row(kind: str, claims: Sequence[Claim], words: Sequence[str], accounts: Sequence[str], view: View) -> Cited:
    named = sorted({w for c in claims if (w := _whose(c))})
    kinds = Counter(c.cited.kind for c in claims if c.cited is not None)
    return Cited(
        min(kinds, key=lambda k: (-kinds[k], k)) if kind == "document" and kinds else kind,
        named[0] if named and kind not in ("video", "publication") else max(words, key=lambda w: (len(w), w)),
        tuple(sorted({c.id for c in claims})),
        tuple(sorted({c.item for c in claims}, key=lambda i: view.numbers.get(i, i))),
        tuple(sorted(accounts)),
    )


def _whose(claim: Claim) -> str:
    """Whose the cited original is, or whom it concerns; empty where the words name nobody."""
    of = claim.cited.of if claim.cited is not None else None
    return of if of and of.casefold() not in PRONOUNS else ""


def _nothing_to_ask_for(words: str) -> bool:
    """True for a newspaper's name that was read as a post, and for `reports`, which nobody could hand over."""
    called = role_of(words)
    return called is not None and called.role.who in ("carrier", "nobody")


def _publication(words: str) -> bool:
    called = role_of(words)
    return called is not None and called.role.who == "carrier"


def _as_cited(account: Account) -> str:
    """What would be held if the start of this account were: an image, a document, a publication; empty for a person.

    A person's words are no original that could be asked for; whoever heard them has one, and is listed by the claim.
    """
    if account.kind in _ORIGINALS:
        return _ORIGINALS[account.kind]
    return "publication" if account.traced and _publication(account.teller) else ""


_ORIGINALS = {SourceKind.IMAGE: "video", SourceKind.SATELLITE: "satellite image", SourceKind.DOCUMENT: "document"}


def settle(store: Store, eyes: Eyes, left: str, right: str, verdict: str, reason: str) -> tuple[str, str]:
    """Record that two accounts, claims or items go back to one origin (`same`), or do not (`not the same`).

    Ends are ids or their first letters; registration numbers for items. Returns the two ends as recorded.
    Raises NotFound, or WrongUsage where both are one or an id means several.
    """
    a, b = (_end(store, eyes, name) for name in (left, right))
    if a == b:
        raise WrongUsage(f"{left} and {right} are one and the same.", "Name two accounts: `probanda origins show ID`.")
    identify(store, eyes, a, b, verdict, "origin", reason)
    return a, b


def _end(store: Store, eyes: Eyes, name: str) -> str:
    """A claim for an account or a claim, a digest for an item."""
    for row in store.items(eyes):
        if name in (row.number, row.digest):
            return row.digest
    accounts = [a for i in store.incidents(eyes) or () for a in i.accounts]
    met = {
        _claim_of(a, accounts) for a in accounts if a.id == name or (len(name) >= SHORTEST_ID and a.id.startswith(name))
    }
    if not met:
        met = {c.id for c in store.claims(eyes) if c.id == name or (len(name) >= SHORTEST_ID and c.id.startswith(name))}
    return _one(sorted(met), name, "account, claim or item", "probanda origins show INCIDENT")


def _claim_of(account: Account, accounts: Sequence[Account]) -> str:
    """The claim that stands for an account: one told nowhere else but there, as far as there is one."""
    own = [c for c in account.claims if account.item is not None]
    if own:
        return min(own)
    ends = [c for a in accounts if a.item is not None and a.origin == account.id for c in a.claims]
    return min(ends or account.claims)


def _one(found: Sequence[Found], name: str, what: str, where: str) -> Found:
    if not found:
        raise NotFound(what, name, where)
    if len(found) > 1:
        raise WrongUsage(f"{name} can mean {len(found)}.", "Give more letters of the id.")
    return found[0]
