"""All ways in which texts hang together, as one list: copies, translations, shared passages, the same quotations.

Start with `kinships`; `Kin` keeps what it found, so that texts can come and go. None of the first two kinds is reported
again as one of the last two.

Looks down to: incidents.model, kinship, copies, passages, syndication, translations. Used by: gathering.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from probanda.incidents.copies import Copies
from probanda.incidents.kinship import Kinship, KinshipKind
from probanda.incidents.model import Doc
from probanda.incidents.passages import Passages, Quotations
from probanda.incidents.syndication import Dispatches
from probanda.incidents.translations import Translations


def kinships(docs: Sequence[Doc], copied: Copies) -> tuple[Kinship, ...]:
    """How these texts hang together, sorted; `copied`: their groups of copies, after persons' decisions."""
    return Kin(docs).kinships(copied)


class Kin:
    """Texts that were compared by what stands in them; copies are found by `copies`."""

    def __init__(self, docs: Iterable[Doc] = ()) -> None:
        self._translations, self._dispatches = Translations(), Dispatches()
        self._passages, self._quotations = Passages(), Quotations()
        self.change({d.item: d for d in docs})

    def change(self, texts: Mapping[str, Doc | None]) -> None:
        """Compare these texts, new or not as they were before, with all that are here; None: a text is gone."""
        come = [doc for doc in texts.values() if doc is not None]
        for one in (self._translations, self._dispatches, self._passages, self._quotations):
            one.change(texts, come)

    def one_text(self) -> list[Kinship]:
        """Texts that are not alike and yet go back to one text: translations, and dispatches of one agency."""
        return [*self._translations.found(), *self._dispatches.found()]

    def kinships(self, copied: Copies) -> tuple[Kinship, ...]:
        """How the texts hang together, sorted; `copied`: their groups of copies, after persons' decisions.

        Each text of a group stands once, beside the group's founder; translations and dispatches that a person held
        apart are left out.
        """
        found = [
            Kinship(founder, item, KinshipKind.COPY, copied.reasons[founder])
            for item, founder in copied.copy_of.items()
            if item != founder
        ]
        known = {(k.a, k.b) for k in found}
        for kin in self.one_text():
            together = kin.a in copied.copy_of and copied.copy_of[kin.a] == copied.copy_of.get(kin.b)
            if together and (kin.kind is KinshipKind.TRANSLATION or (kin.a, kin.b) not in known):
                found.append(kin)
        shared = (*self._passages.found(copied.copy_of), *self._quotations.found(copied.copy_of))
        return tuple(sorted([*found, *shared]))
