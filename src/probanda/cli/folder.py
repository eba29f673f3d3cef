"""Commands on the case folder and its items: new, add, items, label."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Columns, Reason, TableOption, column_map, opened
from probanda.cli.talk import say, tell, tell_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probanda.casework import pairing
    from probanda.casework.case import Case
    from probanda.casework.take_in import TakenIn


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda new marsafa --situation 'Marsafa since 2031' --prefix MAR --as 'M. Ode'")(new)
    app.command(epilog="Example: probanda -C marsafa add reports/ --label internal")(add)
    app.command(epilog="Example: probanda -C marsafa items --json")(items)
    app.command(epilog="Example: probanda -C marsafa label MAR-0004 restricted --reason 'a witness speaks'")(label)


def new(
    path: Annotated[Path, typer.Argument(help="Where the case folder is to be; it must not hold anything else.")],
    situation: Annotated[str | None, typer.Option(help="The place and time under examination.")] = None,
    prefix: Annotated[str, typer.Option(help="Prefix of registration numbers, such as LBY.")] = "ITEM",
    name: Annotated[str | None, typer.Option("--as", help="Who you are, as decisions will name you.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a case folder: vault, record, log and settings.

    Ends with 0, or with 1 where the folder holds something else.
    """
    from probanda.casework.case import Case

    Case.new(path, situation=situation, prefix=prefix, name=name).close()
    if as_json:
        tell_rows([{"folder": str(path), "prefix": prefix}])
    say(f"Made the case folder {path}. Next: probanda -C {path} add FOLDER")


