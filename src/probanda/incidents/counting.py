"""Which starts of accounts are told apart, and so count as origins: the one rule by which the whole program counts.

Start with `counted`. A start counts when something tells it apart from all that are counted: another name, another
kind of source, another place of which the tellers come, or one text that tells of both. All others are untraced.
An incident counts the starts of its graph by it; a cell of the matrix those of the claims that stand in it.

Looks down to: names. Used by: incidents.model, corroboration; matrix.weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from probanda.names.compare import Kind, compare, prepare
from probanda.names.model import Sameness

SIDES = dict.fromkeys(
    ("persons", "trades", "survivors", "relatives", "witnesses", "residents", "medical", "reporters"), "people"
) | {
    "hospital": "medical",
    "ranks": "armed",
    "experts": "experts",
    "institutes": "experts",
    "spokespeople": "officials",
    "authorities": "officials",
}
"""Roles between which texts vary when they call the same people: a survivor is a resident too."""
ALIKE = frozenset({"survivors", "witnesses", "residents", "persons"})
"""Even one text may call the same people by these words in turn."""
TRADES = frozenset({"trades", "medical", "reporters"})
"""What one person is by trade: a text that speaks of a driver and of a nurse speaks of two persons, while a nurse may
be a mother and a resident as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where accounts start, with all that may tell it apart from another start."""

    id: str
    """The same in whatever incident it is met."""
    traced: bool
    """False where it starts with nobody: words that hide who speaks, a text's own voice that nobody cites."""
    hearsay: bool = False
    """True where the words do not state how it knows."""
    carrier: bool = False
    """True of a body that passes on what others said."""
    who: str = ""
    """Key of the named teller, or of the publication whose own voice it is; empty for described people."""
    named: bool = False
    tongues: str = ""
    """Of a named teller: the languages in which the name may be written; in another one it may look otherwise."""
    person: str = ""
    """A person's name as written: such names can be compared across letters, while those of bodies are translated."""
    own_voice: bool = False
    original: str = ""
    """What kind of original it is: video, satellite, warrant ...; empty for an account."""
    whose: bool = True
    """False of an original of which nobody says whose it is."""
    role: str = ""
    """The role in kinds.yaml; empty where the words tell none."""
    place: str = ""
    """Of described people: the words that say which ones."""
    several: bool = False
    """True where the words say that more than one person speaks."""
    items: tuple[str, ...] = ()
    """The items that tell of it."""

    @property
    def rank(self) -> tuple[int, int]:
        """What is counted first: the named before the described, those who know before those who pass on."""
        return (2 if self.carrier else int(self.hearsay)), int(not self.named)


@dataclass(frozen=True, slots=True)
class Counted:
    """The starts that count, and those that do not, each with the one it may be the same as."""

    apart: tuple[Start, ...]
    untraced: tuple[tuple[Start, Start | None], ...]
    """The second is None where the first starts with nobody."""


def counted(found: Iterable[tuple[Start, int]]) -> Counted:
    """Which of these starts count; each stands once, with how many claims go back to it. Their order changes nothing.

    Starts that differ only in their name are looked at together, so that many of them cost no more than a few.
    """
    kept: dict[tuple[object, ...], list[Start]] = {}
    known: dict[str, Start] = {}
    untraced: list[tuple[Start, Start | None]] = []
    for start, _ in sorted(found, key=lambda f: (*f[0].rank, -f[1], f[0].id)):
        other = (known.get(start.who) or _not_apart(start, kept)) if start.traced else None
        if start.traced and other is None:
            kept.setdefault(_kind(start), []).append(start)
            known |= {start.who: start} if start.who else {}
        else:
            untraced.append((start, other))
    return Counted(tuple(s for alike in kept.values() for s in alike), tuple(untraced))


def _kind(start: Start) -> tuple[object, ...]:
    """All that tells starts apart but who they are and which texts tell of them."""
    return (
        start.named,
        start.tongues,
        start.own_voice,
        start.original,
        start.whose,
        start.role,
        start.place,
        start.several,
    )


def _not_apart(start: Start, kept: Mapping[tuple[object, ...], list[Start]]) -> Start | None:
    """The first of those that count which nothing tells apart from this one."""
    for alike in kept.values():
        if start.carrier:
            return alike[0]
        apart = _told_apart(start, alike[0])
        others = alike if apart is False else () if apart else [s for s in alike if not _one_by_one(start, s)]
        if others:
            return others[0]
    return None


def _told_apart(a: Start, b: Start) -> bool | None:  # noqa: PLR0911
    """Whether their kinds tell these two apart; None where only their names, or a text that tells of both, can."""
    if a.original or b.original:
        one_script = not set(a.tongues.split()).isdisjoint(b.tongues.split())
        return a.original != b.original or ((one_script or None) if a.whose and b.whose else False)
    if a.own_voice or b.own_voice:  # a publication's own reporter, who saw it
        return True if (a.named or a.own_voice) and (b.named or b.own_voice) else None
    if a.named and b.named:  # the same name may look otherwise in another language
        return None if set(a.tongues.split()).isdisjoint(b.tongues.split()) else True
    if a.role and b.role and SIDES.get(a.role, a.role) != SIDES.get(b.role, b.role):
        return True
    described = not a.named and not b.named
    if described and a.place and b.place and not set(a.place.split()) & set(b.place.split()):
        return True
    if a.named != b.named and (b if a.named else a).several:
        return True  # one person is not several
    roles = {a.role, b.role}
    if a.several and b.several:
        return None if len(roles) > 1 and not roles <= ALIKE else False
    return None if len(roles) > 1 and roles <= TRADES else False


def _one_by_one(a: Start, b: Start) -> bool:
    """True when one text tells of both, or when they are persons whose names cannot be one in other letters."""
    if not set(a.items).isdisjoint(b.items):
        return True
    names = a.person and b.person
    return bool(names) and compare(*(prepare(x.person, Kind.PERSON) for x in (a, b))).same is Sameness.NOT_SAME


def one_of(starts: Sequence[Start]) -> Start:
    """A start met in several incidents, or several known to be one: the one counted first, with the items of all."""
    first = min(starts, key=lambda s: (not s.traced, *s.rank, s.id))
    items = tuple(sorted({i for s in starts for i in s.items}))
    return replace(first, items=items)
