"""Work that makes much and keeps nearly all of it, done without a search for waste in between.

Python looks for waste (objects that nothing but themselves still holds) each time many new objects have come. Where all
of them are kept, that finds nothing, and takes a third of the time. Start with `unsearched`.

Looks down to: nothing. Used by: actors.kept, incidents.gathering, casework.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 200_000
"""New objects from which on one search follows at the end: it counts them among the old ones, so that the next search
for waste among new ones does not go through them."""


@contextmanager
def unsearched() -> Iterator[None]:
    """Put the search off until this is done; nothing is changed where it was put off already."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > MANY:
            gc.collect()
        gc.enable()
