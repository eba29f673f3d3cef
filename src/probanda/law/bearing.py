"""What kinds of claims, ties and findings could support an element, and which could speak against it.

Start with `bearing`. It says in words what the rule of the element looks for (`look`), and what a person may put there
besides; it never says that any of it is enough.

Looks down to: law.model. Used by: law.telling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from probanda.law.model import Crime, Element, LawPack, Mode


@dataclass(frozen=True, slots=True)
class Bearing:
    """Kinds of claims, ties and findings, each in a few words."""

    supports: tuple[str, ...]
    undermines: tuple[str, ...]


_LOOKED_FOR: Mapping[str, tuple[str, ...]] = {
    "own-hand": ("claims that name the person as directly involved",),
    "crime-happened": ("claims of the same incidents that such an act was carried out or tried",),
    "instruction": ("claims that the person ordered it, and the words of the order",),
    "influence": ("claims that the person incited others to it",),
    "authority": ("ties: posting, subordination, rank or control", "claims of command"),
    "control": ("claims that the person commanded those who acted", "orders told of, means given, links of command"),
    "should-have-known": ("claims that the person knew", "news that reached the person", "earlier acts by them"),
    "disregarded": ("claims that the person knew", "information that is said to have reached the person"),
    "remit": ("ties: the person's posts, whose words say for what",),
    "help": ("claims that the person helped with it",),
    "contribution": ("claims that the person had a part in planning it",),
    "knowledge": ("claims that the person knew", "the person's own orders and admissions"),
    "failing": ("claims that the person did not prevent or punish",),
    "own-words": ("the person's own orders, threats and admissions",),
    "threat": ("claims of a threat in the same incidents",),
    "conflict": ("claims of military operations and of fighting in the whole situation", "ties: sides and membership"),
    "attack": ("incidents of acts of article 7(1) against civilians in the whole situation", "ties: who led them"),
}
_FINDINGS: Mapping[str, str] = {
    "mental": "a person's finding that infers it, with its basis (art. 30)",
    "contextual": "a person's finding for the place and period, which can serve every crime that asks for the same",
}


def bearing(pack: LawPack, owner: Crime | Mode, element: Element) -> Bearing:
    """The kinds for one element of this crime or mode."""
    supports = (*_looked_for(pack, owner, element), _FINDINGS.get(element.type, "a signed finding on such a claim"))
    against = [f"claims whose words for the victims are {pack.cue_list(name).why}" for name in element.against]
    denied = "denials, and claims that contradict those that support it"
    others = "findings that refute them; what was put there against it by a person"
    return Bearing(supports, (*against, denied, others))


def _looked_for(pack: LawPack, owner: Crime | Mode, element: Element) -> tuple[str, ...]:
    whys = " or ".join(pack.cue_list(name).why for name in element.cues)
    if element.look == "act":
        acts = ", ".join(element.acts or (owner.acts if isinstance(owner, Crime) else ()))
        return (f"claims of the kinds of act {acts}",) if acts else ("claims of such an act that a person puts here",)
    if element.look in ("act-types", "connected"):
        return (f"claims of the kinds of act {', '.join(element.acts)}",)
    if element.look == "victims":
        return (f"claims whose words for the victims are {whys}",)
    if element.look == "words":
        return (f"claims that hold {whys}",)
    return _LOOKED_FOR.get(element.look, ("claims and ties that a person puts here; no rule looks for them",))
