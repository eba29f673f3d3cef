"""All ways in which texts hang together, as one list: copies, translations, shared passages, the same quotations.

Start with `kinships`. None of the first two kinds is reported again as one of the last two.

Looks down to: copies, incidents.model, kinship, passages. Used by: consolidation.
"""

from __future__ import annotations

from collections.abc import Sequence

from probanda.incidents.copies import Copies, one_text
from probanda.incidents.kinship import Kinship, KinshipKind
from probanda.incidents.model import Doc
from probanda.incidents.passages import passages, quotations


def kinships(docs: Sequence[Doc], copied: Copies) -> tuple[Kinship, ...]:
    """How these texts hang together, sorted; `copied`: their groups of copies, after persons' decisions.

    Each text of a group stands once, beside the group's founder; translations and dispatches that a person held apart
    are left out.
    """
    found = [
        Kinship(founder, item, KinshipKind.COPY, copied.reasons[founder])
        for item, founder in copied.copy_of.items()
        if item != founder
    ]
    known = {(k.a, k.b) for k in found}
    for kin in one_text(docs):
        together = kin.a in copied.copy_of and copied.copy_of[kin.a] == copied.copy_of.get(kin.b)
        if together and (kin.kind is KinshipKind.TRANSLATION or (kin.a, kin.b) not in known):
            found.append(kin)
    return tuple(sorted([*found, *passages(docs, copied.copy_of), *quotations(docs, copied.copy_of)]))
