"""Commands by which persons assess: show, list, source, information, close, verified, refuted, independent, retract,
resting, breach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from probanda.casework.retracting import Rests
    from probanda.incidents.assessment import Finds, Scale, Sheet

app = typer.Typer(
    no_args_is_help=True,
    help="What persons find: grades of source and information, verification sheets, findings, retractions.",
)
SHORT = 12
"""Letters of an id shown to a person."""

About = Annotated[str, typer.Argument(metavar="ITEM|CLAIM", help="Number of an item, or id of a claim.")]
OfIncident = Annotated[bool, typer.Option("--incident", help="It is the id of an incident.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="What it rests on; kept with it for ever.")]
Standard = Annotated[
    str | None, typer.Option("--standard", metavar="TEXT", help="The standard of proof it was made against.")
]


@app.command(epilog="Example: probanda assess show MAR-0003")
def show(context: typer.Context, about: About, incident: OfIncident = False, as_json: AsJson = False) -> None:
    """The sheet of an item, claim or incident: its parts with what to look at, grades, findings, and by whom."""
    from probanda.casework import assessing

    with opened(context, writing=False) as case:
        subject = assessing.subject(case.store, case.eyes, about, incident=incident)
        found, users = assessing.sheet(case.store, case.eyes, subject), case.store.users()
    if as_json:
        tell_rows([_row(found, users) | {"on": subject.on}])
        return
    _tell(subject.called, found, users)


@app.command("list", epilog="Example: probanda assess list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """Everything that was assessed, with where its verification stands, and what was taken back by its source."""
    from probanda.casework import assessing, retracting

    with opened(context, writing=False) as case:
        users = case.store.users()
        rows = [
            _row(one, users) | {"on": on}
            for on in (assessing.ITEM, assessing.CLAIM, assessing.INCIDENT)
            for one in assessing.sheets(case.store, case.eyes, on).values()
        ]
        back = retracting.retractions(case.store, case.eyes)
        numbers = {row.digest: row.number for row in case.store.items(case.eyes)}
    if as_json:
        tell_rows([*rows, *(_back(one, users) for one in back)])
        return
    if not rows and not back:
        say("Nothing was assessed yet. `probanda assess show ITEM` says what to look at; every item is not verified.")
    for row in rows:
        given = ", ".join(f"{g['scale']} {g['grade']}" for g in row["grades"])
        called = numbers.get(row["subject"], row["subject"][:SHORT])
        tell(f"{row['on']:<9} {called:<13} {row['state']}" + (f"; {given}" if given else ""))
    for one in back:
        tell(f"{one.what:<9} {numbers.get(one.subject, one.subject[:SHORT]):<13} {_by(one.who, one.when)}{one.reason}")


@app.command(epilog="Example: probanda assess source MAR-0003 B --reason 'right on three earlier occasions'")
def source(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Registration number, digest or file name.")],
    grade: Annotated[str, typer.Argument(metavar="GRADE", help="A to F of the Admiralty code; F: cannot be judged.")],
    reason: Why = "",
    as_json: AsJson = False,
) -> None:
    """Grade the source that an item came from, apart from what the item says."""
    from probanda.incidents.assessment import Scale

    _grade(context, item, Scale.SOURCE, grade, reason, as_json)


@app.command(epilog="Example: probanda assess information 3f2a91 3 --reason 'fits the damage seen in MAR-0012'")
def information(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim.")],
    grade: Annotated[str, typer.Argument(metavar="GRADE", help="1 to 6 of the Admiralty code; 6: cannot be judged.")],
    reason: Why = "",
    as_json: AsJson = False,
) -> None:
    """Grade what a claim says, apart from its source. 1 needs an account that a person found independent."""
    from probanda.incidents.assessment import Scale

    _grade(context, claim, Scale.INFORMATION, grade, reason, as_json)


def _grade(context: typer.Context, about: str, scale: Scale, grade: str, reason: str, as_json: bool) -> None:
    from probanda.casework import assessing

    with opened(context, writing=True) as case:
        subject = assessing.subject(case.store, case.eyes, about)
        decision = assessing.grade(case.store, case.eyes, subject, scale, grade, reason)
    _done(decision, f"{subject.called} is graded {grade.upper()} as {scale}.", as_json)


@app.command(epilog="Example: probanda assess close MAR-0003 source --found 'she was there' --reason 'her statement'")
def close(
    context: typer.Context,
    about: About,
    part: Annotated[str, typer.Argument(metavar="PART", help="source, content or technical.")],
    found: Annotated[str, typer.Option("--found", metavar="TEXT", help="What was found.")],
    reason: Why = "",
    incident: OfIncident = False,
    as_json: AsJson = False,
) -> None:
    """Close one part of a verification sheet with what was found; `undo` opens it again."""
    from probanda.casework import assessing
    from probanda.incidents.assessment import Part
    from probanda.kernel.errors import WrongUsage

    if part not in set(Part):
        raise WrongUsage(f"A sheet has no part {part!r}.", f"Its parts: {', '.join(Part)}.")
    with opened(context, writing=True) as case:
        subject = assessing.subject(case.store, case.eyes, about, incident=incident)
        decision = assessing.close(case.store, case.eyes, subject, Part(part), found, reason)
    _done(decision, f"The {part} part of {subject.called} is closed.", as_json)


def _finding(finds: str, example: str) -> None:
    """The command by which an item, claim or incident is found to be so; the name of the command is what is found."""

    words = f"Find it {finds}: signed, when all parts are closed. It counts when a second person finds the same."

    @app.command(finds, epilog=f"Example: {example}", help=words)
    def find(
        context: typer.Context, about: About, reason: Why = "", standard: Standard = None,
        incident: OfIncident = False, as_json: AsJson = False,
    ) -> None:  # fmt: skip
        from probanda.incidents.assessment import Finds

        _find(context, about, Finds(finds), reason, standard, incident, as_json)


_finding("verified", "probanda --as 'M. Ode' assess verified MAR-0003 --reason 'all three parts, and the site'")
_finding("refuted", "probanda assess refuted MAR-0003 --reason 'the same picture was published in 2029'")


@app.command(epilog="Example: probanda assess independent 3f2a91 77be02 --reason 'two witnesses who never met'")
def independent(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim.")],
    other: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim of another origin.")],
    reason: Why = "",
    standard: Standard = None,
    as_json: AsJson = False,
) -> None:
    """Find two accounts independent of each other: signed. Nothing else in the system ever says so."""
    from probanda.incidents.assessment import Finds

    _find(context, claim, Finds.INDEPENDENT, reason, standard, False, as_json, other)


def _find(
    context: typer.Context, about: str, finds: Finds, reason: str, standard: str | None, incident: bool, as_json: bool,
    other: str | None = None,
) -> None:  # fmt: skip
    from probanda.casework import assessing
    from probanda.incidents.assessment import state_words

    with opened(context, writing=True) as case:
        subject = assessing.subject(case.store, case.eyes, about, incident=incident)
        decision = assessing.find(
            case.store, case.eyes, subject, finds, reason, other=other, standard=standard
        )  # fmt: skip
        now = state_words(assessing.sheet(case.store, case.eyes, subject), case.store.users())
    words = (
        f"{subject.called} and {other} are found independent of each other." if other else f"{subject.called}: {now}."
    )
    _done(decision, words, as_json)


@app.command(epilog="Example: probanda assess retract MAR-0003 --by 'Tamrit Post' --when 2031-07-02 --reason 'p. 2'")
def retract(
    context: typer.Context,
    about: About,
    reason: Why = "",
    who: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who took it back.")] = None,
    when: Annotated[str | None, typer.Option(metavar="DATE", help="When it was taken back.")] = None,
    notice: Annotated[str | None, typer.Option(metavar="ITEM", help="The item that says so, if it is held.")] = None,
    corrected: Annotated[bool, typer.Option("--corrected", help="It was corrected rather than taken back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Record that a source took back or corrected its words, and list everything that stands on them.

    Nothing is removed: claims, incidents and reports bear the mark from now on. `undo` takes the mark away.
    """
    from probanda.casework import assessing, retracting

    with opened(context, writing=True) as case:
        subject = assessing.subject(case.store, case.eyes, about)
        what = retracting.CORRECTED if corrected else retracting.RETRACTED
        decision = retracting.retract(
            case.store, case.eyes, subject, what, reason, who=who, when=when, notice=notice
        )  # fmt: skip
        rests = retracting.resting_on(case.store, case.eyes, subject)
    if as_json:
        tell_rows([{"decision": decision, "rests": [_rest(one) for one in rests]}])
        return
    tell(f"{subject.called} is marked as {what}. Decision {decision[:SHORT]}.")
    _tell_rests(rests)


