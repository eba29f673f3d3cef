"""What lies one step around a thing: around an actor, around a text. At most some forty things, the rest counted.

Start with `around_actor` and `around_text`. Whatever is shown is the part with the most claims; what was left out is
told, and whether all was looked at. What lies around an incident are its accounts, which it has itself.

Looks down to: chains, profile, actors, claims, incidents, store, access, kernel. Used by: web.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from probanda.access.eyes import Eyes
from probanda.actors.command import UPWARD
from probanda.casework.chains import UNNAMED, Ties
from probanda.casework.profile import one_called
from probanda.claims.model import DOC, Claim
from probanda.incidents.model import Incident
from probanda.kernel.vocabulary import TieKind
from probanda.store import listed, nearby
from probanda.store.ahead import INCIDENTS
from probanda.store.store import Store

CLAIMS = 300
"""Claims that name an actor, or stand in a text, that are looked at; ties likewise."""
SPEAKERS, TEXTS, HAPPENED, TIED = 8, 6, 12, 8
"""Of each kind that are shown."""
WHOLE = 4
"""Incidents of a text whose accounts are looked at for whom it repeats."""
TEXT, SPEAKER, INCIDENT, VOICE = "text", "speaker", "incident", "own voice"
"""Kinds of things besides those of actors; VOICE: the texts themselves, as they speak of an actor."""
Counted = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing, and how it stands to the one in the middle."""

    key: str
    """An actor's id, an incident's, a registration number, or the words of a speaker whom nobody linked."""
    kind: str
    """TEXT, SPEAKER, INCIDENT, VOICE, or the kind of an actor."""
    name: str
    how: tuple[tuple[str, int], ...] = ()
    """In which ways it stands to the one in the middle, each with how many claims say so; most first."""
    linked: bool = True
    """False where it is only words: no page is its own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Things that stand to the one in the middle in one kind of way."""

    what: str
    """`says`, `passes on`, `tied`, `happened`; of a text `repeats`, `repeated`, `tells`."""
    things: tuple[Thing, ...]
    more: int
    """How many of them are not shown."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One thing in the middle, and what lies around it."""

    centre: Thing
    groups: tuple[Group, ...]
    part: bool
    """True where there was more than was looked at: `more` counts only what was."""


def chosen(things: Iterable[Thing], most: int, what: str) -> Group:
    """Those with the most claims, the least key first where they are as many; the others counted."""
    ordered = sorted(things, key=lambda one: (-sum(n for _, n in one.how), one.name.casefold(), one.key))
    return Group(what, tuple(ordered[:most]), max(0, len(ordered) - most))


