"""FollowTheMoney: what of a case its schemata can hold, as entities and as statements.

Start with `given`, then `_Entities`. Actors become persons, organizations, public bodies and addresses; items documents
with their SHA-1; that somebody is named in one a documentation; ties memberships, posts, employments and links; acts
notes with their words; incidents events. What FollowTheMoney has no property for stands under the key `probanda` of the
entity (programs that do not know it pass it on), is not in the statements, and is counted as left out. Nothing is said
more firmly than here: each note and tie says how its speaker stands behind it and whether a person has checked it.

The library of FollowTheMoney is not used: its lines are plain JSON, and none of its data has to be at hand.

Looks down to: rows, view, claims (its reader), kernel. Used by: exchange.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from probanda.actors.model import ActorGroup
from probanda.casework.exchange.model import (
    Brought,
    Given,
    Handed,
    Loss,
    Losses,
    System,
    counts,
    items_of,
    lines,
    table,
)
from probanda.casework.rows import claim_row, tie_row
from probanda.casework.view import View
from probanda.claims.model import Claim, Named, Tie
from probanda.claims.readers.followthemoney import reads, told
from probanda.kernel.bounds import EVER, Bounds
from probanda.kernel.digests import content_id
from probanda.kernel.errors import ProbandaError
from probanda.kernel.vocabulary import Family, MentionKind, Polarity, Status, TieKind
from probanda.reading.model import Text
from probanda.store.model import ItemRow

Entity = dict[str, Any]
DATASET = "probanda"
COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
"""Of a table of statements (followthemoney 4.11)."""
_TYPES = {
    "name": "name", "alias": "name", "date": "date", "startDate": "date", "endDate": "date", "birthDate": "date",
    "deathDate": "date", "publishedAt": "date", "contentHash": "checksum", "mimeType": "mimetype", "sourceUrl": "url",
    "topics": "topic", "nationality": "country", "citizenship": "country", "gender": "gender", "description": "text",
    "full": "address", "member": "entity", "organization": "entity", "holder": "entity", "post": "entity",
    "employee": "entity", "employer": "entity", "subject": "entity", "object": "entity", "document": "entity",
    "entity": "entity", "involved": "entity", "proof": "entity",
}  # fmt: skip
"""The type of each property that is written; `string` where none stands here."""
_SCHEMA = {
    MentionKind.PERSON: "Person",
    MentionKind.UNIT: "Organization",
    MentionKind.BODY: "Organization",
    MentionKind.STATE: "PublicBody",
    MentionKind.PLACE: "Address",
}
_ATTRIBUTES = ("nationality", "citizenship", "birthDate", "deathDate", "birthPlace", "gender", "position")
_KEY = "It stands under the key probanda of the entities alone."


def given(handed: Handed) -> Given:
    """Entities and statements of a view. Raises ProbandaError where nobody has linked the names yet."""
    view = handed.view
    if not view.worked_out:
        raise ProbandaError("The names were not linked yet, so there is nobody to give.", "Run `probanda incidents`.")
    losses = Losses()
    every = _Entities(view, losses).all()
    rows = [row for one in every for row in _statements(one)]
    losses.add("statements", "What stands under the key probanda is in the entities alone.", len(every))
    files = (
        ("entities.ftm.json", lines(every)),
        ("statements.json", lines(_keyed(row) for row in rows)),
        ("statements.csv", table(COLUMNS, rows, losses)),
    )
    return Given(files=files, written=counts(Counter(one["schema"] for one in every)), left_out=losses.all())


def brought(text: Text) -> Brought:
    """What the reader of claims understood of a text, and what not."""
    understood, left, digests = told(text)
    missed = tuple(sorted(Loss(kind, why, many) for (kind, why), many in left.items()))
    return Brought(understood=counts(dict(understood)), left_out=missed, held=digests)


class _Entities:
    """The entities of a view while they are made; each once, in order."""

    def __init__(self, view: View, losses: Losses) -> None:
        self._view = view
        self._losses = losses
        self._made: dict[str, Entity] = {}
        self._actors = {actor.id: actor for actor in view.actors}

    def all(self) -> list[Entity]:
        """Everybody first, then what was held, then what is said."""
        for actor in self._view.actors:
            self._actor(actor)
        for item in items_of(self._view, self._losses):
            self._document(item)
        self._documentation()
        ordered = sorted(self._view.claims, key=lambda c: (self._view.numbers[c.item], c.start, c.end, c.id))
        for claim in ordered:
            if claim.family is Family.ACT:
                self._note(claim)
            elif claim.tie is not None:
                self._tie(claim, claim.tie)
        for incident in self._view.result.incidents:
            involved = [e for c in ordered if c.id in incident.claims for e in self._named_in(c)]
            self._add(
                f"incident-{incident.id}", "Event", incident.act_type.value,
                name=[incident.title], location=incident.places, startDate=[incident.date_from],
                endDate=[incident.date_to], involved=involved,
            )  # fmt: skip
            self._losses.add("versions of incidents", "An event is told in one way only.", len(incident.versions) > 1)
        self._left()
        return list(self._made.values())

    def _add(self, id_: str, schema: str, kept: Any, **properties: Sequence[str | None]) -> str:
        """Enter an entity; what nobody tells is left out of it. `kept` stands under the key `probanda`."""
        values = {key: list(dict.fromkeys(v for v in found if v)) for key, found in properties.items()}
        told = {key: found for key, found in values.items() if found}
        self._made.setdefault(id_, {"id": id_, "schema": schema, "properties": told, DATASET: kept})
        return id_

    # --- who and what

    def _actor(self, actor: ActorGroup) -> None:
        schema = _SCHEMA.get(actor.kind)
        if schema is None:
            self._losses.add(actor.kind.value, "A collective without a name of its own has no schema.")
            return
        if actor.kind is MentionKind.STATE:
            self._losses.add("state", "It is given as a public body; " + _KEY[0].lower() + _KEY[1:])
        properties: dict[str, Sequence[str | None]] = {"name": [actor.name]}
        if actor.kind is MentionKind.PLACE:
            properties["full"] = [actor.name]
        properties["alias"] = [v for v in actor.variants if v != actor.name]
        if actor.kind is MentionKind.PLACE:
            self._losses.add("other names of places", _KEY, len(properties["alias"]))
            del properties["alias"]
        if actor.kind is MentionKind.UNIT:
            properties["topics"] = ["mil"]
        self._add(f"actor-{actor.id}", schema, {"kind": actor.kind.value, "variants": actor.variants}, **properties)

    def _document(self, item: ItemRow) -> None:
        if item.destroyed is not None or item.sha1 is None:
            self._losses.add("item", "Its bytes are not here, or have no SHA-1.")
            return
        day = item.dated_from if item.dated_from == item.dated_to else None
        url = item.source if item.source and item.source.startswith(("http://", "https://")) else None
        self._losses.add("source of an item", "It is no address on the web.", bool(item.source) and url is None)
        self._losses.add("date of an item", "It is a stretch of days.", bool(item.dated_from) and day is None)
        self._add(
            f"item-{item.digest}", "Document", {"sha256": item.digest, "number": item.number, "label": item.label},
            contentHash=[item.sha1], fileName=[self._view.names[item.digest][0]], title=[item.title],
            mimeType=[item.media_type], publishedAt=[day], sourceUrl=[url], publisher=[item.publisher],
        )  # fmt: skip

    def _documentation(self) -> None:
        """That somebody is named in a document: the only link of evidence there is, without a place."""
        found = {(m.item, actor) for m in self._view.mentions if (actor := self._view.actor_of.get(m.id)) is not None}
        for item, actor in sorted(found):
            if f"actor-{actor}" in self._made and f"item-{item}" in self._made:
                self._add(
                    f"named-{content_id(item, actor)}", "Documentation", None,
                    document=[f"item-{item}"], entity=[f"actor-{actor}"], role=["named in it"],
                )  # fmt: skip
        self._losses.add("mentions", "A documentation has no place in the text.", len(self._view.mentions))

    def _end(self, party: Named, kind: MentionKind) -> str | None:
        """The entity of somebody who stands in a tie; None for a group. A name nobody linked is taken for `kind`."""
        actor = self._view.actor_of.get(party.mention or "")
        if actor is not None and actor in self._actors:
            return f"actor-{actor}" if f"actor-{actor}" in self._made else None
        id_ = f"words-{content_id(kind.value, party.words)}"
        full = [party.words] if kind is MentionKind.PLACE else []
        schema = "LegalEntity" if kind is MentionKind.BODY else _SCHEMA[kind]
        return self._add(id_, schema, {"kind": None}, name=[party.words], full=full)

    # --- what is said

    def _note(self, claim: Claim) -> None:
        document = f"item-{claim.item}"
        about = [document] if document in self._made else []
        self._add(
            f"claim-{claim.id}", "Note", self._row(claim),
            name=[claim.act_type.value], description=[claim.quote], summary=[_standing(claim)],
            entity=[*about, *self._named_in(claim)],
        )  # fmt: skip
        self._losses.add("claims: speakers, roles, dates, places, where the words stand", _KEY)

    def _named_in(self, claim: Claim) -> list[str]:
        mentions = [*(a.mention for a in claim.actors), *(v.mention for v in claim.victims)]
        ids = [self._view.actor_of.get(one or "") for one in mentions]
        return [f"actor-{one}" for one in ids if one and f"actor-{one}" in self._made]

    def _tie(self, claim: Claim, tie: Tie) -> None:
        kind = tie.kind.value
        if claim.polarity is Polarity.NEGATIVE:
            self._losses.add(f"tie: {kind}", "It is denied, and no schema says what is not so.")
            return
        person = tie.kind in (TieKind.POSTING, TieKind.ATTRIBUTE)
        place = tie.kind in (TieKind.AREA, TieKind.CONTROL)
        left = self._end(tie.left, MentionKind.PERSON if person else MentionKind.BODY)
        if tie.kind is TieKind.ATTRIBUTE:
            self._attribute(tie, left)
            return
        right = self._end(tie.right, MentionKind.PLACE if place else MentionKind.BODY)
        if left is None or right is None:
            self._losses.add(f"tie: {kind}", "One of its ends is a collective without a name of its own.")
            return
        for name in ("rank", "title"):
            self._losses.add(f"{name} in a tie", _KEY, bool(getattr(tie, name)))
        self._losses.add("ties: who says it, and where the words stand", _KEY)
        shared = self._interval(claim, tie.bounds)
        row, id_ = self._row(claim), f"claim-{claim.id}"
        if tie.kind is TieKind.MEMBERSHIP:
            self._add(id_, "Membership", row, member=[left], organization=[right], role=[tie.role], **shared)
        elif tie.kind is TieKind.POSTING and tie.role and self._made[left]["schema"] == "Person":
            post = self._add(
                f"post-{content_id(tie.role, right)}", "Position", None, name=[tie.role], organization=[right]
            )
            self._add(id_, "Occupancy", row, holder=[left], post=[post], **shared)
        elif tie.kind is TieKind.POSTING:
            self._add(id_, "Employment", row, employee=[left], employer=[right], role=[tie.role], **shared)
        else:
            self._losses.add("role in a tie", _KEY, bool(tie.role))
            self._add(id_, "UnknownLink", row, subject=[left], object=[right], role=[kind], **shared)

    def _attribute(self, tie: Tie, left: str | None) -> None:
        known = left is not None and tie.role in _ATTRIBUTES and self._made[left]["schema"] == "Person"
        if not known or left is None or tie.role is None:
            self._losses.add("tie: attribute", "There is no property for it.")
            return
        values = self._made[left]["properties"].setdefault(tie.role, [])
        if tie.right.words not in values:
            values.append(tie.right.words)
        self._losses.add("attributes", "A property says nothing of who says it, and whether a person checked it.")

    def _interval(self, claim: Claim, bounds: Bounds | None) -> dict[str, Sequence[str | None]]:
        """What every tie has: when, the words, how it stands, and the document as its proof."""
        one = bounds or Bounds()
        start, end = one.first_precise or one.first_imprecise, one.last_precise or one.last_imprecise
        start = None if start == EVER else start
        self._losses.add(
            "bounds of ties", "Whether a day is when it began or ended, or within which it held, is not told.",
            one.dated and not (one.first_imprecise is one.last_imprecise is None and
                               one.starting == bool(start) and one.ending == bool(end)),
        )  # fmt: skip
        document = f"item-{claim.item}"
        return {
            "startDate": [start],
            "endDate": [end],
            "description": [claim.quote],
            "summary": [_standing(claim)],
            "proof": [document if document in self._made else None],
        }

    def _row(self, claim: Claim) -> Any:
        view = self._view
        make = claim_row if claim.family is Family.ACT else tie_row
        return make(claim, view.names[claim.item], view.numbers[claim.item], view.actor_of)

    def _left(self) -> None:
        seen = self._view
        for kind, many in (
            ("claims a person rejected", len(seen.rejected)),
            ("contradictions", len(seen.result.contradictions)),
            ("origins", len(seen.result.origins)),
            ("suggestions of the matrix", len(seen.suggestions)),
            ("hypotheses", len(seen.charts)),
        ):
            self._losses.add(kind, "There is no schema for it.", many)


def _standing(claim: Claim) -> str:
    """How the words stand, in one line: nobody should take what is said for what is so."""
    by = {Status.PROPOSED: "proposed by a program, not checked by a person", Status.UNSURE: "a person left it open"}
    checked = by.get(claim.status, "a person checked that the text says so")
    return f"{claim.modality.value}; {checked}"


def _statements(entity: Entity) -> Iterator[list[str]]:
    id_, schema = entity["id"], entity["schema"]
    for key, values in entity["properties"].items():
        for value in values:
            own = hashlib.sha1(f"{DATASET}.{id_}.{key}.{value}".encode(), usedforsecurity=False).hexdigest()
            yield [id_, id_, key, _TYPES.get(key, "string"), schema, value, DATASET, *[""] * 3, "f", "", "", own]


def _keyed(row: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {key: value for key, value in zip(COLUMNS, row, strict=True) if value}
    return found | {"external": False}


SYSTEM = System(
    about="FollowTheMoney: entities as JSON lines, or statements as JSON lines or CSV.",
    write=given,
    read=brought,
    reads=reads,
)
