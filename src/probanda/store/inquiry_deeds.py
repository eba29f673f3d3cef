"""What is looked into and what is missing, as kinds of decisions: what each must say, and which items it cites.

Start with `prepared`. An inquiry and a wanted original cite the items behind what they are about; what is said of them
later cites those too, besides its own, so that who may not see the question sees no answer to it, and who may not see
an item does not see that it was found (RECORD section 4).

Looks down to: kernel, audit, matrix_deeds. Used by: store (deeds, erasing).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from probanda.audit.log import Entry
from probanda.kernel.errors import WrongUsage
from probanda.store.matrix_deeds import OWN, ItemsOf
from probanda.store.projection import (
    INQUIRY,
    INQUIRY_CLOSED,
    INQUIRY_LOOK,
    WANTED,
    WANTED_CLOSED,
    WANTED_FOUND,
)

_NEEDS: Mapping[str, tuple[str, ...]] = {
    INQUIRY: ("question", "cites"),
    INQUIRY_LOOK: ("where", "when", "result", "dead_end", "cites"),
    INQUIRY_CLOSED: (),
    WANTED: ("what", "words", "cites"),
    WANTED_FOUND: ("cites",),
    WANTED_CLOSED: (),
}
KINDS = tuple(_NEEDS)
KEPT: Mapping[str, tuple[str, ...]] = {
    INQUIRY: (),
    INQUIRY_LOOK: ("when", "dead_end"),
    INQUIRY_CLOSED: (),
    WANTED: ("what",),
    WANTED_FOUND: ("cites",),
    WANTED_CLOSED: (),
}
"""What stays of a payload whose words were destroyed; none of it is a person's words."""
_ON: Mapping[str, str] = {INQUIRY_LOOK: INQUIRY, INQUIRY_CLOSED: INQUIRY, WANTED_FOUND: WANTED, WANTED_CLOSED: WANTED}
"""What a decision of this kind is said of; its subject is the id of that."""
_REASONED = (INQUIRY_CLOSED, WANTED_FOUND, WANTED_CLOSED)


def prepared(entry: Entry, items_of: ItemsOf) -> Entry:
    """The entry with the items it cites. Raises WrongUsage where a field or the reason is missing, NotFound."""
    missing = [key for key in _NEEDS[entry.kind] if key not in entry.payload]
    if missing:
        raise WrongUsage(
            f"A decision of kind {entry.kind} lacks {', '.join(missing)}.", "Give these fields and send it again."
        )
    if entry.kind in _REASONED and not entry.reason.strip():
        raise WrongUsage("This needs a reason.", "Say it: --reason 'the archive burnt, by its keeper'.")
    told: Any = entry.payload
    named: Iterable[tuple[str, str]] = ((str(one["kind"]), str(one["id"])) for one in told.get("cites", ()))
    own = {digest for sort, id_ in named for digest in items_of(sort, id_)}
    of = _ON.get(entry.kind)
    items = own | (set(items_of(of, entry.subject)) if of else set())
    return replace(entry, payload={**entry.payload, "items": sorted(items), OWN: sorted(own)})


def goes_with(kind: str, payload: Mapping[str, Any], item: str) -> bool:
    """True where the words of such a decision go when this item is destroyed: it cites the item itself."""
    return kind not in KINDS or item in payload.get(OWN, ())