@app.command(epilog="Example: probanda assess resting MAR-0003")
def resting(context: typer.Context, about: About, as_json: AsJson = False) -> None:
    """List what stands on an item or claim: claims, echoes, incidents, hypotheses, findings. Changes nothing."""
    from probanda.casework import assessing, retracting

    with opened(context, writing=False) as case:
        subject = assessing.subject(case.store, case.eyes, about)
        rests = retracting.resting_on(case.store, case.eyes, subject)
    if as_json:
        tell_rows(_rest(one) for one in rests)
        return
    _tell_rests(rests)


@app.command(epilog="Example: probanda assess breach MAR-0003 --note 'taken without a warrant' --reason 'his letter'")
def breach(
    context: typer.Context,
    about: About,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What is said of how it was gained.")],
    reason: Why = "",
    as_json: AsJson = False,
) -> None:
    """Note that it is said to have been gained by a breach of rights (art. 69(7)): shown in each cell it stands in.

    The note decides nothing on whether it can be admitted. `undo` takes it away.
    """
    from probanda.casework import assessing, hypothesizing

    with opened(context, writing=True) as case:
        subject = assessing.subject(case.store, case.eyes, about)
        decision = hypothesizing.flag(case.store, case.eyes, subject, note, reason)
    _done(decision, f"{subject.called}: noted how it is said to have been gained.", as_json)


