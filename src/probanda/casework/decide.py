"""Decide: accept, correct, reject, leave unsure, undo, add by hand; name the same or not the same; protect; label.

Each deed is one decision that names who, when, why and what it replaces. A decision on a claim carries
the claim as the person settled it, with its anchor, so that a later reading cannot move it silently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup
from probanda.casework import following
from probanda.casework.tie_fields import TIE_FIELDS, corrected_tie
from probanda.claims.model import DOC, Actor, Claim, Mention, Named
from probanda.kernel.digests import content_id, random_id
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import CONTEXT, Anchor
from probanda.kernel.vocabulary import ActType, Involvement, Label, Modality, Polarity, Status
from probanda.names.folding import fold
from probanda.reading.locating import locator_of
from probanda.store import listed
from probanda.store.codec import plain
from probanda.store.model import Deed
from probanda.store.store import Store

SHORTEST_ID = 6
"""Letters of an id that are enough to name what it belongs to."""

FROM_MODEL = "proposed-by-model"
"""Flag of a claim that a language model proposed and a person took: it stays with it whatever is decided later."""

VERDICTS = {"accept": Status.CHECKED, "correct": Status.CORRECTED, "reject": Status.REJECTED, "unsure": Status.UNSURE}
"""What each verdict makes of a claim's status."""


def settle(
    store: Store, eyes: Eyes, claim_id: str, verdict: str, *, changes: Mapping[str, str] | None = None,
    reason: str = "", over: Sequence[str] | None = None,
) -> Claim:  # fmt: skip
    """Settle one claim as a person reads it; `changes` are FIELD to VALUE for `correct`.

    `over`: the decisions this person saw standing, where the page was shown some time ago; None for what stands now.
    Raises NotFound for an unknown claim, WrongUsage for a field or value that a claim cannot have, DecidedMeanwhile
    where something else stands than what was seen.
    """
    claim = store.claim(eyes, claim_id)
    check_verdict(verdict, changes)
    settled = corrected(claim, changes or {})
    store.record(
        eyes,
        [
            Deed(
                kind="settle",
                subject=claim.id,
                payload={"verdict": verdict, **told(store, eyes, settled)},
                reason=reason,
                over=tuple(d.id for d in store.standing(eyes, claim.id, "settle")) if over is None else tuple(over),
            )
        ],
    )
    return store.claim(eyes, claim.id)


def check_verdict(verdict: str, changes: Mapping[str, str] | None) -> None:
    """Raises WrongUsage where a verdict and what it changes do not go together."""
    if verdict == "correct" and not changes:
        raise WrongUsage(
            "A correction needs what is corrected.", "Say it with --set, such as `--set modality=alleged`."
        )
    if verdict in ("reject", "unsure") and changes:
        raise WrongUsage(f"`{verdict}` changes no field.", "Use `probanda claims correct` for that.")


def told(store: Store, eyes: Eyes, claim: Claim) -> dict[str, Any]:
    """A claim as a decision on it keeps it: its fields, and its anchors in the text of today."""
    return {"claim": plain(claim), **_anchors(store, eyes, claim)}


def undo(store: Store, eyes: Eyes, claim_id: str, reason: str = "") -> str:
    """Withdraw the decision that stands on this claim; returns the id of the decision withdrawn."""
    standing = [d.id for d in store.standing(eyes, claim_id, "settle")]
    if not standing:
        raise ProbandaError(
            f"Nobody has decided on claim {claim_id}: there is nothing to undo.",
            "See what was decided with `probanda claims list --status checked`.",
        )
    store.record(eyes, [Deed(kind="withdraw", subject=standing[-1], payload={}, reason=reason)])
    return standing[-1]


