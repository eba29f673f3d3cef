"""Bayanat: its bulletins, actors and incidents, as its own exports have them in JSON and CSV.

Start with `write` and `read`. Each item is a bulletin (its quotes as description, its dated claims as events), each
actor an actor, each incident an incident; who is told to have been in it stands as a relation. Bayanat has one word
for who is told to have done it, `Perpetrator`: it is written with a comment that says how it is told, and that nobody
has decided it. Its files are read by `claims.readers.case_records`.

Looks down to: model, bayanat_csv, view, claims. Used by: exchange.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from probanda.actors.model import ActorGroup
from probanda.casework.exchange.bayanat_csv import actors_csv, bulletins_csv
from probanda.casework.exchange.model import Brought, Given, Handed, Losses, System, counts
from probanda.casework.view import View
from probanda.claims.model import DOC, Actor, Claim, Named
from probanda.claims.readers.case_records import stated
from probanda.incidents.model import Incident
from probanda.kernel.vocabulary import Family, MentionKind, Status, TieKind
from probanda.reading.case_records import is_bayanat
from probanda.reading.model import Text
from probanda.store.model import ItemRow

Record = dict[str, Any]
INJURED, PERPETRATOR, APPEARED = 1, 3, 4
"""Kinds of relation in the table that Bayanat comes with (of actors to bulletins and incidents)."""
SUBORDINATE, SUBUNIT, MEMBER, OTHER = 8, 9, 11, 14
"""The same, of actors to actors."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_OF_TIES = {TieKind.MEMBERSHIP: MEMBER, TieKind.POSTING: MEMBER, TieKind.SUPPORT: OTHER, TieKind.CONTROL: OTHER}


def read(text: Text) -> Brought:
    """What was understood of one file."""
    told, losses = stated(text), Losses()
    for (kind, why), many in told.left.items():
        losses.add(kind, why, many)
    return Brought(
        understood=counts(dict(told.records) | {"claims from fields": len(told.claims)}),
        left_out=losses.all(),
        held=tuple(("md5", one) for one in sorted(told.digests)),
    )


def write(handed: Handed) -> Given:
    """Files for Bayanat of all that may leave."""
    made = _Made(handed.view)
    bulletins = [made.bulletin(item) for item in made.items]
    incidents = [made.incident(one) for one in made.incidents]
    actors = [made.actor(one) for one in made.actors]
    made.lose()
    files = [
        ("bulletins.json", _json("bulletins", bulletins)),
        ("actors.json", _json("actors", actors)),
        ("incidents.json", _json("incidents", incidents)),
        ("bulletins.csv", bulletins_csv(bulletins)),
        ("actors.csv", actors_csv(actors)),
    ]
    written = {"bulletins": len(bulletins), "actors": len(actors), "incidents": len(incidents)}
    written["events"] = sum(len(one["events"]) for one in (*bulletins, *incidents))
    return Given(files=tuple(files), written=counts(written), left_out=made.losses.all())


