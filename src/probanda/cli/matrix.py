"""The case matrix: list, show, open, close, put, take, infer, find, assess, searched, task, seen, gaps, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from probanda.cli.reports import say_withheld
from probanda.cli.shared import (
    About,
    AsJson,
    From,
    IncludeRestricted,
    Only,
    Reason,
    To,
    WithNames,
    narrowing,
    opened,
    sharing,
)
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import ProbandaError

if TYPE_CHECKING:
    from probanda.casework.case import Case

T = TypeVar("T")
SHORT = 12
"""Letters of an id shown to a person."""

app = typer.Typer(
    invoke_without_command=True,
    help="The case matrix: what the machine suggests, and the hypotheses that persons open and work on.",
    epilog="Example: probanda -C marsafa matrix",
)
tasks = typer.Typer(no_args_is_help=True, help="What would fill a gap, as tasks: add, assign, log, close, list.")
app.add_typer(tasks, name="task")

Name = Annotated[str, typer.Argument(metavar="HYPOTHESIS", help="Its id or the first letters.")]
ElementNo = Annotated[str, typer.Argument(metavar="ELEMENT", help="1, 2 ... of the crime; m1, m2 ... of the mode.")]
What = Annotated[str, typer.Argument(metavar="ID", help="Id of a claim or finding, or its first letters.")]
SideArg = Annotated[str, typer.Argument(metavar="SIDE", help="for or against.")]
SideOption = Annotated[str, typer.Option("--side", help="for or against.")]
Basis = Annotated[
    list[str] | None,
    typer.Option(
        "--basis", metavar="ID", help="What it rests on: a claim, a finding, or incident:ID; repeat for more."
    ),
]
SaysText = Annotated[str, typer.Option("--says", metavar="TEXT", help="The conclusion, in a sentence.")]
Standard = Annotated[
    str | None, typer.Option("--standard", metavar="TEXT", help="The standard of proof it was made against.")
]
TaskId = Annotated[str, typer.Argument(metavar="TASK", help="Its id or the first letters.")]


@app.callback()
def matrix(
    context: typer.Context,
    about: About = None,
    date_from: From = None,
    date_to: To = None,
    only: Only = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    paper: Annotated[bool, typer.Option("--paper", help="The suggestions whole, as a working paper.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the opened hypotheses, then what the machine suggests; with --paper, or narrowed, print suggestions whole.

    A suggestion is a question for examination: only a person opens a hypothesis. Nothing here is for filing.
    """
    if context.invoked_subcommand is not None:
        return
    if not (paper or as_json or about or date_from or date_to or only or include_restricted):
        _list(context)
        return
    from probanda.reports.text import matrix_text
    from probanda.store.codec import plain

    narrowed, shared = narrowing(about, date_from, date_to, only), sharing(include_restricted, with_names)
    with opened(context, writing=True) as case:
        case.matrix()
        seen = case.casefile(narrowed, shared, output="matrix")
    say_withheld(seen.withheld)
    if as_json:
        tell_rows(plain(s) for s in seen.suggestions)
        return
    tell(matrix_text(seen))


def _list(context: typer.Context) -> None:
    from probanda.casework import matrix_charts
    from probanda.reports import hypothesis_text

    with opened(context, writing=True) as case:
        suggestions = _current(case)
        charts = matrix_charts.charts(case.store, case.eyes)
    held = {c.machine.id for c in charts if c.machine and not c.decided.closing}
    if charts:
        tell("Hypotheses that persons opened:")
    else:
        say("Nobody has opened a hypothesis yet: `probanda matrix open ID --reason TEXT` opens one from a suggestion.")
    for chart in charts:
        tell(hypothesis_text.listed(chart))
    if not suggestions:
        say("No claim points to a crime in the law pack, so nothing is suggested: `probanda law list` has the crimes.")
        return
    tell("Suggested by rules, opened by nobody (questions for examination; who is named is presumed innocent):")
    for one in suggestions:
        if one.id not in held:
            tell(hypothesis_text.suggested(one))


def _current(case: Case) -> Any:
    """Work out what the matrix is laid out from, where it is not current."""
    case.incidents()
    return case.matrix()