def add_claim(
    store: Store, eyes: Eyes, item: str, start: int, end: int, values: Mapping[str, str], reason: str = ""
) -> Claim:
    """Add a claim by hand: an item, offsets in its text, and fields. It is checked, since a person read it there."""
    row = store.item(eyes, item)
    quote = store.words(eyes, row.digest, start, end)
    if not 0 <= start < end or len(quote) != end - start:
        raise WrongUsage(
            f"Offsets {start} to {end} do not stand in {row.number}, whose text has {row.length} characters.",
            "Count code points from 0, end exclusive; `probanda search` prints offsets.",
        )
    if "act_type" not in values or "modality" not in values:
        raise WrongUsage(
            "A claim needs at least an act type and a modality.",
            "Give them: `--set act_type=killing --set modality=alleged`.",
        )
    act = values.get("act", quote)
    at = quote.find(act)
    if at < 0:
        raise WrongUsage("The words of the act must stand inside the quote.", "Copy them from the quote as they are.")
    before = store.words(eyes, row.digest, max(0, start + at - CONTEXT), start + at)
    after = store.words(eyes, row.digest, start + at + len(act), start + at + len(act) + CONTEXT)
    blank = Claim(
        id=content_id(row.digest, "original", act, before, after, "person", random_id()),
        item=row.digest,
        start=start,
        end=end,
        quote=quote,
        act=act,
        act_start=start + at,
        act_end=start + at + len(act),
        act_type=ActType.OTHER,
        modality=Modality.REPORTED,
        speakers=(Named(DOC),),
        paragraph=next((p.paragraph for p in store.passages(eyes, row.digest) if p.start <= start < p.end), None),
        locator=next((one for t in store.texts(eyes, row.digest) if (one := locator_of(t, start, end))), None),
        reader="person",
        why="added by hand",
        status=Status.CHECKED,
    )
    return _added(store, eyes, corrected(blank, {k: v for k, v in values.items() if k != "act"}), reason)


def add_proposed(store: Store, eyes: Eyes, claim: Claim, reason: str = "") -> Claim:
    """Add a claim that a language model proposed, on the word of a person who has read it in the text.

    It is checked, as one added by hand, and marked as the model's. Raises WrongUsage where the case has a claim on the
    same words that nobody has decided: it would be taken for the same, and no longer be shown.
    """
    shown = store.claims(eyes, item=claim.item)
    waiting = [one for one in shown if one.status is Status.PROPOSED and _on_same_words(one, claim)]
    if waiting:
        raise WrongUsage(
            f"The case has a claim on these words that nobody has decided: {waiting[0].id[:12]}.",
            "Decide on that one first: `probanda claims accept`, `correct` or `reject`.",
        )
    known = _as_known(claim, store.mentions(eyes, claim.item))
    own = claim.id if claim.id not in {one.id for one in shown} else content_id(claim.id, FROM_MODEL)
    taken = replace(known, id=own, status=Status.CHECKED, flags=tuple(dict.fromkeys((*claim.flags, FROM_MODEL))))
    return _added(store, eyes, taken, reason)


def _on_same_words(one: Claim, other: Claim) -> bool:
    """True where a new reading would take one for the other (`store.settling`): the words of the act, and its kind."""
    ours, theirs = ((c.act_start, c.act_end, c.act_type, c.family) for c in (one, other))
    return ours == theirs


def _as_known(claim: Claim, mentions: Sequence[Mention]) -> Claim:
    """The claim with mentions that the case holds; a name at a place that only the model has keeps its words, and the
    mention of the same words elsewhere in the item, if there is one."""
    ids = {one.id for one in mentions}
    same = {one.words: one.id for one in sorted(mentions, key=lambda m: (m.start, m.id), reverse=True)}

    def of(mention: str | None, words: str) -> str | None:
        return mention if mention in ids else same.get(words) if words != DOC else None

    def named(parties: Sequence[Named]) -> tuple[Named, ...]:
        return tuple(replace(one, mention=of(one.mention, one.words)) for one in parties)

    return replace(
        claim,
        speakers=named(claim.speakers),
        actors=tuple(replace(one, mention=of(one.mention, one.words)) for one in claim.actors),
        victims=named(claim.victims),
        places=named(claim.places),
    )


def _added(store: Store, eyes: Eyes, claim: Claim, reason: str) -> Claim:
    """Record a claim as one that a person has read in the text."""
    store.record(
        eyes,
        [
            Deed(
                kind="add-claim",
                subject=claim.id,
                payload={"claim": plain(claim), **_anchors(store, eyes, claim)},
                reason=reason,
            )
        ],
    )
    return store.claim(eyes, claim.id)


def identify(
    store: Store, eyes: Eyes, left: str, right: str, verdict: str, kind: str = "actor", reason: str = ""
) -> str:
    """Record that two actors, places, incidents or origins are the same, or are not; reversible.

    What was decided of these two ends before is replaced.
    """
    return store.record(eyes, [identity_deed(store, eyes, left, right, verdict, kind, reason)])[0]


