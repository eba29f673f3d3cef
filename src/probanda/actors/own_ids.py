"""Ids that items themselves give to those they name, such as a column of a sheet: one id is one, two ids are two.

Start with `own_ids`. A mention bears such an id where its `same_as` is a handle of it (`claims.model.OWN_ID`), or where
it is a further name of one that does. Whoever wrote a sheet has told its units and persons apart; names alone would
join them again. So the machine joins all that bear one id, joins no two ids of one item (`grouping.group`, `own`), and
leaves a name without an id open where it fits two ids of one item. A person's decision goes before all three.

Looks down to: claims.model, names.folding, proposals. Used by: kept, one_text.
"""

from __future__ import annotations

from collections.abc import Mapping

from probanda.actors.proposals import Proposal, Strength, place_in_text
from probanda.claims.model import OWN_ID, Mention
from probanda.names.folding import fold

Own = Mapping[str, tuple[str, str]]
"""For a mention its item and the handle of the id that the item gives it."""


def own_ids(known: Mapping[str, Mention]) -> Own:
    """The mentions that bear an id of their item, directly or as a further name."""
    found = {m.id: (m.item, m.same_as) for m in known.values() if m.same_as and m.same_as.startswith(OWN_ID)}
    return found | {
        m.id: found[m.same_as] for m in known.values() if m.same_as in found and known[m.same_as].item == m.item
    }


def propose_by_id(known: Mapping[str, Mention]) -> Proposal:
    """Links between all that bear one id; apart from these, names that could be any of several."""
    proposal, own = Proposal(), own_ids(known)
    bearers: dict[str, list[Mention]] = {}
    for id_, (_, handle) in own.items():
        if known[id_].same_as == handle:
            bearers.setdefault(handle, []).append(known[id_])
    first = {handle: min(found, key=lambda m: (m.item, place_in_text(m))) for handle, found in bearers.items()}
    for handle in sorted(bearers):
        proposal.star(bearers[handle], first[handle], Strength.EQUATED_BY_TEXT, "their sheets give them one id")
    fits = _fits_two(known, own)
    for m in sorted(known.values(), key=lambda m: m.id) if fits else ():
        for handle in fits.get(fold(m.words), ()) if m.id not in own else ():
            proposal.apart.append((m.id, first[handle].id))
            proposal.kept.setdefault(m.id, "a sheet gives this name to several, each with an id of its own")
    return proposal


def _fits_two(known: Mapping[str, Mention], own: Own) -> dict[str, list[str]]:
    """Folded names that one item gives to several ids, with the ids."""
    found: dict[tuple[str, str], set[str]] = {}
    for id_, (item, handle) in own.items():
        found.setdefault((item, fold(known[id_].words)), set()).add(handle)
    fits: dict[str, set[str]] = {}
    for (_, words), handles in found.items():
        if len(handles) > 1:
            fits.setdefault(words, set()).update(handles)
    return {words: sorted(handles) for words, handles in fits.items()}
