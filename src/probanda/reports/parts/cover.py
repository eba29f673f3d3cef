"""The cover: what this is, who stands behind it (nobody yet), how it was made, and what it leaves out.

Looks down to: desk, speech, dates, words. Used by: dossier.
"""

from __future__ import annotations

from probanda.reports.casefile import CaseFile, Measure
from probanda.reports.desk import Desk
from probanda.reports.record import Cell, Fact, Line, Piece, Pieces, Row, Table, Voice
from probanda.reports.speech import code, given, line, listed
from probanda.reports.words import STATUS, Words, words


def kicker(w: Words, case: CaseFile) -> str:
    """What kind of document this is, above the title."""
    return w.count("Working dossier, drafted from {n} item", "Working dossier, drafted from {n} items", len(case.items))


def stamp(w: Words, case: CaseFile) -> str:
    """Who has checked the claims: nobody, or so many of them by a person."""
    if not case.checked:
        return w.say("Proposed by machine, checked by nobody.")
    return w.count(
        "{n} of {all} claims checked by a person.",
        "{n} of {all} claims checked by a person.",
        case.checked,
        all=f"{len(case.claims):,}",
    )


def running_head(w: Words, case: CaseFile) -> str:
    """The head of each printed page."""
    return stamp(w, case).rstrip(".")


def stamp_lines(w: Words, case: CaseFile) -> tuple[Line, ...]:
    """What the stamp means for the reader."""
    read = w.count(
        "{n} claim was read out of these texts by rules.",
        "{n} claims were read out of these texts by rules.",
        len(case.claims),
    )
    if case.checked:
        state = w.say(
            "The others were proposed by machine and checked by nobody. Checked says that the text says this, "
            "not that it is true."
        )
    else:
        state = w.say("No person has checked one of them.")
    return (
        line(words(read), words(" "), words(state)),
        line(w.line("Everybody named here is presumed innocent. Nothing below says that anybody did anything.")),
        line(w.line("Check each note against its words before you rely on it.")),
    )


def facts(desk: Desk) -> tuple[Fact, ...]:
    """The lines of the cover after the time of the run."""
    w, case = desk.w, desk.case
    return (
        Fact(w.say("Reader, law pack"), _makers(desk)),
        Fact(w.say("How to read it"), _how_to_read(w)),
        *(Fact(_heading(w, one), _measured(w, one), _measure_table(w, one)) for one in case.measures),
        Fact(w.say("People named"), _named(desk)),
        Fact(w.say("Restricted items"), (line(_restricted(desk)),)),
        Fact(w.say("Narrowed to"), _narrowed(desk)),
        *_unopened(desk),
    )


def _unopened(desk: Desk) -> tuple[Fact, ...]:
    """Of a report that is meant to leave: what a machine suggested and nobody opened is not in it."""
    w, case = desk.w, desk.case
    if not case.to_leave:
        return ()
    told = w.line_n(
        "{n} suggestion that nobody has opened is left out.",
        "{n} suggestions that nobody has opened are left out.",
        case.unopened,
    )
    return (Fact(w.say("Meant to leave the office"), (line(told),)),)


def _heading(w: Words, measure: Measure) -> str:
    return w.say("How good the reader {reader} is", reader=measure.reader)


def _measure_table(w: Words, measure: Measure) -> Table | None:
    """The figures measured, as they were measured."""
    if not measure.figures:
        return None
    rows = tuple(
        Row(Cell((line(given(field)),)), (Cell((line(code(figure)),), "figure"),)) for field, figure in measure.figures
    )
    heads = (w.line("What was measured"), w.line("Figure"))
    caption = w.say("How good the reader {reader} was measured to be", reader=measure.reader)
    return Table(caption, heads, rows, "measure")


