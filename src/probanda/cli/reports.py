"""Commands that hand on: report and export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import About, AsJson, From, IncludeRestricted, Only, To, WithNames, narrowing, opened, sharing
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage

if TYPE_CHECKING:
    from probanda.casework.narrow import Narrowing
    from probanda.casework.view import Sharing
    from probanda.reports.casefile import CaseFile


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda -C marsafa report --out dossier.html --only checked")(report)
    app.command(epilog="Example: probanda -C marsafa export claims > claims.jsonl")(export)


def report(
    context: typer.Context,
    out: Annotated[
        list[Path] | None,
        typer.Option(help="The file to write: FILE.html, .pdf or .docx; may be repeated. dossier.html if left out."),
    ] = None,
    about: About = None,
    date_from: From = None,
    date_to: To = None,
    only: Only = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    to_leave: Annotated[
        bool,
        typer.Option("--to-leave", help="It is meant to leave the office: no suggestion that nobody opened is in it."),
    ] = False,
    lang: Annotated[str, typer.Option(help="Language of the system's words.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Write the working dossier as HTML, PDF or DOCX, every sentence with its note down to the words.

    Incidents and the matrix are worked out first where they are not current. Restricted items are left out
    unless a reason is given.
    """
    outs = out or [Path("dossier.html")]
    with opened(context, writing=True) as case:
        case.incidents()
        case.matrix()
        seen = case.report(
            *outs,
            narrowing=narrowing(about, date_from, date_to, only),
            sharing=sharing(include_restricted, with_names),
            lang=lang,
            to_leave=to_leave,
        )
    if to_leave and seen.unopened:
        say(f"{seen.unopened} suggestion(s) that nobody has opened left out (`probanda matrix` lists them).")
    say_withheld(seen.withheld)
    tell_written(outs, seen, as_json)


def export(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            help="claims, ties, mentions, actors, incidents, contradictions, origins or matrix; "
            "all goes with --parquet, --geojson and --graphml; "
            "sfm-2021 or sfm-2026 writes the Security Force Monitor's sheets (with --out)."
        ),
    ],
    about: About = None,
    date_from: From = None,
    date_to: To = None,
    only: Only = None,
    include_restricted: IncludeRestricted = None,
    with_names: WithNames = None,
    as_csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a CSV table instead; cells cannot be formulas.")
    ] = None,
    as_xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write a workbook instead; every cell is text.")
    ] = None,
    as_parquet: Annotated[
        Path | None,
        typer.Option("--parquet", metavar="DIR", help="Write a table for programs, or all, into a new folder."),
    ] = None,
    as_geojson: Annotated[
        Path | None, typer.Option("--geojson", metavar="DIR", help="Write incidents with the areas they lie in.")
    ] = None,
    as_graphml: Annotated[
        Path | None, typer.Option("--graphml", metavar="DIR", help="Write actors, ties and incidents as a graph.")
    ] = None,
    places: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --geojson: own list of places with positions, as CSV.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="For sfm-2021 and sfm-2026: a new folder to write the sheets in.")
    ] = None,
) -> None:
    """Print rows of one kind as JSON lines, or write them as tables; an export never computes.

    With --csv or --xlsx (or both) the names of the files written stand on standard output instead of the rows. With
    --parquet, --geojson or --graphml a folder is written, with a list of what the form has no place for.
    """
    shared = sharing(include_restricted, with_names)
    forms = {"parquet": as_parquet, "geojson": as_geojson, "graphml": as_graphml}
    if any(one is not None for one in forms.values()):
        if any(one is not None for one in (as_csv, as_xlsx, out)):
            raise WrongUsage("These are different forms of an export.", "Ask for --csv and --xlsx, or for the others.")
        _write_forms(context, kind, forms, narrowing(about, date_from, date_to, only), shared, places)
        return
    if places is not None:
        raise WrongUsage("--places goes with --geojson.", "Name a folder for it: --geojson DIR.")
    if kind.startswith("sfm-") or out is not None:
        _refuse_for_sheets(kind, out, about, date_from, date_to, only, as_csv, as_xlsx)
        _write_sheets(context, kind, out or Path(), shared)
        return
    with opened(context, writing=bool(include_restricted)) as case:
        view, rows = case.export_with_view(kind, narrowing(about, date_from, date_to, only), shared)
        if as_csv is None and as_xlsx is None:
            tell_rows(rows)
        else:
            _write_tables(kind, list(rows), as_csv, as_xlsx)
    say_withheld(view.withheld)


