"""Ask a language model to read an item as a second reader; nothing that it answers counts until a person takes it.

Start with `second_reading`, which asks and keeps the answers; `kept_reading` lays what they propose beside the claims
of the case, each time anew and without asking; `take` makes one proposal a claim. The words of restricted items, and
passages that hold a protected name, leave this machine for nobody, whatever is allowed; each request to another machine
stands in the log before a byte of it leaves.

Looks down to: model_line, decide, claims, store, access, kernel. Used by: cli.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from probanda.access.eyes import Eyes
from probanda.access.masking import Group as NameGroup
from probanda.access.masking import Masker
from probanda.casework import decide
from probanda.casework.model_line import TIMEOUT, Endpoint, Line, open_line
from probanda.casework.progress import Progress, silent
from probanda.casework.view import is_restricted
from probanda.claims.agreement import Agreement, compared
from probanda.claims.model import Claim, Reading
from probanda.claims.readers.model_answer import proposals_of, reader_name
from probanda.claims.readers.model_question import Group, groups_of, request_for
from probanda.kernel.digests import sha256
from probanda.kernel.errors import NotFound, ProbandaError
from probanda.kernel.vocabulary import Family
from probanda.reading.locating import locator_of
from probanda.reading.model import Text
from probanda.store.model import Decision, Deed, ItemRow
from probanda.store.projection import MODEL_ANSWER
from probanda.store.store import Store

ASKED = "model request"
"""Kind of output: words that were sent to a model on another machine, recorded before they are sent."""
MOST_GROUPS = 50
"""Requests for one item unless a person asks for all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """What a model proposes for one item, beside what stands of the first reader."""

    item: str
    number: str
    reader: str
    """`model:` and its name."""
    reading: Reading
    agreement: Agreement
    """`first`: the claims as the case shows them; `second`: the model's."""
    kept: int
    """Answers that it rests on."""
    at: str | None
    """When the newest of them was kept; None where there is none."""
    earlier: int
    """Answers about an earlier text of the item, which are passed over."""
    asked: int = 0
    """Requests that were answered just now."""
    dropped: tuple[tuple[str, int], ...]
    """(reason, how often): what of the answers was not taken."""
    unusable: tuple[tuple[str, str], ...]
    """(paragraphs, why) where nothing could be taken of an answer."""
    withheld: tuple[str, ...] = ()
    """Paragraphs that were not sent just now: they hold a protected name, and the model is on another machine."""
    left: int
    """Stretches of the item about which no answer is kept."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A text of the item, and the groups of its passages that are to be asked about."""

    text: Text
    groups: tuple[Group, ...]


_Answer = tuple[_Part, Group, str]
_Stretch = tuple[str, int, int]
"""What an answer is about: digest of the text, and where the passages that were asked about begin and end in it."""


def second_reading(
    store: Store,
    eyes: Eyes,
    name: str,
    endpoint: Endpoint,
    *,
    everything: bool = False,
    timeout: float = TIMEOUT,
    progress: Progress = silent,
) -> SecondReading:
    """Have a model read an item, keep its answers, and lay its proposals beside the claims that the case holds.

    The store must be open for writing; no claim is recorded. Where the model is on another machine each request is
    recorded before it is sent. What was answered before something failed is kept too. Raises MayNotLeave, NoAnswer,
    WrongUsage, NotFound, ReadOnly; ProbandaError for an item without a text.
    """
    item = _read_item(store, eyes, name)
    stays = f"{item.number} is restricted, so its words leave this machine for nobody" if is_restricted(item) else None
    line = open_line(endpoint, _recorder(store, eyes, item, endpoint), stays=stays, timeout=timeout)
    parts = _parts(store, eyes, item, None if everything else MOST_GROUPS)
    sealed = _protected(store) if line.away else _nothing
    due = [(part, g) for part in parts for g in part.groups if not _holds(part.text, g, sealed)]
    held = [(part, g) for part in parts for g in part.groups if _holds(part.text, g, sealed)]
    answers: list[_Answer] = []
    store.record(eyes, [])  # nothing is asked whose answer could not be kept
    try:
        _ask(line, due, answers, progress)
    finally:
        _keep(store, eyes, item, endpoint, answers)
    found = _side_by_side(store, eyes, item, endpoint.model, _of_model(_told(store, eyes, item), endpoint.model))
    return replace(found, asked=len(answers), withheld=tuple(_paragraphs(group) for _, group in held))