def ways(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Ways with how often, most first, else by the alphabet."""
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


# --- an actor -------------------------------------------------------------------------------------


def around_actor(store: Store, eyes: Eyes, name: str) -> Surroundings:
    """Speakers, texts, incidents and tied actors around an actor. Raises NotFound; WrongUsage for several."""
    actor = one_called(store, eyes, name, members=False)
    naming = store.ask(eyes, listed.naming, actor.id, CLAIMS)
    bound = store.bound(eyes, [claim.innermost.mention for claim, _ in naming if claim.innermost.mention])
    names = {id_: (words, kind) for id_, words, kind in store.names_of(eyes, {one.actor for one in bound.values()})}
    of = {mention: one.actor for mention, one in bound.items() if one.actor in names and one.actor != actor.id}
    numbers = store.ask(eyes, listed.numbers, {claim.item for claim, _ in naming})
    ties = Ties(store, eyes, CLAIMS)
    groups = (
        chosen(_speakers(naming, of, names), SPEAKERS, "says"),
        chosen(_passing_on(naming, numbers), TEXTS, "passes on"),
        chosen(_tied(actor.id, ties), TIED, "tied"),
        chosen(_happened(store, eyes, naming), HAPPENED, "happened"),
    )
    return Surroundings(Thing(actor.id, str(actor.kind), ties.mask(actor.name)), groups, len(naming) == CLAIMS)


Naming = Sequence[tuple[Claim, tuple[str, ...]]]


def _speakers(naming: Naming, of: Mapping[str, str], names: Mapping[str, tuple[str, str]]) -> list[Thing]:
    """Who says something of the actor: the last one asked, by name where it is linked to one, else by words."""
    counted: Counter[str] = Counter()
    shown: dict[str, Thing] = {}
    for claim, roles in naming:
        if set(roles) == {"speaker"}:
            continue
        who = claim.innermost
        if who.words == DOC:
            thing = Thing(DOC, VOICE, DOC, linked=False)
        elif (key := of.get(who.mention or "")) is not None:
            thing = Thing(key, names[key][1], names[key][0])
        else:
            thing = Thing(who.words, SPEAKER, who.words, linked=False)
        shown[thing.key] = thing
        counted[thing.key] += 1
    return [_with(shown[key], Counter(says=n)) for key, n in counted.items()]


def _passing_on(naming: Naming, numbers: Mapping[str, str]) -> list[Thing]:
    """Texts in which the actor itself is a speaker."""
    counted = Counter(numbers[c.item] for c, roles in naming if "speaker" in roles and c.item in numbers)
    return [Thing(number, TEXT, number, (("passes on", n),)) for number, n in counted.items()]


def _tied(actor: str, ties: Ties) -> list[Thing]:
    """Those whom a claim places over, under or beside the actor; what is said of where it operates aside."""
    counted: dict[str, Counter[str]] = {}
    for link in ties.links([actor]):
        if actor not in (link.lower, link.upper) or link.kind is TieKind.AREA:
            continue
        other = link.upper if link.lower == actor else link.lower
        over = "over" if other == link.upper else "under"
        counted.setdefault(other, Counter())[over if link.kind in UPWARD else "beside"] += len(link.evidence)
    nodes = ties.named(sorted(counted))
    return [
        Thing(key, nodes[key].kind, nodes[key].name, ways(counted[key]), not key.startswith(UNNAMED)) for key in counted
    ]


def _happened(store: Store, eyes: Eyes, naming: Naming) -> list[Thing]:
    """Incidents with a claim that names the actor, with the roles it is named in."""
    roles = {claim.id: told for claim, told in naming}
    held = store.ask(eyes, nearby.holding, sorted(roles))
    counted: dict[str, Counter[str]] = {}
    for claim, incident in held:
        counted.setdefault(incident, Counter()).update(roles[claim])
    titles = _titles(store, eyes, counted)
    return [Thing(id_, INCIDENT, titles[id_], ways(counted[id_])) for id_ in counted if id_ in titles]


def _titles(store: Store, eyes: Eyes, ids: Iterable[str]) -> dict[str, str]:
    return {one.id: one.told["title"] for one in store.ask(eyes, listed.by_id, INCIDENTS, ids)}


def _with(thing: Thing, counted: Counter[str]) -> Thing:
    return Thing(thing.key, thing.kind, thing.name, ways(counted), thing.linked)


# --- a text ---------------------------------------------------------------------------------------


def around_text(store: Store, eyes: Eyes, number: str) -> Surroundings:
    """Whom a text repeats, who repeats it, and the incidents it tells of. Raises NotFound."""
    row = store.item(eyes, number)
    claims = store.ask(eyes, nearby.of_item, row.digest, CLAIMS)
    counted = Counter(incident for _, incident in store.ask(eyes, nearby.holding, claims))
    titles = _titles(store, eyes, counted)
    told = [Thing(id_, INCIDENT, titles[id_], (("tells", n),)) for id_, n in counted.items() if id_ in titles]
    most = sorted(titles, key=lambda id_: (-counted[id_], id_))
    whole = [store.ask(eyes, listed.incident, id_) for id_ in most[:WHOLE]]
    before, after = repeated(row.digest, [one for one in whole if one is not None])
    numbers = store.ask(eyes, listed.numbers, {key for key in (*before, *after) if key})
    groups = (
        chosen(_texts(before, numbers), SPEAKERS + TEXTS, "repeats"),
        chosen(_texts(after, numbers), SPEAKERS + TEXTS, "repeated"),
        chosen(told, HAPPENED, "tells"),
    )
    part = len(claims) == CLAIMS or len(most) > WHOLE
    return Surroundings(Thing(row.number, TEXT, row.number), groups, part)


Repeating = dict[str, dict[str, Counter[str]]]
"""Item (empty for what is not held) -> teller -> kind of derivation -> how many accounts."""


def repeated(item: str, incidents: Sequence[Incident]) -> tuple[Repeating, Repeating]:
    """Where the accounts of a text come from, and what comes from them, one step, over these incidents.

    What one account of the text takes from another of its own is left out.
    """
    before: Repeating = {}
    after: Repeating = {}
    for incident in incidents:
        accounts = {one.id: one for one in incident.accounts}
        for edge in incident.derivations:
            below, above = accounts.get(edge.account), accounts.get(edge.source)
            if below is None or above is None or below.item == above.item:
                continue
            for one, other, where in ((below, above, before), (above, below, after)):
                if one.item == item:
                    teller = "" if other.item else other.teller
                    where.setdefault(other.item or "", {}).setdefault(teller, Counter())[edge.kind.value] += 1
    return before, after


def _texts(found: Repeating, numbers: Mapping[str, str]) -> list[Thing]:
    """Held texts by number, and speakers who are cited and not held; a text that these eyes may not see is left out."""
    things = []
    for item, tellers in found.items():
        for teller, counted in tellers.items():
            if item and item in numbers:
                things.append(Thing(numbers[item], TEXT, numbers[item], ways(counted)))
            elif not item:
                things.append(Thing(teller, SPEAKER, teller, ways(counted), linked=False))
    return things