# --- how it is told -------------------------------------------------------------------------------


def _done(decision: str, words: str, as_json: bool) -> None:
    if as_json:
        tell_rows([{"decision": decision}])
    else:
        tell(f"{words} Decision {decision[:SHORT]}.")


def _by(who: str | None, when: str | None) -> str:
    told = " ".join(filter(None, [f"by {who}" if who else "", f"on {when}" if when else ""]))
    return f"{told}: " if told else ""


def _rest(one: Rests) -> dict[str, str]:
    return {"kind": one.kind, "id": one.id, "words": one.words, **({"why": one.why} if one.why else {})}


def _tell_rests(rests: Iterable[Rests]) -> None:
    from probanda.vault.finding import shown

    told = list(rests)
    if not told:
        say("Nothing stands on it.")
    for one in told:
        why = f" ({shown(one.why)})" if one.why else ""
        tell(f"{one.kind:<13} {one.id[:SHORT]}  {shown(one.words)}{why}")


def _row(sheet: Sheet, users: Mapping[str, str]) -> dict[str, Any]:
    from probanda.incidents.assessment import state_words

    def signed(one: Any) -> dict[str, Any]:
        return {"by": users.get(one.by, one.by), "at": one.at, "reason": one.reason, "decision": one.decision}

    return {
        "subject": sheet.subject,
        "state": state_words(sheet, users),
        "parts": {
            str(part): None if one is None else {"found": one.found, **signed(one)} for part, one in sheet.parts.items()
        },
        "grades": [{"scale": str(g.scale), "grade": g.grade, "words": g.words, **signed(g)} for g in sheet.grades],
        "findings": [
            {"finds": str(f.finds), "claims": [f.subject, f.other] if f.other else None, "standard": f.standard,
             **signed(f)} for f in sheet.findings
        ],
        "remarks": list(sheet.remarks),
    }  # fmt: skip


def _back(one: Any, users: Mapping[str, str]) -> dict[str, Any]:
    return {
        "on": one.on, "subject": one.subject, "state": one.what, "who": one.who, "when": one.when,
        "notice": one.notice, "by": users.get(one.by, one.by), "at": one.at, "reason": one.reason,
        "decision": one.decision,
    }  # fmt: skip


def _tell(called: str, sheet: Sheet, users: Mapping[str, str]) -> None:
    from probanda.incidents.assessment import QUESTIONS, state_words

    def whose(one: Any) -> str:
        return f"{users.get(one.by, one.by)}, {one.at}, decision {one.decision[:SHORT]}"

    tell(f"{called}: {state_words(sheet, users)}")
    for part, one in sheet.parts.items():
        if one is None:
            tell(f"  {part}: open. To look at:")
            for question in QUESTIONS[part]:
                tell(f"    - {question}")
        else:
            tell(f"  {part}: {one.found}")
            tell(f"    {one.reason} ({whose(one)})")
    for g in sheet.grades:
        tell(f"  {g.scale} graded {g.grade}, {g.words}: {g.reason} ({whose(g)})")
    for f in sheet.findings:
        with_ = f" (with claim {(f.other if f.other != sheet.subject else f.subject)[:SHORT]})" if f.other else ""
        tell(f"  found {f.finds}{with_}: {f.reason} ({whose(f)})" + (f"; standard: {f.standard}" if f.standard else ""))
    for words in sheet.remarks:
        tell(f"  ! {words}")
