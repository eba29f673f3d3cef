"""The law room holds crimes, elements, modes of liability, bars and standards of proof as data, and reads them.

The data is `packs/rome/*.yaml`, written for a lawyer to read and correct, every text in our own words. Start with
`model`, then `packs/rome/article-8e.yaml`, then `pack.load`. Which acts point to which crime is `pointing`.
Jurisdiction and admissibility are asked of facts: start with `facts`, then `answering`.

Looks down to: kernel. Used by: matrix, casework.
"""

from probanda.law.pack import LawPackBroken, build, load
from probanda.law.pointing import attempted, crimes_for, modes_for, why_none

__all__ = ["LawPackBroken", "attempted", "build", "crimes_for", "load", "modes_for", "why_none"]
