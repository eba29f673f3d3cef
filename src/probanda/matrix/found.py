"""What a rule found for an element, and the kind of rule that finds. Start with `Found`.

Looks down to: matrix.situation, claims, kernel. Used by: matrix.looks, matrix.superior, matrix.layout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from probanda.claims.model import Claim
from probanda.law.model import Element
from probanda.matrix.scene import Scene


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: claims in order of id, and the sentence that explains them."""

    claims: tuple[Claim, ...]
    reason: str
    whole_situation: bool = False
    """True where claims of the whole situation count, not of these incidents alone; then worked out once."""
    ids: frozenset[str] = frozenset()
    """For a whole situation: the ids of the claims."""
    inferred: Mapping[str, str] = field(default_factory=dict)
    """Claims from which the element could only be inferred, each with the sentence that says so."""
    all_inferred: str = ""
    """The same sentence for every claim found; empty where some speak to the element directly."""

    def inference(self, claim: str) -> str:
        """Why the element could only be inferred from this claim; empty where its words say what the element asks."""
        return self.all_inferred or self.inferred.get(claim, "")


Look = Callable[[Scene, Element], Found]
