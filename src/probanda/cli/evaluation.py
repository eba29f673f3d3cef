"""Measuring: eval, on texts in which people have found the claims before."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson
from probanda.cli.talk import progress_bars, say, tell, tell_rows
from probanda.kernel.errors import ProbandaError, WrongUsage

if TYPE_CHECKING:
    from probanda.casework.evaluate import Evaluation, Group
    from probanda.claims.grouping import Grouping
    from probanda.claims.scoring import Score, Statement

HEAD = f"{'':<20}{'precision':>10}{'recall':>8}{'F1':>8}{'right of proposed':>20}{'right of expected':>20}"


class Split(StrEnum):
    """The parts of a gold that has a split.json."""

    DEVELOPMENT = "development"
    SCORED = "scored"


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("eval", epilog="Example: probanda eval our-gold --errors 20")(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A folder with docs/ and gold/; see docs/measuring.md.")],
    split: Annotated[Split | None, typer.Option(help="Only the texts that split.json lists under this name.")] = None,
    errors: Annotated[
        int, typer.Option(min=0, max=10_000, metavar="N", help="Name so many missed and unfounded claims, each.")
    ] = 0,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the figures as JSON there too.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the readers on your own gold: precision, recall and F1, field by field. No case folder is touched.

    Readers and languages are shown apart. Ends with 1 where the gold is broken: the fault and its line are named.
    """
    from probanda.casework.evaluate import evaluate as measure
    from probanda.casework.evaluate import group_row, grouping_row

    if out is not None and not out.resolve().parent.is_dir():
        raise WrongUsage(f"There is no folder for {out}.", "Make it, or name another place with --out.")
    with progress_bars() as progress:
        found = measure(gold, split.value if split else None, progress)
    rows = [group_row(group, errors) for group in found.groups]
    together = [grouping_row(g) for g in found.groupings]
    if as_json:
        tell_rows([*rows, *together])
    else:
        for group in found.groups:
            tell(shown(group, errors))
        if found.groupings:
            tell(together_shown(found.groupings))
    _say_aside(found)
    if out is not None:
        _write(out, {"gold": str(gold), "split": split.value if split else None, "groups": rows, "groupings": together})


def _say_aside(found: Evaluation) -> None:
    if found.unlisted:
        said = "claim is" if found.unlisted == 1 else "claims are"
        say(f"{found.unlisted} {said} on texts that annotated_docs.json does not list, and left aside.")


def shown(group: Group, errors: int = 0) -> str:
    """One group as lines: a table of its fields, and what stands beside them."""
    language = f"texts in {group.language}" if group.language else "texts whose language could not be told"
    many = f"{group.texts} {'text' if group.texts == 1 else 'texts'}"
    claims = f"{group.expected} {'claim' if group.expected == 1 else 'claims'} found by people"
    if group.score is None:
        return f"No reader, {language}: {many}, {claims}; not looked for: {group.why}.\n"
    part = f" ({group.score.in_part} annotated in part)" if group.score.in_part else ""
    lines = [f"{group.reader}, {language}: {many}{part}, {claims}", *_table(group.score), ""]
    return "\n".join([*lines, *_beside(group, group.score), *_named(group.score, errors), ""])


def together_shown(groupings: Iterable[Grouping]) -> str:
    """What was put together in all texts, as lines."""
    lines = [f"{'put together, in all texts':<42}{'precision':>10}{'recall':>8}{'F1':>8}{'expected':>10}"]
    for one in groupings:
        precision, f1 = ("" if value is None else f"{value:.3f}" for value in (one.precision, one.f1))
        lines.append(f"{one.kind:<42}{precision:>10}{one.recall:>8.3f}{f1:>8}{one.expected:>10}")
    return "\n".join([*lines, ""])


def _table(found: Score) -> list[str]:
    rows = [HEAD]
    for f in found.figures:
        proposed, expected = f"{f.right_in_whole} of {f.proposed}", f"{f.right} of {f.expected}"
        figures = f"{f.precision:>10.3f}{f.recall:>8.3f}{f.f1:>8.3f}"
        rows.append(f"{f.field:<20}{figures}{proposed:>20}{expected:>20}")
    return rows


def _beside(group: Group, found: Score) -> list[str]:
    lines = [
        f"dates that can be told from the text itself: {found.resolved} of {found.resolvable} found",
        f"words that are no claim, taken for one: {len(found.taken)} of {found.no_claims}",
        f"claims proposed in texts that have none: {found.in_empty}",
        f"quotes that are not exactly the words at their offsets: {group.inexact}",
    ]
    if found.in_part:
        lines.append(f"claims proposed in texts annotated in part, outside precision: {found.outside}")
    return lines


def _named(found: Score, errors: int) -> list[str]:
    if not errors:
        return []
    shown = [("missed", one) for one in found.missed[:errors]]
    shown += [("unfounded", one) for one in found.unfounded[:errors]]
    taken = [f"taken      {n.doc} {n.start}-{n.end}  {_short(n.quote)}  ({n.why})" for n in found.taken[:errors]]
    return ["", *(_line(kind, one) for kind, one in shown), *taken]


def _line(kind: str, one: Statement) -> str:
    return f"{kind:<10} {one.doc} {one.start}-{one.end}  {one.act_type}, {one.modality}  {_short(one.quote)}"


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return f"“{one_line[:100]}{' ...' if len(one_line) > 100 else ''}”"


def _write(out: Path, document: dict[str, Any]) -> None:
    import json

    try:
        out.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        said = f"{out} could not be written: {error.strerror}."
        raise ProbandaError(said, "Name another place with --out, or free space.") from error
