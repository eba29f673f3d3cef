"""The claim: one statement, with roles, place, time, quantity and the chain of those who say it (DESIGN section 6).

Start with `Claim`. A claim holds raw mentions; identity decisions (room `actors`) link them later.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from probanda.kernel.bounds import Bounds
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import (
    ActType,
    Family,
    Involvement,
    MentionKind,
    Modality,
    Polarity,
    Status,
    TieKind,
)

OWN_ID = "id:"
"""How the handle of an id begins that an item itself gives to somebody it names."""
DOC = "@doc"
"""The publication itself, speaking in its own voice: the outermost speaker."""
PSEUDONYM = "not the real name"
"""Title of a mention of which the text says so: whoever bears it is not to be known."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or phrase that denotes someone, somewhere, some unit."""

    id: str
    item: str
    start: int
    """Offset in the item's whole text."""
    end: int
    words: str
    kind: MentionKind
    title: str | None = None
    """Rank, office or apposition that stands beside the name, as written."""
    same_as: str | None = None
    """Id of an earlier mention in this text that the text itself equates with this one (acronym in brackets). Where
    the item gives it an id of its own (a sheet's column), a handle made of that id: `OWN_ID` and 32 digits."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who or what fills a role: the words as written, and the mention they are (None for `@doc` and the unnamed)."""

    words: str
    mention: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An author of the act as the claim has it, with one involvement."""

    words: str
    mention: str | None = None
    involvement: Involvement = Involvement.UNKNOWN


@dataclass(frozen=True, slots=True)
class Tie:
    """What a claim of family tie states: who stands how to whom."""

    kind: TieKind
    left: Named
    right: Named
    role: str | None = None
    title: str | None = None
    rank: str | None = None
    bounds: Bounds | None = None
    """When it held, as the words tell; None where they tell nothing."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An original the claim goes back to that the text names: a video, letter, warrant, report, statement."""

    kind: str
    """One of: video, letter, warrant, report, statement, complaint, image, post, broadcast."""
    words: str
    """The words that name it."""
    of: str | None = None
    """Whose it is or whom it concerns, as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement resting on one quote; `quote` is exactly `text[start:end]`."""

    id: str
    item: str
    start: int
    end: int
    quote: str
    act: str
    """Words of the act, which stand inside the quote."""
    act_start: int
    act_end: int
    family: Family = Family.ACT
    act_type: ActType
    act_detail: str | None = None
    modality: Modality
    stance: str | None = None
    """The word as said: accused, believed, assessed, found, announced ..."""
    polarity: Polarity = Polarity.POSITIVE
    speakers: tuple[Named, ...]
    """Outermost first; the first is `@doc`."""
    actors: tuple[Actor, ...] = ()
    victims: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    means: tuple[str, ...] = ()
    date_text: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    quantity: Quantity | None = None
    tie: Tie | None = None
    cited: Cited | None = None
    paragraph: int | None = None
    locator: Locator | None = None
    """Page and box, or cell, where the item has them."""
    flags: tuple[str, ...] = ()
    reader: str
    """Reader and version, such as `rules-en 0.1`, or `person`."""
    why: str
    """The cue words that decided act, speakers and modality."""
    status: Status = Status.PROPOSED
    by: str | None = None
    at: str | None = None

    @property
    def innermost(self) -> Named:
        """The speaker the statement comes from, as far as the text says."""
        return self.speakers[-1] if self.speakers else Named(DOC)

    @property
    def asserts_event(self) -> bool:
        """True when the claim says that something happened: orders, threats, demands and denials do not."""
        return self.polarity is Polarity.POSITIVE and self.modality not in (
            Modality.ORDERED,
            Modality.THREATENED,
            Modality.CALLED_FOR,
            Modality.DENIED,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader proposes for one text."""

    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    reader: str = ""
    not_read: str | None = field(default=None)
    """Why no claims were looked for (language without a reader, past the limit); None when they were."""
