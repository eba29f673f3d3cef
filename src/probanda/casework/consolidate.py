"""Link mentions to actors and places; propose origins, incidents, contradictions and hypotheses, within one sight.

The thinking is in `actors`, `incidents` and `matrix`; here it is fed with what these eyes may see,
and its result is recorded for that sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from probanda.access.eyes import Eyes
from probanda.actors.linking import link
from probanda.actors.model import ActorGroup, IdentityDecision
from probanda.casework.law_decisions import recorded
from probanda.casework.law_packs import packs
from probanda.casework.progress import Progress, silent
from probanda.claims.model import Claim
from probanda.incidents import consolidate as gather
from probanda.incidents.model import NESTED, Consolidation, Doc
from probanda.kernel.digests import sha256
from probanda.kernel.vocabulary import Status
from probanda.kernel.waste import unsearched
from probanda.matrix import lay_out
from probanda.matrix.model import Suggestion
from probanda.names.places import within
from probanda.store import listed
from probanda.store.codec import to_json
from probanda.store.store import Store

MAKER = "consolidation 0.5"


@dataclass(frozen=True, slots=True)
class Current:
    """A sight for which what stands is up to date."""

    sight: str
    result: Consolidation | None
    """What was worked out in this run; None where it stood before."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What was worked out for one sight and is to be recorded."""

    sight: str
    inputs: str
    followed: tuple[int, int]
    """The decisions it follows: how many, and the place of the newest."""
    result: Consolidation | None = None
    """None where what stands is current, or that of `like`."""
    actors: tuple[ActorGroup, ...] = ()
    like: str | None = None
    """Another sight that sees the same."""


def consolidate(
    store: Store, eyes: Eyes, progress: Progress = silent, current: dict[str, Current] | None = None
) -> Consolidation | None:
    """Work out actors, origins, incidents and contradictions for what these eyes see; None where they are current.

    `current`: digest of inputs -> what was worked out of them: another sight that sees the same shares it.
    """
    known = {} if current is None else current
    done = work_out(store, eyes, progress, known)
    progress("recording", 2, 3)
    record(store, done)
    progress("recording", 3, 3)
    return known[done.inputs].result


def work_out(store: Store, eyes: Eyes, progress: Progress, known: dict[str, Current]) -> Worked:
    """The same without recording it: for a process of its own, which may not write. Fills `known`."""
    followed = store.ask(eyes, listed.same_or_not)  # first: what is decided meanwhile is not followed
    decisions = [d for kind in ("actor", "incident", "origin", NESTED) for d in store.identity_decisions(eyes, kind)]
    inputs = _inputs(store, eyes, decisions)
    made = store.made("consolidation", eyes.sight)
    done = Worked(eyes.sight, inputs, followed)
    if made is None or made.maker != MAKER or made.input != inputs:
        if inputs in known:
            return replace(done, like=known[inputs].sight)
        with unsearched():
            actors, result = _thought(store, eyes, decisions, progress)
        done = replace(done, result=result, actors=actors)
    known.setdefault(inputs, Current(eyes.sight, done.result))
    return done


def record(store: Store, done: Worked) -> None:
    """Record what was worked out, and which decisions it follows."""
    if done.like is not None:
        store.copy_consolidation(done.like, done.sight)
    elif done.result is not None:
        store.commit_consolidation(done.sight, done.actors, done.result, MAKER, done.inputs)
    store.note_followed(done.sight, *done.followed)


def _thought(
    store: Store, eyes: Eyes, decisions: Sequence[IdentityDecision], progress: Progress
) -> tuple[tuple[ActorGroup, ...], Consolidation]:
    progress("linking names", 0, 3)
    actors = linked(store, eyes, decisions)
    progress("gathering incidents", 1, 3)
    others = [d for d in decisions if d.kind != "actor"]
    return actors, think(standing_claims(store, eyes), docs_of(store, eyes), actors, others)


def linked(store: Store, eyes: Eyes, decisions: Sequence[IdentityDecision] | None = None) -> tuple[ActorGroup, ...]:
    """Who is who among all that these eyes see named; `decisions` are looked up unless given."""
    known = store.identity_decisions(eyes) if decisions is None else [d for d in decisions if d.kind == "actor"]
    return link(store.mentions(eyes), known)


def _inputs(store: Store, eyes: Eyes, decisions: Sequence[IdentityDecision]) -> str:
    """Digest of all that consolidation looks at, out of the ledger: nothing is loaded to find that nothing changed."""
    texts, readings = store.outputs("text"), store.outputs("reading")
    rows = [
        (r.digest, texts.get(r.digest), readings.get(r.digest), r.names, r.title, r.publisher, r.dated_from, r.dated_to)
        for r in sorted(store.items(eyes), key=lambda r: r.digest)
        if r.text_digest is not None
    ]
    return sha256("\n".join(map(to_json, (rows, decisions))).encode())


