"""The five verbs in which stages over many documents speak, whatever engine carries them out.

Start with `Engine`. A stage function is pure: a batch of rows in, one row out for each, in the same order. An engine
may run it in this process, in others, or on other machines; what comes out, and its order, is the same.

Looks down to: nothing. Used by: store (engines), casework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")
Key = TypeVar("Key")
Actor = TypeVar("Actor")


def _one(row: object) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Batch:
    """How rows are put together for a worker. Weights are in whatever `weigh` counts (bytes, code points)."""

    rows: int
    """At most so many rows."""
    weight: int
    """At most so much, unless one row alone has more."""
    weigh: Callable[[Any], int] = _one
    total: int | None = None
    """Weight of all rows where it is known: little work stays in this process."""
    little: int = 0
    """Up to this total, starting another process costs more than it brings."""
    heavy: int | None = None
    """A row heavier than this never waits in a queue: it is done in this process, in its turn."""


@dataclass(frozen=True, slots=True)
class Partition:
    """All rows that one maker derived from one input, to be written in place of those that stand under the key."""

    key: str
    maker: str
    input: str
    """Digest of what it was made from, as it was when the work began."""
    rows: Any


class WorkerLost(Exception):
    """A worker ended while it had a row alone, twice; the words say how it ended."""


class Engine(Protocol):
    """What carries out stages. Rows come back in the order they went in."""

    def scan(self, table: str, keys: Sequence[str] | None = None) -> Iterator[Any]:
        """Rows of a relation as one set of eyes may see them, as they stood at the call; `keys` narrows to items."""

    def map_batches(
        self,
        rel: Iterable[In],
        fn: Callable[[Actor, Sequence[In]], Sequence[Out]],
        batch: Batch,
        actor: Callable[[], AbstractContextManager[Actor]],
        lost: Callable[[In, str], Out] | None = None,
    ) -> Iterator[Out]:
        """`fn` over batches. `actor` is called once for each worker, and closed with it.

        `lost` answers for a row that ends every worker it is given to, with how it ended; without it, such a row
        raises WorkerLost. `fn`, `actor` and rows must be picklable, the functions by name.
        """

    def sql(self, name: str, **rels: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
        """A named statement over relations handed in; each engine has its own text of it."""

    def group_apply(
        self, rel: Iterable[In], key: Callable[[In], Key], fn: Callable[[Key, Sequence[In]], Out], max_group: int
    ) -> Iterator[Out]:
        """`fn` over the rows of each key, which stand together in `rel`. Raises GroupTooLarge."""

    def commit(self, rel: Iterable[Partition], table: str, told: Callable[[int], None] | None = None) -> int:
        """Replace partitions of a relation; returns how many were written, and tells `told` as they are safe.

        A partition that stands already, from the same maker and input, or whose input is no longer the one that
        stands, changes nothing: a killed, doubled or late worker does no harm.
        """


class GroupTooLarge(Exception):
    """A key has more rows than a group may have: it needs a finer key."""
