"""What each kind of deed needs to be true, and what the store adds to it before it is sealed.

Start with `prepared`. Each kind has one short function: it checks that the author may see what the
deed is about, and writes in the registration number, or the items cited. Nothing is written here,
but the text that a decision cites, and a model's answers, which are preserved.

Looks down to: kernel, access, audit. Used by: store (record).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from probanda.access.eyes import OPEN, Eyes, compartment_of
from probanda.actors.model import HANDLE
from probanda.audit.log import Entry
from probanda.kernel.digests import sha256
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store import derived, inquiry_deeds, law_deeds, matrix_deeds, second
from probanda.store import tables as t
from probanda.store.codec import from_json
from probanda.store.common import entries_on, entry_of, item_n
from probanda.store.common import now as clock
from probanda.store.door import seen
from probanda.store.erasing import may_be_erased
from probanda.store.errors import BeingRead, DecidedMeanwhile, StillStoodOn
from probanda.store.model import CustodyEvent, Deed
from probanda.store.projection import (
    ASK_TO_DESTROY,
    ASSESSED,
    CONTRADICTION,
    DESTROY_ITEM,
    DESTROY_WORDS,
    FINDING,
    GRADE,
    LEGAL_FACT,
    MODEL_ANSWER,
    ON_LAW,
    OPENING,
    RETRACTION,
    SECOND_READING,
    SHEET_PART,
    TOKEN,
    alternatives,
    cited,
    live_over,
    may_be_undone,
    slot,
    stands,
    undone,
)
from probanda.store.settling import VERDICTS

ENDED = "ended"
"""The verdict of a second reading that did not take place."""
_HANDLE = re.compile(re.escape(HANDLE) + "[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Log:
    """Which log is written, and the first part of its registration numbers."""

    id: str
    prefix: str
    keep: Callable[[bytes], str]
    """Preserves the bytes of a text that a decision cites, or of an answer; gives their digest."""
    seen: tuple[tuple[str, int], ...] = ()
    """(log, size) of the other logs held here."""


def already(connection: Connection, deed: Deed) -> bool:
    """True when this very deed was recorded before. Raises when its id was used for another one."""
    row = connection.execute(select(t.decision).where(t.decision.c.id == deed.id)).one_or_none()
    if row is None:
        return False
    if (row.kind, row.subject) != (deed.kind, deed.subject):
        raise ProbandaError(f"The id {deed.id} was used for another decision.", "Send the deed with an id of its own.")
    return True


def prepared(connection: Connection, log: Log, eyes: Eyes, deed: Deed) -> Entry:
    try:
        prepare = _PREPARE[deed.kind]
    except KeyError:
        raise WrongUsage(
            f"There is no kind of decision called {deed.kind!r}.", f"Use one of: {', '.join(_PREPARE)}."
        ) from None
    entry = _with_labels(connection, prepare(connection, log, eyes, drafted(log, eyes, deed)))
    if entry.kind not in ("withdraw", DESTROY_ITEM, DESTROY_WORDS):  # these have looked at what stands themselves
        _check_over(connection, eyes, entry)
    return entry


def drafted(log: Log, eyes: Eyes, deed: Deed) -> Entry:
    """The deed as an entry, with nothing added but who and when."""
    return Entry(
        id=deed.id, kind=deed.kind, subject=deed.subject, over=tuple(deed.over), seen=log.seen, by=eyes.user,
        reason=deed.reason, payload=dict(deed.payload), labels=tuple(sorted(set(deed.labels))), at=clock(),
    )  # fmt: skip


def _user(_connection: Connection, _log: Log, _eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "name")
    return replace(entry, payload={"clearances": [], **entry.payload})


def _register(connection: Connection, log: Log, eyes: Eyes, entry: Entry) -> Entry:
    _check_evidence(connection, eyes, entry.subject, entry.payload.get("evidence"))
    return numbered(entry, log, lambda prefix: last_number(connection, prefix))


def numbered(entry: Entry, log: Log, last: Callable[[str], int]) -> Entry:
    """A registration with its number, the next after the `last` of its series."""
    _need(entry, "size", "media_type", "name", "label", "received_at")
    told = {"method": "", "tool": "", "collector": "", "source": None, **entry.payload}
    inside = compartment_of({str(told["label"]), *entry.labels})
    prefix = log.prefix + series_mark(inside)
    return replace(entry, payload={**told, "number": f"{prefix}-{last(prefix) + 1:04d}", "items": [entry.subject]})


def last_number(connection: Connection, prefix: str) -> int:
    """The last number given in a series; 0 where none was."""
    return connection.execute(select(t.series.c.last).where(t.series.c.prefix == prefix)).scalar() or 0


def _check_evidence(connection: Connection, eyes: Eyes, digest: str, evidence: object) -> None:
    """An own evidence number names one item. Raises ProbandaError where these eyes see another one that bears it."""
    if evidence is None:
        return
    query = seen(connection, eyes, t.acquisition).where(
        t.acquisition.c.evidence == evidence, t.acquisition.c.item != digest
    )
    other = connection.execute(query).first()
    if other is not None:
        raise ProbandaError(
            f"The evidence number {evidence} is that of {other.number} already.",
            "Give this item another number in the table, or none; nothing was recorded.",
        )


def _label(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "label")
    _see_item(connection, eyes, entry.subject)
    return replace(entry, payload={**entry.payload, "items": [entry.subject]})


def _settle(connection: Connection, log: Log, eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "verdict")
    if entry.payload["verdict"] not in VERDICTS:
        raise WrongUsage(
            f"A claim cannot be settled with {entry.payload['verdict']!r}.", f"Use one of: {', '.join(VERDICTS)}."
        )
    found = connection.execute(seen(connection, eyes, t.claim).where(t.claim.c.id == entry.subject)).first()
    if found is None and not _standing_in_slot(connection, entry):
        raise NotFound("claim", entry.subject, "probanda claims list")
    _not_being_read(connection, entry.subject)
    return _add_claim(connection, log, eyes, entry)


def _not_being_read(connection: Connection, claim: str) -> None:
    """Raises BeingRead while the claim waits for a second reader, and there is one who could be it."""
    one = second.waiting(connection, claims=[claim]).get(claim)
    readers = [] if one is None else second.others(connection, one.first, one.compartment)
    if readers:
        raise BeingRead(claim, readers)


def _second_reading(connection: Connection, log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """How a second person read a claim that was drawn; or, `ended`, that an owner gave up waiting for one."""
    _need(entry, "of", "verdict")
    one = second.waiting(connection, claims=[entry.subject]).get(entry.subject)
    if one is None or one.decision != entry.payload["of"]:
        raise DecidedMeanwhile(entry.subject, (), f"Claim {entry.subject[:12]} waits for no second reading.")
    claim = connection.execute(seen(connection, eyes, t.claim).where(t.claim.c.id == entry.subject)).first()
    if claim is None:
        raise NotFound("claim", entry.subject, "probanda claims list")
    if entry.payload["verdict"] == ENDED:
        if not entry.reason.strip():
            raise WrongUsage("To give up a second reading needs a reason.", "Say it: --reason 'the colleague left'.")
        item = connection.execute(select(t.item.c.digest).where(t.item.c.n == claim.item)).scalar_one()
        return replace(entry, payload={**entry.payload, "items": [item]})
    if entry.payload["verdict"] not in VERDICTS or entry.payload["verdict"] == "add":
        raise WrongUsage(
            f"A claim cannot be read with {entry.payload['verdict']!r}.", "Accept, correct, reject, unsure."
        )
    if one.first == entry.by:
        raise WrongUsage(
            "The second reading is another person's than the first.", "Let another user read it: --as NAME."
        )
    return _add_claim(connection, log, eyes, entry)


def _add_claim(connection: Connection, log: Log, eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "claim", "anchor")
    claim: Any = entry.payload["claim"]
    anchor: Any = entry.payload["anchor"]
    _see_item(connection, eyes, claim["item"])
    if claim["id"] != entry.subject:
        raise WrongUsage(
            f"The claim's id {claim['id']} is not the subject {entry.subject}.", "Send the claim with its own id."
        )
    base = _keep_text(connection, log, claim["item"], anchor)
    return replace(entry, payload={"act_anchor": None, **entry.payload, "text_base": base, "items": [claim["item"]]})


def _identity(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "left", "right", "verdict")
    left, right = sorted((str(entry.payload["left"]), str(entry.payload["right"])))
    kind = entry.payload.get("kind", "actor")
    if left == right:
        raise WrongUsage("Both ends of this decision are the same.", "Name two different ones.")
    items = sorted({digest for end in (left, right) for digest in _items_of_end(connection, eyes, end)})
    told = {**entry.payload, "left": left, "right": right, "kind": kind, "items": items}
    return replace(entry, subject=left, payload=told)


def _protect(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "words")
    told = {"kind": "person", **entry.payload, "items": list(_items_of_end(connection, eyes, entry.subject))}
    return replace(entry, payload=told)


def _model_answer(connection: Connection, log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """What a language model has answered about a text: (start, end, words) for each stretch of it that was asked about.

    The words are preserved, and their digest stands in their place: nothing can derive them again. Many may stand.
    """
    _need(entry, "text", "model", "host", "answers")
    _see_item(connection, eyes, entry.subject)
    of_item = select(t.text.c.n).join(t.item, t.item.c.n == t.text.c.item).where(t.item.c.digest == entry.subject)
    if connection.execute(of_item.where(t.text.c.digest == entry.payload["text"])).first() is None:
        raise ProbandaError(
            f"The text that was asked about is not the present text of item {entry.subject[:12]}.",
            "Ask about it again; nothing was recorded.",
        )
    given: Any = entry.payload["answers"]
    answers = [[start, end, log.keep(words.encode("utf-8", "surrogatepass"))] for start, end, words in given]
    return replace(entry, payload={**entry.payload, "answers": answers, "items": [entry.subject]})


def _legal_fact(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """A fact of jurisdiction or admissibility. It lies where the items do that it rests on, or speaks of."""
    _need(entry, "part", "name", "entry", "incident", "person", "rests_on")
    if not entry.reason.strip():
        raise WrongUsage("Such a fact needs a reason.", "Say what it rests on: --reason 'treaty register, 3 May'.")
    told: Any = entry.payload
    ends = [end for end in (*told["rests_on"], told["incident"], told["person"]) if end]
    items = sorted({digest for end in ends for digest in _items_of_end(connection, eyes, str(end))})
    return replace(entry, payload={**entry.payload, "items": items})


def _output(_connection: Connection, _log: Log, _eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "kind", "digest")
    return entry


def _custody(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """A line of the chain of custody. Many may stand on one item: a later one never takes the place of an earlier."""
    _need(entry, "what")
    if entry.payload["what"] not in set(CustodyEvent):
        raise WrongUsage(
            f"{entry.payload['what']!r} is no event of custody.", f"Use one of: {', '.join(CustodyEvent)}."
        )
    _see_item(connection, eyes, entry.subject)
    return replace(entry, payload={**entry.payload, "items": [entry.subject]})


def _stated(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """What was found out of an acquisition later: it stands beside the registration `of`, never in its place."""
    _need(entry, "of", "stated")
    _see_item(connection, eyes, entry.subject)
    of = seen(connection, eyes, t.acquisition).where(
        t.acquisition.c.item == entry.subject, t.acquisition.c.decision == entry.payload["of"]
    )
    if connection.execute(of).first() is None:
        raise NotFound("acquisition", str(entry.payload["of"]), "probanda custody list ITEM")
    return replace(entry, payload={**entry.payload, "items": [entry.subject]})


def _assessed(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """A grade, a closed part of a sheet, a finding, a retraction: on an item, a claim, or the claims of an incident."""
    _need(entry, ASSESSED, *_ASSESSMENTS[entry.kind])
    if not entry.reason.strip():
        raise WrongUsage("An assessment needs a reason.", "Say what it rests on: --reason 'compared with the letter'.")
    ends = [entry.subject, *entry.payload.get("claims", ()), *filter(None, [entry.payload.get("other")])]  # type: ignore[misc]
    items = sorted({digest for end in ends for digest in _items_of_end(connection, eyes, str(end))})
    return replace(entry, payload={**entry.payload, "items": items})


def _contradiction(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """What a person says of two claims that seem to contradict each other: real, apparent, or resolved by a finding."""
    _need(entry, "a", "b", "mark", "because")
    if not entry.reason.strip():
        raise WrongUsage("A mark needs a reason.", "Say it: --reason 'the later count is of the whole week'.")
    a, b = sorted((str(entry.payload["a"]), str(entry.payload["b"])))
    if a == b:
        raise WrongUsage("Both are the same claim.", "Name two claims.")
    items = sorted({digest for end in (a, b) for digest in _items_of_end(connection, eyes, end)})
    return replace(entry, subject=a, payload={**entry.payload, "a": a, "b": b, "items": items})


def _in_matrix(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """What a person decides in a case matrix: it cites the items of all it names, the hypothesis among them."""
    return matrix_deeds.prepared(entry, _items_by(connection, eyes))


def _of_inquiry(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """A question that is looked into, an original that is missing, and what is said of them."""
    return inquiry_deeds.prepared(entry, _items_by(connection, eyes))


def _items_by(connection: Connection, eyes: Eyes) -> matrix_deeds.ItemsOf:
    def items_of(sort: str, id_: str) -> tuple[str, ...]:
        if sort in matrix_deeds.CITED_DECISIONS:
            one = _known(connection, eyes, id_)
            if one.kind not in matrix_deeds.CITED_DECISIONS[sort]:
                raise NotFound(sort, id_[:12], "probanda matrix")
            return cited(one)
        return _items_of_end(connection, eyes, id_)

    return items_of


_ASSESSMENTS = {
    GRADE: ("scale", "grade"), SHEET_PART: ("part", "found"), FINDING: ("finds", "signed"), RETRACTION: ("what",),
}  # fmt: skip


def _on_law(connection: Connection, log: Log, eyes: Eyes, entry: Entry) -> Entry:
    return law_deeds.prepared(connection, log.keep, eyes, entry)


def _user_key(connection: Connection, _log: Log, _eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "key")
    if entry.subject not in user_names(connection):
        raise NotFound("user", entry.subject, "probanda user list")
    return entry


def _token(connection: Connection, _log: Log, _eyes: Eyes, entry: Entry) -> Entry:
    """A token of a user, as its digest; or, over that decision, that it ended."""
    _need(entry, "user", "ended")
    if entry.payload["user"] not in user_names(connection):
        raise NotFound("user", str(entry.payload["user"]), "probanda user list")
    if not entry.payload["ended"]:
        _need(entry, "name", "digest", "scopes", "until")
    return entry


def _key(_connection: Connection, _log: Log, _eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "name", "algorithm", "public", "for")
    return entry


def _settings(_connection: Connection, _log: Log, _eyes: Eyes, entry: Entry) -> Entry:
    _need(entry, "digest", "settings")
    return entry


def _ask(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """To destroy an item's bytes, or the words of an entry: what the first of two users asks for, with a reason."""
    _need(entry, "what", "signed")
    _need_reason(entry)
    if entry.payload["what"] == "item":
        _see_item(connection, eyes, entry.subject)
        return replace(entry, payload={**entry.payload, "items": [entry.subject]})
    target = _known(connection, eyes, entry.subject)
    if not may_be_erased(target.kind):
        raise WrongUsage(
            f"The words of a decision of kind {target.kind} cannot be destroyed.", "They name no source and no victim."
        )
    return replace(entry, payload={**entry.payload, "items": list(cited(target))})


