"""How far two persons agree who read the same claims apart: field by field, with the number of claims it rests on.

Start with `figures`. Each pair is a first reading and a second one, made without knowing the first. Shares are of
agreement. Where a field has one of a closed list of values, Krippendorff's alpha for nominal data stands beside it (K.
Krippendorff, Content Analysis, the chapter on reliability): readers change places from claim to claim, so a figure that
asks who was "first", as Cohen's kappa does, would not fit. Lists of names and days have no closed list to be right by
chance in, so they have a share alone. The figures speak of how reading went, never of whether a claim is true.

Looks down to: agreement, model, kernel. Used by: casework (second).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from probanda.claims.agreement import Compared, Verdict, in_fields
from probanda.claims.model import Claim

VERDICT = "verdict"
NOMINAL = ("act_type", "modality", "polarity")
"""Fields with one of a closed list of values."""
FIELDS = (*NOMINAL, "speakers", "actors", "involvement", "victims", "places", "date")
"""Fields that are compared where both persons found that the words bear a claim."""
BEARS = frozenset({"accept", "correct"})
"""Verdicts that say what the fields are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one person read a claim."""

    verdict: str
    """accept, correct, reject, unsure."""
    claim: Claim
    """With the fields as that person left them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Agreement in one field."""

    field: str
    n: int
    """Pairs that say something of it."""
    agreed: int
    alpha: float | None
    """Krippendorff's alpha, 1 for perfect agreement and 0 for what chance gives; None where the field has no closed
    list of values, or all readings have one and the same value."""

    @property
    def share(self) -> float | None:
        """Part of the pairs that agree, 0 to 1; None without pairs."""
        return self.agreed / self.n if self.n else None


def differences(first: Reading, second: Reading) -> tuple[Compared, ...]:
    """The fields in which two readings do not say the same. One that rejects, or is unsure, says nothing of fields.

    To accept and to correct are one: both say that the words bear the claim, and the fields tell the rest.
    """
    if not _both_bear(first, second):
        one, other = _side(first.verdict), _side(second.verdict)
        return () if one == other else (Compared(VERDICT, (), (first.verdict,), (second.verdict,)),)
    told = in_fields(first.claim, second.claim)
    return tuple(one for one in told if one.verdict not in (Verdict.AGREE, Verdict.SILENT))


def figures(pairs: Sequence[tuple[Reading, Reading]]) -> tuple[Figure, ...]:
    """Agreement per field: the verdict over all pairs, the others over those where both say what the fields are."""
    sides = [(_side(a.verdict), _side(b.verdict)) for a, b in pairs]
    found = [Figure(VERDICT, len(sides), sum(a == b for a, b in sides), alpha(sides))]
    both = [(a.claim, b.claim) for a, b in pairs if _both_bear(a, b)]
    told = [{one.field: one for one in in_fields(a, b)} for a, b in both]
    for field in FIELDS:
        said = [one[field].verdict for one in told if one[field].verdict is not Verdict.SILENT]
        values = [(str(getattr(a, field)), str(getattr(b, field))) for a, b in both] if field in NOMINAL else []
        agreed = sum(one is Verdict.AGREE for one in said)
        found.append(Figure(field, len(said), agreed, alpha(values) if field in NOMINAL else None))
    return tuple(found)


def alpha(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha of nominal values from two readers without gaps; None where it says nothing.

    1 - D_o / D_e, with D_o the share of pairs that differ, and D_e the share that would if all values given were paired
    at random.
    """
    counts = Counter(value for pair in pairs for value in pair)
    total = sum(counts.values())
    expected = total * total - sum(n * n for n in counts.values())
    if not expected:
        return None
    observed = 2 * sum(a != b for a, b in pairs)
    return 1 - (total - 1) * observed / expected


def _both_bear(first: Reading, second: Reading) -> bool:
    return {first.verdict, second.verdict} <= BEARS


def _side(verdict: str) -> str:
    return "accept" if verdict in BEARS else verdict