def _makers(desk: Desk) -> tuple[Line, ...]:
    parts = desk.w.line(
        "Reader {reader}; law pack {pack}; Probanda {version}.",
        reader=code(desk.case.reader),
        pack=code(desk.case.pack),
        version=code(desk.case.version),
    )
    own = desk.w.line("The elements of crimes are in our own words; the Statute and the Elements of Crimes decide.")
    return (line(parts), line(own))


def _how_to_read(w: Words) -> tuple[Line, ...]:
    sample = Piece(Voice.FORM, w.say("this type"))
    voices = w.line(
        "Words in {sample} are the sources’. Words in this type are the system’s. A small number leads to a note: "
        "item, page or cell, paragraph, characters, and the exact words in context.",
        sample=sample,
    )
    shapes: list[Pieces] = [(Piece(Voice.STATUS, w.say(word), target=status.value),) for status, word in STATUS.items()]
    status = w.line("The status of a claim: {shapes}.", shapes=listed(shapes))
    origin = w.line(
        "“At most 2 origins” says how many starting points of the accounts are told apart, as far as could be traced; "
        "it does not say that these are independent. What is untraced may be an echo of them, or an origin of its own: "
        "the text’s own voice, speakers whom nothing tells apart from others, or nobody who is named."
    )
    odd = w.line("[U+202E] and the like stand for invisible signs of a source that could reorder this page.")
    return (line(voices), line(status), line(origin), line(odd))


def _measured(w: Words, measure: Measure) -> tuple[Line, ...]:
    if not measure.figures:
        return (line(w.line("Not measured for this version. Expect that claims were missed and others misread.")),)
    lines = [line(w.line("Measured against {gold}.", gold=given(measure.gold)))]
    lines += [Line(p) for p in _plainly(w, measure)]
    again = w.line("To repeat it: {command}", command=code(measure.command))
    return (*lines, line(again))


def _plainly(w: Words, measure: Measure) -> list[Pieces]:
    """The figures of claim detection in words; empty where they were not measured."""
    found = _share(measure, "recall")
    right = _share(measure, "precision")
    lines: list[Pieces] = []
    if found is not None:
        lines.append(
            w.line(
                "Of 100 claims that a careful person finds in such texts, it found about {n}; "
                "the others are missing here.",
                n=str(found),
            )
        )
    if right is not None:
        lines.append(w.line("Of 100 claims that it proposed there, about {n} were right.", n=str(right)))
    return lines


def _share(measure: Measure, kind: str) -> int | None:
    """`0.63` or `63 %` of the first field that names this kind for claims, in hundredths."""
    for field, figure in measure.figures:
        low = field.lower()
        if kind in low and "claim" in low:
            try:
                value = float(figure.strip().removesuffix("%").strip())
            except ValueError:
                return None
            return round(value if figure.strip().endswith("%") or value > 1 else value * 100)
    return None


def _named(desk: Desk) -> tuple[Line, ...]:
    w, case = desk.w, desk.case
    count = w.line_n("This dossier names {n} person.", "This dossier names {n} persons.", case.persons_named)
    lines = [
        line(count),
        line(w.line("Nobody has cleared the names in it. Ask who could come to harm before it leaves your hands.")),
    ]
    if case.names_masked:
        lines.append(line(w.line("Protected names, and names from restricted items, are written as codenames.")))
    return tuple(lines)


def _restricted(desk: Desk) -> Pieces:
    w, case = desk.w, desk.case
    if case.included_restricted is not None:
        return w.line(
            "Included. The reason given, which was written in the log: {reason}.",
            reason=given(case.included_restricted),
        )
    if not case.withheld:
        return w.line("None was left out.")
    return w.line_n(
        "{n} restricted item was left out; nothing from it stands in this dossier.",
        "{n} restricted items were left out; nothing from them stands in this dossier.",
        case.withheld,
    )


def _narrowed(desk: Desk) -> tuple[Line, ...]:
    if not desk.case.narrowed:
        return (line(desk.w.line("Not narrowed: all items and claims that may be shown.")),)
    return tuple(line(given(text)) for text in desk.case.narrowed)