def _write_forms(
    context: typer.Context,
    kind: str,
    forms: Mapping[str, Path | None],
    narrowed: Narrowing,
    shared: Sharing,
    places: Path | None,
) -> None:
    """Write each form into its folder, and say what of it has no place there."""
    from probanda.casework import exchange
    from probanda.cli.exchange import say_given

    with opened(context, writing=bool(shared.include_restricted)) as case:
        done = [
            (out, exchange.export_as(case, form, kind, out, narrowed, shared, places))
            for form, out in forms.items()
            if out
        ]
    for out, one in done:
        say_given(out, one)
    say_withheld(done[0][1].withheld)


def _refuse_for_sheets(kind: str, out: Path | None, *others: object) -> None:
    from probanda.casework.force_sheets import KINDS

    if kind not in KINDS:
        raise WrongUsage(f"--out goes with {' or '.join(KINDS)}, not with {kind}.", "Use --csv or --xlsx, or neither.")
    if out is None:
        raise WrongUsage(f"{kind} is several files.", "Name a new folder for them: --out DIR.")
    if any(one is not None for one in others):
        raise WrongUsage(f"{kind} writes whole sheets.", "Leave out --about, --from, --to, --only, --csv and --xlsx.")


def _write_sheets(context: typer.Context, kind: str, out: Path, shared: Sharing) -> None:
    """Write sheets back, and say of each whether it is the same."""
    from probanda.casework.force_sheets import FROM_TEXTS, LIST

    with opened(context, writing=bool(shared.include_restricted)) as case:
        done = case.write_sheets(kind, out, sharing=shared)
    for one in done.sheets:
        many = len(one.returned.differences)
        told = "byte for byte as it came" if one.same else "differs"
        listed = f"; {many} in {LIST}" if many else ""
        tell(f"{out / one.file}  {one.number}  {told}{listed}")
        for difference in one.returned.differences:
            where = " ".join(filter(None, (difference.cell, difference.column))) or f"claim {difference.claim}"
            tell(f"  {where}: {difference.why}")
        if one.returned.formulas:
            count = len(one.returned.formulas)
            say(
                f"{one.file}: a spreadsheet program could take {count} cell{'s' if count != 1 else ''} for a formula, "
                f"written as they came ({LIST} names them). Import the file as text, do not open it."
            )
    for name, table in done.from_texts.tables if done.from_texts else ():
        tell(f"{out / FROM_TEXTS / name}  {len(table.rows)} rows from texts")
    for why, many in done.from_texts.left_out if done.from_texts else ():
        say(f"Left out: {many} of {why}.")
    tell(str(out / LIST))
    say_withheld(done.withheld)


def _write_tables(kind: str, rows: Sequence[dict[str, Any]], as_csv: Path | None, as_xlsx: Path | None) -> None:
    from probanda.casework.sheets import write_csv, write_xlsx

    for out, write in ((as_csv, write_csv), (as_xlsx, write_xlsx)):
        if out is not None:
            write(out, kind, rows)
            tell(str(out))


def tell_written(outs: Sequence[Path], seen: CaseFile, as_json: bool) -> None:
    """Where the dossier lies, and with --json what it holds."""
    if not as_json:
        for out in outs:
            tell(str(out))
        return
    counts = {"items": seen.items, "claims": seen.claims, "incidents": seen.incidents, "unread": seen.unread}
    facts = {"out": [str(out) for out in outs], "withheld": seen.withheld, "persons_named": seen.persons_named}
    tell_rows([facts | {name: len(rows) for name, rows in counts.items()}])


def say_withheld(count: int) -> None:
    """Say how many restricted items were left out; nothing where none was."""
    if count:
        say(f"{count} restricted item{'s' if count != 1 else ''} left out (--include-restricted REASON includes them).")
