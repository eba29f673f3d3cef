"""A case of very many claims as a summary with annexes; a smaller one as the one dossier it always was.

Start with `drafts`. Above `ABOVE` claims nobody reads one page of everything: the summary counts and lists, one line
for each incident, and the annexes hold what the one dossier would have said, cut so that each has about `NOTES`
notes at most. Every annex is a dossier record of its own, with its own notes; incidents and suggestions have the same
numbers everywhere, and what stands in another annex is named in words.

Looks down to: dossier, parts, desk, record, words. Used by: casework.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from probanda.reports.casefile import CaseFile
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.dossier import bound, worded
from probanda.reports.parts import actors, chronology, cover, hypotheses, incidents, items, matrix, overview
from probanda.reports.parts.division import Entry, packed
from probanda.reports.record import Dossier, Fact, Section
from probanda.reports.speech import code, line
from probanda.reports.words import Words, number

ABOVE = 2000
"""With more claims than this the dossier is a summary with annexes."""
NOTES = 800
"""At most about so many notes in an annex; a single incident, actor or suggestion that cites more stands alone."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One document of a draft."""

    name: str
    """Empty for the dossier or the summary; `annex-a`, `annex-b1` ... for an annex, to stand in its file's name."""
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class _Annex:
    name: str
    """`annex-b1`."""
    label: str
    """`Annex B1`, in the interface language."""
    holds: str
    """What it holds, such as `incidents I-1 to I-214`."""
    entries: tuple[Entry, ...]
    draw: Callable[[Desk], Section]


def drafts(case: CaseFile, lang: str = "en") -> tuple[Drafted, ...]:
    """The dossier alone (name empty), or the summary (name empty) and then its annexes in order.

    Every claim that the one dossier would cite in a note is cited in a note of some annex. Equal case files give equal
    drafts. `dossier.rendered` makes a page of each.
    """
    w = Words(lang)
    if len(case.claims) <= ABOVE:
        return (Drafted("", worded(case, w)),)
    desk = Desk(case, w)
    plan = _plan(desk)
    places = _places(plan)
    annex_of = {desk.incident_numbers[i]: label for i, label in places.incidents.items()}
    annexes = tuple(Drafted(a.name, _annex(case, w, a, desk.incident_numbers, annex_of)) for a in plan)
    return (Drafted("", _summary(case, w, plan, places, annexes)), *annexes)


def _plan(desk: Desk) -> tuple[_Annex, ...]:
    """Which annexes there are, and what stands in each. Numbers the incidents on this desk."""
    w = desk.w
    told = incidents.entries(desk)  # first, because the chronology needs the numbers
    plan = [_Annex("annex-a", _label(w, "A"), w.say("items"), (), items.section)]
    for n, run, _ in (parts := _runs(told)):
        own = [desk.incident_numbers[e.incident.id] for e in run if e.incident is not None]
        holds = _from_to(w, own) or w.say("claims that belong to no incident")
        plan.append(_made(w, "B", n, len(parts), holds, run, incidents.section))
    for letter, title, part in (
        ("C", w.say("persons and units"), actors),
        ("D", w.say("chronology"), chronology),
    ):
        for n, run, all_ in _runs(part.entries(desk)):
            holds = w.say("{what}, part {n} of {all}", what=title, n=str(n), all=str(all_)) if all_ > 1 else title
            plan.append(_made(w, letter, n, all_, holds, run, part.section))
    numbers, opened = matrix.numbers_of(desk.case), hypotheses.numbers_of(desk.case)
    for n, run, all_ in _runs(matrix.entries(desk)):
        own = [opened[e.chart.decided.hypothesis.id] for e in run if e.chart is not None]
        own += [numbers[e.suggestion.id] for e in run if e.suggestion is not None]
        holds = w.say("first matrix, {first} to {last}", first=own[0], last=own[-1]) if own else w.say("first matrix")
        plan.append(_made(w, "E", n, all_, holds, run, matrix.section))
    return tuple(plan)


def _runs(entries: Sequence[Entry]) -> list[tuple[int, tuple[Entry, ...], int]]:
    """The entries cut for annexes: which of how many, and what stands there."""
    runs = packed(entries, NOTES)
    return [(n, run, len(runs)) for n, run in enumerate(runs, start=1)]


