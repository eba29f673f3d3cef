"""What machines derived from one item: its text, its passages, its mentions, its claims as they are shown.

A partition is replaced whole, in one transaction with its line in `made`; settled claims are placed
anew in it. All rows of one item lie in its compartment, which `hold` tells and `move` brings about.

Looks down to: kernel, access, reading, claims. Used by: store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from probanda.access.eyes import OPEN
from probanda.claims.model import Claim, Mention, Reading
from probanda.kernel.errors import ProbandaError
from probanda.kernel.spans import Anchor
from probanda.kernel.vocabulary import AnchorState
from probanda.reading.model import Remark, Text, Unread
from probanda.store import ahead, groups
from probanda.store import tables as t
from probanda.store.codec import formed, from_json, plain, to_json
from probanda.store.common import batches, compartment_n, compartment_names, day_number, item_n
from probanda.store.engines import sqlite as engine
from probanda.store.ledger import MEMBERS, READING, RECOGNISED, ROWS_AT_ONCE, TEXT, insert_rows, made, write_made
from probanda.store.ledger import refresh as refresh_line
from probanda.store.projection import closed
from probanda.store.query import folded
from probanda.store.search import indexed
from probanda.store.settling import Settled, Shown, place_again, shown
from probanda.store.tallies import touch

CHECKED_AT_ONCE = 50_000_000
"""Code points of text that `verify` holds in memory to check one search table against its words."""
_TOLD = (
    "language", "language_reason", "encoding", "encoding_reason", "media_type", "title", "publisher", "dated",
    "parts", "machine", "holds", "facts",
)  # fmt: skip
"""Fields of a text kept together in `about`."""
_PLACED = ("runs", "located")
"""Fields kept in `places`, which lists of items never load."""


class Words:
    """The text of one item, its parts read only where they are needed."""

    def __init__(self, connection: Connection, item: int) -> None:
        self._connection, self._kept = connection, (-1, "")
        query = select(t.text.c.n, t.text.c.base, t.text.c.length).where(
            t.text.c.item == item, t.text.c.digest.is_not(None)
        )
        rows = connection.execute(query.order_by(t.text.c.part))
        self._parts = [(int(n), int(base), int(size)) for n, base, size in rows]

    @property
    def length(self) -> int:
        """Code points of the whole text."""
        return max((base + size for _, base, size in self._parts), default=0)

    def cut(self, start: int, end: int) -> str:
        """Words from one absolute offset to another."""
        pieces = []
        for n, base, size in self._parts:
            if base < end and start < base + size:
                pieces.append(self._part(n)[max(0, start - base) : end - base])
        return "".join(pieces)

    def whole(self) -> str:
        """All of it."""
        return "".join(self._part(n) for n, _, _ in self._parts)

    def _part(self, n: int) -> str:
        if self._kept[0] != n:
            words = self._connection.execute(select(t.text.c.words).where(t.text.c.n == n)).scalar_one()
            self._kept = (n, words)
        return self._kept[1]


_parent = t.item.alias("parent_item")


def known_item(connection: Connection, digest: str) -> int:
    """The row of a registered item. Raises ProbandaError when there is none."""
    found = item_n(connection, digest)
    if found is None:
        raise ProbandaError(f"Item {digest[:12]} is not registered here.", "Add its file first with `probanda add`.")
    return found


def hold(connection: Connection, item: int) -> str:
    """The compartment of what was derived from an item: its own, closed where its text reads like a testimony, and
    where it came only out of items that are closed so.

    A label that a person decided wins either way.
    """
    row = connection.execute(select(t.item).where(t.item.c.n == item)).one()
    name = compartment_names(connection).get(row.compartment, OPEN)
    if row.label is not None:
        return name
    query = select(func.count()).where(t.text.c.item == item, t.text.c.restricted.is_not(None))
    if connection.execute(query).scalar() or _came_from_closed(connection, row.digest):
        return closed(name)
    return name


def _came_from_closed(connection: Connection, digest: str) -> bool:
    """True where every taking-in of an item was out of another that is held closed by what it reads like."""
    parents = connection.execute(
        select(t.acquisition.c.parent, t.item.c.n, t.compartment.c.name, t.item.c.label)
        .select_from(t.acquisition)
        .outerjoin(t.item, t.item.c.digest == t.acquisition.c.parent)
        .outerjoin(t.compartment, t.compartment.c.n == t.item.c.compartment)
        .where(t.acquisition.c.item == digest)
    ).all()
    return bool(parents) and all(
        p.n is not None and p.label is None and hold(connection, p.n) == closed(p.name) != p.name for p in parents
    )


def move(connection: Connection, item: int) -> None:
    """Bring all that was derived from an item into its compartment, search rows too."""
    touch(connection, item)
    target = compartment_n(connection, hold(connection, item))
    left: set[int] = set()
    rows = connection.execute(
        select(t.passage.c.n, t.passage.c.compartment).where(
            t.passage.c.item == item, t.passage.c.compartment != target
        )
    ).all()
    if rows:
        texts = _passage_words(connection, item)
        for old in sorted({row.compartment for row in rows}):
            engine.unindex(connection, old, [indexed(row.n, texts[row.n]) for row in rows if row.compartment == old])
            left.add(old)
        engine.index(connection, target, [indexed(row.n, texts[row.n]) for row in rows])
    moved = 0
    for table in t.OF_ITEM:
        moved += connection.execute(
            update(table).where(table.c.item == item, table.c.compartment != target).values(compartment=target)
        ).rowcount
    of_item = select(t.claim.c.n).where(t.claim.c.item == item)
    connection.execute(
        update(t.party).where(t.party.c.claim.in_(of_item), t.party.c.compartment != target).values(compartment=target)
    )
    for old in left:
        engine.purge(connection, old)
    if moved:
        groups.hold_back(connection, item, hold(connection, item))
    within = (
        select(t.item.c.n)
        .join(t.acquisition, t.acquisition.c.item == t.item.c.digest)
        .join(_parent, _parent.c.digest == t.acquisition.c.parent)
        .where(_parent.c.n == item)
        .distinct()
    )
    for child in sorted(connection.execute(within).scalars().all()):
        move(connection, child)


def commit_text(connection: Connection, texts: Sequence[Text], maker: str) -> None:
    """Replace the text of one item; its reading goes when the words are others, settled claims are placed anew."""
    ordered = sorted(texts, key=lambda one: one.part)
    item = known_item(connection, ordered[0].item)
    before = connection.execute(select(t.text.c.digest).where(t.text.c.item == item).order_by(t.text.c.part)).scalars()
    same = list(before) == [one.digest for one in ordered]
    _drop_text(connection, item)
    name = hold(connection, item)
    base = 0
    for one in ordered:
        base = _add_text(connection, item, one, max(base, one.base), name)
    _add_remarks(connection, item, TEXT, [remark for one in ordered for remark in one.remarks], name)
    move(connection, item)
    write_made(connection, TEXT, ordered[0].item, maker, ordered[0].item)
    if not same:
        _drop_reading(connection, item)
        reshow(connection, item, proposals=())
    refresh_line(connection, READING, ordered[0].item)


def commit_unread(connection: Connection, unread: Unread, maker: str) -> None:
    """Note that an item could not be read, and why."""
    item = known_item(connection, unread.item)
    _drop_text(connection, item)
    connection.execute(
        insert(t.text).values(
            item=item, part=0, digest=None, base=0, length=0, words="", restricted=None,
            about=to_json({"reason": unread.reason, "fix": unread.fix, "facts": unread.facts}),
            compartment=compartment_n(connection, OPEN),
        )
    )  # fmt: skip
    move(connection, item)
    write_made(connection, TEXT, unread.item, maker, unread.item)
    _drop_reading(connection, item)
    reshow(connection, item, proposals=())
    refresh_line(connection, READING, unread.item)


def commit_members(connection: Connection, digest: str, remarks: Sequence[Remark], maker: str) -> None:
    """Note that what an item holds was taken out, and what could not be."""
    item = known_item(connection, digest)
    connection.execute(delete(t.remark).where(t.remark.c.item == item, t.remark.c.stage == MEMBERS))
    _add_remarks(connection, item, MEMBERS, remarks, hold(connection, item))
    write_made(connection, MEMBERS, digest, maker, digest)


def commit_reading(connection: Connection, digest: str, reading: Reading, maker: str) -> None:
    """Replace the mentions and proposed claims of one item; settled claims stay, placed anew."""
    item = known_item(connection, digest)
    touch(connection, item)
    inside = compartment_n(connection, hold(connection, item))
    _check_quotes(connection, item, reading)
    connection.execute(delete(t.mention).where(t.mention.c.item == item))
    connection.execute(delete(t.reading).where(t.reading.c.item == item))
    connection.execute(
        insert(t.reading).values(item=item, reader=reading.reader, not_read=reading.not_read, compartment=inside)
    )
    insert_rows(connection, t.mention, [_mention_row(one, item, inside) for one in _by_place(reading.mentions)])
    reshow(connection, item, proposals=reading.claims, inside=inside)
    source = made(connection, TEXT, digest)
    write_made(connection, READING, digest, maker, source.output if source else digest)


def reshow(
    connection: Connection, item: int, proposals: Iterable[Claim] | None = None, inside: int | None = None
) -> None:
    """Write the claims of one item as they are to be shown; without `proposals`, from those kept beside them.

    `inside`: the compartment of the item, where the caller knows it.
    """
    have = {row.id: row for row in connection.execute(select(t.claim).where(t.claim.c.item == item))}
    if proposals is None:
        proposals = _kept(have.values())
    digest = connection.execute(select(t.item.c.digest).where(t.item.c.n == item)).scalar_one()
    _show(connection, item, have, proposals, settled_on(connection, digest), inside)


def reshow_one(connection: Connection, item: int, claim: str) -> None:
    """The same after a decision on one claim: only claims on the words of its act can be shown otherwise.

    Where words do not stand where they were settled, all claims of the item are looked at.
    """
    c = t.claim.c
    own = [settled_of(row) for row in connection.execute(select(t.settled).where(t.settled.c.claim == claim))]
    row = connection.execute(select(t.claim).where(c.item == item, c.id == claim)).one_or_none()
    moved = select(c.n).where(c.item == item, c.anchor_state.is_not(None), c.anchor_state != AnchorState.ANCHORED.value)
    if connection.execute(moved.limit(1)).first() is not None or not _stand(connection, item, own):
        reshow(connection, item)
        return
    told = [one.claim for one in own] + ([] if row is None else _told_in(row))
    if not told:
        return
    acts = {(one.act_start, one.act_end) for one in told}
    near = select(t.claim).where(c.item == item, c.start < max(o.end for o in told), c.end > min(o.start for o in told))
    have = {
        one.id: one for one in connection.execute(near)
        if acts & {(told.act_start, told.act_end) for told in _told_in(one)}
    }  # fmt: skip
    if row is not None:
        have[claim] = row
    settled = select(t.settled).where(t.settled.c.claim.in_(sorted({*have, claim})))
    _show(connection, item, have, _kept(have.values()), [settled_of(one) for one in connection.execute(settled)])


def _stand(connection: Connection, item: int, settled: Iterable[Settled]) -> bool:
    """True where these stand where they were settled."""
    words = Words(connection, item)
    states = (place_again(one.anchor, words.cut, words.whole).state for one in settled)
    return all(state is AnchorState.ANCHORED for state in states)


def _told_in(row: Any) -> list[Claim]:
    """What a row shows, and what is proposed for it."""
    return [formed(Claim, from_json(one)) for one in dict.fromkeys((row.body, row.proposal)) if one is not None]


def _kept(rows: Iterable[Any]) -> list[Claim]:
    return [formed(Claim, from_json(row.proposal)) for row in rows if row.proposal is not None]


def _show(
    connection: Connection,
    item: int,
    have: Mapping[str, Any],
    proposals: Iterable[Claim],
    settled: Sequence[Settled],
    inside: int | None = None,
) -> None:
    """Bring the rows there are to what is to be shown."""
    touch(connection, item)
    unique = {one.id: one for one in sorted(proposals, key=lambda c: (c.id, c.start), reverse=True)}
    if not have and not settled and not unique:
        return
    words = Words(connection, item)
    inside = compartment_n(connection, hold(connection, item)) if inside is None else inside
    wanted = {s.claim.id: s for s in shown(unique.values(), settled, words.cut, words.whole)}
    rows = {key: claim_row(s, item, inside) for key, s in wanted.items()}
    changed = [key for key, row in have.items() if key not in rows or not _equal(row, rows[key])]
    for batch in batches(have[key].n for key in changed):
        connection.execute(delete(t.party).where(t.party.c.claim.in_(batch)))
        connection.execute(delete(t.claim).where(t.claim.c.n.in_(batch)))
    gone = set(changed)
    first = int(connection.execute(select(func.coalesce(func.max(t.claim.c.n), 0))).scalar_one()) + 1
    new = list(enumerate((key for key in rows if key not in have or key in gone), first))
    insert_rows(connection, t.claim, [{"n": n, **rows[key]} for n, key in new])
    insert_rows(connection, t.party, [one for n, key in new for one in party_rows(wanted[key].claim, n, inside)])
    ahead.follow(connection, (*changed, *(key for _, key in new)))


def settled_on(connection: Connection, digest: str) -> list[Settled]:
    """The decisions on claims of one item, as they stand."""
    rows = connection.execute(select(t.settled).where(t.settled.c.item == digest))
    return [settled_of(row) for row in rows]


def settled_of(row: Any) -> Settled:
    """A row of `settled` as a value."""
    act = from_json(row.act_anchor)
    return Settled(
        claim=formed(Claim, from_json(row.body)),
        verdict=row.verdict,
        decision=row.decision,
        by=row.by,
        at=row.at,
        anchor=formed(Anchor, from_json(row.anchor)),
        act_anchor=None if act is None else formed(Anchor, act),
    )


def claim_row(one: Shown, item: int, compartment: int) -> dict[str, Any]:
    """A claim as its row."""
    claim = one.claim
    return {
        "id": claim.id, "item": item, "start": claim.start, "end": claim.end,
        "family": str(claim.family), "act_type": str(claim.act_type),
        "modality": str(claim.modality), "polarity": str(claim.polarity),
        "day_from": day_number(claim.date_from), "day_to": day_number(claim.date_to),
        "place": folded(claim.places[0].words).casefold() if claim.places else None,
        "status": str(claim.status), "decision": one.decision,
        "anchor_state": None if one.anchor_state is None else str(one.anchor_state),
        "reader": claim.reader, "body": to_json(claim),
        "proposal": None if one.proposal is None else to_json(one.proposal),
        "compartment": compartment,
    }  # fmt: skip


def party_rows(claim: Claim, n: int, compartment: int) -> list[dict[str, Any]]:
    """Who fills which role of a claim."""
    roles: list[tuple[str, Sequence[Any]]] = [
        ("speaker", claim.speakers), ("actor", claim.actors), ("victim", claim.victims), ("place", claim.places),
    ]  # fmt: skip
    if claim.tie is not None:
        roles += [("from", (claim.tie.left,)), ("to", (claim.tie.right,))]
    return [
        {
            "claim": n, "role": role, "position": position, "words": one.words, "mention": one.mention,
            "involvement": str(one.involvement) if role == "actor" else None, "compartment": compartment,
        }
        for role, parties in roles
        for position, one in enumerate(parties)
    ]  # fmt: skip


def refresh_reading(connection: Connection, digest: str) -> None:
    """Bring the ledger up to date after a decision changed how the claims of an item are shown."""
    refresh_line(connection, READING, digest)


def has_any(connection: Connection, item: int) -> bool:
    """True when anything was read out of an item."""
    return any(
        connection.execute(select(table.c.item).where(table.c.item == item).limit(1)).first() for table in t.OF_ITEM
    )


def drop(connection: Connection, item: int) -> None:
    """Take away all that was read out of an item, for good."""
    touch(connection, item)
    digest = connection.execute(select(t.item.c.digest).where(t.item.c.n == item)).scalar_one()
    _drop_text(connection, item)
    _drop_reading(connection, item)
    of_item = select(t.claim.c.n).where(t.claim.c.item == item)
    connection.execute(delete(t.party).where(t.party.c.claim.in_(of_item)))
    for table in (t.claim, t.remark, t.recognised):
        connection.execute(delete(table).where(table.c.item == item))
    connection.execute(delete(t.made).where(t.made.c.stage.in_((TEXT, MEMBERS, RECOGNISED)), t.made.c.key == digest))


def _drop_text(connection: Connection, item: int) -> None:
    words = _passage_words(connection, item)
    rows = connection.execute(select(t.passage.c.n, t.passage.c.compartment).where(t.passage.c.item == item)).all()
    for inside in sorted({row.compartment for row in rows}):
        engine.unindex(connection, inside, [indexed(row.n, words[row.n]) for row in rows if row.compartment == inside])
    connection.execute(delete(t.passage).where(t.passage.c.item == item))
    connection.execute(delete(t.remark).where(t.remark.c.item == item, t.remark.c.stage == TEXT))
    connection.execute(delete(t.text).where(t.text.c.item == item))


def _drop_reading(connection: Connection, item: int) -> None:
    digest = connection.execute(select(t.item.c.digest).where(t.item.c.n == item)).scalar_one()
    connection.execute(delete(t.mention).where(t.mention.c.item == item))
    connection.execute(delete(t.reading).where(t.reading.c.item == item))
    connection.execute(delete(t.made).where(t.made.c.stage == READING, t.made.c.key == digest))


def _add_text(connection: Connection, item: int, one: Text, base: int, held: str) -> int:
    """Write one part and its passages; gives the offset where the next part begins."""
    # Closed until `move` knows better: what was read is never open by accident between two statements.
    inside = compartment_n(connection, held if one.restricted_reason is None else closed(held))
    n = connection.execute(
        insert(t.text).values(
            item=item, part=one.part, digest=one.digest, base=base, length=len(one.words), words=one.words,
            restricted=one.restricted_reason, about=to_json({key: plain(getattr(one, key)) for key in _TOLD}),
            places=to_json({key: plain(getattr(one, key)) for key in _PLACED}),
            compartment=inside,
        )
    ).inserted_primary_key[0]  # type: ignore[index]  # fmt: skip
    first = int(connection.execute(select(func.coalesce(func.max(t.passage.c.n), 0))).scalar_one()) + 1
    for pieces in batches(enumerate(one.passages, first), ROWS_AT_ONCE):
        insert_rows(connection, t.passage, [
            {"n": row, "text": n, "item": item, "start": base + p.start, "end": base + p.end, "role": str(p.role),
             "paragraph": p.paragraph, "reason": p.reason, "compartment": inside} for row, p in pieces
        ])  # fmt: skip
        engine.index(connection, inside, [indexed(row, one.words[p.start : p.end]) for row, p in pieces])
    return base + len(one.words)


def _add_remarks(connection: Connection, item: int, stage: str, remarks: Sequence[Remark], held: str) -> None:
    inside = compartment_n(connection, held)
    insert_rows(connection, t.remark, [
        {"item": item, "stage": stage, "position": n, "what": one.what, "reason": one.reason, "fix": one.fix,
         "compartment": inside} for n, one in enumerate(remarks)
    ])  # fmt: skip


def _passage_words(connection: Connection, item: int) -> dict[int, str]:
    """The words of every passage of an item, by its row."""
    found: dict[int, str] = {}
    for row in connection.execute(select(t.text.c.n, t.text.c.base, t.text.c.words).where(t.text.c.item == item)).all():
        query = select(t.passage.c.n, t.passage.c.start, t.passage.c.end).where(t.passage.c.text == row.n)
        for n, start, end in connection.execute(query):
            found[n] = row.words[start - row.base : end - row.base]
    return found


def search_rows(connection: Connection, compartment: int) -> list[tuple[int, str, str]] | None:
    """The rows that the search table of a compartment should hold; None where they are too many to hold in memory."""
    query = select(func.coalesce(func.sum(t.text.c.length), 0)).where(t.text.c.compartment == compartment)
    if connection.execute(query).scalar_one() > CHECKED_AT_ONCE:
        return None
    items = connection.execute(select(t.text.c.item).where(t.text.c.compartment == compartment).distinct()).scalars()
    return [indexed(n, words) for item in items.all() for n, words in _passage_words(connection, item).items()]


def _check_quotes(connection: Connection, item: int, reading: Reading) -> None:
    """A quote that is not exactly the text at its place is a bug of the reader, and never gets in."""
    words = Words(connection, item)
    for claim in reading.claims:
        if words.cut(claim.start, claim.end) != claim.quote:
            raise ValueError(f"claim {claim.id}: the text at {claim.start}-{claim.end} is not its quote")


def _mention_row(one: Mention, item: int, compartment: int) -> dict[str, Any]:
    return {
        "id": one.id, "item": item, "start": one.start, "end": one.end, "words": one.words, "kind": str(one.kind),
        "folded": folded(one.words).casefold(), "title": one.title, "same_as": one.same_as, "compartment": compartment,
    }  # fmt: skip


def _by_place(mentions: Iterable[Mention]) -> list[Mention]:
    unique = {one.id: one for one in sorted(mentions, key=lambda m: (m.id, m.start), reverse=True)}
    return sorted(unique.values(), key=lambda m: (m.start, m.end, m.id))


def _equal(row: Any, wanted: Mapping[str, Any]) -> bool:
    return all(getattr(row, key) == value for key, value in wanted.items())
