"""What a rule found for an element, and what all rules share. Start with `Found`.

Looks down to: matrix.situation, claims, kernel. Used by: matrix.looks, matrix.superior, matrix.layout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from probanda.claims.model import Claim
from probanda.law.model import Element
from probanda.matrix.situation import Scene, in_order


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


def about_actor(scene: Scene) -> tuple[Claim, ...]:
    """Own claims, and claims on the actor that name no crime by themselves (a failure to act, knowledge)."""
    situation = scene.situation
    named = situation.named_in.get(scene.actor.id, ())
    silent = [c for c in named if not situation.points_to_a_crime(c)]
    return in_order([*scene.own, *silent])
