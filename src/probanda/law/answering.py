"""All questions of jurisdiction and admissibility, for one incident and one person: start with `answered`.

Looks down to: law.jurisdiction, law.bases, law.pauses, law.challenges, law.admissibility, law.gravity, law.facts,
law.telling.
Used by: law.answers_told, casework.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from probanda.law.admissibility import Grid, grid
from probanda.law.answers import Reply
from probanda.law.bases import Basis, bases
from probanda.law.challenges import challenges
from probanda.law.facts import Facts, Kind, Ruling, StateConduct
from probanda.law.gravity import gravity
from probanda.law.jurisdiction import jurisdiction
from probanda.law.model import Crime, LawPack, Stage
from probanda.law.pauses import notices, pause
from probanda.law.telling import named
from probanda.law.when import Time, before, on

NO_FINDING = (
    "This is no finding. It lays the facts given beside the articles; it does not say that they are true, that a "
    "standard of proof is met, or that anyone is guilty. The Court alone decides on its jurisdiction (art. 19(1))."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the facts given answer, as known on one day."""

    facts: Facts
    as_of: date
    pack: str
    """Stamp of the law pack asked."""
    stages: tuple[Stage, ...]
    """The stage asked about, or all of them where none is named."""
    jurisdiction: tuple[Reply, ...]
    bases: tuple[Basis, ...]
    pause: Reply
    notices: tuple[Reply, ...]
    challenges: tuple[Reply, ...]
    grid: Grid
    gravity: Reply
    rulings: tuple[Ruling, ...]
    later: tuple[str, ...]
    """What lies after the day asked about, and was therefore not known on it."""

    def replies(self) -> Iterator[Reply]:
        """Every reply, in the order in which they are told."""
        yield from self.jurisdiction
        for basis in self.bases:
            yield from (*basis.replies, basis.covers)
        yield self.pause
        yield from (*self.notices, *self.challenges)
        for row in self.grid.rows:
            yield from (*row.cells, row.bars)
        yield from self.grid.replies
        yield self.gravity


def answered(facts: Facts, pack: LawPack, as_of: date) -> Answers:
    """Every question answered as known on this day. Crimes may be written as in `law show`: 8.2.e.x, or a beginning."""
    facts = replace(facts, incident=replace(facts.incident, crimes=_crimes(facts.incident.crimes, pack)))
    held = bases(facts, as_of)
    return Answers(
        facts=facts,
        as_of=as_of,
        pack=pack.stamp,
        stages=tuple(s for s in pack.stages if facts.stage in (None, s.stage)),
        jurisdiction=jurisdiction(facts, pack, as_of, held),
        bases=held,
        pause=pause(facts, as_of),
        notices=notices(facts, as_of),
        challenges=challenges(facts, as_of),
        grid=grid(facts, as_of),
        gravity=gravity(facts),
        rulings=tuple(r for r in facts.rulings if not _later(r.day, as_of)),
        later=_all_later(facts, as_of),
    )


def _crimes(written: Iterable[str], pack: LawPack) -> tuple[str, ...]:
    """Ids of the pack, each once; what names none stays as it was written, and is answered with no."""
    found = ([e.id for e in named(pack, one) if isinstance(e, Crime)] or [one] for one in written)
    return tuple(dict.fromkeys(id_ for ids in found for id_ in ids))


def _later(day: Time | None, as_of: date) -> bool:
    return day is not None and before(on(as_of), day).value == "yes"


def _all_later(facts: Facts, as_of: date) -> tuple[str, ...]:
    days = [(i.id, i.lodged) for i in facts.instruments or ()]
    days += [(d.id, d.requested) for d in facts.deferrals or ()]
    days += [(p.id, p.opened) for p in facts.proceedings or ()]
    days += [(c.id, c.made) for c in facts.challenges]
    days += [(f"ruling of {r.body}", r.day) for r in facts.rulings]
    days += [("the incident itself", facts.incident.when)]
    return tuple(f"{name} ({day})" for name, day in days if _later(day, as_of))


def consequence(facts: Facts, conduct: StateConduct) -> str:
    """What a State's inaction, obstruction or refusal is: a fact for two questions, and never a crime (D5)."""
    council = any(i.kind is Kind.COUNCIL for i in facts.instruments or ())
    told = "A fact for admissibility (art. 17) and cooperation (art. 86, 87), never a crime."
    if conduct.kind == "inaction":
        return told
    whom = "the Assembly of States Parties" + (" or, as it referred the situation, to the Security Council" * council)
    found = f"The Court may find a failure to cooperate and refer it to {whom} (art. 87(7);"
    return f"{told} {found} 87(5) for a State that is no Party)."