def think(
    claims: Sequence[Claim],
    docs: Sequence[Doc],
    actors: Sequence[ActorGroup],
    decisions: Sequence[IdentityDecision] = (),
) -> Consolidation:
    """Consolidate these claims, given who is who."""
    actor_of = {m.mention: a.id for a in actors for m in a.members}
    names = {a.id: a.name for a in actors}
    return gather(claims, docs, actor_of, names, decisions, within)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A matrix that was worked out and is not recorded yet."""

    sight: str
    maker: str
    inputs: str
    suggestions: tuple[Suggestion, ...]


def lay_out_matrix(store: Store, eyes: Eyes) -> tuple[Suggestion, ...]:
    """Lay the claims against the elements of crimes for what these eyes see; recorded for that sight.

    What it is laid out from is worked out before: a claim that was rejected since must not stand in it.
    """
    consolidate(store, eyes)
    record_matrix(store, work_out_matrix(store, eyes))
    return tuple(store.suggestions(eyes) or ())


def work_out_matrix(store: Store, eyes: Eyes) -> LaidOut | None:
    """The same without recording it, from what was gathered; None where the matrix is current."""
    if matrix_is_current(store, eyes):
        return None
    return LaidOut(eyes.sight, *matrix_made_of(store, eyes), laid_out_anew(store, eyes))


def record_matrix(store: Store, done: LaidOut | None) -> None:
    """Record what was laid out."""
    if done is not None:
        store.commit_suggestions(done.sight, done.suggestions, done.maker, done.inputs)


def matrix_is_current(store: Store, eyes: Eyes) -> bool:
    """True where what stands was laid out from what is gathered and recorded now; nothing is loaded to know it."""
    made = store.made("suggestions", eyes.sight)
    return made is not None and (made.maker, made.input) == matrix_made_of(store, eyes)


def matrix_made_of(store: Store, eyes: Eyes) -> tuple[str, str]:
    """Who would lay it out now, packs and all, and the digest of what it would look at."""
    used = "; ".join(f"{p.name} {p.version} {p.digest[:16]}" for p in packs(store, eyes))
    return f"matrix 0.4; {used}", _inputs_of_matrix(store, eyes)


def laid_out_anew(store: Store, eyes: Eyes) -> tuple[Suggestion, ...]:
    """The matrix out of what is gathered for these eyes; nothing is recorded."""
    return laid_out(
        store, eyes, standing_claims(store, eyes), tuple(store.actors(eyes) or ()), stored(store, eyes)
    )  # fmt: skip


def laid_out(
    store: Store, eyes: Eyes, claims: Sequence[Claim], actors: Sequence[ActorGroup], result: Consolidation
) -> tuple[Suggestion, ...]:
    """These claims laid out by every pack of the case, under what is recorded of the law."""
    told, texts = recorded(store, eyes), days_of_texts(store, eyes)
    found = (result.incidents, result.contradictions, result.origins)
    return tuple(one for pack in packs(store, eyes) for one in lay_out(claims, actors, *found, pack, told, texts))


def _inputs_of_matrix(store: Store, eyes: Eyes) -> str:
    """Digest of what the matrix looks at besides packs: what consolidation gave, and what is recorded of the law."""
    groups = store.made("consolidation", eyes.sight)
    return sha256(to_json([groups.input if groups else "", recorded(store, eyes)]).encode())


def stored(store: Store, eyes: Eyes) -> Consolidation:
    """What was worked out for this sight; empty where nothing was."""
    return Consolidation(
        tuple(store.incidents(eyes) or ()), tuple(store.origins(eyes) or ()), tuple(store.contradictions(eyes) or ())
    )


def standing_claims(store: Store, eyes: Eyes) -> list[Claim]:
    """All claims these eyes see, but the rejected ones."""
    return [c for c in store.claims(eyes) if c.status is not Status.REJECTED]


def days_of_texts(store: Store, eyes: Eyes) -> dict[str, tuple[str | None, str | None]]:
    """First and last day of each dated text, by item: of what day a tie without a time of its own speaks."""
    return {i.digest: (i.dated_from, i.dated_to) for i in store.items(eyes) if i.dated_from or i.dated_to}


COMPARED = 2_000_000
"""Code points of one item that are compared with other texts; beyond that it is a book, not a copy of a report."""


def docs_of(store: Store, eyes: Eyes) -> list[Doc]:
    """What consolidation needs to know of each readable item."""
    bodies = store.bodies(eyes, COMPARED)
    docs = [
        Doc(
            row.digest,
            tuple(row.names),
            bodies.get(row.digest, ""),
            row.title,
            row.publisher,
            row.dated_from,
            row.dated_to,
        )
        for row in store.items(eyes)
        if row.text_digest is not None
    ]
    return sorted(docs, key=lambda d: d.item)
