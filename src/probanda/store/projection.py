"""Current state as a pure function of the decisions: what stands, and the rows that follow from it.

The same functions bring one subject up to date after a deed, and the whole record when `verify`
compares or `rebuild` replaces. Start with `stands`, then `project`.

Looks down to: kernel, audit, access. Used by: store (record, check).
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from probanda.access.eyes import OPEN, RESTRICTED, compartment_of
from probanda.audit.log import Entry
from probanda.store.codec import to_json

EITHER = "/"
"""Joins the compartments of one item that several acquisitions brought: who sees any of them sees the item."""
OPENING = frozenset({"public", "internal"})
ON_CLAIMS = ("settle", "add-claim")
_NOT_SAID = frozenset({
    "reader", "why", "flags", "status", "by", "at", "paragraph", "locator", "start", "end", "act_start", "act_end",
})  # fmt: skip
"""Fields of a claim that tell where and by whom it was found, and nothing that it says."""
_ON_NO_FIELD = frozenset({"reject", "unsure"})
"""Verdicts that say nothing of the fields."""
UNDOABLE = frozenset({
    "label", "settle", "add-claim", "identity", "protect", "custody", "acquisition", "ask-to-destroy", "withdraw",
    "legal-fact",
    "grade", "sheet-part", "finding", "retraction", "contradiction",
    "classification", "acceptance", "threshold", "law-note", "official-copy", "law-pack",
    "hypothesis", "hypothesis-closed", "in-cell", "inference", "contextual-finding", "cell-assessment", "cell-search",
    "task", "task-line", "matrix-seen", "admissibility",
    "inquiry", "inquiry-look", "inquiry-closed", "wanted", "wanted-found", "wanted-closed",
})  # fmt: skip
"""Kinds that a `withdraw` may take back. Registrations, users and outputs are facts: another deed corrects them."""

OTHER_DIGESTS = ("blake3", "sha1", "md5")
"""Digests that a registration tells besides the SHA-256 that names the item: the first told of each counts."""

GRADE, SHEET_PART, FINDING, RETRACTION = "grade", "sheet-part", "finding", "retraction"
"""Kinds: what a person of the office finds of an item, a claim or an incident (`incidents.assessment`), and that a
source took back or corrected what it had said."""
CONTRADICTION = "contradiction"
"""Kind: what a person says of two claims that were proposed as a contradiction. Its subject is the lesser claim id."""
CLASSIFICATION, ACCEPTANCE, THRESHOLD = "classification", "acceptance", "threshold"
"""Kinds: what a conflict was, for a place and period; that a State accepted an amendment; on which side of a threshold
the situation lies. Their subjects are content ids of what they decide."""
LAW_NOTE, OFFICIAL_COPY, LAW_PACK = "law-note", "official-copy", "law-pack"
"""Kinds: a user's note on case law; a user's own copy of the official text; a law pack that is kept with the case."""
ON_LAW = (CLASSIFICATION, ACCEPTANCE, THRESHOLD, LAW_NOTE, OFFICIAL_COPY, LAW_PACK)
_PAIRED = {"identity": ("kind", "left", "right"), CONTRADICTION: ("a", "b")}
"""Kinds that decide of two, and the keys that say of which."""
ASSESSED = "on"
"""Stands in the payload of these: whether the subject is an `item`, a `claim` or an `incident`."""
LEGAL_FACT = "legal-fact"
"""Kind: a fact of jurisdiction or admissibility, such as an instrument or a State's own proceeding. Its subject is a
content id of what it is about."""
HYPOTHESIS, CLOSING = "hypothesis", "hypothesis-closed"
"""Kinds: a person opened a hypothesis of the case matrix, or closed it. Its id is that of the decision that opened it,
and the subject of all that is decided in it, tasks and findings that serve many apart."""
IN_CELL, INFERENCE, CONTEXTUAL = "in-cell", "inference", "contextual-finding"
"""Kinds: something put into a cell or taken out of it; a conclusion drawn from a basis; one that serves many cells."""
CELL_ASSESSMENT, CELL_SEARCH, MATRIX_SEEN = "cell-assessment", "cell-search", "matrix-seen"
"""Kinds: an element assessed at a stage; who searched for what; what was seen of the marks of a cell."""
TASK, TASK_LINE = "task", "task-line"
"""Kinds: what would fill a gap, as it stands now (assigned, closed); a line of what was done about it."""
ADMISSIBILITY = "admissibility"
"""Kind: that an item or claim is said to have been gained by a breach of rights (art. 69(7))."""
INQUIRY, INQUIRY_LOOK, INQUIRY_CLOSED = "inquiry", "inquiry-look", "inquiry-closed"
"""Kinds: a question that is looked into (requirement A9); where it was looked and what came of it; that it is closed.
Its id is that of the decision that opened it."""
WANTED, WANTED_FOUND, WANTED_CLOSED = "wanted", "wanted-found", "wanted-closed"
"""Kinds: an original that others cite and that is not held (requirement A8); the item that it is; that nobody looks for
it any more."""
_ONE_ON_SUBJECT = (
    CLASSIFICATION, ACCEPTANCE, THRESHOLD, LAW_PACK, LEGAL_FACT, HYPOTHESIS, CLOSING, TASK,
    INQUIRY, INQUIRY_CLOSED, WANTED, WANTED_CLOSED,
)  # fmt: skip
TOKEN = "token"  # noqa: S105 - the name of a kind
"""Kind: a token by which a program asks for a user (`casework.tokens`), or that it ended. A fact: nothing takes it
back."""
MODEL_ANSWER = "model-answer"
"""Kind: what a language model has answered about a text of an item."""
SECOND_READING = "second-reading"
"""Kind: how a second person read a claim without knowing the first one's reading. A fact: nothing takes it back."""
JOIN = "join"
ASK_TO_DESTROY, DESTROY_ITEM, DESTROY_WORDS = "ask-to-destroy", "destroy-item", "destroy-words"
"""Kinds: the first user asks; the second decides, and the bytes of an item, or the words of an entry, go."""
DESTROYED = "destroyed"
"""Stands in the payload of an entry whose words were destroyed: the decision by which."""
PROGRAM = "program"
"""Stands in the payload of a line of custody that the program wrote of its own doing: which program, and version."""