def identity_deed(
    store: Store, eyes: Eyes, left: str, right: str, verdict: str, kind: str = "actor", reason: str = ""
) -> Deed:
    """The same as a deed, for whoever records several at once."""
    ends = sorted((left, right))
    before = [
        d.id
        for d in store.standing(eyes, ends[0], "identity")
        if [d.payload["left"], d.payload["right"], d.payload["kind"]] == [*ends, kind]
    ]
    return Deed(
        kind="identity",
        subject=ends[0],
        payload={"left": ends[0], "right": ends[1], "verdict": verdict, "kind": kind},
        reason=reason,
        over=tuple(before),
    )


def called(store: Store, eyes: Eyes, name: str, *, members: bool = True) -> list[ActorGroup]:
    """The actors and places that a name leads to: an id or its first letters, a mention, or a form of the name.

    Several can bear one name: a town and the body that sits there. Without their `members`, where those are not
    needed. Raises NotFound where none does.
    """
    found = store.ask(eyes, listed.actors, store.ask(eyes, listed.named, name), members=members)
    if not found:
        raise NotFound("actor called", name, "probanda actors list")
    return found


def protect(store: Store, eyes: Eyes, actor: str, reason: str) -> tuple[str, ...]:
    """Mark an actor as protected: every form of the name written so far is masked in every output from now on.

    Where several bear the name, all are: a form that was missed could give the person away.
    """
    groups = called(store, eyes, actor)
    deeds = [
        Deed(
            kind="protect",
            subject=group.id,
            payload={"words": list(group.variants), "kind": group.kind.value},
            reason=reason,
            over=tuple(d.id for d in store.standing(eyes, group.id, "protect")),
        )
        for group in groups
    ]
    store.record(eyes, deeds)
    return tuple(dict.fromkeys(form for group in groups for form in group.variants))


def ends(store: Store, eyes: Eyes, left: str, right: str) -> tuple[str, str]:
    """What an identity decision on two names joins or holds apart: one mention of each, as it is written in a text.

    A name that several bear is settled by the other one's kind: a town is the same as a town. Where these
    names were decided on before, the ends are those of that decision, so that the new one replaces it.
    Raises NotFound, or WrongUsage where it is not clear who is meant.
    """
    decided = store.identity_decisions(eyes, "actor")
    told = store.ask(eyes, listed.mentioned, {end for d in decided for end in (d.left, d.right)})
    words = {m.id: fold(m.words) for m in told}
    for d in decided:
        if {words.get(d.left), words.get(d.right)} == {fold(left), fold(right)}:
            return d.left, d.right
    lefts, rights = (called(store, eyes, name, members=False) for name in (left, right))
    pairs = [(a, b) for a in lefts for b in rights]
    alike = [(a, b) for a, b in pairs if a.kind is b.kind] or pairs
    found = {
        (x, y): (a, b) for a, b in alike if (x := _end(store, eyes, a, left)) != (y := _end(store, eyes, b, right))
    }
    if len(found) == 1:
        return next(iter(found))
    if not found:
        raise WrongUsage(f"{left} and {right} are one and the same name.", "See them with `probanda actors list`.")
    shown = sorted({f"{g.id[:12]} ({g.kind.value} {g.name})" for both in found.values() for g in both})
    raise WrongUsage(
        f"{left} and {right} can mean several: {', '.join(shown)}.",
        "Name the two you mean by the first letters of their ids.",
    )


def _end(store: Store, eyes: Eyes, group: ActorGroup, name: str) -> str:
    """The first mention of the group that is written so; the group's own id where it was named otherwise."""
    written = [words for words, _ in store.ask(eyes, listed.written, group.id) if fold(words) == fold(name)]
    return store.ask(eyes, listed.first_written, group.id, written) or group.id


def label(store: Store, eyes: Eyes, item: str, value: str, reason: str = "") -> str:
    """Label an item public, internal or restricted; its rows move with it at once."""
    row = store.item(eyes, item)
    if value not in {x.value for x in Label}:
        raise WrongUsage(f"{value} is no label.", "Labels are: " + ", ".join(x.value for x in Label) + ".")
    own = following.deed(store, eyes, row.digest, {"label": value}, reason)
    store.record(eyes, [own, *following.followers(store, eyes, row, value)])
    return row.number


# --- fields of a claim as typed by a person --------------------------------------------------------

