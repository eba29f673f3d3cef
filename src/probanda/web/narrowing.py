"""What map and timeline are narrowed by: act, actor, days, words of a place, status; one query string for both.

Start with `Narrowed`. It stands in the address, so that an address lasts and leads from the map to the same incidents
on the timeline.

Looks down to: store (spread, listed), incidents, names (folding), reports (lanes), web.desk. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import ActType, Status
from probanda.names.folding import fold
from probanda.reports.lanes import Dated, dated
from probanda.store import listed, spread
from probanda.store.ahead import ACTORS
from probanda.store.spread import Line
from probanda.web.desk import Desk

NAMESAKES = 20
"""Actors of one name that are looked for; they are told."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was asked for; empty fields ask for nothing."""

    act: str = ""
    actor: str = ""
    """An id, or a form of a name."""
    since: str = ""
    """ISO day, month or year: incidents that may lie on it or later."""
    until: str = ""
    place: str = ""
    status: str = ""
    """Of a claim of the incident; `proposed`: of all of them."""

    @classmethod
    def of(cls, act: str, actor: str, since: str, until: str, place: str, status: str) -> Narrowed:
        """From an address. Raises WrongUsage for a day, an act or a status that is none."""
        found = cls(*(one.strip() for one in (act, actor, since, until, place, status)))
        for day in (found.since, found.until):
            if day and dated("", day, day) is None:
                raise WrongUsage(f"{day[:40]} is no day.", "Write it as 2031-05-03, or a month or a year of it.")
        if found.act and found.act not in {kind.value for kind in ActType}:
            raise WrongUsage(f"{found.act[:40]} is no kind of act.", "Choose one of the list.")
        if found.status and found.status not in {one.value for one in Status}:
            raise WrongUsage(f"{found.status[:40]} is no status.", "Choose one of the list.")
        return found

    def query(self, **more: str) -> str:
        """The query string of the same with these fields besides or instead, `?` first; empty where nothing is asked.

        Fields of `more` that are no field of this stand behind.
        """
        own = {name: more.get(name, getattr(self, name)) for name in self.__slots__}
        asked = own | {name: value for name, value in more.items() if name not in own}
        kept = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def is_any(self) -> bool:
        """True where nothing is asked."""
        return self == Narrowed()


@dataclass(frozen=True, slots=True)
class Fitting:
    """The incidents that fit, in the order of the list, with their days where they are dated."""

    lines: tuple[Line, ...]
    days: dict[str, Dated]
    actors: tuple[tuple[str, str], ...]
    """(id, name) of the actors that were meant."""
    all: int
    """Incidents there are, before anything was narrowed but the act."""
    cut: bool
    """True where there are more than can be looked at."""


def fitting(desk: Desk, asked: Narrowed) -> Fitting:
    """The incidents that these eyes see and that fit."""
    store, eyes = desk.store, desk.eyes
    lines = tuple(store.ask(eyes, spread.lines, asked.act))
    every = len(lines)
    actors: list[str] = []
    if asked.actor:
        actors = store.ask(eyes, listed.named, asked.actor)[:NAMESAKES]
        ids = store.ask(eyes, spread.of_actors, actors)
        lines = tuple(one for one in lines if one.id in ids)
    if asked.status == Status.PROPOSED.value:
        ids = store.ask(eyes, spread.decided)
        lines = tuple(one for one in lines if one.id not in ids)
    elif asked.status:
        ids = store.ask(eyes, spread.of_status, asked.status)
        lines = tuple(one for one in lines if one.id in ids)
    if asked.place:
        words = fold(asked.place)
        lines = tuple(one for one in lines if any(words in fold(place) for place in one.places))
    days = {one.id: day for one in lines if (day := dated(one.id, one.start, one.end))}
    if asked.since or asked.until:
        lines = tuple(one for one in lines if one.id in days and _may_lie(days[one.id], asked))
    meant = store.ask(eyes, listed.by_id, ACTORS, actors) if actors else []
    names = tuple((one.id, one.told["name"]) for one in meant)
    return Fitting(lines, days, names, every, every >= spread.MOST)


def _may_lie(one: Dated, asked: Narrowed) -> bool:
    since, until = (dated("", day, day) if day else None for day in (asked.since, asked.until))
    first: date = since.first if since and since.first else date.min
    last: date = until.last if until and until.last else date.max
    return (one.first is None or one.first <= last) and (one.last is None or one.last >= first)