def _from_to(w: Words, numbers: Sequence[str]) -> str:
    if not numbers:
        return ""
    return w.say("incidents {first} to {last}", first=numbers[0], last=numbers[-1])


def _label(w: Words, letter: str) -> str:
    return w.say("Annex {letter}", letter=letter)


def _made(
    w: Words,
    letter: str,
    n: int,
    of: int,
    holds: str,
    entries: tuple[Entry, ...],
    section: Callable[[Desk, Sequence[Entry]], Section],
) -> _Annex:
    """An annex, numbered after its letter where the letter has several."""
    own = f"{letter}{n}" if of > 1 else letter
    return _Annex(f"annex-{own.lower()}", _label(w, own), holds, entries, lambda desk: section(desk, entries))


def _places(plan: Sequence[_Annex]) -> overview.Places:
    """In which annex each thing stands."""
    by_letter = {
        letter: [(a.label, e) for a in plan if a.name.startswith(f"annex-{letter}") for e in a.entries]
        for letter in "bcde"
    }
    return overview.Places(
        items=plan[0].label,
        incidents={e.incident.id: label for label, e in by_letter["b"] if e.incident is not None},
        alone=tuple(dict.fromkeys(label for label, e in by_letter["b"] if e.claim is not None)),
        actors={e.actor.id: label for label, e in by_letter["c"] if e.actor is not None},
        dated={of.id: label for label, e in by_letter["d"] if (of := e.incident or e.claim) is not None},
        suggestions={e.suggestion.id: label for label, e in by_letter["e"] if e.suggestion is not None},
    )


def _annex(case: CaseFile, w: Words, annex: _Annex, numbers: dict[str, str], annex_of: dict[str, str]) -> Dossier:
    desk = Desk(case, w)
    desk.incident_numbers, desk.annex_of, desk.annex = numbers, annex_of, annex.label
    desk.items_here = annex.name == "annex-a"
    section = replace(annex.draw(desk), id="s1", number="1")
    about = w.line("{annex} to the summary of this working dossier: {holds}.", annex=annex.label, holds=annex.holds)
    elsewhere = w.line(
        "What stands elsewhere is named in words: {sample} is an incident told in that annex. Items are listed in "
        "{items}. Incidents and suggestions have the same numbers in the summary and in every annex.",
        sample=w.say("{incident} ({annex})", incident="I-1", annex=annex_of.get("I-1", _label(w, "B"))),
        items=_label(w, "A"),
    )
    situation = shown(case.situation) or w.say("Situation not named")
    return bound(
        desk,
        (section,),
        title=w.say("{annex}: {holds}", annex=annex.label, holds=annex.holds),
        kicker=w.say("{situation} · annex to the working dossier", situation=situation),
        running_head=w.say("{annex} · {stamp}", annex=annex.label, stamp=cover.running_head(w, case)),
        facts=(Fact(w.say("This annex"), (line(about), line(elsewhere))), *cover.facts(desk)),
    )


def _summary(
    case: CaseFile, w: Words, plan: Sequence[_Annex], places: overview.Places, annexes: Sequence[Drafted]
) -> Dossier:
    desk = Desk(case, w)
    desk.items_here = False
    sections = overview.sections(desk, places)
    why = w.line(
        "With more than {n} claims the dossier is a summary with annexes. The summary tells each incident in one line, "
        "with the notes of the first claim of each version, at most {notes}; the annexes tell everything, with every "
        "note.",
        n=number(ABOVE),
        notes=str(overview.NOTES),
    )
    listed = [
        line(
            w.line_n(
                "{annex}: {holds} ({n} note; the name of its file ends in {name})",
                "{annex}: {holds} ({n} notes; the name of its file ends in {name})",
                len(drafted.dossier.notes),
                annex=annex.label,
                holds=annex.holds,
                name=code(annex.name),
            )
        )
        for annex, drafted in zip(plan, annexes, strict=True)
    ]
    return bound(
        desk,
        sections,
        kicker=w.count(
            "Working dossier, drafted from {n} item: summary",
            "Working dossier, drafted from {n} items: summary",
            len(case.items),
        ),
        facts=(Fact(w.say("Summary and annexes"), (line(why), *listed)), *cover.facts(desk)),
    )
