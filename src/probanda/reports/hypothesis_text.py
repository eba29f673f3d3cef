"""A hypothesis in the terminal: every element with both columns, in lines of at most 100 characters.

Start with `shown`; `listed` is one line for the list. What is said here is what the dossier says (`parts.hypotheses`),
for the eyes of whoever asked: nothing is masked.

Looks down to: law, matrix, characters. Used by: cli.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from probanda.kernel.vocabulary import Side
from probanda.law.model import NOT_OFFICIAL
from probanda.matrix.chart import Chart, Drawn, Entry, Row
from probanda.matrix.gaps import Gap
from probanda.matrix.hypothesis import Act, Task
from probanda.matrix.model import Suggestion
from probanda.reports.characters import shown as safe

WIDTH = 100
SHORT = 12
"""Letters of an id shown to a person."""
MARKS = {"proposed": "○", "checked": "●", "corrected": "◐", "rejected": "✕", "unsure": "?", "signed": "◆"}
PRESUMED = "Laid out for examination. Whoever is named here is presumed innocent (art. 66)."

Names = Mapping[str, str]
"""User ids to names."""


def listed(chart: Chart) -> str:
    """One opened hypothesis in a line."""
    h = chart.decided.hypothesis
    state = "closed" if chart.decided.closing else f"{len(chart.open)} of {len(chart.rows)} open"
    marks = sum(len(r.marks) for r in chart.rows) + len(chart.marks)
    state += f", {marks} marks" if marks else ""
    return _line(h.id, chart.name, h.crime, h.mode, f"{state}; {h.crime_title}")


def suggested(suggestion: Suggestion) -> str:
    """One suggestion in a line."""
    return _line(suggestion.id, suggestion.actor_name, suggestion.crime, suggestion.mode, suggestion.crime_title)


def _line(id_: str, name: str, crime: str, mode: str, state: str) -> str:
    widths = (SHORT, 22, 12, 18)
    cells = (_cut(c, w) for c, w in zip((id_[:SHORT], name, crime, mode), widths, strict=True))
    return _cut("  ".join(f"{c:<{w}}" for c, w in zip(cells, widths, strict=True)) + f"  {state}", WIDTH)


def shown(chart: Chart, names: Names) -> list[str]:
    """The whole hypothesis."""
    decided, h = chart.decided, chart.decided.hypothesis
    lines = [
        *_wrapped(f"{chart.name}: {h.crime_title}, {h.crime}; mode: {h.mode_title}, {h.mode}", ""),
        *_wrapped(f"Hypothesis {h.id[:SHORT]}, opened by {_who(h, names)}: {h.reason}", ""),
        PRESUMED,
    ]
    if h.actor_kind and h.actor_kind != "person":
        lines += _wrapped(f"A {h.actor_kind} cannot be tried, only a natural person (art. 25(1)).", "")
    if decided.closing:
        lines += _wrapped(f"CLOSED by {_who(decided.closing, names)}: {decided.closing.reason}", "")
        lines += [f"  resting on {r.kind} {r.id[:SHORT]}" for r in decided.closing.cites]
    pack = h.pack if chart.pack == h.pack else f"{h.pack}; in use now: {chart.pack}"
    lines += _wrapped(f"Law pack {pack}. {chart.says_open}", "")
    lines += [line for words in (*decided.conflicts, *(m.words for m in chart.marks)) for line in _wrapped(words, "! ")]
    for row in chart.rows:
        lines += ["", *_row(row, names)]
    return lines + (_beside(chart.machine) if chart.machine else [])


def _beside(machine: Suggestion, quotes: Mapping[str, str] | None = None) -> list[str]:
    """The checklist of grounds that exclude responsibility, and what was kept out of every cell.

    `quotes`: where each claim stands and its words, by id; without them claims are named by their ids alone.
    """
    words = quotes or {}
    lines = (
        ["", "Grounds that would exclude responsibility (art. 31 to 33), a question each:"] if machine.grounds else []
    )
    for ground in machine.grounds:
        held = "".join(f"{words.get(c, f'[{c[:SHORT]}]')} " for c in ground.claims)
        lines += _wrapped(f"{ground.title}: {held}{ground.says}", "  ", "    ")
    if machine.kept_out:
        lines += ["", "Kept out of every cell:"]
    for one in machine.kept_out:
        lines += _wrapped(f"{words.get(one.claim, f'[{one.claim[:SHORT]}]')} {one.why}", "  ", "    ")
    return lines


def suggestion(one: Suggestion, quotes: Mapping[str, str]) -> list[str]:
    """A suggestion with both columns; `quotes`: where each claim stands and its words, by id."""
    lines = [
        *_wrapped(f"{one.actor_name}: {one.crime_title}, {one.crime}; mode: {one.mode_title}, {one.mode}", ""),
        *_wrapped(f"Suggestion {one.id[:SHORT]}, made by rules and opened by nobody. Law pack {one.pack}.", ""),
        PRESUMED,
    ]
    for said, reasons in (("for", one.reasons_for), ("against", one.reasons_against)):
        lines += [line for words in reasons for line in _wrapped(f"{said} opening it: {words}", "  ", "    ")]
    for cell in one.cells:
        called = f"{'m' if cell.part == 'mode' else ''}{cell.element}"
        lines += ["", *_wrapped(f"{called}  {cell.text} ({cell.type}; {cell.words})", "", "    "), f"    {cell.status}"]
        for side, ids, ruled in (
            (Side.FOR, cell.supporting, cell.searched_for),
            (Side.AGAINST, cell.against, cell.searched_against),
        ):
            lines.append(f"    {side}")
            nothing = "A rule looked and found nothing." if ruled else "Not looked for."
            inferred = set(cell.circumstantial)
            told = [("(circumstantial) " if i in inferred else "") + quotes.get(i, i[:SHORT]) for i in ids]
            for words in told or [nothing]:
                lines += _wrapped(words, "      ", "        ")
            for placed in cell.placed:
                if placed.side is side:
                    why = f"rule {placed.rule} ({placed.role}, {placed.bearing}): {placed.says}"
                    lines += _wrapped(why, "      ", "        ")
        lines += _wrapped(cell.reason, "    ")
        lines += _wrapped(f"gap: {cell.gap}" if cell.gap else "", "    ")
    return lines + _beside(one, quotes)


def _row(row: Row, names: Names) -> Iterator[str]:
    kind = row.element.type + (f", common element {row.element.common_key}" if row.element.common_key else "")
    yield from _wrapped(f"{row.slot.called}  {row.element.text} ({kind}; {NOT_OFFICIAL})", "", "    ")
    yield from _wrapped(f"status: {row.status(names)}", "    ")
    for mark in row.marks:
        yield from _wrapped(f"! {mark.kind}: {mark.words}", "    ")
    for side in Side:
        yield f"    {side}"
        for entry in row.column(side):
            yield from _entry(entry, names)
        for drawn in row.drawn:
            if drawn.finding.side is side:
                yield from _drawn(drawn, names)
        if side is Side.FOR and row.unlisted:
            yield f"      {row.unlisted} more that the rule found are not listed."
        for rule, says in row.rules(side):
            yield from _wrapped(f"rule {rule}: {says}", "      ", "        ")
        for words in row.looked(side, names):
            yield from _wrapped(words, "      ")
    for taken in row.taken:
        yield from _wrapped(
            f"taken out ({taken.act.side}) by {_who(taken.act, names)}: {_quoted(taken.shown.words)} "
            f"[{taken.shown.ref.id[:SHORT]}] {taken.act.reason}", "    ",
        )  # fmt: skip
    for one in row.assessed:
        a = one.assessment
        yield from _wrapped(
            f"{a.says}, assessed at “{a.stage}” ({a.standard}) by {_who(a, names)}, signed, "
            f"on {len(a.cites)} thing(s): {a.reason}",
            "    ",
        )
        for why in one.broken:
            yield from _wrapped(f"! reopened: {why}", "      ")
    for task in row.tasks:
        yield from _wrapped(tasked(task), "    ")


def tasked(task: Task) -> str:
    """A task in a line."""
    state = f"closed: {task.closed}" if task.closed else f"open, {task.assigned or 'nobody'} does it"
    return f"task {task.id[:SHORT]} ({task.needs}): {task.what} [{state}]"


def _entry(entry: Entry, names: Names) -> Iterator[str]:
    s = entry.shown
    gone = f" (counts no more: {s.gone})" if s.gone else ""
    yield from _wrapped(
        f"{MARKS.get(s.status, '·')} {s.where} {_quoted(s.words)} [{s.ref.id[:SHORT]}]{gone}", "      ", "        "
    )
    told = [str(entry.role), str(entry.bearing), s.modality, " > ".join(s.said_by)]
    yield from _wrapped("; ".join(t for t in told if t), "        ")
    if entry.put:
        yield from _wrapped(f"put here by {_who(entry.put, names)}: {entry.put.reason}", "        ")
    else:
        yield from _wrapped(f"proposed by rule {entry.rule}, put here by nobody", "        ")
    for words in (*([entry.note] if entry.note else []), *(f"art. 69(7): {f}" for f in s.flags),
                  *([s.retracted] if s.retracted else [])):  # fmt: skip
        yield from _wrapped(f"! {words}" if words != entry.note else f"note: {words}", "        ")


def _drawn(drawn: Drawn, names: Names) -> Iterator[str]:
    f = drawn.finding
    kind = "inferred" if f.slot else f"found for every cell of {f.key}"
    yield from _wrapped(f"◆ {kind} by {_who(f, names)}, signed: {f.says} [{f.decision[:SHORT]}]", "      ", "        ")
    basis = ", ".join(f"{s.where or s.ref.kind} [{s.ref.id[:SHORT]}]" for s in drawn.basis)
    yield from _wrapped(f"resting on {basis}: {f.reason}", "        ")
    for why in drawn.broken:
        yield from _wrapped(f"! no longer stands: {why}", "        ")


def gap_lines(gaps: Iterable[Gap]) -> Iterator[str]:
    """Gaps in lines, by hypothesis and element."""
    before = ""
    for gap in gaps:
        head = f"{gap.hypothesis[:SHORT]}  {gap.name}: {gap.crime} ({gap.mode})"
        if head != before:
            yield from _wrapped(head, "")
            before = head
        yield from _wrapped(f"{gap.slot.called}  {gap.kind}: {gap.words}", "  ", "      ")
        if gap.fill:
            yield from _wrapped(f"would help ({', '.join(gap.needs)}): {gap.fill}", "      ")
        for task in gap.tasks:
            yield from _wrapped(tasked(task), "      ")


def _who(act: Act, names: Names) -> str:
    return f"{names.get(act.by, act.by)}, {act.at[:10]}"


def _quoted(words: str) -> str:
    return f"“{' '.join(words.split())}”"


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _wrapped(words: str, indent: str, further: str | None = None) -> list[str]:
    below = indent if further is None else further
    return textwrap.wrap(safe(words), WIDTH, initial_indent=indent, subsequent_indent=below, break_on_hyphens=False)
