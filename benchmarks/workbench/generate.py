"""A large case folder of invented reports, for measuring the workbench.

    python -m benchmarks.workbench.generate OUT [--items 100000] [--decisions 3000]

Each report has five sentences with two claims each; one has 5,000 claims. Reports tell of events, few of them often and
most seldom, so that incidents, actors and their bodies are as uneven as in life. Registrations and decisions go through
the record's own calls. What a reader and the consolidation would find is written into the tables at once, since to
read a million claims would take hours: so the files' bytes are not in the vault, the ledger's digests are not those of
the rows, and `verify` would say so. The same numbers give the same reports; ids of decisions are random.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from probanda import Case
from probanda.access.eyes import OPEN, compartment_of
from probanda.actors.model import FIRST, ActorGroup, Membership
from probanda.casework import decide
from probanda.claims.model import DOC, Actor, Claim, Named
from probanda.incidents.model import (
    Account,
    Contradiction,
    Corroboration,
    Derivation,
    DerivationKind,
    Incident,
    Origin,
    SourceKind,
    Version,
)
from probanda.kernel.digests import content_id, sha256
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import (
    ActType,
    ContradictionKind,
    Involvement,
    MentionKind,
    Modality,
    OriginKind,
    PassageRole,
    Polarity,
)
from probanda.matrix.model import Cell, CellStatus, Suggestion
from probanda.store import tables as t
from probanda.store.codec import plain, to_json
from probanda.store.common import compartment_n, compartment_names, day_number
from probanda.store.derived import claim_row, party_rows
from probanda.store.engines import sqlite as engine
from probanda.store.ledger import CONSOLIDATION, READING, SUGGESTIONS, TEXT
from probanda.store.many import insert_many
from probanda.store.model import Deed
from probanda.store.search import folded, indexed
from probanda.store.settling import Shown
from probanda.store.store import Store

READER = "generated"
FIRST_DAY, DAYS = date(2031, 1, 1), 3650
SENTENCES = 5
LONG = 2_500
"""Sentences of the one long text: 5,000 claims."""
AT_ONCE = 2_000
_ACTS = (
    (ActType.INDISCRIMINATE_ATTACK, "shelled the market of", "wounded"),
    (ActType.KILLING, "opened fire in", "killed"),
    (ActType.LOOTING_PROPERTY, "looted the shops of", "robbed"),
    (ActType.DETENTION, "searched the houses of", "detained"),
    (ActType.DISPLACEMENT, "burned the fields of", "drove out"),
    (ActType.SIEGE, "closed the roads of", "held back"),
)
_HIT = ("farmers", "traders", "teachers", "pupils", "nurses", "drivers", "mourners", "shepherds", "weavers", "miners")
_KINDS = ("text/plain",) * 12 + ("text/html",) * 4 + ("application/pdf",) * 2 + ("message/rfc822",) * 2
_LANGUAGES = ("en",) * 14 + ("fr",) * 3 + ("ar",) * 3
_LABELS = ("internal",) * 170 + ("public",) * 22 + ("restricted",) * 6 + ("witness",) * 2
_MODALITIES = (Modality.REPORTED,) * 6 + (Modality.ALLEGED,) * 3 + (Modality.DENIED,)
_ONSETS = (*"bdfghklmnqrstwz", "dr", "sh", "kh")
_SYLLABLES = [onset + core for onset in _ONSETS for core in (*"aeiou", "ai", "ou")]


def main() -> None:
    """Make the case and say how long each step took."""
    parser = argparse.ArgumentParser(description="A large case folder of invented reports.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--decisions", type=int, default=3_000)
    asked = parser.parse_args()
    make(asked.out, asked.items, asked.decisions)


def make(out: Path, items: int, decisions: int) -> None:
    """Make the case folder."""
    start = time.perf_counter()

    def told(what: str) -> None:
        print(f"{time.perf_counter() - start:7.1f} s  {what}", flush=True)

    world = World.of(items)
    with Case.new(out, situation="Marsafa since 2031", prefix="MAR", name="Owner") as case:
        store = case.store
        store.add_user(case.eyes, "Analyst")
        _register(store, world, items)
        told(f"{items:,} items registered")
        groups = Groups()
        _fill(store, world, items, groups, told)
        _decide(store, groups, decisions)
        told(f"{decisions:,} decisions")
        sight = store.owner.sight
        with store._writing() as connection:
            _gather(connection, world, groups, sight)
        told(f"{len(groups.claims_of):,} incidents, {len(groups.mentions_of):,} actors")


# --- what is told ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, in the invented country."""

    n: int
    act: int
    town: str
    unit: str
    day: date
    hit: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """One invented text."""

    n: int
    digest: str
    name: str
    title: str
    words: str
    kind: str
    language: str
    label: str
    dated: date
    speaker: str
    sentences: tuple[tuple[int, str, Event, str], ...]
    """(offset, words, event, speaker)."""
    state: str
    """read, unread, waits, no claims."""


