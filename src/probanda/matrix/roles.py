"""What evidence in a cell is for: crime base, linkage or contextual. Start with `role_of`.

The three words are those in which tribunals sort evidence: that the acts happened, what ties the person to them, and
the setting. The role follows from the kind of element and from whose element it is, never from the evidence.

Looks down to: law. Used by: matrix.layout.
"""

from __future__ import annotations

from probanda.law.model import Element
from probanda.matrix.model import Role

OF_THE_CRIME = ("crime-happened",)
"""Rules of modes whose elements ask that the crime happened, by whomever."""
OF_THE_PERSON = ("authority", "control", "own-hand", "own-words", "knowledge")
"""Rules of crimes whose elements ask something of the person: a position, a state of mind."""
SAYS = {
    Role.CRIME_BASE: "Crime base: the element asks what happened, and to whom.",
    Role.LINKAGE: "Linkage: the element asks what ties this person to it.",
    Role.CONTEXTUAL: "Contextual: the element asks for the setting.",
}
"""The rule of each role, in a sentence."""


def role_of(part: str, element: Element) -> Role:
    """The role of evidence for this element of a crime (`part` crime) or of a mode of liability (`part` mode)."""
    if element.type == "contextual":
        return Role.CONTEXTUAL
    if part == "mode":
        return Role.CRIME_BASE if element.look in OF_THE_CRIME else Role.LINKAGE
    return Role.LINKAGE if element.type == "mental" or element.look in OF_THE_PERSON else Role.CRIME_BASE