Placed = tuple[int, Entry]
"""An entry and its place in the order over all logs."""
Row = dict[str, Any]
"""A row as it is outside: compartments by name, no `n`."""


@dataclass(frozen=True, slots=True)
class State:
    """Where an item stands: its compartment, and whether a person decided its label after registration."""

    compartment: str
    decided: bool


States = Callable[[str], State | None]


def may_be_undone(kind: str, payload: Mapping[str, Any]) -> bool:
    """False for facts: registrations, users, outputs, and what the program itself gave out."""
    return kind in UNDOABLE and not payload.get(PROGRAM)


def alternatives(compartment: str) -> tuple[str, ...]:
    """The compartments of which any one is enough."""
    return tuple(compartment.split(EITHER))


def closed(compartment: str) -> str:
    """This compartment with the label `restricted` besides."""
    return EITHER.join(sorted({compartment_of({*_labels_of(arm), RESTRICTED}) for arm in alternatives(compartment)}))


def undone(entries: Iterable[Placed]) -> set[str]:
    """Ids of the decisions that are withdrawn. A withdrawal may itself be: then what it took back stands again."""
    return withdrawn((entry.id, entry.subject) for _, entry in entries if entry.kind == "withdraw")


def withdrawn(withdrawals: Iterable[tuple[str, str]]) -> set[str]:
    """The same from pairs of a withdrawal's id and the id of what it takes back; their order does not matter.

    Two devices may have withdrawn one decision, each by itself: it is back when both are withdrawn. Withdrawals that
    take each other back in a circle, which no device writes, take nothing back.
    """
    of: dict[str, list[str]] = defaultdict(list)
    for one, subject in withdrawals:
        of[subject].append(one)
    if not of:
        return set()
    waiting = TopologicalSorter(of)
    gone: set[str] = set()
    with contextlib.suppress(CycleError):
        waiting.prepare()
    while waiting.is_active():
        ready = waiting.get_ready()
        if not ready:
            break
        gone.update(one for one in ready if any(by not in gone for by in of.get(one, ())))
        waiting.done(*ready)
    return gone


