"""What one user is given: every list, count and page starts from `door.seen`.

Looks down to: kernel, access, reading, claims, actors, incidents, matrix. Used by: store.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup, IdentityDecision
from probanda.claims.model import Claim, Mention
from probanda.incidents.model import Contradiction, Incident, Origin
from probanda.kernel.errors import NotFound
from probanda.kernel.vocabulary import ContradictionKind, MentionKind, PassageRole
from probanda.matrix.model import Suggestion
from probanda.reading.model import Passage, Text
from probanda.store import derived, ledger, second
from probanda.store import tables as t
from probanda.store.codec import formed, from_json
from probanda.store.common import BATCH, batches, compartment_names, entry_of, one_log
from probanda.store.door import seen
from probanda.store.errors import SeveralItems
from probanda.store.logfile import line_of
from probanda.store.model import Acquisition, Conflict, Decision, Hit, ItemRow, LogLine, Protected, Settlement
from probanda.store.projection import ON_CLAIMS, content_of, slot_of, withdrawn
from probanda.store.query import Query, parse
from probanda.store.search import search as search_within
from probanda.store.settling import same_fields

LANGUAGE_GIVEN = "as the evidence table says"
DESTROYED_REASON = "Its bytes were destroyed by a decision of two users."
DESTROYED_FIX = "The log says who decided, when and why; what it said is not kept."
MARK, MARKED = "@", 4
"""What stands between a number and its device's mark, and how many letters of the log's id make the mark."""


def items(connection: Connection, eyes: Eyes, digests: Iterable[str] | None = None) -> list[ItemRow]:
    """Items with their numbers, names and what is known of their texts, in order of registration."""
    query = seen(connection, eyes, t.item)
    if digests is not None:
        query = query.where(t.item.c.digest.in_(list(digests)))
    rows = connection.execute(query).all()
    wanted = None if digests is None else [row.digest for row in rows]
    brought = _acquisitions(connection, eyes, wanted)
    told = _Told(connection, eyes, None if digests is None else [row.n for row in rows])
    stated = stated_later(connection, eyes, wanted)
    names = compartment_names(connection)
    marks = Marks(connection, eyes)
    found = [
        _within_closed(
            connection, row.n, _item_row(row, brought[row.digest], told, names[row.compartment], stated, marks)
        )
        for row in rows
        if brought[row.digest]
    ]
    return sorted(found, key=lambda item: brought[item.digest][0].place)


def _within_closed(connection: Connection, n: int, row: ItemRow) -> ItemRow:
    """The row, with the machine's proposal to restrict it where it came only out of items that it proposes so."""
    if row.whole or row.proposed_restricted or derived.hold(connection, n) == row.compartment:
        return row
    return replace(row, proposed_restricted="It was taken out of an item that reads like a testimony.")


def item(connection: Connection, eyes: Eyes, name: str) -> ItemRow:
    """One item by number (with its device's mark where two devices gave it), own evidence number, digest (or its first
    8 digits and more), name or base name.

    Raises NotFound; SeveralItems where a number is that of several.
    """
    brought = t.acquisition
    base = seen(connection, eyes, brought).with_only_columns(brought.c.item).order_by(brought.c.place)
    number, _, mark = name.rpartition(MARK)
    tries = [base.where(column == name) for column in (brought.c.number, brought.c.evidence)]
    if number and not one_log(connection):
        of_log = select(t.decision.c.id).where(t.decision.c.log.startswith(mark.lower(), autoescape=True))
        tries.append(base.where(brought.c.number == number, brought.c.decision.in_(of_log)))
    tries.append(base.where(brought.c.item == name.lower()))
    if len(name) >= 8:
        tries.append(base.where(func.substr(brought.c.item, 1, len(name)) == name.lower()))
    tries.append(base.where(brought.c.name == name))
    tries.append(base.where(brought.c.name.endswith(f"/{name}", autoescape=True)))
    for query in tries:
        digests = sorted(set(connection.execute(query).scalars()))
        if len(digests) == 1:
            return items(connection, eyes, digests)[0]
        if digests and query is tries[0]:
            raise SeveralItems(name, [row.number for row in items(connection, eyes, digests)])
    raise NotFound("item", name, "probanda items")