@app.command(epilog="Example: probanda matrix show 3f2a9c11")
def show(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show one hypothesis, or one suggestion: every element with both columns, who put what there, and what is open."""
    from probanda.casework import matrix_charts, matrix_forms
    from probanda.kernel.errors import NotFound
    from probanda.reports import hypothesis_text
    from probanda.store.codec import plain

    with opened(context, writing=True) as case:
        suggestions = _current(case)
        names = case.store.users()
        try:
            chart = matrix_charts.one(case.store, case.eyes, name)
        except NotFound:
            fits = [s for s in suggestions if len(name) >= 6 and s.id.startswith(name)]
            if len(fits) != 1:
                raise
            if as_json:
                tell_rows([plain(fits[0])])
                return
            tell("\n".join(hypothesis_text.suggestion(fits[0], matrix_charts.quotes(case.store, case.eyes, fits[0]))))
            say(f"Opened by nobody. To open it: `probanda matrix open {fits[0].id[:SHORT]} --reason TEXT`.")
            return
    if as_json:
        tell_rows([matrix_forms.chart_row(chart, names)])
        return
    tell("\n".join(hypothesis_text.shown(chart, names)))


@app.command("open", epilog="Example: probanda matrix open 8906ee3eb9e4 --reason 'the order in the video'")
def open_(
    context: typer.Context,
    suggestion: Annotated[
        str | None, typer.Argument(metavar="[SUGGESTION]", help="Id of a suggestion, or its first letters.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Person of interest, where none is suggested.")
    ] = None,
    crime: Annotated[str | None, typer.Option(metavar="ID", help="The crime, such as 8(2)(e)(x).")] = None,
    mode: Annotated[str | None, typer.Option(metavar="ID", help="The mode of liability, such as 28(a).")] = None,
    incident: Annotated[
        list[str] | None, typer.Option(metavar="INCIDENT", help="An incident it is about; repeat for more.")
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Open a hypothesis for examination, from a suggestion or of one's own. It keeps the elements as they read now."""
    from probanda.casework import hypothesizing

    with opened(context, writing=True) as case:
        _current(case)
        id_ = hypothesizing.open_(
            case.store, case.eyes, reason, suggestion=suggestion, person=person, crime=crime, mode=mode,
            incidents=tuple(incident or ()),
        )  # fmt: skip
    if as_json:
        tell_rows([{"hypothesis": id_}])
        return
    tell(f"Opened {id_[:SHORT]} for examination. See it: `probanda matrix show {id_[:SHORT]}`.")


@app.command(epilog="Example: probanda matrix close 3f2a9c11 --on 9b1c44e0 --reason 'he was in hospital that day'")
def close(
    context: typer.Context,
    name: Name,
    on: Annotated[
        list[str] | None, typer.Option("--on", metavar="ID", help="A claim or finding it rests on; repeat for more.")
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Close a hypothesis, with the reason and what it rests on. It stays to be seen; `undo` opens it again."""
    from probanda.casework import hypothesizing

    decision = _done(context, lambda c: hypothesizing.close(c.store, c.eyes, name, reason, tuple(on or ())))
    _tell(decision, f"Closed {name}.", as_json)


@app.command(epilog="Example: probanda matrix put 3f2a9c11 m1 against 9b1c44e0 --reason 'names another commander'")
def put(
    context: typer.Context,
    name: Name,
    element: ElementNo,
    side: SideArg,
    what: What,
    incident: Annotated[bool, typer.Option("--incident", help="It is the id of an incident.")] = False,
    role: Annotated[str | None, typer.Option(help="crime-base, linkage or contextual.")] = None,
    bearing: Annotated[str | None, typer.Option(help="direct or circumstantial.")] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="What to bear in mind of it here.")] = "",
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Put a claim, an incident or a finding into a cell, for or against."""
    from probanda.casework import hypothesizing

    decision = _done(
        context,
        lambda c: hypothesizing.put(
            c.store, c.eyes, name, element, side, what, reason, incident=incident, role=role, bearing=bearing, note=note
        ),
    )
    _tell(decision, f"Put {what} into element {element}, {side}.", as_json)


@app.command(epilog="Example: probanda matrix take 3f2a9c11 1 9b1c44e0 --reason 'tells of another raid'")
def take(
    context: typer.Context,
    name: Name,
    element: ElementNo,
    what: What,
    side: Annotated[str | None, typer.Option("--side", help="for or against, where it stands on both.")] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Take something out of a cell, whoever put it there or whichever rule proposed it; it stays to be seen as such."""
    from probanda.casework import hypothesizing

    decision = _done(context, lambda c: hypothesizing.take(c.store, c.eyes, name, element, what, reason, side))
    _tell(decision, f"Took {what} out of element {element}.", as_json)


@app.command(
    epilog="Example: probanda matrix infer 3f2a9c11 m2 --says 'he meant it' --basis 9b1c44e0 --reason 'his words'"
)
def infer(
    context: typer.Context,
    name: Name,
    element: ElementNo,
    says: SaysText,
    basis: Basis = None,
    side: SideOption = "for",
    standard: Standard = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Draw a conclusion on an element from a basis: a signed finding of its own, which falls with any of its basis."""
    from probanda.casework import hypothesizing

    decision = _done(
        context,
        lambda c: hypothesizing.infer(
            c.store, c.eyes, name, element, says, tuple(basis or ()), reason, side=side, standard=standard
        ),
    )
    _tell(decision, f"Concluded on element {element}.", as_json)


@app.command(
    epilog="Example: probanda matrix find niac-link --says 'an armed conflict' --basis 9b1c44e0 --reason 'reports'"
)
def find(
    context: typer.Context,
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="Of an element that several crimes share; `show` names it.")
    ],
    says: SaysText,
    basis: Basis = None,
    side: SideOption = "for",
    standard: Standard = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Find something on an element that many crimes share, such as the armed conflict: signed, shown in each cell."""
    from probanda.casework import hypothesizing

    decision = _done(
        context,
        lambda c: hypothesizing.find(
            c.store, c.eyes, key, says, tuple(basis or ()), reason, side=side, standard=standard
        ),
    )
    _tell(decision, f"Found on {key}; it is shown in every cell of that element.", as_json)


@app.command(epilog="Example: probanda matrix assess 3f2a9c11 1 met --stage 1 --reason 'two accounts at first hand'")
def assess(
    context: typer.Context,
    name: Name,
    element: ElementNo,
    says: Annotated[str, typer.Argument(metavar="ANSWER", help="met, not-met or cannot-be-said.")],
    stage: Annotated[str, typer.Option(metavar="STAGE", help="Its number or name: `law list` has the stages.")],
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Assess one element against the standard of a stage: a signed act of one person, which the program never makes."""
    from probanda.casework import hypothesizing

    decision = _done(context, lambda c: hypothesizing.assess(c.store, c.eyes, name, element, says, stage, reason))
    _tell(decision, f"Element {element} is assessed: {says}.", as_json)


@app.command(epilog="Example: probanda matrix searched 3f2a9c11 1 against --where 'court files' --when 2031-09-01")
def searched(
    context: typer.Context,
    name: Name,
    element: ElementNo,
    side: SideArg,
    where: Annotated[str, typer.Option(metavar="TEXT", help="Where it was looked for.")] = "",
    when: Annotated[str, typer.Option(metavar="DATE", help="When.")] = "",
    found: Annotated[str, typer.Option(metavar="TEXT", help="What came of it; left out: nothing.")] = "",
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Who looked, where it was not you.")] = None,
    inquiry: Annotated[
        str | None, typer.Option(metavar="ID", help="The inquiry in which it was looked; it tells where and when.")
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Record that somebody looked for one side of an element: who, where, when, and what came of it."""
    from probanda.casework import hypothesizing, inquiring

    def record(case: Case) -> str:
        named = None if inquiry is None else inquiring.one(case.store, case.eyes, inquiry)
        if named is not None and not named.looks and not (where and when):
            raise ProbandaError(
                "Nobody has looked in that inquiry yet.", f"`probanda inquiry looked {inquiry} --where PLACE` first."
            )
        return hypothesizing.searched(
            case.store, case.eyes, name, element, side, where, when, found=found, who=who,
            inquiry=named.id if named else None, reason=reason,
        )  # fmt: skip

    decision = _done(context, record)
    _tell(decision, f"Recorded who looked for what is {side} element {element}.", as_json)


@app.command(epilog="Example: probanda matrix seen 3f2a9c11 1")
def seen(
    context: typer.Context,
    name: Name,
    element: Annotated[str | None, typer.Argument(metavar="[ELEMENT]", help="One element; all if left out.")] = None,
    reason: Reason = "",
) -> None:
    """Say that the marks of a cell were seen: a newer pack, a retraction, a changed identity. Nothing else changes."""
    from probanda.casework import hypothesizing

    many = _done(context, lambda c: hypothesizing.seen(c.store, c.eyes, name, element, reason))
    tell(f"{many} mark(s) seen." if many else "There was no mark to see.")


@app.command(epilog="Example: probanda matrix gaps --json")
def gaps(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[HYPOTHESIS]", help="One; all that are open if left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What is missing, thin, one-sided, hearsay, contradicted or unverified in hypotheses; what would fill it."""
    from probanda.casework import matrix_charts
    from probanda.matrix.gaps import gaps as lacking
    from probanda.reports import hypothesis_text
    from probanda.store.codec import plain

    with opened(context, writing=True) as case:
        _current(case)
        store, eyes = case.store, case.eyes
        charts = [matrix_charts.one(store, eyes, name)] if name else matrix_charts.charts(store, eyes)
    found = lacking(charts)
    if as_json:
        tell_rows(plain(g) for g in found)
        return
    if not charts:
        say("Gaps are those of opened hypotheses, and there is none: `probanda matrix open ID --reason TEXT`.")
    elif not found:
        say("No gap is named. That is no assessment: `probanda matrix show ID` says what nobody has assessed.")
    for line in hypothesis_text.gap_lines(found):
        tell(line)


@app.command(epilog="Example: probanda matrix export 3f2a9c11 --format html --out matrix.html")
def export(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[HYPOTHESIS]", help="One; all if left out.")] = None,
    form: Annotated[str, typer.Option("--format", help="html, xlsx or json.")] = "json",
    out: Annotated[Path | None, typer.Option(help="The file to write; JSON goes to standard output without.")] = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    lang: Annotated[str, typer.Option(help="Language of the system's words (HTML).")] = "en",
) -> None:
    """Write opened hypotheses as a page, a workbook (cells cannot be formulas) or JSON. Suggestions are left out."""
    from probanda.casework import matrix_forms

    shared = sharing(include_restricted, with_names)
    with opened(context, writing=True) as case:
        _current(case)
        view, rows = matrix_forms.written(case, form, out, name, shared, lang)
    say_withheld(view.withheld)
    if rows is not None:
        tell_rows(rows)
    else:
        tell(str(out))


# --- tasks ----------------------------------------------------------------------------------------


@tasks.command(epilog="Example: probanda matrix task add 3f2a9c11 m2 --needs witness --what 'a clerk of the staff'")
def add(
    context: typer.Context,
    name: Name,
    element: ElementNo,
    needs: Annotated[str, typer.Option(help="witness, document, image, expert or other.")],
    what: Annotated[str, typer.Option(metavar="TEXT", help="What would fill the gap.")],
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who does it.")] = "",
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Add a task: what would fill a gap of this element."""
    from probanda.casework import tasking

    id_ = _done(
        context,
        lambda c: tasking.add(c.store, c.eyes, name, element, needs, what, assigned=to, reason=reason),
    )
    if as_json:
        tell_rows([{"task": id_}])
        return
    tell(f"Task {id_[:SHORT]} added to element {element}.")


@tasks.command(epilog="Example: probanda matrix task assign 77ab03de --to 'M. Ode'")
def assign(
    context: typer.Context,
    task: TaskId,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who does it.")],
    reason: Reason = "",
) -> None:
    """Say who does a task."""
    from probanda.casework import tasking

    done = _done(context, lambda c: tasking.assign(c.store, c.eyes, task, to, reason))
    tell(f"Task {done.id[:SHORT]}: {done.assigned} does it.")


@tasks.command(epilog="Example: probanda matrix task log 77ab03de --words 'wrote to the archive'")
def log(
    context: typer.Context,
    task: TaskId,
    words: Annotated[str, typer.Option(metavar="TEXT", help="What was done.")],
) -> None:
    """Add a line to a task about what was done."""
    from probanda.casework import tasking

    done = _done(context, lambda c: tasking.log(c.store, c.eyes, task, words))
    tell(f"Task {done.id[:SHORT]} has {len(done.lines)} line(s).")


@tasks.command("close", epilog="Example: probanda matrix task close 77ab03de --outcome 'the roster is in MAR-0031'")
def close_task(
    context: typer.Context,
    task: TaskId,
    outcome: Annotated[str, typer.Option(metavar="TEXT", help="What came of it.")],
    reason: Reason = "",
) -> None:
    """Close a task with what came of it; `undo` opens it again."""
    from probanda.casework import tasking

    done = _done(context, lambda c: tasking.close(c.store, c.eyes, task, outcome, reason))
    tell(f"Task {done.id[:SHORT]} is closed.")


@tasks.command("list", epilog="Example: probanda matrix task list")
def list_tasks(context: typer.Context, as_json: AsJson = False) -> None:
    """List the tasks of all hypotheses with who does them, and what was done."""
    from probanda.casework import matrix_decided
    from probanda.reports import hypothesis_text
    from probanda.store.codec import plain

    with opened(context, writing=False) as case:
        every = matrix_decided.decided(case.store, case.eyes)
        names = case.store.users()
    found = [(d.hypothesis, t) for d in every for t in d.tasks]
    if as_json:
        tell_rows({"hypothesis": h.id, **plain(t)} for h, t in found)
        return
    if not found:
        say("There is no task. `probanda matrix gaps` says what is missing, `matrix task add` makes a task of it.")
    for h, task in found:
        tell(f"{h.id[:SHORT]} {task.slot.called}  {hypothesis_text.tasked(task)}")
        for line in task.lines:
            tell(f"    {line.at[:10]} {names.get(line.by, line.by)}: {line.words}")


# --- small pieces ---------------------------------------------------------------------------------


def _done(context: typer.Context, act: Callable[[Case], T]) -> T:
    with opened(context, writing=True) as case:
        return act(case)


def _tell(decision: str, words: str, as_json: bool) -> None:
    if as_json:
        tell_rows([{"decision": decision}])
    else:
        tell(f"{words} Decision {decision[:SHORT]}.")