def _destroy(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """The second user's decision on what another asked for; from then on it is done, and nothing undoes it."""
    _need(entry, "request", "signed")
    _need_reason(entry)
    request = _known(connection, eyes, str(entry.payload["request"]))
    asked = {"item": DESTROY_ITEM, "words": DESTROY_WORDS}.get(str(request.payload.get("what")))
    if request.kind != ASK_TO_DESTROY or (asked, request.subject) != (entry.kind, entry.subject):
        raise WrongUsage(
            "Nobody asked for this to be destroyed.", "See what was asked for with `probanda destroy list`."
        )
    if request.by == entry.by:
        raise WrongUsage(
            "Two users destroy something together: one asks, another decides.", "Let another user do this: --as NAME."
        )
    on_subject = entries_on(connection, entry.subject)
    if request.id not in [e.id for _, e in stands(on_subject)]:
        raise DecidedMeanwhile(entry.subject, (), "What was asked for was withdrawn, or done already.")
    return replace(entry, over=(request.id,), payload={**entry.payload, "items": list(cited(request))})


def _known(connection: Connection, eyes: Eyes, decision: str) -> Entry:
    """A decision that these eyes see. Raises NotFound."""
    row = connection.execute(seen(connection, eyes, t.decision).where(t.decision.c.id == decision)).one_or_none()
    if row is None:
        raise NotFound("decision", decision, "probanda undo")
    return entry_of(row)


def _need_reason(entry: Entry) -> None:
    if not entry.reason.strip():
        raise WrongUsage("To destroy something needs a reason.", "Say it: --reason 'the witness withdrew her consent'.")


def _join(connection: Connection, _log: Log, _eyes: Eyes, entry: Entry) -> Entry:
    """How far another log had come when it was taken over, or this one's own forerunner when it was begun."""
    _need(entry, "size", "root", "from")
    if connection.execute(select(t.decision.c.n).where(t.decision.c.log == entry.subject).limit(1)).first() is None:
        raise NotFound("log", entry.subject, "probanda log list")
    return entry


def _withdraw(connection: Connection, _log: Log, eyes: Eyes, entry: Entry) -> Entry:
    """Take back a decision that stands (or an earlier withdrawal). Its labels and items are those of that decision."""
    row = connection.execute(seen(connection, eyes, t.decision).where(t.decision.c.id == entry.subject)).one_or_none()
    if row is None:
        raise NotFound("decision", entry.subject, "probanda claims show ID")
    target = entry_of(row)
    if not may_be_undone(target.kind, target.payload):
        raise WrongUsage(
            f"Decision {target.id} ({target.kind}) records a fact and cannot be undone.",
            "Record what is right as a new decision beside it.",
        )
    root = root_of(connection, target)
    if root.kind == "settle":
        _not_being_read(connection, root.subject)
    on_subject = entries_on(connection, root.subject)
    by = live_over(on_subject, target.id)
    if by:
        raise StillStoodOn(target.id, by)
    if target.id in undone(on_subject):
        raise DecidedMeanwhile(target.subject, (), f"Decision {target.id} was undone already.")
    after = stands([*on_subject, (max(n for n, _ in on_subject) + 1, entry)])
    slots = [slot(e) for _, e in after if slot(e) is not None]
    if len(slots) != len(set(slots)):
        raise DecidedMeanwhile(target.subject, (), f"Meanwhile something else was decided where {target.id} stood.")
    return replace(entry, payload={**entry.payload, "items": list(cited(target))}, labels=target.labels)


_PREPARE: dict[str, Callable[[Connection, Log, Eyes, Entry], Entry]] = {
    "user": _user,
    "register": _register,
    "label": _label,
    "settle": _settle,
    "add-claim": _add_claim,
    SECOND_READING: _second_reading,
    "identity": _identity,
    "protect": _protect,
    LEGAL_FACT: _legal_fact,
    MODEL_ANSWER: _model_answer,
    "output": _output,
    "key": _key,
    "settings": _settings,
    "custody": _custody,
    "acquisition": _stated,
    "user-key": _user_key,
    TOKEN: _token,
    GRADE: _assessed,
    SHEET_PART: _assessed,
    FINDING: _assessed,
    RETRACTION: _assessed,
    CONTRADICTION: _contradiction,
    **dict.fromkeys(ON_LAW, _on_law),
    **dict.fromkeys(matrix_deeds.KINDS, _in_matrix),
    **dict.fromkeys(inquiry_deeds.KINDS, _of_inquiry),
    "ask-to-destroy": _ask,
    "destroy-item": _destroy,
    "destroy-words": _destroy,
    "join": _join,
    "withdraw": _withdraw,
}


def series_mark(compartment: str) -> str:
    """What follows the case's prefix in the numbers of a compartment: nothing, `R` for restricted, else its labels."""
    if compartment == OPEN:
        return ""
    if compartment == "restricted":
        return "R"
    plain = re.sub(r"[^A-Za-z0-9]+", ".", compartment).strip(".").upper()
    # Two compartments whose labels differ only in other letters or marks must not share a series.
    exact = re.fullmatch(r"[a-z0-9]+(\+[a-z0-9]+)*", compartment) is not None
    return f".{plain}" if exact else f".{plain}.{sha256(compartment.encode('utf-8', 'surrogatepass'))[:6]}"


def _need(entry: Entry, *keys: str) -> None:
    missing = [key for key in keys if key not in entry.payload]
    if missing:
        raise WrongUsage(
            f"A decision of kind {entry.kind} lacks {', '.join(missing)}.", "Give these fields and send it again."
        )


def _see_item(connection: Connection, eyes: Eyes, digest: str) -> None:
    """Raises NotFound when these eyes do not see the item."""
    if connection.execute(seen(connection, eyes, t.item).where(t.item.c.digest == digest)).first() is None:
        raise NotFound("item", digest[:12], "probanda items")


def _items_of_end(connection: Connection, eyes: Eyes, end: str) -> tuple[str, ...]:
    """Digests of the items that an end of an identity decision lies in; a handle lies in none.

    Raises NotFound for an end unseen.
    """
    if _HANDLE.fullmatch(end):
        return ()
    if connection.execute(seen(connection, eyes, t.item).where(t.item.c.digest == end)).first():
        return (end,)
    for table in (t.mention, t.claim):
        row = connection.execute(seen(connection, eyes, table).where(table.c.id == end)).one_or_none()
        if row is not None:
            digest = connection.execute(select(t.item.c.digest).where(t.item.c.n == row.item)).scalar_one()
            return (digest,)
    for table in (t.actor, t.incident, t.origin):
        if connection.execute(seen(connection, eyes, table).where(table.c.id == end)).first():
            return ()
    raise NotFound("mention, claim or group", end, "probanda actors")


def _keep_text(connection: Connection, log: Log, digest: str, anchor: Any) -> int:
    """Preserve the text that a decision cites, so that its words can always be shown; gives where that part begins."""
    row = connection.execute(
        select(t.text.c.words, t.text.c.base, t.text.c.digest)
        .join(t.item, t.item.c.n == t.text.c.item)
        .where(t.item.c.digest == digest, t.text.c.digest == anchor["text"])
    ).first()
    if row is None:
        raise ProbandaError(
            f"The text these words were marked in is not the present text of item {digest[:12]}.",
            "Look at the item again and mark the words anew; nothing was recorded.",
        )
    if row.words[anchor["start"] - row.base : anchor["end"] - row.base] != anchor["exact"]:
        raise ProbandaError(
            f"The words of this claim do not stand at {anchor['start']}-{anchor['end']} of item {digest[:12]}.",
            "Give offsets in code points whose words are exactly the quote; nothing was recorded.",
        )
    log.keep(row.words.encode("utf-8", "surrogatepass"))
    return int(row.base)


def _with_labels(connection: Connection, entry: Entry) -> Entry:
    """Take over the labels under which the cited items lie at this moment, also those a machine only proposed."""
    if entry.kind in ("register", "label", "withdraw"):
        return entry
    labels = set(entry.labels)
    for digest in cited(entry):
        found = item_n(connection, digest)
        name = OPEN if found is None else derived.hold(connection, found)
        labels |= {label for arm in alternatives(name) if arm != OPEN for label in arm.split("+")}
    return replace(entry, labels=tuple(sorted(labels - OPENING)))


def _check_over(connection: Connection, eyes: Eyes, entry: Entry) -> None:
    """What a deed replaces must be exactly what stands: no more, no less."""
    standing = _standing_in_slot(connection, entry)
    if set(standing) == set(entry.over):
        return
    others = [e for e in standing.values() if e.id not in entry.over]
    if others:
        names = user_names(connection)
        who = names.get(others[0].by, "another user")
        said = (
            f"Meanwhile {who} decided {others[0].kind} on {entry.subject} at {others[0].at} (decision {others[0].id})."
        )
    else:
        said = f"What you decided over ({', '.join(entry.over)}) no longer stands."
    raise DecidedMeanwhile(entry.subject, sorted(standing), said)


def _standing_in_slot(connection: Connection, entry: Entry) -> dict[str, Entry]:
    here = slot(entry)
    if here is None:
        return {}
    found = stands(entries_on(connection, entry.subject))
    return {e.id: e for _, e in found if slot(e) == here}


def user_names(connection: Connection) -> dict[str, str]:
    """Names of the users, by id."""
    query = (
        select(t.decision.c.subject, t.decision.c.payload)
        .join(t.standing, t.standing.c.decision == t.decision.c.id)
        .where(t.standing.c.kind == "user")
        .order_by(t.decision.c.place)
    )
    return {row.subject: str(from_json(row.payload)["name"]) for row in connection.execute(query)}


def root_of(connection: Connection, entry: Entry) -> Entry:
    """The decision that a chain of withdrawals is about in the end."""
    while entry.kind == "withdraw":
        row = connection.execute(select(t.decision).where(t.decision.c.id == entry.subject)).one_or_none()
        if row is None:  # of a log that is held in part, it did not come with it
            return entry
        entry = entry_of(row)
    return entry