@dataclass(slots=True)
class World:
    """The invented country: what is drawn from it is drawn by a report's own number alone."""

    towns: list[str]
    units: list[str]
    people: list[str]
    bodies: list[str]
    events: list[Event]

    @classmethod
    def of(cls, items: int) -> World:
        """A country large enough for so many reports."""
        rng = random.Random(11)  # noqa: S311 - invented names, no secret
        names = _names(rng)
        towns = [next(names) for _ in range(max(20, items * 3 // 100))]
        units = [
            f"{next(names)} {rng.choice(('Brigade', 'Battalion', 'Guard', 'Front'))}"
            for _ in range(max(10, items // 100))
        ]
        people = [f"{next(names)} {next(names)}" for _ in range(max(10, items * 15 // 1000))]
        bodies = [
            f"{next(names)} {rng.choice(('Herald', 'Observatory', 'League'))}" for _ in range(max(5, items // 1000))
        ]
        count = max(20, items * 22 // 100)
        events = [
            Event(
                n, rng.randrange(len(_ACTS)), _often(rng, towns), _often(rng, units),
                FIRST_DAY + timedelta(days=rng.randrange(DAYS)), rng.choice(_HIT), rng.randrange(2, 90),
            )
            for n in range(count)
        ]  # fmt: skip
        return cls(towns, units, people, bodies, events)

    def report(self, n: int) -> Report:
        """The report of this number; number 1 is the long one."""
        rng = random.Random(f"report {n}")  # noqa: S311
        first = self.events[int(len(self.events) * rng.random() ** 1.5)]
        told = [first if rng.random() < 0.3 else self.events[int(len(self.events) * rng.random() ** 1.5)]
                for _ in range(LONG if n == 1 else SENTENCES)]  # fmt: skip
        speaker = rng.choice(("residents", _often(rng, self.people), _often(rng, self.bodies)))
        title = f"{rng.choice(self.bodies)} report {n}"
        at, sentences, words = len(title) + 2, [], [title]
        for event in told:
            _, did, harmed = _ACTS[event.act]
            count = event.count if rng.random() < 0.8 else event.count + rng.randrange(1, 9)
            line = (
                f"{event.unit} {did} {event.town} on {event.day:%-d %B %Y} and {harmed} {count} {event.hit}, "
                f"{speaker} said."
            )
            sentences.append((at, line, event, str(count)))
            words.append(line)
            at += len(line) + 2
        whole = "\n\n".join(words)
        chance = rng.random()
        state = "unread" if chance > 0.97 else "waits" if chance > 0.96 else "no claims" if chance > 0.94 else "read"
        return Report(
            n, sha256(whole.encode()), f"box-{n // 1000:03}/{n:06}.txt", title, whole, rng.choice(_KINDS),
            rng.choice(_LANGUAGES), rng.choice(_LABELS), first.day + timedelta(days=rng.choice((0, 1, 3, 9, 30))),
            speaker, tuple(sentences), "read" if n <= 1 else state,
        )  # fmt: skip


@dataclass(slots=True)
class Groups:
    """Which claims tell of which event, and which mentions name whom."""

    claims_of: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """Event -> (claim, item)."""
    mentions_of: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """(kind, words) -> mentions."""
    first: list[str] = field(default_factory=list)
    """Claims of the first reports, on which persons decide."""


def _names(rng: random.Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        name = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 3)))).capitalize()
        if name not in seen:
            seen.add(name)
            yield name


def _often(rng: random.Random, among: list[str]) -> str:
    """The first ones are drawn often, the others seldom."""
    return among[int(len(among) * rng.random() ** 1.5)]


# --- what is written ------------------------------------------------------------------------------


def _register(store: Store, world: World, items: int) -> None:
    """Register every report, as `add` does."""
    eyes = store.owner
    for start in range(0, items, AT_ONCE):
        deeds = []
        for n in range(start, min(items, start + AT_ONCE)):
            one = world.report(n)
            deeds.append(Deed(
                kind="register", subject=one.digest,
                payload={
                    "size": len(one.words), "media_type": one.kind, "name": one.name, "method": "file",
                    "tool": READER, "received_at": "2041-01-01T00:00:00.000Z", "label": one.label,
                    "collector": "Owner", "blake3": one.digest, "sha1": one.digest[:40], "md5": one.digest[:32],
                },
                labels=() if one.label != "restricted" else ("restricted",),
            ))  # fmt: skip
        store.record(eyes, deeds)


def _fill(store: Store, world: World, items: int, groups: Groups, told: Any) -> None:
    """Texts, mentions and claims of every report, many at once."""
    numbers = {"passage": 1, "claim": 1, "mention": 1, "text": 1}
    for start in range(0, items, AT_ONCE):
        with store._writing() as connection:
            connection.exec_driver_sql("PRAGMA cache_size=-800000")
            inside = {name: n for n, name in compartment_names(connection).items()}
            reports = [world.report(n) for n in range(start, min(items, start + AT_ONCE))]
            batch = _Batch(connection, numbers, groups, inside, _item_numbers(connection, reports))
            for one in reports:
                batch.add(one)
            batch.write()
        if start % 20_000 == 0:
            told(f"{start + AT_ONCE:,} texts and their claims")


def _item_numbers(connection: Connection, reports: list[Report]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in range(0, len(reports), 500):
        batch = [one.digest for one in reports[at : at + 500]]
        rows = connection.execute(select(t.item.c.digest, t.item.c.n).where(t.item.c.digest.in_(batch)))
        found |= {str(digest): int(n) for digest, n in rows}
    return found


class _Batch:
    """Rows of some reports."""

    def __init__(
        self,
        connection: Connection,
        numbers: dict[str, int],
        groups: Groups,
        inside: dict[str, int],
        of: dict[str, int],
    ) -> None:
        self.connection, self.numbers, self.groups, self.inside, self.of = connection, numbers, groups, inside, of
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.search: dict[int, list[tuple[int, str, str]]] = defaultdict(list)

    def next(self, name: str) -> int:
        self.numbers[name] += 1
        return self.numbers[name] - 1

    def add(self, one: Report) -> None:
        """The rows of one report."""
        name = OPEN if one.label in ("internal", "public") else compartment_of({one.label})
        inside, item = compartment_n(self.connection, name), self.of[one.digest]
        if one.state == "waits":
            return
        if one.state == "unread":
            about = to_json({"reason": "It is a scanned page.", "fix": "Give it a transcript."})
            self.rows["text"].append({
                "n": self.next("text"), "item": item, "part": 0, "digest": None, "base": 0, "length": 0, "words": "",
                "restricted": None, "about": about, "places": None, "compartment": inside,
            })  # fmt: skip
            return
        self._text(one, item, inside)
        not_read = "No reader covers this language." if one.state == "no claims" else None
        self.rows["reading"].append({"item": item, "reader": READER, "not_read": not_read, "compartment": inside})
        for stage in (TEXT, READING):
            self.rows["made"].append(
                {
                    "stage": stage,
                    "key": one.digest,
                    "maker": READER,
                    "input": one.digest,
                    "output": one.digest,
                    "rows": 1,
                }
            )
        if not_read is None:
            self._claims(one, item, inside)

    def _text(self, one: Report, item: int, inside: int) -> None:
        text = self.next("text")
        dated = {"start": one.dated.isoformat(), "end": one.dated.isoformat(), "reason": "generated"}
        about = {
            "language": one.language, "language_reason": READER, "encoding": "utf-8", "encoding_reason": READER,
            "media_type": one.kind, "title": one.title, "publisher": one.title.partition(" report")[0], "dated": dated,
            "parts": 1, "machine": None, "holds": 0,
        }  # fmt: skip
        self.rows["text"].append({
            "n": text, "item": item, "part": 0, "digest": one.digest, "base": 0, "length": len(one.words),
            "words": one.words, "restricted": None, "about": to_json(about),
            "places": to_json({"runs": [], "located": []}), "compartment": inside,
        })  # fmt: skip
        pieces = [(0, one.title, PassageRole.HEADING)]
        pieces += [(at, line, PassageRole.BODY) for at, line, _, _ in one.sentences]
        for n, (at, line, role) in enumerate(pieces, 1):
            row = self.next("passage")
            self.rows["passage"].append({
                "n": row, "text": text, "item": item, "start": at, "end": at + len(line), "role": str(role),
                "paragraph": n, "reason": "", "compartment": inside,
            })  # fmt: skip
            self.search[inside].append(indexed(row, line))

    def _claims(self, one: Report, item: int, inside: int) -> None:
        for n, (at, line, event, count) in enumerate(one.sentences):
            unit = self._mention(one, item, inside, event.unit, MentionKind.UNIT, at)
            place = self._mention(
                one, item, inside, event.town, MentionKind.PLACE, at + line.index(f" {event.town} ") + 1
            )
            speakers: tuple[Named, ...] = (Named(DOC), Named(one.speaker))
            if n == 0 and one.speaker != "residents":
                kind = (
                    MentionKind.BODY
                    if one.speaker.split()[-1] in ("Herald", "Observatory", "League")
                    else MentionKind.PERSON
                )
                who = self._mention(one, item, inside, one.speaker, kind, at + line.rindex(one.speaker))
                speakers = (Named(DOC), Named(one.speaker, who))
            for harm in (False, True):
                claim = _claim(one, at, line, event, count, unit, place, speakers, n, harm)
                row = self.next("claim")
                told = claim_row(Shown(claim), item, inside)
                self.rows["claim"].append({"n": row, **told, "proposal": told["body"]})
                self.rows["party"] += party_rows(claim, row, inside)
                self.groups.claims_of[event.n].append((claim.id, one.digest))
                if len(self.groups.first) < 20_000 and n == 1 and one.n > 1:
                    self.groups.first.append(claim.id)

    def _mention(self, one: Report, item: int, inside: int, words: str, kind: MentionKind, at: int) -> str:
        id_ = content_id("mention", one.digest, words, str(at))
        self.rows["mention"].append({
            "n": self.next("mention"), "id": id_, "item": item, "start": at, "end": at + len(words), "words": words,
            "kind": str(kind), "folded": folded(words).casefold(), "title": None, "same_as": None,
            "compartment": inside,
        })  # fmt: skip
        self.groups.mentions_of[str(kind), words].append(id_)
        return id_

    def write(self) -> None:
        """Insert them."""
        for table in (t.text, t.passage, t.reading, t.mention, t.claim, t.party, t.made):
            insert_many(self.connection, table, self.rows[table.name])
        for inside, rows in sorted(self.search.items()):
            engine.index(self.connection, inside, rows)


def _claim(
    one: Report, at: int, line: str, event: Event, count: str, unit: str, place: str, speakers: tuple[Named, ...],
    n: int, harm: bool,
) -> Claim:  # fmt: skip
    act_type, did, harmed = _ACTS[event.act]
    modality = _MODALITIES[(one.n + n + harm) % len(_MODALITIES)]
    act = f"{harmed} {count} {event.hit}" if harm else did
    start = at + line.index(act)
    quantity = None
    if harm:
        number = int(count)
        quantity = Quantity(text=count, value=number, min=number, max=number, unit=event.hit)
    return Claim(
        id=content_id("claim", one.digest, act, str(start)),
        item=one.digest, start=at, end=at + len(line), quote=line, act=act, act_start=start, act_end=start + len(act),
        act_type=ActType.KILLING if harm and harmed == "killed" else act_type, modality=modality,
        polarity=Polarity.NEGATIVE if modality is Modality.DENIED else Polarity.POSITIVE, speakers=speakers,
        actors=(Actor(event.unit, unit, Involvement.DIRECT),), victims=(Named(event.hit),) if harm else (),
        places=(Named(event.town, place),), date_text=f"{event.day:%-d %B %Y}", date_from=event.day.isoformat(),
        date_to=event.day.isoformat(), quantity=quantity, paragraph=n + 2, reader=READER, why="said; " + act,
    )  # fmt: skip


def _decide(store: Store, groups: Groups, decisions: int) -> None:
    """What persons decided: most of it on claims, some on who is whom."""
    eyes = store.owner
    verdicts = ("accept",) * 6 + ("reject",) * 2 + ("unsure",)
    named = [ones for _, ones in sorted(groups.mentions_of.items()) if len(ones) > 4]
    pairs = [(ones[n], ones[n + 1]) for n in (0, 2) for ones in named][: decisions // 4]
    deeds = []
    for left, right in sorted((min(pair), max(pair)) for pair in pairs):
        told = {"kind": "actor", "left": left, "right": right, "verdict": "same"}
        deeds.append(
            Deed(kind="identity", subject=content_id("identity", "actor", left, right), payload=told, reason="one name")
        )
    for n in range(0, len(deeds), 200):
        store.record(eyes, deeds[n : n + 200])
    step = max(1, len(groups.first) // max(1, decisions))
    for n, claim in enumerate(groups.first[::step][: decisions - len(deeds)]):
        decide.settle(store, eyes, claim, verdicts[n % len(verdicts)], reason="as the words say")


def _gather(connection: Connection, world: World, groups: Groups, sight: str) -> None:
    """Actors, incidents, origins and contradictions, as consolidation would write them."""
    connection.exec_driver_sql("PRAGMA cache_size=-800000")
    members: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    ids: dict[str, str] = {}

    def put(kind: str, node: str, group: str, reason: str) -> None:
        members.append({"kind": kind, "sight": sight, "node": node, "grp": group, "reason": reason})
        if len(members) >= 100_000:
            insert_many(connection, t.membership, members)
            members.clear()

    for (kind, words), mentions in sorted(groups.mentions_of.items()):
        id_ = ids[words] = min(mentions)
        why = {m: FIRST if m == id_ else "the same words" for m in mentions}
        told = ActorGroup(
            id=id_, kind=MentionKind(kind), name=words, variants=(words, words.upper()),
            members=tuple(Membership(m, why[m]) for m in mentions),
        )  # fmt: skip
        rows.append({"id": id_, "sight": sight, "name": words, "kind": kind, "body": to_json(told)})
        for m in mentions:
            put("mention-in-actor", m, id_, why[m])
    insert_many(connection, t.actor, rows)
    incidents: list[dict[str, Any]] = []
    origins: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for n, claims in sorted(groups.claims_of.items()):
        event = world.events[n]
        one = _incident(event, claims)
        incidents.append({
            "id": one.id, "sight": sight, "title": one.title, "act_type": str(one.act_type),
            "day_from": day_number(one.date_from), "day_to": day_number(one.date_to), "body": to_json(one),
        })  # fmt: skip
        origin = Origin(
            id=content_id("origin", one.id), kind=OriginKind.ACCOUNT, claims=one.claims[:20], reason="one speaker"
        )
        origins.append({"id": origin.id, "sight": sight, "kind": str(origin.kind), "body": to_json(origin)})
        if n % 12 == 0:
            held = tuple(sorted({item for _, item in claims})[: 2 + n % 9])
            copies = Origin(id=content_id("copies", one.id), kind=OriginKind.COPY, items=held, reason="the same words")
            origins.append({"id": copies.id, "sight": sight, "kind": str(copies.kind), "body": to_json(copies)})
            for item in held:
                put("item-in-origin", item, copies.id, copies.reason)
        for claim in one.claims:
            put("claim-in-incident", claim, one.id, "same place and day")
        for claim in origin.claims:
            put("claim-in-origin", claim, origin.id, origin.reason)
        if n % 4 == 0 and len(claims) > 4:
            a, b = sorted((claims[1][0], claims[3][0]))
            link = Contradiction(
                id=content_id("contradiction", a, b),
                a=a,
                b=b,
                kind=ContradictionKind.NUMBER,
                reason="the numbers differ",
            )
            links.append(
                {
                    "kind": f"contradicts-{link.kind}",
                    "sight": sight,
                    "a": a,
                    "b": b,
                    "id": link.id,
                    "reason": link.reason,
                }
            )
        if len(incidents) >= AT_ONCE:
            insert_many(connection, t.incident, incidents)
            incidents.clear()
    insert_many(connection, t.incident, incidents)
    insert_many(connection, t.origin, origins)
    insert_many(connection, t.link, links)
    insert_many(connection, t.membership, members)
    _suggest(connection, world, groups, ids, sight)
    line = {"maker": READER, "input": READER, "output": READER, "rows": 1}
    insert_many(connection, t.made, [{"stage": stage, "key": sight, **line} for stage in (CONSOLIDATION, SUGGESTIONS)])


def _incident(event: Event, claims: list[tuple[str, str]]) -> Incident:
    ids = tuple(sorted(claim for claim, _ in claims))
    by_item: dict[str, list[str]] = defaultdict(list)
    for claim, item in claims:
        by_item[item].append(claim)
    accounts = [
        Account(
            id=content_id("account", str(event.n), item), teller="@doc" if n % 3 else "residents",
            kind=SourceKind.HEARSAY if n % 3 else SourceKind.EYEWITNESS, why="said", item=item, held=True,
            claims=tuple(told),
            origin=content_id("account", str(event.n), item), traced=bool(n % 3 == 0), counted=n % 12 == 0,
            says="residents" if n % 3 == 0 else "",
        )
        for n, (item, told) in enumerate(sorted(by_item.items()))
    ]  # fmt: skip
    edges = [
        Derivation(
            account=accounts[n].id,
            source=accounts[n - 1].id,
            kind=DerivationKind.CITES,
            reason="it names it",
            words="told",
        )
        for n in range(1, len(accounts), 3)
    ]
    counted = sum(a.counted for a in accounts)
    cut = max(1, len(ids) * 9 // 10)
    return Incident(
        id=ids[0], title=f"{_ACTS[event.act][1]} {event.town}", act_type=_ACTS[event.act][0],
        date_from=event.day.isoformat(), date_to=event.day.isoformat(), places=(event.town,), claims=ids,
        versions=(
            Version(label=f"attributed to: {event.unit}", claims=ids[:cut], against=ids[cut:], speakers=("residents",),
                    origins=counted, reason="named as author"),
        ),
        reasons=tuple((one, "same place and day") for one in ids), accounts=tuple(accounts), derivations=tuple(edges),
        corroboration=Corroboration(origins=counted, untraced=len(accounts) - counted, says="at most so many"),
    )  # fmt: skip


def _suggest(connection: Connection, world: World, groups: Groups, ids: dict[str, str], sight: str) -> None:
    """Sixty hypotheses laid out, each with a dozen elements."""
    rows, cells = [], []
    for n, unit in enumerate([u for u in world.units if u in ids][:60]):
        claims = [c for event in world.events[n::60][:40] for c, _ in groups.claims_of.get(event.n, ())[:6]]
        made = [
            Cell(
                element=k, part="crime" if k < 8 else "mode", text=f"element {k}", type="conduct",
                status=CellStatus.MIXED if k % 3 else CellStatus.UNSUPPORTED,
                supporting=tuple(claims[k * 7 : k * 7 + 30]) if k % 3 else (), against=tuple(claims[k : k + 5]),
            )
            for k in range(12)
        ]  # fmt: skip
        one = Suggestion(
            id=content_id("suggestion", unit), actor=ids[unit], actor_name=unit, crime=f"crime-{n % 9}",
            crime_title="a crime", mode="direct", mode_title="direct", article="25(3)(a)", pack=READER,
            claims=tuple(claims), incidents=(), cells=tuple(made),
        )  # fmt: skip
        rows.append({"id": one.id, "sight": sight, "position": n, "actor": one.actor, "crime": one.crime,
                     "mode": one.mode, "body": to_json(plain(one))})  # fmt: skip
        cells += [{"sight": sight, "suggestion": one.id, "part": c.part, "element": c.element, "status": str(c.status)}
                  for c in made]  # fmt: skip
    insert_many(connection, t.suggestion, rows)
    insert_many(connection, t.cell, cells)


if __name__ == "__main__":
    main()
