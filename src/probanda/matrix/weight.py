"""How many origins stand behind some claims, at most, and the status in words that follows. Start with `weigh`.

An account is traced when it goes back to a speaker with a name, or to an original that the text names.

Ten copies of one account are one (Admiralty practice: confirmation counts origins, not documents). The machine says "at
most n origins, m untraced"; that origins are independent is for a person to find.

Looks down to: matrix.situation, incidents, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from probanda.claims.model import DOC, Claim
from probanda.incidents.model import Origin
from probanda.kernel.vocabulary import OriginKind
from probanda.matrix.model import CellStatus
from probanda.matrix.situation import CAN_ACT, Situation

MANY = 100
"""Claims from which on a count is kept for the next cell that the same claims stand behind."""


@dataclass(frozen=True, slots=True)
class Tracing:
    """Where claims start: by claim for accounts, by item for copies, else by the speaker who has a name."""

    situation: Situation
    account_of: Mapping[str, str]
    copy_of: Mapping[str, str]
    _traced: dict[str, bool] = field(default_factory=dict)
    """Worked out once for each claim: a whole situation may stand behind one cell."""
    _counted: dict[int, tuple[Sequence[Claim], tuple[int, int, bool]]] = field(default_factory=dict)

    @classmethod
    def of(cls, situation: Situation, origins: Iterable[Origin]) -> Tracing:
        """Read the origins; a claim or item in several is taken to be in the one of least id."""
        account_of: dict[str, str] = {}
        copy_of: dict[str, str] = {}
        for origin in sorted(origins, key=lambda o: o.id):
            if origin.kind is OriginKind.ACCOUNT:
                for claim in origin.claims:
                    account_of.setdefault(claim, origin.id)
            else:
                for item in origin.items:
                    copy_of.setdefault(item, origin.id)
        return cls(situation, account_of, copy_of)

    def named_speaker(self, claim: Claim) -> str | None:
        """The innermost speaker who is a person, unit, body or State with a name; None where there is none."""
        for speaker in reversed(claim.speakers):
            group = self.situation.who(speaker) if speaker.words != DOC else None
            if group is not None and group.kind in CAN_ACT:
                return group.id
        return None

    def traced(self, claim: Claim) -> bool:
        """True when the claim goes back to a speaker with a name or to an original that the text names."""
        if claim.id not in self._traced:
            self._traced[claim.id] = claim.cited is not None or self.named_speaker(claim) is not None
        return self._traced[claim.id]

    def start(self, claim: Claim) -> tuple[str, ...]:
        """What the claim goes back to: its account, else its named speaker, else its text or the text's copies.

        Unnamed speakers whom one named body passes on are told apart by how they are called.
        """
        if claim.id in self.account_of:
            return ("account", self.account_of[claim.id])
        speaker, innermost = self.named_speaker(claim), claim.innermost.words.casefold()
        if speaker is not None:
            own = self.situation.who(claim.innermost)
            return ("speaker", speaker, "" if own is not None and own.id == speaker else innermost)
        return ("text", self.copy_of.get(claim.item, claim.item), innermost)

    def counted(self, claims: Sequence[Claim]) -> tuple[int, int, bool]:
        """At most how many traced origins, how many untraced accounts, and whether all is hearsay.

        The claims of a whole situation stand behind many cells as one and the same tuple: they are counted once.
        """
        known = self._counted.get(id(claims))
        if known is None or known[0] is not claims:
            starts = {self.start(c) for c in claims}
            origins = len({self.start(c) for c in claims if self.traced(c)})
            hearsay = bool(claims) and all(self.passed_on(c) for c in claims)
            known = (claims, (origins, len(starts) - origins, hearsay))
            if len(claims) > MANY:
                self._counted[id(claims)] = known
        return known[1]

    def passed_on(self, claim: Claim) -> bool:
        """True for hearsay: a further speaker stands beside the publication, or nobody knows where it starts."""
        return len([s for s in claim.speakers if s.words != DOC]) > 1 or not self.traced(claim)


@dataclass(frozen=True, slots=True)
class Weight:
    """What stands behind the supporting claims of a cell."""

    status: CellStatus
    origins: int
    """At most this many traced origins."""
    untraced: int
    """Accounts that could not be traced; one told in several copies of a text is one."""
    hearsay: bool
    """True when every supporting claim is passed on or untraced."""


def weigh(supporting: Sequence[Claim], against: Sequence[Claim], tracing: Tracing) -> Weight:
    """The status of a cell. Nothing that speaks against is ever outweighed: one claim against is a contradiction."""
    origins, untraced, hearsay = tracing.counted(supporting)
    if not supporting:
        status = CellStatus.UNSUPPORTED
    elif against:
        status = CellStatus.CONTRADICTED
    elif origins == 1:  # untraced accounts beside it may be its echoes
        status = CellStatus.ONE_ORIGIN
    else:
        status = CellStatus.HEARSAY if hearsay else CellStatus.MIXED
    return Weight(status, origins, untraced, hearsay)
