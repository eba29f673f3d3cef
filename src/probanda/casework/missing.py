"""Cited, not held: originals that others speak of and that are not here (requirement A8).

Start with `originals`. The machine proposes them from what texts say (`origins.cited`); a person adds others, takes a
proposal over by saying anything about it, links the item that turned out to be the original (`found`), or says why
nobody looks for it any more (`close`). What was proposed and taken over is told once.

Looks down to: inquiring, hypothesizing, store. Used by: casework (hand_on, draft), cli.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probanda.access.eyes import Eyes
from probanda.casework.hypothesizing import record
from probanda.casework.inquiring import About, abouts, cite, subjects
from probanda.kernel.digests import content_id, random_id
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store.model import Decision, Deed
from probanda.store.projection import WANTED, WANTED_CLOSED, WANTED_FOUND
from probanda.store.store import Store

if TYPE_CHECKING:
    from probanda.casework.origins import Cited

SHORTEST_ID = 6
"""Letters of an id that are enough to name a wanted original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """An original that others cite, as a person wrote it down."""

    id: str
    what: str
    """video, letter, warrant, report ...; any word for what kind of thing it is."""
    words: str
    """What it is, as far as is known: `the order of 3 May to the Northern Brigade`."""
    cited_in: tuple[About, ...]
    """Claims and items that speak of it."""
    by: str
    at: str
    found: tuple[About, ...] = ()
    """Items that a person found to be it."""
    closed: str = ""
    """Why nobody looks for it any more; empty while somebody does."""
    decisions: tuple[str, ...] = ()
    """The decisions that found it or closed it, for `undo`."""

    @property
    def missing(self) -> bool:
        """True while it is neither found nor given up."""
        return not self.found and not self.closed

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims that go back to it."""
        return tuple(a.id for a in self.cited_in if a.kind == "claim")

    @property
    def items(self) -> tuple[str, ...]:
        """Digests of the items that speak of it."""
        return tuple(a.id for a in self.cited_in if a.kind == "item")


def originals(store: Store, eyes: Eyes) -> list[Original]:
    """What persons wrote down as these eyes see it, in the order in which they did."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for d in store.of_kind(eyes, WANTED_FOUND):
        found[d.subject].append(d)
    closed = {d.subject: d for d in store.of_kind(eyes, WANTED_CLOSED)}
    return [_original(d, found[d.subject], closed.get(d.subject)) for d in store.of_kind(eyes, WANTED)]


def proposal_id(one: Cited) -> str:
    """The id under which a proposal is named: of what it is and the first claim that goes back to it."""
    return content_id("cited", one.kind, one.words.casefold(), *one.claims[:1])


def not_taken_over(proposed: Iterable[Cited], originals: Iterable[Original]) -> list[Cited]:
    """The proposals of which no person said anything: that wrote down no original of the kind for one of its claims."""
    taken = {(o.what.casefold(), claim) for o in originals for claim in o.claims}
    return [one for one in proposed if not any((one.kind.casefold(), claim) in taken for claim in one.claims)]


def to_tell(store: Store, eyes: Eyes, shared: Eyes, claims: Collection[str], *, whole: bool) -> tuple[Original, ...]:
    """What a report may tell: of those that `shared` sees, with whether they were found as `eyes` know it.

    A report must not call missing what its maker knows to be here. Where it was narrowed (not `whole`), only those stay
    that one of its `claims` goes back to.
    """
    known = {one.id: one for one in originals(store, eyes)}
    told = [known.get(one.id, one) for one in originals(store, shared)]
    return tuple(one for one in told if whole or any(claim in claims for claim in one.claims))


# --- recording ------------------------------------------------------------------------------------


def add(store: Store, eyes: Eyes, what: str, words: str, cited_in: Sequence[str] = (), reason: str = "") -> str:
    """Write down an original that is cited and not held; gives its id. `cited_in`: items and claims that speak of it.

    Raises WrongUsage, NotFound.
    """
    about = subjects(store, eyes, cited_in)
    if wrong := [a for a in about if a.kind not in ("item", "claim")]:
        raise WrongUsage(
            f"{wrong[0].called} is no item or claim, and cites nothing.",
            "Name the items and claims that speak of it: --in MAR-0003; `claim:ID` where an incident bears that id.",
        )
    return record(store, eyes, [_wanted(what, words, about, reason)])[0]


def found(store: Store, eyes: Eyes, name: str, item: str, reason: str, proposed: Sequence[Cited] = ()) -> Original:
    """Say that this item is the original. A proposal is taken over in the same step. Raises NotFound, WrongUsage."""
    row = store.item(eyes, item)
    told: dict[str, object] = {"cites": [cite(About("item", row.digest, row.number))]}
    return _say(store, eyes, name, WANTED_FOUND, told, reason, proposed)


def close(store: Store, eyes: Eyes, name: str, reason: str, proposed: Sequence[Cited] = ()) -> Original:
    """Say why nobody looks for it any more; `undo` takes that back. Raises NotFound, WrongUsage."""
    return _say(store, eyes, name, WANTED_CLOSED, {}, reason, proposed)


def _say(
    store: Store, eyes: Eyes, name: str, kind: str, told: dict[str, object], reason: str, proposed: Sequence[Cited]
) -> Original:
    """Say something of an original that a person wrote down, or that is proposed: then that is written down first."""
    here = originals(store, eyes)
    fits = {o.id: o for o in here if _begins(o.id, name)}
    also = {proposal_id(p): p for p in not_taken_over(proposed, here) if _begins(proposal_id(p), name)}
    if not fits and not also:
        raise NotFound("wanted original", name, "probanda cited list")
    if len(fits) + len(also) > 1:
        raise WrongUsage(f"{name} begins several ids.", "Give more of its letters.")
    deeds = []
    if fits:
        one = next(iter(fits.values()))
        if one.closed:
            raise ProbandaError(
                f"It is closed: {one.closed}", f"Open it again: `probanda undo {one.decisions[-1][:12]} --reason TEXT`."
            )
        id_ = one.id
    else:
        taken = next(iter(also.values()))
        about = [About("claim", claim, f"claim {claim[:12]}") for claim in taken.claims]
        deeds.append(_wanted(taken.kind, taken.words, about, "Proposed from what the texts say."))
        id_ = deeds[0].subject
    record(store, eyes, [*deeds, Deed(kind=kind, subject=id_, payload=told, reason=reason)])
    return next(o for o in originals(store, eyes) if o.id == id_)


def _wanted(what: str, words: str, about: Sequence[About], reason: str) -> Deed:
    if not what.strip() or not words.strip():
        raise WrongUsage(
            "What is it that is cited and not held?",
            "Say kind and words: probanda cited add letter 'the order of 3 May to the Northern Brigade'.",
        )
    id_ = random_id()
    told = {"what": what.strip(), "words": words.strip(), "cites": [cite(a) for a in about]}
    return Deed(kind=WANTED, subject=id_, payload=told, reason=reason, id=id_)


def _begins(whole: str, name: str) -> bool:
    return whole == name or (len(name) >= SHORTEST_ID and whole.startswith(name))


def _original(d: Decision, found: Sequence[Decision], closed: Decision | None) -> Original:
    return Original(
        id=d.subject, what=d.payload["what"], words=d.payload["words"], cited_in=abouts(d.payload), by=d.by, at=d.at,
        found=tuple(a for f in found for a in abouts(f.payload)), closed=closed.reason if closed else "",
        decisions=tuple(f.id for f in (*found, *([closed] if closed else ()))),
    )  # fmt: skip
