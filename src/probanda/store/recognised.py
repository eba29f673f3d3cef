"""What was recognised on pages that are pictures, kept page by page, so that a run that was cut off goes on there.

Start with `keep`. The pages of an item count in its text once all of them are there (`finish`): until then the item is
as unread as before.

Looks down to: kernel, access, reading. Used by: store, casework (recognising, read).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from probanda.access.eyes import Eyes
from probanda.reading.formats import Recognised
from probanda.reading.recognition import PageWords, page_from, plain
from probanda.store import derived, ledger
from probanda.store import tables as t
from probanda.store.codec import from_json, to_json
from probanda.store.common import compartment_n
from probanda.store.door import seen


def keep(connection: Connection, digest: str, pages: Sequence[PageWords], maker: str) -> None:
    """Keep what was recognised on these pages of an item, instead of what was kept of them before."""
    item = derived.known_item(connection, digest)
    compartment = compartment_n(connection, derived.hold(connection, item))
    numbers = [page.page for page in pages]
    connection.execute(delete(t.recognised).where(t.recognised.c.item == item, t.recognised.c.page.in_(numbers)))
    rows = [
        {"item": item, "page": p.page, "maker": maker, "body": to_json(plain(p)), "compartment": compartment}
        for p in pages
    ]
    ledger.insert_rows(connection, t.recognised, rows)
    connection.execute(delete(t.made).where(t.made.c.stage == ledger.RECOGNISED, t.made.c.key == digest))


def kept(connection: Connection, eyes: Eyes, digest: str) -> Recognised | None:
    """What is kept of an item's pages; None where nothing is, or these eyes see nothing of it."""
    query = seen(connection, eyes, t.recognised).join(t.item, t.item.c.n == t.recognised.c.item)
    rows = connection.execute(query.where(t.item.c.digest == digest).order_by(t.recognised.c.page)).all()
    pages = {row.page: page_from(from_json(row.body)) for row in rows}
    return Recognised(rows[-1].maker, pages) if rows else None


def finish(connection: Connection, digest: str, maker: str, pages: Sequence[int]) -> None:
    """All pages of an item that are pictures are there: from now on its text is made with them."""
    item = derived.known_item(connection, digest)
    connection.execute(delete(t.recognised).where(t.recognised.c.item == item, t.recognised.c.page.not_in(list(pages))))
    ledger.write_made(connection, ledger.RECOGNISED, digest, maker, digest)


def finished(connection: Connection) -> dict[str, str]:
    """By digest of every item whose pages are all there: who recognised them."""
    query = select(t.made.c.key, t.made.c.maker).where(t.made.c.stage == ledger.RECOGNISED, t.made.c.rows > 0)
    return {row.key: row.maker for row in connection.execute(query)}