def taken_out_of(connection: Connection, eyes: Eyes, digest: str) -> list[str]:
    """Digests of the items of which some taking-in names this one as its parent, in order of registration."""
    brought = t.acquisition.c
    query = seen(connection, eyes, t.acquisition).where(brought.parent == digest).order_by(brought.place)
    return list(dict.fromkeys(connection.execute(query.with_only_columns(brought.item)).scalars()))


def acquisitions_of(connection: Connection, eyes: Eyes, digest: str) -> list[Acquisition]:
    """Every taking-in of an item that these eyes see, in order."""
    return acquisitions(connection, eyes, [digest])[digest]


def acquisitions(connection: Connection, eyes: Eyes, digests: Iterable[str]) -> dict[str, list[Acquisition]]:
    """The same of several items, by digest; none for one that these eyes do not see."""
    wanted = list(dict.fromkeys(digests))
    found = _acquisitions(connection, eyes, wanted)
    marks = Marks(connection, eyes)
    return {digest: [_acquisition(row, marks) for row in found[digest]] for digest in wanted}


class Marks:
    """Registration numbers as they are shown: with a mark of the device where two gave the same to different items.

    The mark is the beginning of the log's id; it is shown to whoever sees both items, and to nobody else.
    """

    def __init__(self, connection: Connection, eyes: Eyes, numbers: Iterable[str] | None = None) -> None:
        """`numbers`: those that will be asked for; all, without them."""
        self._logs: dict[str, str] = {}
        if one_log(connection):
            return
        number, item = t.acquisition.c.number, t.acquisition.c.item
        mine = seen(connection, eyes, t.acquisition).with_only_columns(number)
        query = select(t.acquisition.c.decision, t.decision.c.log).join(
            t.decision, t.decision.c.id == t.acquisition.c.decision
        )
        for asked in [mine] if numbers is None else [mine.where(number.in_(b)) for b in batches(sorted(set(numbers)))]:
            twice = asked.group_by(number).having(func.count(item.distinct()) > 1)
            self._logs |= {row.decision: row.log for row in connection.execute(query.where(number.in_(twice)))}

    def shown(self, row: Row[Any]) -> str:
        """The number of an acquisition."""
        log = self._logs.get(row.decision)
        return str(row.number) if log is None else f"{row.number}{MARK}{log[:MARKED]}"


def _acquisition(row: Row[Any], marks: Marks) -> Acquisition:
    return Acquisition(
        item=row.item, number=marks.shown(row), name=row.name, label=row.label, received_at=row.received_at,
        collector=row.collector, method=row.method, tool=row.tool, source=row.source, decision=row.decision,
        parent=row.parent, evidence=row.evidence, acquired_at=row.acquired_at, conditions=row.conditions,
    )  # fmt: skip


def citing(connection: Connection, eyes: Eyes, digests: Iterable[str]) -> list[Decision]:
    """Decisions that cite any of these items, in the order of the log; withdrawals cite what they take back did."""
    rows: dict[str, Row[Any]] = {}
    live: set[str] = set()
    for batch in batches(sorted(set(digests))):
        ids = select(t.cite.c.decision).where(t.cite.c.item.in_(batch))
        rows |= {
            row.id: row
            for row in connection.execute(seen(connection, eyes, t.decision).where(t.decision.c.id.in_(ids)))
        }
        live |= set(connection.execute(select(t.standing.c.decision).where(t.standing.c.decision.in_(ids))).scalars())
    told = second.told_to(connection, eyes, sorted(rows.values(), key=lambda row: row.place))
    return [decision_of(row, row.id in live) for row in told]


def of_kind(connection: Connection, eyes: Eyes, kind: str) -> list[Decision]:
    """The decisions of one kind that stand, in the order of the log."""
    standing = select(t.standing.c.decision).where(t.standing.c.kind == kind)
    query = seen(connection, eyes, t.decision).where(t.decision.c.id.in_(standing))
    rows = connection.execute(query.order_by(t.decision.c.place)).all()
    return [decision_of(row, True) for row in second.told_to(connection, eyes, rows)]


def named_decisions(connection: Connection, eyes: Eyes, ids: Iterable[str]) -> list[Decision]:
    """The decisions with these ids, in the order of the log."""
    rows: list[Row[Any]] = []
    live: set[str] = set()
    for batch in batches(sorted(set(ids))):
        rows += connection.execute(seen(connection, eyes, t.decision).where(t.decision.c.id.in_(batch)))
        query = select(t.standing.c.decision).where(t.standing.c.decision.in_(batch))
        live |= set(connection.execute(query).scalars())
    told = second.told_to(connection, eyes, sorted(rows, key=lambda row: row.place))
    return [decision_of(row, row.id in live) for row in told]