class _Made:
    """Records of a view, with the numbers they are given: Bayanat's ids are whole numbers."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.losses = Losses()
        self.items = sorted(view.items, key=lambda one: (one.number, one.digest))
        self.actors = sorted((a for a in view.actors if a.kind is not MentionKind.PLACE), key=lambda a: a.id)
        self.incidents = sorted(view.result.incidents, key=lambda one: one.id)
        self._item_id = {one.digest: n for n, one in enumerate(self.items, 1)}
        self._actor_id = {one.id: n for n, one in enumerate(self.actors, 1)}
        self._incident_id = {one.id: n for n, one in enumerate(self.incidents, 1)}
        self._actor = {one.id: one for one in self.actors}
        places = {p.words for c in view.claims for p in c.places}
        self._place_id = {words: n for n, words in enumerate(sorted(places), 1)}
        self._claim = {one.id: one for one in view.claims}
        self._claims: dict[str, list[Claim]] = {}
        for claim in sorted(view.claims, key=lambda c: (c.start, c.end, c.id)):
            self._claims.setdefault(claim.item, []).append(claim)
        self._events = 0
        self._lower: dict[str, list[Claim]] | None = None

    # --- records

    def bulletin(self, item: ItemRow) -> Record:
        """An item with what is claimed in it."""
        view, claims = self.view, self._claims.get(item.digest, [])
        acts = [c for c in claims if c.family is Family.ACT]
        name = item.title or view.names[item.digest][0]
        day = item.dated_from if item.dated_from == item.dated_to else None
        told = [i for i in self.incidents if any(self._of(c, item.digest) for c in i.claims)]
        return {
            "class": "bulletin",
            "id": self._item_id[item.digest],
            **_titles("title", name),
            "sjac_title": "",
            "sjac_title_ar": "",
            "originid": item.number,
            "assigned_to": None,
            "first_peer_reviewer": None,
            "locations": self._locations(acts),
            "geoLocations": [],
            "labels": [],
            "verLabels": [],
            "sources": [{"id": 1, **_titles("title", item.publisher)}] if item.publisher else [],
            "events": list(self._events_of(acts)),
            "medias": [self._media(item)],
            "bulletin_relations": [],
            "actor_relations": self._actor_relations(claims),
            "incident_relations": [
                {"incident": self._compact_incident(one), "related_as": None, "probability": None, "comment": "",
                 "user_id": None}
                for one in told
            ],
            "description": "".join(f"<p>{html.escape(_said(c), quote=False)}</p>" for c in claims),
            "public_description": "",
            "comments": f"Probanda, item {item.number}, SHA-256 {item.digest}",
            "source_link": item.source or "",
            "source_link_type": None,
            "tags": [],
            "publish_date": day,
            "documentation_date": item.acquired_at,
            "status": _status(claims),
            "review": None,
            "review_action": None,
            "updated_at": None,
            "roles": [],
        }  # fmt: skip

    def actor(self, actor: ActorGroup) -> Record:
        """An actor, with the ties it is the lower-numbered end of."""
        kind = "Person" if actor.kind is MentionKind.PERSON else "Entity"
        if actor.kind not in (MentionKind.PERSON, MentionKind.BODY):
            self.losses.add(f"actor: {actor.kind.value}", "Bayanat knows persons and entities; written as an entity")
        others = [one for one in actor.variants if one != actor.name]
        empty = {
            f"{part}_name{ar}": "" for part in ("first", "middle", "last", "father", "mother") for ar in ("", "_ar")
        }
        return {
            "class": "actor",
            "id": self._actor_id[actor.id],
            **_titles("name", actor.name),
            "nickname": "; ".join(others),
            "nickname_ar": "",
            **empty,
            "type": kind,
            "_type": kind,
            "comments": f"Probanda, actor {actor.id}; {len(actor.members)} mentions",
            "events": [],
            "medias": [],
            "actor_relations": list(self._ties(actor)),
            "bulletin_relations": [],
            "incident_relations": [],
            "id_number": [],
            "tags": [],
            "status": "Machine Created",
            "roles": [],
            "actor_profiles": [{"id": self._actor_id[actor.id], "mode": 1, "originid": actor.id, "description": ""}],
        }

    def incident(self, incident: Incident) -> Record:
        """An incident, with how it is told."""
        claims = [self._claim[c] for c in incident.claims if c in self._claim]
        told = sorted({c.item for c in claims}, key=self._item_id.__getitem__)
        self._events += 1
        event = self._event(self._events, incident.title, incident.places, incident.date_from, incident.date_to, "")
        return {
            "class": "incident",
            **self._compact_incident(incident),
            "description": "".join(f"<p>{html.escape(one, quote=False)}</p>" for one in _versions(incident)),
            "assigned_to": None,
            "first_peer_reviewer": None,
            "labels": [],
            "locations": self._locations(claims),
            "potential_violations": [],
            "claimed_violations": [],
            "events": [event],
            "actor_relations": self._actor_relations(claims),
            "bulletin_relations": [
                {"bulletin": {"class": "bulletin", "id": self._item_id[one], "title": self.view.names[one][0]},
                 "related_as": None, "probability": None, "comment": "", "user_id": None}
                for one in told
            ],
            "incident_relations": [
                {"incident": self._compact_incident(other), "related_as": None, "probability": None,
                 "comment": "this one lies in it", "user_id": None}
                for part in incident.part_of
                for other in self.incidents
                if other.id == part.incident
            ],
            "comments": f"Probanda, incident {incident.id}; {incident.act_type.value}",
            "status": _status(claims),
            "review": None,
            "review_action": None,
            "updated_at": None,
            "roles": [],
        }  # fmt: skip

    def lose(self) -> None:
        """What no record of Bayanat has a place for."""
        view, add = self.view, self.losses.add
        add("item bytes", "an export of Bayanat names files with their MD5 and holds none; `bundle` hands them on",
            len(self.items))  # fmt: skip
        add("rejected claim", "what was rejected is not given", len(view.rejected))
        add("contradiction", "Bayanat has no record of two that cannot both hold", len(view.result.contradictions))
        add("origin of accounts", "Bayanat does not tell accounts from origins; only their number is said",
            len(view.result.origins))  # fmt: skip
        add("hypothesis", "Bayanat has no matrix of elements of crimes", len(view.suggestions))
        add("place as an actor", "given as a location by its name, without what it was linked to",
            sum(a.kind is MentionKind.PLACE for a in view.actors))  # fmt: skip
        for claim in view.claims:
            add("offset", "an event has no place in a text; the claim's id stands in its comment", 1)
            if claim.quantity is not None:
                add("quantity", "an event has no number; it stands in the quoted words")
            if claim.means:
                add("means", "an event has no means; they stand in the quoted words")
        if not view.worked_out:
            add("actors and incidents", "not worked out yet: run `probanda incidents` first")

    # --- parts

    def _of(self, claim: str, item: str) -> bool:
        found = self._claim.get(claim)
        return found is not None and found.item == item

    def _compact_incident(self, one: Incident) -> Record:
        return {"id": self._incident_id[one.id], **_titles("title", one.title)}

    def _locations(self, claims: Iterable[Claim]) -> list[Record]:
        words = dict.fromkeys(p.words for c in claims for p in c.places)
        return [self._location(one) for one in words]

    def _location(self, words: str) -> Record:
        return {"id": self._place_id.setdefault(words, len(self._place_id) + 1), "title": words, "full_string": words,
                "lat": None, "lng": None}  # fmt: skip

    def _events_of(self, claims: Sequence[Claim]) -> Iterator[Record]:
        for claim in claims:
            if not claim.asserts_event:
                why = "an event only says that something happened; it stands in the description"
                self.losses.add(f"claim {claim.modality.value}", why)
                continue
            self._events += 1
            places = tuple(p.words for p in claim.places)
            comment = f"{_how(claim)}; claim {claim.id}"
            yield self._event(self._events, claim.act, places, claim.date_from, claim.date_to, comment)

    def _event(
        self, number: int, title: str, places: Sequence[str], first: str | None, last: str | None, comment: str
    ) -> Record:
        if len(places) > 1:
            self.losses.add("place of an event", "an event has one place; others stand in the record's list",
                            len(places) - 1)  # fmt: skip
        return {
            "id": number,
            **_titles("title", title),
            "comments": comment,
            "comments_ar": "",
            "location": self._location(places[0]) if places else None,
            "eventtype": {"id": 20, "title": "Incident", "title_ar": "", "for_actor": False, "for_bulletin": True,
                          "for_incident": True},
            "from_date": first,
            "to_date": last,
            "estimated": None,
            "updated_at": None,
        }  # fmt: skip

    def _media(self, item: ItemRow) -> Record:
        name = self.view.names[item.digest][0]
        return {
            "id": self._item_id[item.digest],
            **_titles("title", name),
            "category": None,
            "fileType": item.media_type,
            "filename": name,
            "etag": item.md5,
            "time": None,
            "duration": None,
            "main": True,
            "orientation": 0,
            "updated_at": None,
            "extraction": None,
            "isRedaction": False,
            "originalMediaId": None,
        }

    def _linked(self, party: Named | Actor, as_what: str) -> ActorGroup | None:
        actor = self._actor.get(self.view.actor_of.get(party.mention or "", ""))
        if actor is None and party.words != DOC:
            self.losses.add(as_what, "linked to no actor (masked, unnamed, or not worked out); it stands in the words")
        return actor

    def _actor_relations(self, claims: Iterable[Claim]) -> list[Record]:
        """Each actor once, with every way it is told to have been in it."""
        codes: dict[str, dict[int, list[str]]] = {}
        for claim in claims:
            if claim.family is not Family.ACT:
                continue
            told: list[tuple[Named | Actor, int, str]] = [(p, INJURED, "victim") for p in claim.victims]
            told += [(p, PERPETRATOR if claim.asserts_event else APPEARED, "author") for p in claim.actors]
            told += [(p, APPEARED, "speaker") for p in claim.speakers if p.words != DOC]
            for party, code, what in told:
                actor = self._linked(party, what)
                if actor is not None:
                    says = f"{what}, {_how(claim)}: {claim.act} (claim {claim.id})"
                    codes.setdefault(actor.id, {}).setdefault(code, []).append(says)
        return [
            {
                "actor": self._compact_actor(self._actor[known]),
                "related_as": sorted(found),
                "probability": None,
                "comment": "; ".join(
                    (*(one for code in sorted(found) for one in found[code]),
                     *(("as told; nobody here has decided it",) if PERPETRATOR in found else ()))
                ),
                "user_id": None,
            }
            for known, found in sorted(codes.items())
        ]  # fmt: skip

    def _compact_actor(self, one: ActorGroup) -> Record:
        kind = "Person" if one.kind is MentionKind.PERSON else "Entity"
        return {"class": "actor", "id": self._actor_id[one.id], **_titles("name", one.name), "type": kind}

    def _ties(self, actor: ActorGroup) -> Iterator[Record]:
        for claim in self._ties_by_lower.get(actor.id, ()):
            assert claim.tie is not None  # noqa: S101 (only ties are gathered)
            left = self._actor[self.view.actor_of[claim.tie.left.mention or ""]]
            right = self._actor[self.view.actor_of[claim.tie.right.mention or ""]]
            tie, other = claim.tie, right if left is actor else left
            code = _OF_TIES.get(tie.kind, OTHER)
            if tie.kind is TieKind.SUBORDINATION:
                code = SUBORDINATE if left.kind is right.kind is MentionKind.PERSON else SUBUNIT
            time = tie.bounds
            days = (
                (time.first_precise or time.first_imprecise, time.last_precise or time.last_imprecise) if time else ()
            )
            parts = (
                f"{left.name} to {right.name}: {tie.kind.value}",
                *(one for one in (tie.role, tie.title, tie.rank) if one),
                " to ".join(one for one in days if one),
                f"{_how(claim)}; claim {claim.id}",
            )
            yield {"actor": self._compact_actor(other), "related_as": code, "probability": None,
                   "comment": "; ".join(one for one in parts if one), "user_id": None}  # fmt: skip

    @property
    def _ties_by_lower(self) -> dict[str, list[Claim]]:
        if self._lower is None:
            self._lower = {}
            for claim in sorted(self.view.claims, key=lambda c: c.id):
                if claim.tie is None:
                    continue
                ends = [self._linked(p, f"tie: {claim.tie.kind.value}") for p in (claim.tie.left, claim.tie.right)]
                if claim.tie.kind in (TieKind.AREA, TieKind.ATTRIBUTE):
                    self.losses.add(f"tie: {claim.tie.kind.value}", "actors of Bayanat have no such relation")
                elif not claim.asserts_event:
                    self.losses.add("tie denied", "a relation only says what is; it stands in the description")
                elif ends[0] is not None and ends[1] is not None and ends[0] is not ends[1]:
                    low = min((e for e in ends if e), key=lambda e: self._actor_id[e.id])
                    self._lower.setdefault(low.id, []).append(claim)
        return self._lower


def _titles(field: str, words: str) -> Record:
    """The words in the field, and in its Arabic twin where they are in Arabic letters."""
    return {field: words, f"{field}_ar": words if _ARABIC.search(words) else ""}


def _how(claim: Claim) -> str:
    said = [p.words for p in claim.speakers if p.words != DOC]
    return claim.modality.value + (f" by {' according to '.join(reversed(said))}" if said else "")


def _said(claim: Claim) -> str:
    return f"“{' '.join(claim.quote.split())}” ({_how(claim)}; {claim.status.value}; claim {claim.id})"


def _versions(incident: Incident) -> Iterator[str]:
    for one in incident.versions:
        speakers = ["the publication itself" if words == DOC else words for words in one.speakers]
        told = f", told by {', '.join(speakers)}" if speakers else ""
        yield f"{one.label}{told}" + (f"; at most {one.origins} origins" if one.origins else "")


def _status(claims: Iterable[Claim]) -> str:
    decided = any(c.status in (Status.CHECKED, Status.CORRECTED) for c in claims)
    return "Human Created" if decided else "Machine Created"


def _json(kind: str, records: Sequence[Record]) -> bytes:
    """One list, sound at any length: a record on each line."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in records)
    return f'{{"{kind}": [\n{lines}\n]}}\n'.encode("utf-8", "backslashreplace")


SYSTEM = System(
    about="Bayanat's exports of bulletins, actors or incidents: JSON (one list) or CSV with its columns.",
    write=write,
    read=read,
    reads=is_bayanat,
)
