"""What persons decide of a case matrix, as kinds of decisions: what each must say, and which items it cites.

Start with `prepared`. All hang on the hypothesis they belong to and cite the items that it cites besides their own, so
that who may not see the hypothesis sees nothing that was decided in it (RECORD section 4). What they mean is in
`matrix.hypothesis`; nothing is thought here.

Looks down to: kernel, audit. Used by: store (deeds, erasing, check).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from probanda.audit.log import Entry
from probanda.kernel.errors import WrongUsage
from probanda.store.projection import (
    ADMISSIBILITY,
    CELL_ASSESSMENT,
    CELL_SEARCH,
    CLOSING,
    CONTEXTUAL,
    FINDING,
    HYPOTHESIS,
    IN_CELL,
    INFERENCE,
    INQUIRY,
    MATRIX_SEEN,
    TASK,
    TASK_LINE,
    WANTED,
)

ItemsOf = Callable[[str, str], tuple[str, ...]]
"""Digests of the items behind something that is cited: its sort (claim, incident, mention, item, finding, hypothesis,
task, inquiry, wanted) and its id. Raises NotFound for what the author does not see, or what is of another sort."""

_NEEDS: Mapping[str, tuple[str, ...]] = {
    HYPOTHESIS: ("actor", "actor_name", "crime", "mode", "pack", "elements", "claims", "incidents"),
    CLOSING: ("cites",),
    IN_CELL: ("part", "element", "side", "verdict", "cites"),
    INFERENCE: ("part", "element", "says", "cites", "signed"),
    CONTEXTUAL: ("key", "says", "cites", "signed"),
    CELL_ASSESSMENT: ("part", "element", "stage", "says", "cites", "assessor", "signed"),
    CELL_SEARCH: ("part", "element", "side", "who", "where", "when", "found"),
    TASK: ("hypothesis", "part", "element", "needs", "what"),
    TASK_LINE: ("words",),
    MATRIX_SEEN: ("part", "element", "marks", "cites"),
    ADMISSIBILITY: ("on", "note"),
}
KINDS = tuple(_NEEDS)
SIGNED_KINDS = (INFERENCE, CONTEXTUAL, CELL_ASSESSMENT)
"""Findings and assessments: they bear their author's signature, which `verify` checks."""
KEPT: Mapping[str, tuple[str, ...]] = {
    HYPOTHESIS: ("crime", "mode", "pack"),
    CLOSING: (),
    IN_CELL: ("part", "element", "side", "verdict"),
    INFERENCE: ("part", "element", "side"),
    CONTEXTUAL: ("key", "side"),
    CELL_ASSESSMENT: ("part", "element", "stage", "says", "assessor"),
    CELL_SEARCH: ("part", "element", "side", "when"),
    TASK: ("hypothesis", "part", "element", "needs"),
    TASK_LINE: (),
    MATRIX_SEEN: ("part", "element"),
    ADMISSIBILITY: ("on",),
}
"""What stays of a payload whose words were destroyed; none of it is a person's words."""
OWN = "own_items"
"""Stands in the payload: the items behind what the decision itself names, of all those it cites."""
CITED_DECISIONS: Mapping[str, tuple[str, ...]] = {
    HYPOTHESIS: (HYPOTHESIS,),
    TASK: (TASK,),
    FINDING: (FINDING, INFERENCE, CONTEXTUAL),
    INQUIRY: (INQUIRY,),
    WANTED: (WANTED,),
}
"""What is cited by the id of a decision, by the sort that is named, and of which kinds that decision may be."""
_WITHOUT_REASON = (MATRIX_SEEN, CELL_SEARCH, TASK, TASK_LINE)
"""Kinds that say in their fields what there is to say."""


def prepared(entry: Entry, items_of: ItemsOf) -> Entry:
    """The entry with the items it cites. Raises WrongUsage where a field or the reason is missing, NotFound."""
    missing = [key for key in _NEEDS[entry.kind] if key not in entry.payload]
    if missing:
        raise WrongUsage(
            f"A decision of kind {entry.kind} lacks {', '.join(missing)}.", "Give these fields and send it again."
        )
    if entry.kind not in _WITHOUT_REASON and not entry.reason.strip():
        raise WrongUsage(
            "This is a decision on a case, and needs a reason.", "Say what it rests on: --reason 'her own account'."
        )
    if entry.kind == CELL_ASSESSMENT and entry.payload["assessor"] != entry.by:
        raise WrongUsage("An assessment is made in one's own name.", "Leave out whose it is, or use --as NAME.")
    told: Any = entry.payload
    named = ((str(one["kind"]), str(one["id"])) for one in told.get("cites", ()))
    own = {digest for sort, id_ in named for digest in items_of(sort, id_)}
    items = own | {digest for sort, id_ in _hangs_on(entry, told) for digest in items_of(sort, id_)}
    return replace(entry, payload={**entry.payload, "items": sorted(items), OWN: sorted(own)})


def goes_with(kind: str, payload: Mapping[str, Any], item: str) -> bool:
    """True where the words of such a decision go when this item is destroyed: it cites the item itself.

    What only hangs on a hypothesis that was opened on the item stays, and so does the opening, which holds ids and the
    words of the law: `destroy words` takes those too, one by one.
    """
    return kind not in KINDS or (kind == ADMISSIBILITY) or item in payload.get(OWN, ())


def _hangs_on(entry: Entry, told: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What it is about and the hypothesis it belongs to: who may not see that sees nothing of it."""
    if entry.kind == HYPOTHESIS:
        yield "mention", str(told["actor"])
        yield from (("claim", str(one)) for one in told["claims"])
        yield from (("incident", str(one)) for one in told["incidents"])
    elif entry.kind == TASK:
        yield HYPOTHESIS, str(told["hypothesis"])
    elif entry.kind == TASK_LINE:
        yield TASK, entry.subject
    elif entry.kind == ADMISSIBILITY:
        yield str(told["on"]), entry.subject
    elif entry.kind != CONTEXTUAL:
        yield HYPOTHESIS, entry.subject
    if told.get(INQUIRY):
        yield INQUIRY, str(told[INQUIRY])