def decisions_after(connection: Connection, eyes: Eyes, sizes: Mapping[str, int], most: int) -> list[Decision]:
    """The first decisions after these places of the logs, in the order of the log; each log by its own key."""
    rows: list[Row[Any]] = []
    for log in sorted(log_sizes(connection)):
        after = seen(connection, eyes, t.decision).where(t.decision.c.log == log, t.decision.c.n >= sizes.get(log, 0))
        rows += connection.execute(after.order_by(t.decision.c.n).limit(most)).all()
    told = second.told_to(connection, eyes, sorted(rows, key=lambda row: row.place)[:most])
    ids = [row.id for row in told]
    live: set[str] = set()
    for batch in batches(ids):
        query = select(t.standing.c.decision).where(t.standing.c.decision.in_(batch))
        live |= set(connection.execute(query).scalars())
    return [decision_of(row, row.id in live) for row in told]


def kinds(connection: Connection, eyes: Eyes) -> tuple[str, ...]:
    """The kinds of decisions that these eyes see, sorted; none that stands on withheld claims alone."""
    kind, found = t.decision.c.kind, []
    at = connection.execute(select(func.min(kind))).scalar()
    while at is not None:  # from one to the next by the index, so that the entries between are not looked at
        if _has_one(connection, eyes, at):
            found.append(str(at))
        at = connection.execute(select(func.min(kind)).where(kind > at)).scalar()
    return tuple(found)


def _has_one(connection: Connection, eyes: Eyes, kind: str) -> bool:
    leaf = t.decision.c.leaf_hash
    query = seen(connection, eyes, t.decision).where(t.decision.c.kind == kind).order_by(leaf)
    rows = connection.execute(query.limit(1)).all()
    while rows:
        if second.told_to(connection, eyes, rows):
            return True
        rows = connection.execute(query.where(leaf > rows[-1].leaf_hash).limit(BATCH)).all()
    return False


def log_sizes(connection: Connection) -> dict[str, int]:
    """The place after the last entry of each log."""
    last = select(t.decision.c.log, func.max(t.decision.c.n)).group_by(t.decision.c.log)
    return {str(log): int(n) + 1 for log, n in connection.execute(last)}


def contradiction_ids(connection: Connection, eyes: Eyes, most: int) -> list[str] | None:
    """Ids of the contradictions of this sight, sorted; None where they are unknown or more than `most`."""
    if ledger.made(connection, ledger.CONSOLIDATION, eyes.sight) is None:
        return None
    query = (
        seen(connection, eyes, t.link).where(t.link.c.kind.startswith("contradicts-")).with_only_columns(t.link.c.id)
    )
    found = sorted(connection.execute(query.limit(most + 1)).scalars())
    return found if len(found) <= most else None


def stated_later(connection: Connection, eyes: Eyes, digests: Sequence[str] | None = None) -> dict[str, dict[str, Any]]:
    """What was found out of acquisitions after they were registered, by registration: each field's newest value."""
    base = (
        seen(connection, eyes, t.decision)
        .join(t.standing, t.standing.c.decision == t.decision.c.id)
        .where(t.standing.c.kind == "acquisition")
        .order_by(t.decision.c.place)
    )
    chosen = [base] if digests is None else [base.where(t.decision.c.subject.in_(b)) for b in batches(digests)]
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for query in chosen:
        for row in connection.execute(query):
            told = from_json(row.payload)
            found[told["of"]] |= told["stated"]
    return found


def log_lines(connection: Connection, eyes: Eyes, ids: Iterable[str]) -> list[LogLine]:
    """The log's lines of these decisions, by log and place; of those that these eyes see."""
    found = []
    for batch in batches(sorted(set(ids))):
        for row in connection.execute(seen(connection, eyes, t.decision).where(t.decision.c.id.in_(batch))):
            line = json.loads(line_of(row).decode("utf-8", "surrogatepass"))
            found.append(LogLine(log=row.log, n=row.n, entry=line["entry"], salt=line["salt"], leaf=line["leaf"]))
    return sorted(found, key=lambda line: (line.log, line.n))