_ENUMS = {"act_type": ActType, "modality": Modality, "polarity": Polarity}
_TEXTS = ("stance", "act_detail", "date_text", "date_from", "date_to")
_NAMES = ("speakers", "victims", "places")


def corrected(claim: Claim, changes: Mapping[str, str]) -> Claim:
    """The claim with these fields as a person typed them; lists are separated by `;`, and `actors` may carry
    an involvement: `Name (ordering)`. Raises WrongUsage for an unknown field or value."""
    new: dict[str, Any] = {}
    of_tie = {name: value for name, value in changes.items() if claim.tie is not None and name in TIE_FIELDS}
    if claim.tie is not None and of_tie:
        new["tie"] = corrected_tie(claim.tie, of_tie)
    for name, value in changes.items():
        if name not in of_tie:
            new[name] = _value(claim, name, value)
    return replace(claim, **new) if new else claim


def _value(claim: Claim, name: str, value: str) -> Any:
    if name in _ENUMS:
        try:
            return _ENUMS[name](value)
        except ValueError:
            allowed = ", ".join(x.value for x in _ENUMS[name])
            raise WrongUsage(f"{value} is no {name}.", f"Use one of: {allowed}.") from None
    if name in _TEXTS:
        return value or None
    if name in _NAMES:
        known = {p.words: p for p in (*claim.speakers, *claim.victims, *claim.places)}
        return tuple(known.get(words, Named(words)) for words in _listed(value))
    if name == "means":
        return tuple(_listed(value))
    if name == "actors":
        return tuple(_actor(claim, words) for words in _listed(value))
    if name == "quantity":
        return _quantity(value)
    ties = TIE_FIELDS if claim.tie is not None else ()
    known_fields = sorted([*_ENUMS, *_TEXTS, *_NAMES, "means", "actors", "quantity", *ties])
    hint = " (offsets and the quote are the reader's: add a claim by hand instead)" if name in _all_fields() else ""
    raise WrongUsage(f"A claim's field {name} cannot be set{hint}.", f"Fields that can: {', '.join(known_fields)}.")


def _all_fields() -> frozenset[str]:
    return frozenset(f.name for f in fields(Claim))


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _actor(claim: Claim, words: str) -> Actor:
    involvement = Involvement.UNKNOWN
    for one in Involvement:
        if words.endswith(f"({one.value})"):
            words, involvement = words[: -len(one.value) - 2].strip(), one
            break
    known = {a.words: a for a in claim.actors}
    if words in known:
        given = involvement if involvement is not Involvement.UNKNOWN else known[words].involvement
        return replace(known[words], involvement=given)
    return Actor(words, None, involvement)


def _quantity(value: str) -> Quantity | None:
    """`401..` at least, `..80` at most, `34..44`, `42` exactly, `~400` about; empty for none."""
    if not value:
        return None
    try:
        if value.startswith("~"):
            return Quantity(text=value, value=int(value[1:]))
        if ".." in value:
            low, high = value.split("..", 1)
            return Quantity(text=value, min=int(low) if low else None, max=int(high) if high else None)
        return Quantity(text=value, value=int(value), min=int(value), max=int(value))
    except ValueError:
        raise WrongUsage(
            f"{value} is no quantity.", "Write 42, 401.. (at least), ..80 (at most), 34..44 or ~400."
        ) from None


def _anchors(store: Store, eyes: Eyes, claim: Claim) -> dict[str, Any]:
    text = next(t for t in store.texts(eyes, claim.item) if t.base <= claim.start < t.base + len(t.words))

    def anchor(start: int, end: int) -> Any:
        before = store.words(eyes, claim.item, max(0, start - CONTEXT), start)
        after = store.words(eyes, claim.item, end, end + CONTEXT)
        exact = store.words(eyes, claim.item, start, end)
        return plain(Anchor(claim.item, text.digest, start, end, exact, before, after))

    return {"anchor": anchor(claim.start, claim.end), "act_anchor": anchor(claim.act_start, claim.act_end)}


def parse_sets(pairs: Sequence[str]) -> dict[str, str]:
    """FIELD=VALUE pairs of a command line to a mapping; raises WrongUsage where `=` is missing."""
    out = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise WrongUsage(
                f"{json.dumps(pair, ensure_ascii=False)} is not FIELD=VALUE.", "Write --set modality=denied."
            )
        out[name.strip()] = value.strip()
    return out