def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to take in.")],
    label: Annotated[str, typer.Option(help="public, internal or restricted.")] = "internal",
    table: TableOption = None,
    columns: Columns = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on taking in what arrives in these folders, until Ctrl-C.")
    ] = False,
    read_too: Annotated[
        bool, typer.Option("--read", help="Read what was taken in; with --watch after each batch.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Preserve files byte for byte under their SHA-256 and register them; the same bytes twice are one item.

    Ends with 0, also with duplicates; with 3 where some files could not be taken in or read (named).
    """
    from probanda.kernel.errors import WrongUsage
    from probanda.kernel.vocabulary import Label

    if watch and (table is not None or columns):
        raise WrongUsage(
            "--table speaks of files that are there, and --watch of files to come.", "Give one of the two."
        )
    if label not in {x.value for x in Label}:
        raise WrongUsage(f"{label} is no label.", "Labels are: public, internal, restricted.")
    with opened(context, writing=True) as case:
        told = _Told(as_json)
        if watch:
            _watch(case, paths, label, told, read_too)
            return
        for some in case.adding(paths, label=label, table=table, columns=column_map(columns)):
            told.of(some)
        if not told.many and not told.refused:
            say("No file was found there: the folder is empty. Name one that holds files.")
            raise typer.Exit(2)
        unread = told.many > 0 and read_too and _read(case)
    if told.failed or unread:
        raise typer.Exit(3)


class _Told:
    """What was taken in, told as it comes and counted: of a million files nothing is held but three numbers."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self.many = self.new = self.refused = 0
        self.failed = False

    def of(self, done: TakenIn) -> None:
        """Tell of these."""
        from dataclasses import asdict

        from probanda.vault.finding import shown

        for one in done.taken:
            state = "there already" if one.known else "same bytes, one more acquisition" if one.again else "taken in"
            if not self._as_json:
                tell(f"{one.number}  {one.digest[:12]}  {state}  {shown(one.name)}")
            self.new += not one.known
        if self._as_json:
            tell_rows(asdict(one) for one in done.taken)
        for refused in done.refused:
            say(f"Not taken in: {shown(refused.name)} {refused.reason}. {refused.fix}")
        self.many += len(done.taken)
        self.refused += len(done.refused)
        self.failed = self.failed or done.failed


def _watch(case: Case, folders: list[Path], label: str, told: _Told, read_too: bool) -> None:
    """Until Ctrl-C; then what was done in all. What was kept stays, whenever that comes."""
    import sys

    say(f"Watching {', '.join(map(str, folders))}; a file is taken in once it has stopped growing. Ctrl-C ends it.")
    try:
        for some in case.watch(folders, label=label):
            told.of(some)
            sys.stdout.flush()
            new = [one.digest for one in some.taken if not one.known]
            if read_too and new:
                _read(case, new)
    except KeyboardInterrupt:
        say("")
    there = told.many - told.new
    say(f"Ended. Taken in: {told.new}; there already: {there}; could not be taken in: {told.refused}.")
    if told.failed:
        raise typer.Exit(3)


def _read(case: Case, items: Sequence[str] = ()) -> bool:
    """Read what is not current, of these items and what they hold or of all; True where some could not be."""
    from probanda.cli.steps import say_left

    done = case.read(items=items)
    say(f"Read {done.read} items now; {done.claims} claims proposed.")
    say_left(done)
    return bool(done.unread)


def items(
    context: typer.Context,
    item: Annotated[str | None, typer.Argument(help="Registration number, digest or file name of one item.")] = None,
    page: Annotated[int | None, typer.Option(min=1, help="Draw this page of the item as a picture.")] = None,
    out: Annotated[Path | None, typer.Option(help="The PNG file to write the page to.")] = None,
    alike: Annotated[bool, typer.Option("--alike", help="Only pictures that look alike, in pairs.")] = False,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Only pictures of one place from different times, in pairs.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List items: registration number, digest, date and language of the text, how far it was read.

    With ITEM, all that is known of one; with --page and --out, a page of it as it is printed.
    """
    from probanda.casework import captures
    from probanda.casework.custody import acquisitions
    from probanda.casework.item_rows import item_row

    with opened(context, writing=False) as case:
        if page is not None or out is not None:
            _draw_page(case, item, page, out)
            return
        if alike:
            _tell_alike(case, as_json)
            return
        if pairs:
            _tell_pairs(case, as_json)
            return
        chosen = case.items() if item is None else [case.store.item(case.eyes, item)]
        rows = [item_row(row) for row in chosen]
        if item is not None:
            brought = acquisitions(case.store, case.eyes, item)
            rows[0]["captures"] = [captures.row(one.capture) for one in brought if one.capture is not None]
    if as_json:
        tell_rows(rows)
        return
    if item is not None:
        _tell_item(rows[0])
        return
    if not rows:
        say("No items yet. Take some in with `probanda add PATH`.")
    for row in rows:
        dated = row["dated"] or "date not stated"
        left = f"; {len(row['remarks'])} parts not read" if row["remarks"] else ""
        own = " ".join((*row["evidence"], row["number"]))
        tell(
            f"{own}  {row['digest'][:12]}  {row['label']:<10}  {row['language'] or '--'}  {dated}  "
            f"{row['read']}{left}  {row['doc']}"
        )


def _tell_alike(case: Case, as_json: bool) -> None:
    """Pairs of pictures that look alike: proposed as copies of one, for a person to look at."""
    from probanda.casework import recordings

    found = case.look_alikes()
    if as_json:
        tell_rows({"a": a.number, "b": b.number, "bits_apart": apart, "of": 128} for a, b, apart in found)
        return
    if not found:
        say("No two pictures look alike, of those that were read and are not too plain to tell.")
    frames = recordings.frames(case.items())
    for a, b, apart in found:
        ends = " and ".join(
            f"{row.number} ({frames[row.digest].told})" if row.digest in frames else row.number for row in (a, b)
        )
        tell(f"{ends} look alike ({apart} of 128 bits differ); they may go back to one picture")


def _tell_pairs(case: Case, as_json: bool) -> None:
    """Before and after: pictures of one place from different times, for a person to compare."""
    found = case.before_after()
    if as_json:
        tell_rows(
            {**_side("before", one.before), **_side("after", one.after), "overlap": round(one.share, 3)}
            for one in found
        )
        return
    if not found:
        say("No two pictures of one place from different times, of those that state both.")
    for one in found:
        told = " and ".join(f"{v.row.number} ({v.taken}, {_stated_by(v)})" for v in (one.before, one.after))
        tell(f"{told} show one place: {one.share:.0%} of the smaller lies within the other")


def _side(name: str, view: pairing.View) -> dict[str, str]:
    return {name: view.row.number, f"{name}_time": view.taken, f"{name}_stated_by": _stated_by(view)}


def _stated_by(view: pairing.View) -> str:
    return f"stated by {view.note}" if view.note else f"stated by its file as “{view.fact}”"


def _tell_item(row: dict[str, Any]) -> None:
    """All that is known of one item, a line each; what is missing is shown as missing."""
    from probanda.vault.finding import shown

    for key, value in row.items():
        if key in ("remarks", "captures", "stated_by_file"):
            continue
        words = ", ".join(map(str, value)) if isinstance(value, list) else value
        tell(f"{key:<20}{'not stated' if words in (None, '') else shown(str(words))}")
    for one in row["captures"]:
        whole = f", without {' and '.join(one['missing'])}" if one["missing"] else ""
        said = f"{one['answered'] or one['asked']}, {one['at'] or 'at a time not stated'}{whole}"
        tell(f"{'captured from':<20}{shown(said)} (`probanda custody list`)")
    for fact in row["stated_by_file"]:
        tell(f"{'stated by the file':<20}{fact['name']}: {shown(fact['value'])}")
    for remark in row["remarks"]:
        tell(f"{'not read':<20}{shown(remark['what'])}: {remark['reason']} {remark['fix']}")


def _draw_page(case: Case, item: str | None, page: int | None, out: Path | None) -> None:
    from probanda.casework.draft import write
    from probanda.kernel.errors import WrongUsage

    if item is None or page is None or out is None:
        raise WrongUsage("A page is drawn of one item to a file.", "probanda items MAR-0003 --page 2 --out page.png")
    write(out, case.page(item, page))
    tell(str(out))


def label(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Registration number, digest or file name.")],
    value: Annotated[str, typer.Argument(metavar="LABEL", help="public, internal or restricted.")],
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Label an item; its texts, claims and search rows move with it at once."""
    with opened(context, writing=True) as case:
        number = case.label(item, value, reason=reason)
    if as_json:
        tell_rows([{"number": number, "label": value}])
    say(f"{number} is now {value}. Run `probanda incidents` so that outputs follow.")