def leaf_hashes(connection: Connection, log: str) -> list[str]:
    """The hashes of a log's leaves in their order: the leaves of its tree, which tell nothing by themselves."""
    query = select(t.decision.c.leaf_hash).where(t.decision.c.log == log).order_by(t.decision.c.n)
    return [str(one) for one in connection.execute(query).scalars()]


def text_parts(connection: Connection, eyes: Eyes, digest: str) -> list[int]:
    """Rows of the parts of an item's text, in order."""
    query = seen(connection, eyes, t.text).where(t.text.c.item == number_of(connection, eyes, digest))
    rows = connection.execute(
        query.where(t.text.c.digest.is_not(None)).order_by(t.text.c.part).with_only_columns(t.text.c.n)
    )
    return [int(n) for n in rows.scalars()]


def text_part(connection: Connection, eyes: Eyes, n: int) -> Text:
    """One part of a text, as reading made it."""
    query = seen(connection, eyes, t.text).where(t.text.c.n == n)
    row = connection.execute(query).one()
    digest = connection.execute(select(t.item.c.digest).where(t.item.c.n == row.item)).scalar_one()
    pieces = connection.execute(seen(connection, eyes, t.passage).where(t.passage.c.text == n).order_by(t.passage.c.n))
    told = from_json(row.about) | (from_json(row.places) or {}) | {
        "item": digest, "words": row.words, "digest": row.digest, "restricted_reason": row.restricted,
        "part": row.part, "base": row.base, "passages": [],
    }  # fmt: skip
    made = formed(Text, told)
    passages = tuple(_passage(one, row.base) for one in pieces)
    return _with_passages(made, passages)