def kept_reading(store: Store, eyes: Eyes, name: str, model: str | None = None) -> SecondReading:
    """Lay what a model proposes for an item beside the claims that the case holds, out of its kept answers: nobody is
    asked, and nothing recorded.

    `model`: whose answers; of the one asked last where left out. Raises NotFound; ProbandaError where none are kept.
    """
    item = _read_item(store, eyes, name)
    told = _told(store, eyes, item)
    chosen = model or (str(told[-1].payload["model"]) if told else "")
    found = _of_model(told, chosen)
    if not found:
        whose = f" of {model}" if model else ""
        raise ProbandaError(
            f"No answer{whose} about {item.number} is kept here.",
            f"Ask a model on this machine: `probanda compare-readers {item.number} --ask`.",
        )
    return _side_by_side(store, eyes, item, chosen, found)


def _side_by_side(store: Store, eyes: Eyes, item: ItemRow, model: str, told: Sequence[Decision]) -> SecondReading:
    """What the answers of these decisions propose now, beside the claims of the case."""
    kept: dict[_Stretch, str] = {}
    for one in told:  # of several about one stretch the last counts
        kept |= {(str(one.payload["text"]), start, end): digest for start, end, digest in one.payload["answers"]}
    parts = _parts(store, eyes, item, None)
    mentions = store.mentions(eyes, item.digest)
    found, used = [], []
    for part in parts:
        answered = [group for group in part.groups if _stretch(part.text, group) in kept]
        used += [_stretch(part.text, group) for group in answered]
        answers = [(group, _words(store, kept[_stretch(part.text, group)])) for group in answered]
        found.append((part, proposals_of(part.text, answers, model, mentions)))
    reading = Reading(
        claims=tuple(_placed(part.text, claim) for part, one in found for claim in one.reading.claims),
        mentions=tuple(mention for _, one in found for mention in one.reading.mentions),
        reader=reader_name(model),
    )
    dropped: Counter[str] = Counter()
    for _, proposed in found:
        dropped.update(dict(proposed.dropped))
    first = [claim for claim in store.claims(eyes, item=item.digest) if claim.family is Family.ACT]
    return SecondReading(
        item=item.digest,
        number=item.number,
        reader=reading.reader,
        reading=reading,
        agreement=compared(first, reading.claims),
        kept=len(used),
        at=told[-1].at if told else None,
        earlier=len(kept.keys() - set(used)),
        dropped=tuple(sorted(dropped.items())),
        unusable=tuple((_paragraphs(part.groups[n - 1]), why) for part, one in found for n, why in one.unusable),
        left=sum(len(part.groups) for part in parts) - len(used),
    )


def take(store: Store, eyes: Eyes, name: str, claim: str, *, model: str | None = None, reason: str = "") -> Claim:
    """Make a claim that only the model proposes one of the case: a person has read it there, and it stays marked.

    `claim`: its id, or the first letters. Raises NotFound where kept answers propose no such claim beyond those of the
    case; WrongUsage where the case has a claim on the same words that nobody has decided.
    """
    found = kept_reading(store, eyes, name, model)
    fits = [
        one
        for one in found.agreement.second_only
        if one.id == claim or (len(claim) >= decide.SHORTEST_ID and one.id.startswith(claim))
    ]
    if len(fits) != 1:
        raise NotFound("proposal of the model alone with the id", claim, f"probanda compare-readers {found.number}")
    return decide.add_proposed(store, eyes, fits[0], reason)


def _read_item(store: Store, eyes: Eyes, name: str) -> ItemRow:
    item = store.item(eyes, name)
    if item.text_digest is None:
        raise ProbandaError(f"{item.number} has no text yet.", f"Read it first: `probanda read {item.number}`.")
    return item


