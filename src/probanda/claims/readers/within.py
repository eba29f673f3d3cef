"""A reader that finds its way in a kind of file, and has another one read what is said there in a language.

Start with `Within`. Looks down to: nothing but its readers. Used by: claims.readers (atlos, chat).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from probanda.claims import Reader


@dataclass(frozen=True, slots=True)
class Within:
    """What such readers share; `own` is the name and version of the outer one."""

    own: ClassVar[str]
    inner: Reader

    @property
    def name(self) -> str:
        """The name of the language's reader: its measures are those of these claims too."""
        return self.inner.name

    @property
    def maker(self) -> str:
        """Both readers: a derived row is rebuilt when either changes."""
        return f"{self.own}; {self.inner.maker}"

    def get_ready(self) -> None:
        """Load what the language's reader needs."""
        ready = getattr(self.inner, "get_ready", None)
        if ready is not None:
            ready()