def bodies(connection: Connection, eyes: Eyes, most: int) -> dict[str, str]:
    """The words of each item, furniture left out, by digest; of the parts that begin before `most` code points."""
    cuts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    passages = seen(connection, eyes, t.passage).with_only_columns(t.passage.c.text, t.passage.c.start, t.passage.c.end)
    told = passages.where(t.passage.c.role != str(PassageRole.FURNITURE))
    for row in connection.execute(told.order_by(t.passage.c.text, t.passage.c.start, t.passage.c.end)):
        cuts[row.text].append((row.start, row.end))
    texts = (
        seen(connection, eyes, t.text)
        .join(t.item, t.item.c.n == t.text.c.item)
        .with_only_columns(t.item.c.digest, t.text.c.n, t.text.c.base, t.text.c.words)
        .where(t.text.c.digest.is_not(None), t.text.c.base < most)
        .order_by(t.item.c.digest, t.text.c.part)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for part in connection.execute(texts):
        found[part.digest] += [part.words[start - part.base : end - part.base] for start, end in cuts[part.n]]
    return {digest: "\n".join(pieces) for digest, pieces in found.items()}


def passages(connection: Connection, eyes: Eyes, digest: str) -> list[Passage]:
    """The passages of an item's text in order, with offsets in the whole text."""
    query = seen(connection, eyes, t.passage).where(t.passage.c.item == number_of(connection, eyes, digest))
    return [_passage(row, 0) for row in connection.execute(query.order_by(t.passage.c.start, t.passage.c.n))]


def words(connection: Connection, eyes: Eyes, digest: str, start: int, end: int) -> str:
    """Words of an item's text between two offsets, as far as the text goes; only the parts needed are read."""
    number = number_of(connection, eyes, digest)
    if not connection.execute(seen(connection, eyes, t.text).where(t.text.c.item == number).limit(1)).first():
        return ""
    return derived.Words(connection, number).cut(max(0, start), end)


def claims(
    connection: Connection,
    eyes: Eyes,
    *,
    item: str | None = None,
    status: str | None = None,
    ids: Iterable[str] | None = None,
) -> list[Claim]:
    """Claims as they are shown now, sorted by name of the item, place and id."""
    base = seen(connection, eyes, t.claim)
    if item is not None:
        base = base.where(t.claim.c.item == number_of(connection, eyes, item))
    wanted = None if ids is None else sorted(set(ids))
    blind = second.withheld(connection, eyes, claims=wanted, item=item)
    if status is not None and not blind:
        base = base.where(t.claim.c.status == str(status))
    chosen = [base] if wanted is None else [base.where(t.claim.c.id.in_(batch)) for batch in batches(wanted)]
    rows = [row for query in chosen for row in connection.execute(query)]
    found = [formed(Claim, from_json(second.told(row, blind))) for row in rows]
    docs = _docs(connection, eyes, item, None if ids is None else {one.item for one in found})
    return sorted(
        (one for one in found if status is None or one.status.value == str(status)),
        key=lambda c: (docs.get(c.item, ("", "")), c.start, c.end, c.id),
    )


def claim(connection: Connection, eyes: Eyes, claim_id: str) -> Claim:
    """One claim by its id, or by the first 6 digits and more of it where only one begins so. Raises NotFound."""
    query = seen(connection, eyes, t.claim)
    row = connection.execute(query.where(t.claim.c.id == claim_id)).one_or_none()
    if row is None and len(claim_id) >= 6:
        like = connection.execute(query.where(func.substr(t.claim.c.id, 1, len(claim_id)) == claim_id).limit(2)).all()
        row = like[0] if len(like) == 1 else None
    if row is None:
        raise NotFound("claim", claim_id, "probanda claims list")
    blind = second.withheld(connection, eyes, claims=[row.id]).get(row.id)
    return formed(Claim, from_json(row.body if blind is None else blind.proposal))


def settlement(connection: Connection, eyes: Eyes, claim_id: str) -> Settlement | None:
    """What was decided of a claim, its anchor's state, and what the present reader would propose instead."""
    row = connection.execute(seen(connection, eyes, t.claim).where(t.claim.c.id == claim_id)).one_or_none()
    if row is None or row.decision is None or second.withheld(connection, eyes, claims=[row.id]):
        return None
    one = connection.execute(
        select(t.settled).where(t.settled.c.claim == claim_id, t.settled.c.decision == row.decision)
    ).one()
    proposal = from_json(row.proposal)
    differs = proposal is not None and not same_fields(formed(Claim, proposal), formed(Claim, from_json(one.body)))
    return Settlement(
        claim_id, one.verdict, one.decision, row.anchor_state, one.by, one.at, proposal if differs else None
    )


def mentions(connection: Connection, eyes: Eyes, digest: str | None = None) -> list[Mention]:
    """Mentions by place in each item, items in the order of their names."""
    query = seen(connection, eyes, t.mention).add_columns(t.item.c.digest).join(t.item, t.item.c.n == t.mention.c.item)
    if digest is not None:
        query = query.where(t.mention.c.item == number_of(connection, eyes, digest))
    docs = _docs(connection, eyes)
    rows = sorted(
        connection.execute(query).all(), key=lambda row: (docs.get(row.digest, ("", "")), row.start, row.end, row.id)
    )
    return [
        Mention(row.id, row.digest, row.start, row.end, row.words, MentionKind(row.kind), row.title, row.same_as)
        for row in rows
    ]


def actors(connection: Connection, eyes: Eyes) -> list[ActorGroup] | None:
    """Actors of this sight by id; None while it has not been worked out."""
    return _bodies(connection, eyes, t.actor, ActorGroup, ledger.CONSOLIDATION)


def incidents(connection: Connection, eyes: Eyes) -> list[Incident] | None:
    """Incidents of this sight by id; None while it has not been worked out."""
    return _bodies(connection, eyes, t.incident, Incident, ledger.CONSOLIDATION)


def origins(connection: Connection, eyes: Eyes) -> list[Origin] | None:
    """Origins of this sight by id; None while it has not been worked out."""
    return _bodies(connection, eyes, t.origin, Origin, ledger.CONSOLIDATION)


def contradictions(connection: Connection, eyes: Eyes) -> list[Contradiction] | None:
    """Contradictions of this sight by id; None while it has not been worked out."""
    if ledger.made(connection, ledger.CONSOLIDATION, eyes.sight) is None:
        return None
    query = seen(connection, eyes, t.link).where(t.link.c.kind.startswith("contradicts-")).order_by(t.link.c.id)
    return [
        Contradiction(
            id=row.id, a=row.a, b=row.b, reason=row.reason,
            kind=ContradictionKind(row.kind.removeprefix("contradicts-")),
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def suggestions(connection: Connection, eyes: Eyes) -> list[Suggestion] | None:
    """Suggestions of this sight in the order they were laid out; None while it has not been worked out."""
    if ledger.made(connection, ledger.SUGGESTIONS, eyes.sight) is None:
        return None
    query = seen(connection, eyes, t.suggestion).order_by(t.suggestion.c.position)
    return [formed(Suggestion, from_json(row.body)) for row in connection.execute(query)]


def identity_decisions(connection: Connection, eyes: Eyes, kind: str = "actor") -> list[IdentityDecision]:
    """What stands about two things being the same, sorted by its ends."""
    query = seen(connection, eyes, t.identity).where(t.identity.c.kind == kind)
    rows = connection.execute(query.order_by(t.identity.c.left, t.identity.c.right, t.identity.c.decision))
    return [IdentityDecision(row.left, row.right, row.verdict, row.kind) for row in rows]


def protected(connection: Connection, eyes: Eyes) -> list[Protected]:
    """Persons to be masked, by mention."""
    query = seen(connection, eyes, t.protected).order_by(t.protected.c.mention, t.protected.c.decision)
    return [Protected(r.mention, tuple(from_json(r.words)), r.kind, r.decision) for r in connection.execute(query)]


def decisions(connection: Connection, eyes: Eyes, subject: str | None = None) -> list[Decision]:
    """Decisions on a subject (all, without one), with the withdrawals of them, in the order of the log."""
    query = seen(connection, eyes, t.decision)
    rows = list(connection.execute(query if subject is None else query.where(t.decision.c.subject == subject)))
    asked = {row.id for row in rows} if subject is not None else set()
    while asked:
        more = [r for b in batches(sorted(asked)) for r in connection.execute(query.where(t.decision.c.subject.in_(b)))]
        known = {row.id for row in rows}
        rows += [row for row in more if row.id not in known]
        asked = {row.id for row in more} - known
    standing = seen(connection, eyes, t.standing).with_only_columns(t.standing.c.decision)
    subjects = batches(sorted({row.subject for row in rows}))
    chosen = [standing] if subject is None else [standing.where(t.standing.c.subject.in_(b)) for b in subjects]
    live = {one for query in chosen for one in connection.execute(query).scalars()}
    told = second.told_to(connection, eyes, sorted(rows, key=lambda row: row.place))
    return [decision_of(row, row.id in live) for row in told]


def standing(connection: Connection, eyes: Eyes, subject: str, kind: str | None = None) -> list[Decision]:
    """The decisions on a subject that stand, of one kind or of all: what a new deed has to name in `over`.

    Settling a claim and adding one by hand are one kind here, since each replaces the other.
    """
    found = [one for one in decisions(connection, eyes, subject) if one.stands and one.subject == subject]
    kinds = ON_CLAIMS if kind in ON_CLAIMS else (kind,)
    return [one for one in found if kind is None or one.kind in kinds]


def conflicts(connection: Connection, eyes: Eyes) -> list[Conflict]:
    """Where several decisions stand though one is meant to, since devices that worked apart each decided."""
    if one_log(connection):
        return []
    pairs = seen(connection, eyes, t.standing).with_only_columns(t.standing.c.subject).group_by(t.standing.c.subject)
    subjects = connection.execute(pairs.having(func.count() > 1)).scalars().all()
    found: dict[tuple[str, ...], list[Decision]] = defaultdict(list)
    for subject in sorted(subjects):
        for one in decisions(connection, eyes, subject):
            here = slot_of(one.kind, one.subject, one.payload) if one.stands and one.subject == subject else None
            if here is not None:
                found[here].append(one)
    told = [_conflict(here, ones) for here, ones in sorted(found.items()) if len(ones) > 1]
    return [*told, *_overtaken(connection, eyes), *_numbered_twice(connection, eyes)]


def _conflict(here: tuple[str, ...], ones: list[Decision]) -> Conflict:
    said = {content_of(one.kind, one.payload) for one in ones}
    return Conflict(kind=here[0], subject=ones[0].subject, decisions=tuple(ones), agreed=len(said) == 1)


def _overtaken(connection: Connection, eyes: Eyes) -> list[Conflict]:
    """Decisions that stand over one which another device had undone meanwhile."""
    rows = decisions(connection, eyes)
    gone = withdrawn((one.id, one.subject) for one in rows if one.kind == "withdraw")
    by = {one.subject: one for one in rows if one.kind == "withdraw"}
    return [
        Conflict(kind="undone", subject=one.subject, decisions=(by[below], one), agreed=False)
        for one in rows
        for below in (one.over if one.stands else ())
        if below in gone and below in by
    ]


def _numbered_twice(connection: Connection, eyes: Eyes) -> list[Conflict]:
    """Own evidence numbers that two items bear; one device would have refused the second."""
    number, item = t.acquisition.c.evidence, t.acquisition.c.item
    query = seen(connection, eyes, t.acquisition).with_only_columns(number).where(number.is_not(None))
    twice = connection.execute(query.group_by(number).having(func.count(item.distinct()) > 1)).scalars().all()
    found = []
    for one in sorted(twice):
        rows = seen(connection, eyes, t.acquisition).where(number == one).with_only_columns(t.acquisition.c.decision)
        ids = connection.execute(rows).scalars().all()
        ordered = seen(connection, eyes, t.decision).where(t.decision.c.id.in_(ids)).order_by(t.decision.c.place)
        told = tuple(decision_of(row, True) for row in connection.execute(ordered))
        found.append(Conflict(kind="evidence", subject=one, decisions=told, agreed=False))
    return found


def search(connection: Connection, eyes: Eyes, query: str | Query, limit: int) -> list[Hit]:
    """Places in texts and claims that hold what the query asks for."""
    hits = search_within(connection, eyes, parse(query) if isinstance(query, str) else query, limit)
    numbers = {row.digest: row.number for row in items(connection, eyes, sorted({hit.item for hit in hits}))}
    return [Hit(h.item, numbers[h.item], h.start, h.end, h.snippet, h.kind, h.claim) for h in hits if h.item in numbers]


class _Told:
    """What is known of the texts of many items, fetched once for all."""

    def __init__(self, connection: Connection, eyes: Eyes, numbers: Sequence[int] | None) -> None:
        self.texts: dict[int, list[Row[Any]]] = defaultdict(list)
        self.reading: dict[int, Row[Any]] = {}
        self.passages: dict[int, dict[str, int]] = defaultdict(dict)
        self.remarks: dict[int, list[Row[Any]]] = defaultdict(list)
        chosen = [None] if numbers is None else list(batches(numbers))
        for batch in chosen:
            self._read(connection, eyes, batch)

    def _read(self, connection: Connection, eyes: Eyes, batch: Sequence[int] | None) -> None:
        def of(table: Table) -> Select[Any]:
            query = seen(connection, eyes, table)
            return query if batch is None else query.where(table.c.item.in_(batch))

        about = [t.text.c[name] for name in ("item", "digest", "length", "restricted", "about")]
        for row in connection.execute(of(t.text).with_only_columns(*about).order_by(t.text.c.item, t.text.c.part)):
            self.texts[row.item].append(row)
        for row in connection.execute(of(t.reading)):
            self.reading[row.item] = row
        for row in connection.execute(of(t.remark).order_by(t.remark.c.item, t.remark.c.stage, t.remark.c.position)):
            self.remarks[row.item].append(row)
        counted = of(t.passage).with_only_columns(t.passage.c.item, t.passage.c.role, func.count())
        for number, role, count in connection.execute(counted.group_by(t.passage.c.item, t.passage.c.role)):
            self.passages[number][role] = count


def _item_row(
    row: Row[Any],
    brought: Sequence[Row[Any]],
    told: _Told,
    compartment: str,
    stated: Mapping[str, Mapping[str, Any]],
    marks: Marks,
) -> ItemRow:
    def facts(key: str) -> list[Any]:
        return [one for taking in brought if (one := stated.get(taking.decision, {}).get(key) or getattr(taking, key))]

    texts, reading, counts = told.texts[row.n], told.reading.get(row.n), told.passages[row.n]
    about = from_json(texts[0].about) if texts else {}
    dated = about.get("dated") or {}
    reasons = [one.restricted for one in texts if one.restricted is not None]
    given = next((one.language for one in brought if one.language), None)
    return ItemRow(
        digest=row.digest, size=row.size, media_type=row.media_type, number=marks.shown(brought[0]),
        names=tuple(sorted({one.name for one in brought}, key=_bytes)),
        label=row.label if row.label is not None else brought[0].label,
        compartment=compartment, acquisitions=len(brought),
        proposed_restricted=reasons[0] if reasons and row.label is None else None,
        text_digest=texts[0].digest if texts else None, read_as=about.get("media_type"),
        language=given or about.get("language"),
        language_reason=LANGUAGE_GIVEN if given else about.get("language_reason"), encoding=about.get("encoding"),
        dated_from=dated.get("start"), dated_to=dated.get("end"), dated_reason=dated.get("reason"),
        title=about.get("title"), publisher=about.get("publisher"),
        parts=sum(one.digest is not None for one in texts),
        furniture=counts.get(str(PassageRole.FURNITURE), 0), passages=sum(counts.values()),
        length=sum(one.length for one in texts),
        unread_reason=DESTROYED_REASON if row.destroyed else about.get("reason"),
        unread_fix=DESTROYED_FIX if row.destroyed else about.get("fix"),
        not_read=None if reading is None else reading.not_read, reader=None if reading is None else reading.reader,
        machine=about.get("machine"), holds=about.get("holds") or 0,
        facts=tuple((str(name), str(value)) for name, value in about.get("facts") or ()),
        remarks=tuple(dict.fromkeys((one.what, one.reason, one.fix) for one in told.remarks[row.n])),
        evidence=tuple(dict.fromkeys(one.evidence for one in brought if one.evidence)),
        parents=tuple(dict.fromkeys(one.parent for one in brought if one.parent)),
        whole=any(one.parent is None for one in brought),
        source=next(iter(facts("source")), None),
        collector=next(iter(facts("collector")), None),
        acquired_at=next(iter(facts("acquired_at")), None),
        conditions="; ".join(dict.fromkeys(facts("conditions"))) or None,
        blake3=row.blake3, sha1=row.sha1, md5=row.md5, destroyed=row.destroyed,
    )  # fmt: skip


def _acquisitions(connection: Connection, eyes: Eyes, digests: Sequence[str] | None) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    base = seen(connection, eyes, t.acquisition).order_by(t.acquisition.c.place)
    chosen = [base] if digests is None else [base.where(t.acquisition.c.item.in_(b)) for b in batches(digests)]
    for query in chosen:
        for row in connection.execute(query):
            found[row.item].append(row)
    return found


def _docs(
    connection: Connection, eyes: Eyes, item: str | None = None, items: Iterable[str] | None = None
) -> dict[str, tuple[bytes, str]]:
    """What items are sorted by: the first of their names, then the digest; of one item, or of these, where given."""
    found: dict[str, tuple[bytes, str]] = {}
    query = seen(connection, eyes, t.acquisition).with_only_columns(t.acquisition.c.item, t.acquisition.c.name)
    wanted = [item] if item is not None else items
    chosen = [query] if wanted is None else [query.where(t.acquisition.c.item.in_(b)) for b in batches(sorted(wanted))]
    for some in chosen:
        for digest, name in connection.execute(some):
            mine = (_bytes(name), digest)
            found[digest] = min(found.get(digest, mine), mine)
    return found


def _bodies(connection: Connection, eyes: Eyes, table: Table, cls: type[Any], stage: str) -> list[Any] | None:
    if ledger.made(connection, stage, eyes.sight) is None:
        return None
    rows = connection.execute(seen(connection, eyes, table).order_by(table.c.id))
    return [formed(cls, from_json(row.body)) for row in rows]


def number_of(connection: Connection, eyes: Eyes, digest: str) -> int:
    """The row of an item these eyes see. Raises NotFound."""
    query = seen(connection, eyes, t.item).where(t.item.c.digest == digest).with_only_columns(t.item.c.n)
    found = connection.execute(query).scalar()
    if found is None:
        raise NotFound("item", digest[:12], "probanda items")
    return int(found)


def _passage(row: Row[Any], base: int) -> Passage:
    return Passage(row.start - base, row.end - base, PassageRole(row.role), row.paragraph, row.reason)


def _with_passages(text: Text, found: tuple[Passage, ...]) -> Text:
    return replace(text, passages=found)


def decision_of(row: Row[Any], stands: bool) -> Decision:
    entry = entry_of(row)
    return Decision(
        log=row.log, id=entry.id, kind=entry.kind, subject=entry.subject, payload=entry.payload, reason=entry.reason,
        over=entry.over, labels=entry.labels, by=entry.by, at=entry.at, stands=stands,
    )  # fmt: skip


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")
