"""Whether what rules propose is as of now, and laying it out anew while other things are done.

Start with `is_current`, which loads nothing of the case; `elsewhere` lays out in a process of its own, which opens the
case for reading alone, and records here.

Looks down to: consolidate, gathering, store. Used by: web.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from probanda.access.eyes import Eyes
from probanda.casework import consolidate, gathering
from probanda.casework.consolidate import LaidOut
from probanda.kernel.errors import ProbandaError
from probanda.store import laid, listed
from probanda.store.store import Store


def is_current(store: Store, eyes: Eyes) -> bool:
    """True where the matrix follows what was gathered, the law packs and what is recorded of the law."""
    followed = store.ask(eyes, listed.followed)
    older = followed is not None and followed != store.ask(eyes, listed.same_or_not)
    return not older and consolidate.matrix_is_current(store, eyes)


def is_laid_out(store: Store, eyes: Eyes) -> bool:
    """True where it was laid out for these eyes at all."""
    return store.ask(eyes, laid.laid_out)


def elsewhere(store: Store, users: Sequence[str], writing: AbstractContextManager[object]) -> None:
    """Gather anew, then lay out anew, for what these users see; inside `writing` while it is recorded."""
    gathering.elsewhere(store, users, writing)
    try:
        for one in gathering.apart(store, users, _worked_out):
            with writing:
                consolidate.record_matrix(store, one)
    except gathering.Lost as how:
        said = f"Laying out came to nothing: {how}."
        raise ProbandaError(said, "Run `probanda matrix` when nobody works.") from how


def _worked_out(store: Store, asked: Sequence[gathering.Users]) -> list[list[LaidOut]]:
    return [list(_of_users(store, users)) for users in asked]


def _of_users(store: Store, users: Sequence[str]) -> Iterator[LaidOut]:
    every = [store.eyes(user) for user in users]
    for eyes in {eyes.sight: eyes for one in every for eyes in (one.only_open(), one)}.values():
        done = consolidate.work_out_matrix(store, eyes)
        if done is not None:
            yield done


def here(store: Store, users: Sequence[str]) -> None:
    """The same in this process, at once: for a small case."""
    for user in users:
        eyes = store.eyes(user)
        for one in dict.fromkeys((eyes.only_open(), eyes)):
            consolidate.consolidate(store, one)
            consolidate.lay_out_matrix(store, one)