def stands(entries: Iterable[Placed]) -> list[Placed]:
    """The decisions that no other replaced and that were not withdrawn, in the order of the log."""
    ordered = sorted(entries, key=lambda placed: placed[0])
    gone = undone(ordered)
    live = [
        placed
        for placed in ordered
        if placed[1].kind != "withdraw" and placed[1].id not in gone and not is_erased(placed[1])
    ]
    replaced = {over for _, entry in live for over in entry.over}
    return [placed for placed in live if placed[1].id not in replaced]


def live_over(entries: Iterable[Placed], decision: str) -> list[str]:
    """Ids of the decisions not withdrawn that replaced this one: they stand on it."""
    ordered = sorted(entries, key=lambda placed: placed[0])
    gone = undone(ordered)
    return [e.id for _, e in ordered if decision in e.over and e.id not in gone and not is_erased(e)]


def is_erased(entry: Entry) -> bool:
    """True when the words of a decision were destroyed, so that it says nothing any more.

    A registration stays in force without its words: its number, size and label are not among them.
    """
    return bool(entry.payload.get(DESTROYED)) and entry.kind != "register"


def slot(entry: Entry) -> tuple[str, ...] | None:
    """What an entry decides about: in one log, one decision at most stands in each slot; of several logs that were
    joined more may, and where they differ that is a conflict (`conflicts`). None where many may."""
    return slot_of(entry.kind, entry.subject, entry.payload)