def _told(store: Store, eyes: Eyes, item: ItemRow) -> list[Decision]:
    """The decisions that keep answers about an item, oldest first.

    By the clock, since several devices may have asked, and their logs have no other order in time between them.
    """
    return sorted(store.standing(eyes, item.digest, MODEL_ANSWER), key=lambda one: one.at)


def _of_model(told: Sequence[Decision], model: str) -> list[Decision]:
    return [one for one in told if one.payload["model"] == model]


def _words(store: Store, digest: str) -> str:
    return store.vault.read(digest).decode("utf-8", "surrogatepass")


def _keep(store: Store, eyes: Eyes, item: ItemRow, endpoint: Endpoint, answers: Sequence[_Answer]) -> None:
    """Record what was answered, with one decision for each text: the answers are preserved with it."""
    told: dict[str, list[tuple[int, int, str]]] = {}
    for part, group, words in answers:
        text, start, end = _stretch(part.text, group)
        told.setdefault(text, []).append((start, end, words))
    common = {"model": endpoint.model, "host": endpoint.address.name}
    deeds = [
        Deed(kind=MODEL_ANSWER, subject=item.digest, payload={"text": text, **common, "answers": given})
        for text, given in told.items()
    ]
    if deeds:
        store.record(eyes, deeds)


def _stretch(text: Text, group: Group) -> _Stretch:
    return text.digest, group.passages[0].start, group.passages[-1].end


def _parts(store: Store, eyes: Eyes, item: ItemRow, most: int | None) -> list[_Part]:
    found, count = [], 0
    for text in store.texts(eyes, item.digest):
        groups = groups_of(text)
        chosen = groups if most is None else groups[: max(0, most - count)]
        count += len(chosen)
        found.append(_Part(text, chosen))
    return found


def _ask(line: Line, due: Sequence[tuple[_Part, Group]], answers: list[_Answer], progress: Progress) -> None:
    """Ask about each group; what was answered is in `answers` also where a later request fails."""
    for done, (part, group) in enumerate(due):
        progress("asking the model", done, len(due))
        answers.append((part, group, line.ask(request_for(part.text, group, line.endpoint.model))))
    if due:
        progress("asking the model", len(due), len(due))


def _placed(text: Text, claim: Claim) -> Claim:
    return replace(claim, locator=locator_of(text, claim.start, claim.end)) if text.located else claim


def _paragraphs(group: Group) -> str:
    first, last = group.passages[0].paragraph, group.passages[-1].paragraph
    return f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"


# --- what may leave -------------------------------------------------------------------------------


def _holds(text: Text, group: Group, sealed: Callable[[str], bool]) -> bool:
    return any(sealed(span.of(text.words)) for span in group.shown)


def _nothing(_words: str) -> bool:
    return False


def _protected(store: Store) -> Callable[[str], bool]:
    """Whether words hold a name that is protected, in any of the forms in which the case knows it.

    The owner's eyes are asked: a protected name stays here whoever asks.
    """
    known = store.protected(store.owner)
    named = {one.mention for one in known}
    groups: list[NameGroup] = [(one.kind, tuple(one.words)) for one in known]
    groups += [
        (actor.kind.value, actor.variants)
        for actor in store.actors(store.owner) or ()
        if any(member.mention in named for member in actor.members)
    ]
    if not groups:
        return _nothing
    masker = Masker(store.key, groups=groups, contacts=False)
    return lambda words: masker.mask(words) != words


def _recorder(store: Store, eyes: Eyes, item: ItemRow, endpoint: Endpoint) -> Callable[[bytes, str], None]:
    """Records what is about to leave: a digest of the request, whose words they are, and to whom they go."""

    def record(body: bytes, ip: str) -> None:
        address = endpoint.address
        payload = {
            "kind": ASKED, "digest": sha256(body), "host": address.name, "ip": ip, "model": endpoint.model,
            "encrypted": address.scheme == "https", "items": [item.digest],
        }  # fmt: skip
        store.record(eyes, [Deed(kind="output", subject=item.digest, payload=payload)])

    return record
