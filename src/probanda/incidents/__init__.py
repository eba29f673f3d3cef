"""Claims about one event become one incident; echoes of one account are counted once; contradictions stay side by side.

Start with `consolidate`, then `model`. Pure functions: claims, texts and identity decisions in, proposals with their
reasons out.

Looks down to: kernel, claims, actors. Used by: matrix, reports, store, casework.
"""

from __future__ import annotations

from probanda.incidents.consolidation import consolidate

__all__ = ["consolidate"]