def slot_of(kind: str, subject: str, payload: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The same of a decision in its parts."""
    if kind in ON_CLAIMS:
        return ("claim", subject)
    if kind in _PAIRED:
        return (kind, *(str(payload[key]) for key in _PAIRED[kind]))
    if kind in (GRADE, SHEET_PART):
        return (kind, subject, str(payload.get(ASSESSED)), str(payload.get("scale", payload.get("part"))))
    if kind == RETRACTION:
        return (kind, subject, str(payload.get(ASSESSED)))
    if kind in ("label", "protect", "user", "user-key", "settings", TOKEN, *_ONE_ON_SUBJECT):
        return (kind, subject)
    return _cell_slot(kind, subject, payload)


def _cell_slot(kind: str, subject: str, payload: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The slots of what is decided in a case matrix: each thing once on each side of a cell, each user's assessment
    of an element once at each stage; and of an item that is found to be a wanted original."""
    if kind == WANTED_FOUND:
        return (kind, subject, *(str(one["id"]) for one in payload.get("cites", ())))
    if kind == ADMISSIBILITY:
        return (kind, subject, str(payload.get("on")))
    if kind == CELL_ASSESSMENT:
        return (kind, subject, *(str(payload.get(key)) for key in ("part", "element", "stage", "assessor")))
    if kind == IN_CELL:
        what = [str(part) for one in payload.get("cites", ()) for part in (one["kind"], one["id"])]
        return (kind, subject, *(str(payload.get(key)) for key in ("part", "element", "side")), *what)
    return None


def content_of(kind: str, payload: Mapping[str, Any]) -> str:
    """What a decision says, whoever says it and in whatever words: two with one content agree."""
    if kind in ON_CLAIMS:
        verdict = str(payload.get("verdict", "add"))
        fields = {key: value for key, value in payload["claim"].items() if key not in _NOT_SAID}
        return to_json([verdict] if verdict in _ON_NO_FIELD else ["says", fields])
    told = {"identity": ("verdict",), "label": ("label",), "protect": ("words", "kind"), GRADE: ("grade",),
            RETRACTION: ("what",), CONTRADICTION: ("mark", "because"), CLASSIFICATION: ("type",), ACCEPTANCE: ("on",),
            THRESHOLD: ("side",), LAW_PACK: ("digest",), LEGAL_FACT: ("entry",), CLOSING: (), IN_CELL: ("verdict",),
            CELL_ASSESSMENT: ("says",), ADMISSIBILITY: (), INQUIRY_CLOSED: (), WANTED_FOUND: (),
            WANTED_CLOSED: ()}.get(kind)  # fmt: skip
    return to_json(payload if told is None else [payload.get(key) for key in told])


def item_states(entries: Iterable[Placed]) -> dict[str, State]:
    """The state of every item these entries speak of, by digest."""
    labels: dict[str, set[str]] = defaultdict(set)
    brought: dict[str, set[str]] = defaultdict(set)
    for _, entry in stands(e for e in entries if e[1].kind in ("register", "label", "withdraw")):
        if entry.kind == "label":
            labels[entry.subject].add(str(entry.payload["label"]))
        else:
            brought[entry.subject].add(_own_compartment(entry))
    return {digest: _state(arms, labels.get(digest, set())) for digest, arms in brought.items()}


def strictest(labels: Iterable[str]) -> str | None:
    """The label shown where several stand, since devices that worked apart decided otherwise; None for none."""
    return min(labels, key=lambda label: (label != RESTRICTED, label in OPENING, label), default=None)


def cited(entry: Entry) -> tuple[str, ...]:
    """Digests of the items that a decision cites (the store writes them in when it records)."""
    return tuple(str(digest) for digest in entry.payload.get("items", ()))  # type: ignore[attr-defined]


PRESERVING = (*ON_CLAIMS, SECOND_READING, MODEL_ANSWER, OFFICIAL_COPY, LAW_PACK)
"""Kinds of decisions that keep bytes in the vault besides the items."""


def preserved_by(kind: str, payload: Mapping[str, Any]) -> tuple[str, ...]:
    """Digests of what the vault holds because of this decision: the text in which a claim's words were settled; a
    language model's answers, which nothing can derive again; a user's copy of the official text; a law pack. None of
    them once the decision's words were destroyed."""
    if kind in (*ON_CLAIMS, SECOND_READING) and payload.get("anchor"):
        return (str(payload["anchor"]["text"]),)
    if kind in (OFFICIAL_COPY, LAW_PACK) and payload.get("text"):
        return (str(payload["text"]),)
    if kind == MODEL_ANSWER:
        return tuple(dict.fromkeys(str(digest) for _, _, digest in payload.get("answers", ())))
    return ()


def entry_compartment(entry: Entry, states: States) -> str:
    """The union of the labels of all it cites, and of its own.

    Labels taken over at the time from what the machine proposed stop counting once a person has
    decided the label of every item cited.
    """
    if entry.kind == "register":
        state = states(entry.subject)
        return state.compartment if state and state.decided else _own_compartment(entry)
    found = [state for state in map(states, cited(entry)) if state is not None]
    own = set() if found and all(state.decided for state in found) else set(entry.labels) - OPENING
    arms = {state.compartment for state in found}
    if not own and len(arms) == 1:
        return arms.pop()
    return compartment_of(own | {label for arm in arms for one in alternatives(arm) for label in _labels_of(one)})


def project(entries: Sequence[Placed], states: States) -> dict[str, list[Row]]:
    """The rows of every projected table that follow from these entries (`series` apart, see `series_of`)."""
    rows: dict[str, list[Row]] = {
        name: [] for name in ("cite", "standing", "item", "acquisition", "identity", "settled", "protected")
    }
    within = {entry.id: entry_compartment(entry, states) for _, entry in entries}
    for _, entry in entries:
        inside = within[entry.id]
        rows["cite"] += [{"decision": entry.id, "item": digest, "compartment": inside} for digest in cited(entry)]
    standing = stands(entries)
    for place, entry in standing:
        if entry.kind == JOIN:  # of the folder that joined, not of the record: both give the same
            continue
        inside = within[entry.id]
        rows["standing"].append(
            {"subject": entry.subject, "decision": entry.id, "kind": entry.kind, "compartment": inside}
        )
        if entry.kind in _TYPED:
            table, form = _TYPED[entry.kind]
            rows[table].append({**form(entry, place), "compartment": inside})
    rows["item"] = _items(standing, states)
    return rows


def series_of(entries: Iterable[Placed]) -> list[Row]:
    """The last number given in each series of registration numbers."""
    last: dict[str, int] = {}
    for _, entry in entries:
        if entry.kind == "register":
            prefix, _, number = str(entry.payload["number"]).rpartition("-")
            last[prefix] = max(last.get(prefix, 0), int(number))
    return [{"prefix": prefix, "last": last[prefix]} for prefix in sorted(last)]


def _items(standing: Sequence[Placed], states: States) -> list[Row]:
    first: dict[str, Entry] = {}
    labels: dict[str, set[str]] = defaultdict(set)
    told: dict[tuple[str, str], Any] = {}
    gone = {entry.subject: entry.id for _, entry in reversed(standing) if entry.kind == DESTROY_ITEM}
    for _, entry in standing:
        if entry.kind == "register":
            first.setdefault(entry.subject, entry)
            for name in OTHER_DIGESTS:
                if entry.payload.get(name):  # earlier registrations told none
                    told.setdefault((entry.subject, name), entry.payload[name])
        elif entry.kind == "label":
            labels[entry.subject].add(str(entry.payload["label"]))
    rows = []
    for digest, entry in first.items():
        state = states(digest)
        rows.append(
            {
                "digest": digest,
                "size": entry.payload["size"],
                "media_type": entry.payload["media_type"],
                "label": strictest(labels.get(digest, ())),
                "destroyed": gone.get(digest),
                **{name: told.get((digest, name)) for name in OTHER_DIGESTS},
                "compartment": state.compartment if state else OPEN,
            }
        )
    return rows


def _acquisition(entry: Entry, place: int) -> Row:
    told = entry.payload
    row: Row = {key: told[key] for key in ("number", "name", "label", "received_at", "collector", "method", "tool")}
    row |= {key: told.get(key) for key in ("source", "parent", "evidence", "acquired_at", "language", "conditions")}
    return row | {"decision": entry.id, "item": entry.subject, "place": place}


def _identity(entry: Entry, _place: int) -> Row:
    row: Row = {key: entry.payload[key] for key in ("kind", "left", "right", "verdict")}
    return row | {"decision": entry.id}


def _settled(entry: Entry, _place: int) -> Row:
    told: Mapping[str, Any] = entry.payload
    act = told.get("act_anchor")
    return {
        "claim": entry.subject,
        "decision": entry.id,
        "item": told["claim"]["item"],
        "verdict": told.get("verdict", "add"),
        "body": to_json(told["claim"]),
        "anchor": to_json(told["anchor"]),
        "act_anchor": None if act is None else to_json(act),
        "by": entry.by,
        "at": entry.at,
    }


def _protected(entry: Entry, _place: int) -> Row:
    told = entry.payload
    return {
        "mention": entry.subject,
        "decision": entry.id,
        "kind": told["kind"],
        "words": to_json(told["words"]),
    }


_TYPED: dict[str, tuple[str, Callable[[Entry, int], Row]]] = {
    "register": ("acquisition", _acquisition),
    "identity": ("identity", _identity),
    "settle": ("settled", _settled),
    "add-claim": ("settled", _settled),
    "protect": ("protected", _protected),
}


def _own_compartment(entry: Entry) -> str:
    return compartment_of({str(entry.payload["label"]), *entry.labels})


def _state(arms: set[str], labels: set[str]) -> State:
    if labels:  # several only where devices that worked apart decided otherwise: until that is settled, all of them
        return State(compartment_of(labels), True)
    return State(OPEN if OPEN in arms else EITHER.join(sorted(arms)), False)


def _labels_of(arm: str) -> list[str]:
    return [] if arm == OPEN else arm.split("+")
