"""Many registrations in one go leave what they leave one by one, and tell the digests that the vault made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import Connection, event

from probanda.store.model import Deed
from probanda.store.store import Store
from tests.store.desk import Desk


def registering(desk: Desk, name: str, words: str, **told: Any) -> Deed:
    done = desk.store.vault.preserve(BytesIO(words.encode()))
    payload = {
        "size": done.size, "media_type": "text/plain", "name": name, "label": "internal", "blake3": done.blake3,
        "sha1": done.sha1, "md5": done.md5, "received_at": "2031-06-01T08:00:00.000Z", **told,
    }  # fmt: skip
    return Deed(kind="register", subject=done.digest, payload=payload)


def mixed(desk: Desk) -> list[Deed]:
    """New items, some closed, one under two names, one with an own evidence number, and one that a deed spoke of."""
    desk.add("Known before.", "before.txt")
    return [
        registering(desk, "a.txt", "The mill of Tamrit."),
        registering(desk, "b.txt", "A testimony.", label="restricted"),
        registering(desk, "twin.txt", "The same words."),
        registering(desk, "c.txt", "The bridge of Tamrit."),
        registering(desk, "twin-2.txt", "The same words."),
        registering(desk, "again.txt", "Known before."),
        registering(desk, "d.txt", "The well of Tamrit."),
        registering(desk, "numbered.txt", "Box 7.", evidence="T-7"),
        registering(desk, "e.txt", "A second testimony.", label="restricted"),
        registering(desk, "f.txt", "The school of Tamrit.", label="public"),
    ]


def state(store: Store, desk: Desk) -> list[Any]:
    rows = store.items(desk.eyes)
    brought = store.acquisitions(desk.eyes, [row.digest for row in rows])
    return [(row, [(one.number, one.name, one.label) for one in brought[row.digest]]) for row in rows]


def test_registered_together_or_each_by_itself_comes_to_the_same(desk: Desk, another: Callable[[str], Desk]) -> None:
    slowly = another("slowly")
    together, alone = mixed(desk), mixed(slowly)
    desk.store.record(desk.eyes, together)
    for deed in alone:
        slowly.store.record(slowly.eyes, [deed])
    assert state(desk.store, desk) == state(slowly.store, slowly)
    assert [row.number for row in desk.store.items(desk.eyes)] == [
        "KRV-0001", "KRV-0002", "KRVR-0001", "KRV-0003", "KRV-0004", "KRV-0007", "KRV-0008", "KRVR-0002", "KRV-0009",
    ]  # fmt: skip
    assert desk.store.verify() == [] == slowly.store.verify()


def test_the_same_deeds_sent_again_record_nothing(desk: Desk) -> None:
    deeds = mixed(desk)
    ids = desk.store.record(desk.eyes, deeds)
    before = state(desk.store, desk)
    assert desk.store.record(desk.eyes, [*deeds, deeds[0]]) == [*ids, ids[0]]
    assert state(desk.store, desk) == before
    assert desk.store.verify() == []


def test_one_bad_deed_among_many_leaves_nothing_of_the_others(desk: Desk) -> None:
    deeds = mixed(desk)
    before = state(desk.store, desk)
    bad = Deed(kind="register", subject="0" * 64, payload={"name": "no size.txt"})
    with pytest.raises(Exception, match="lacks size"):
        desk.store.record(desk.eyes, [*deeds, bad])
    assert state(desk.store, desk) == before


def test_the_statements_for_many_new_items_do_not_grow_with_their_number(desk: Desk) -> None:
    def asked(deeds: Sequence[Deed]) -> int:
        statements: list[str] = []

        def note(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
            statements.append(statement)

        engine = desk.store._engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            desk.store.record(desk.eyes, deeds)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    few = asked([registering(desk, f"few-{n}.txt", f"few {n}") for n in range(4)])
    assert asked([registering(desk, f"many-{n}.txt", f"many {n}") for n in range(200)]) <= few + 2


def test_an_item_is_given_with_its_other_digests(desk: Desk) -> None:
    desk.store.record(desk.eyes, [registering(desk, "a.txt", "The mill of Tamrit.")])
    (row,) = desk.store.items(desk.eyes)
    assert row.sha1 == hashlib.sha1(b"The mill of Tamrit.").hexdigest()  # noqa: S324 - as other systems name it
    assert row.md5 == hashlib.md5(b"The mill of Tamrit.").hexdigest()  # noqa: S324
    assert row.blake3 is not None and len(row.blake3) == 64
    digest = desk.add("An older case told no other digests.", "old.txt")
    (old,) = desk.store.items(desk.eyes, [digest])
    assert (old.blake3, old.sha1, old.md5) == (None, None, None)
