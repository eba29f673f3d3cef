"""Incidents with their versions, origins with their reasons, contradictions with their two sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from probanda.incidents.counting import Start
from probanda.kernel.vocabulary import ActType, ContradictionKind, OriginKind

NESTED = "sub-incident"
"""Kind of the identity decisions that say that one incident is a part of another."""
LEFT_IN_RIGHT, RIGHT_IN_LEFT, NOT_NESTED = (
    "left is part of right",
    "right is part of left",
    "neither is part of the other",
)
"""Their verdicts; the ends of a decision are sorted, and say nothing of who holds whom."""


@dataclass(frozen=True, slots=True)
class Doc:
    """What consolidation needs to know of an item's text."""

    item: str
    names: tuple[str, ...]
    """Base names under which the item was taken in; the first is the one exports call `doc`."""
    words: str
    """The words of its body, furniture left out."""
    title: str | None = None
    publisher: str | None = None
    dated_from: str | None = None
    dated_to: str | None = None


class SourceKind(StrEnum):
    """How whoever stands at the start of an account knows of the event, as far as the words say."""

    EYEWITNESS = "eyewitness"
    VICTIM = "victim"
    PERPETRATOR = "perpetrator"
    """The own words of somebody who is himself accused of the act; that he is accused does not make him guilty."""
    DOCUMENT = "document"
    IMAGE = "image or video"
    SATELLITE = "satellite image"
    OFFICIAL = "official"
    EXPERT = "expert"
    """A reading of what was examined: traces, bodies, images, weapons."""
    HEARSAY = "hearsay"
    """Hearsay of unknown depth: how the teller knows is not stated."""


class DerivationKind(StrEnum):
    """Why one account is taken to come from another."""

    CITES = "cites"
    """It names the other as where it has it from."""
    COPY = "copy"
    """Its text is a copy, a cut version or a translation of the other's, or carries the same words."""
    SYNDICATION = "syndication"
    """Its text says that it comes from an agency."""
    WITHIN = "within"
    """A text tells it in its own voice and names these tellers for the same event."""
    VOICE = "voice"
    """Two texts of one publisher tell it in its own voice."""
    RESTS_ON = "rests on"
    """It goes back to an original: a video, a warrant, a report."""
    ALSO_TOLD = "also told"
    """The text says that its tellers had told the other body before."""
    DECIDED = "decided"
    """A person decided it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one teller says of one incident: in a text that is held, or as others pass it on."""

    id: str
    teller: str
    """As written; `@doc` for the publication's own voice; for an original the words that name it."""
    kind: SourceKind
    why: str
    """The words from which the kind was read, or why none could be."""
    item: str | None = None
    """The item it stands in; None for one that is known only through others."""
    held: bool = False
    """True where the teller's own text is held, not only what others pass on."""
    claims: tuple[str, ...] = ()
    """Claims told here; of an account known through others, the claims that pass it on."""
    supports: bool = True
    """True when one of its claims says that the event happened; orders, threats, demands and denials do not."""
    origin: str = ""
    """The account where it starts, as far as could be traced: its own id for an origin."""
    perhaps: tuple[str, ...] = ()
    """Further accounts in which it may start: the words leave open which."""
    traced: bool = True
    """False where its own start is nobody's: the text's own voice, or words that hide who speaks."""
    counted: bool = False
    """True for an origin that is told apart from every other one that is counted."""
    says: str = ""
    """Of an origin: what it is, and why it counts or does not."""
    start: Start | None = None
    """Of an origin: what may tell it apart from others, for whoever counts those of a part of the claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """One account comes from another; the edges of an incident's graph, which never run in a circle."""

    account: str
    source: str
    kind: DerivationKind
    reason: str
    words: str = ""
    """The words of the text that say so; empty where it was concluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """How many origins stand behind what is told, at most; that they do not depend on one another is never said."""

    origins: int = 0
    """Origins that are told apart: at most so many."""
    untraced: int = 0
    """Further starts that nothing tells apart from these, or that are nobody's: each may be an echo, or an origin."""
    kinds: tuple[tuple[SourceKind, int], ...] = ()
    """The counted origins by kind."""
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where accounts start, as far as could be traced."""

    id: str
    kind: OriginKind
    items: tuple[str, ...] = ()
    """For copies: digests of the items whose texts are copies of one text."""
    claims: tuple[str, ...] = ()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One way the event is told: a consistent attribution held by some speakers."""

    label: str
    """What this version says, in the system's words, such as `attributed to: the Northern Brigade`."""
    field: str = "author"
    """What it is about: author, number, date, place, status."""
    claims: tuple[str, ...]
    """Claims that assert it."""
    against: tuple[str, ...] = ()
    """Claims that deny it."""
    speakers: tuple[str, ...] = ()
    """Innermost speakers as written, each once."""
    origins: int = 0
    """At most this many origins."""
    untraced: int = 0
    """Starts that nothing tells apart from these, or that are nobody's."""
    kinds: tuple[tuple[SourceKind, int], ...] = ()
    """The counted origins by kind."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartOf:
    """An incident that this one lies in: an attack in a siege, a killing in a campaign."""

    incident: str
    """Founder of the one around it."""
    reason: str
    decided: bool = False
    """True where a person said so; else it is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that happened, or is said to have, as the claims about it tell."""

    id: str
    """The founder: the least claim id of the group."""
    title: str
    act_type: ActType
    date_from: str | None
    date_to: str | None
    places: tuple[str, ...]
    claims: tuple[str, ...]
    versions: tuple[Version, ...]
    reasons: tuple[tuple[str, str], ...] = ()
    """(claim id, why it is here)."""
    accounts: tuple[Account, ...] = ()
    """Who tells it, in which item or through whom; those that come from no other are the origins."""
    derivations: tuple[Derivation, ...] = ()
    """What comes from what; no circles."""
    corroboration: Corroboration = field(default_factory=Corroboration)
    """Of all claims that assert it, whatever version they tell."""
    differing: tuple[Version, ...] = ()
    """Values other than the author on which its speakers differ: number, date, place, status of the victims."""
    part_of: tuple[PartOf, ...] = ()
    conflicts: tuple[str, ...] = ()
    """Decisions that contradict each other, in words; none of them was followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two claims that cannot both hold as they stand; kept side by side, never merged."""

    id: str
    a: str
    b: str
    kind: ContradictionKind
    reason: str


@dataclass(frozen=True, slots=True)
class Consolidation:
    """All that consolidation proposes, sorted by id."""

    incidents: tuple[Incident, ...]
    origins: tuple[Origin, ...]
    contradictions: tuple[Contradiction, ...]
