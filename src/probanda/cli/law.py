"""The law pack: list, show, search, compare, check, export. Works outside a case folder; nothing is kept.

What a case records of the law is in `law_own`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.shared import AsJson
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage

if TYPE_CHECKING:
    from probanda.law.model import Crime, LawPack
    from probanda.law.telling import Entry

app = typer.Typer(
    no_args_is_help=True,
    help="Crimes, elements, modes of liability, bars and standards of proof; no case folder needed.",
)

Which = Annotated[
    str, typer.Option("--pack", metavar="NAME|FOLDER", help="A pack that ships or was added, or a folder.")
]
Id = Annotated[
    str, typer.Argument(metavar="ID", help="Such as 8(2)(e)(x), or 8.2.e.x; a beginning names all below it.")
]
ROME = "rome"


@app.command("list", epilog="Example: probanda law list")
def list_(context: typer.Context, pack: Which = ROME, as_json: AsJson = False) -> None:
    """Every crime with its number of elements, then modes, grounds that exclude responsibility, bars, standards."""
    from probanda.law import telling

    held = _pack(pack, context)
    if as_json:
        keys = ("id", "title", "family", "conflict", "since", "unchecked", "twin")
        rows = (telling.crime_row(held, c) for c in held.crimes)
        tell_rows({key: row[key] for key in keys} | {"elements": len(row["elements"])} for row in rows)
        return
    tell("\n".join(telling.listing(held)))
    _say_what_it_is(held)


@app.command(epilog='Example: probanda law show "8(2)(e)(x)"')
def show(context: typer.Context, id_: Id, pack: Which = ROME, as_json: AsJson = False) -> None:
    """One crime, mode, ground or bar whole: each element with an example, what would help, what could undermine it.

    In a case folder also your own copy of the official text (`law attach`) and notes on case law (`law note`).
    """
    from probanda.cli.law_own import beside
    from probanda.law import telling
    from probanda.law.model import Crime, Mode

    held = _pack(pack, context)
    entries = _named(held, id_)
    own = beside(context)
    if as_json:
        for entry in entries:
            if isinstance(entry, Crime):
                row = telling.crime_row(held, entry)
            else:
                row = telling.mode_row(held, entry) if isinstance(entry, Mode) else telling.small_row(entry)
            tell_rows([own.added_to(row)])
        return
    tell("\n\n".join("\n".join(telling.shown(held, entry, own.lines)) for entry in entries))
    _say_what_it_is(held)


@app.command(epilog="Example: probanda law search hostage release")
def search(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help="Words, or beginnings of four letters and more; all must be there."),
    ],
    pack: Which = ROME,
    as_json: AsJson = False,
) -> None:
    """Entries that hold all these words, nearest first, with the elements that hold them."""
    from probanda.law import telling
    from probanda.law.model import NOT_OFFICIAL, Crime, Mode

    held = _pack(pack, context)
    hits = telling.search(held, " ".join(words))
    if as_json:
        tell_rows(
            {
                "id": h.id,
                "title": h.title,
                "unchecked": h.unchecked,
                "elements": [
                    telling.element_row(held, h.entry, e) for e in h.elements if isinstance(h.entry, Crime | Mode)
                ],
            }
            for h in hits
        )
        return
    for hit in hits:
        tell(f"{hit.id}  {hit.title}" + (" (unchecked)" if hit.unchecked else ""))
        for element in hit.elements:
            unchecked = "; unchecked" if element.unchecked else ""
            tell(f"  {element.no}  ({NOT_OFFICIAL}{unchecked}) {element.text}")
    say(f"{len(hits)} {'entry' if len(hits) == 1 else 'entries'}. Words are ours: search for others too.")


@app.command(epilog='Example: probanda law compare "8(2)(e)(x)"')
def compare(
    context: typer.Context,
    left: Annotated[str, typer.Argument(metavar="ID", help="A crime.")],
    right: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Another; the twin in the other kind of conflict if left out.")
    ] = None,
    pack: Which = ROME,
    as_json: AsJson = False,
) -> None:
    """Two crimes side by side, element by element, such as the same conduct in the two kinds of armed conflict."""
    from probanda.law import telling

    held = _pack(pack, context)
    a = _crime(held, left)
    b = _crime(held, right) if right else _twin(held, a)
    if as_json:
        tell_rows(
            {
                "left": telling.element_row(held, a, pair.left) if pair.left else None,
                "right": telling.element_row(held, b, pair.right) if pair.right else None,
                "same": pair.same,
            }
            for pair in telling.side_by_side(a, b)
        )
        return
    tell("\n".join(telling.compared(a, b)))
    _say_what_it_is(held)


@app.command(epilog="Example: probanda law check our-code")
def check(
    path: Annotated[
        str, typer.Argument(metavar="[FOLDER]", help="The folder of a pack; the pack that ships if left out.")
    ] = ROME,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", metavar="FILE", help="Your copy of the official text: was a sentence copied from it?"
        ),
    ] = None,
) -> None:
    """Check a pack: files, keys, ids, numbers, endings. Ends with 1 where it is broken, and says where and why.

    With --against also: no ten words in a row are those of the official text, terms of art apart.
    """
    held = _pack(path)
    if against is not None:
        _check_against(held, against)
    elements = sum(len(c.elements) for c in held.crimes)
    counts = f"{len(held.crimes)} crimes with {elements} elements, {len(held.modes)} modes of liability"
    tell(f"{held.stamp}: whole. {counts}.")
    say("That a pack is whole says nothing about whether its words are right: a lawyer must read them.")


@app.command(epilog="Example: probanda law export --json > rome.json")
def export(context: typer.Context, pack: Which = ROME, as_json: AsJson = False) -> None:
    """The whole pack: as one JSON object, or in lines to read."""
    from probanda.law import telling

    held = _pack(pack, context)
    if as_json:
        tell_rows([telling.whole(held)])
        return
    for entry in telling.entries(held):
        tell("\n".join(telling.shown(held, entry)) + "\n")
    _say_what_it_is(held)


def _check_against(pack: LawPack, file: Path) -> None:
    """Raises ProbandaError where the pack has a sentence in common with the file."""
    from probanda.casework.official import of_file
    from probanda.law.copied import RUN, runs

    found = runs(pack, of_file(file))
    for run in found:
        where = f"{run.entry}, element {run.element}" if run.element else run.entry
        tell(f"{where}: {run.words} words in a row: {run.text}")
    if found:
        problem = f"{len(found)} texts of the pack have {RUN} words and more in a row in common with {file.name}."
        raise ProbandaError(problem, "Say it in other words, or add a term of art to `terms` in pack.yaml.")
    say(f"No text of the pack has {RUN} words in a row in common with {file.name}, terms of art apart.")


def _pack(place: str, context: typer.Context | None = None) -> LawPack:
    """The pack of this name or folder; in a case folder also one that was added to the case."""
    from probanda.casework.law_packs import pack_at
    from probanda.cli.law_own import added

    kept = added(context, place) if context is not None and place != ROME and not Path(place).exists() else None
    return kept or pack_at(place)


def _named(pack: LawPack, words: str) -> tuple[Entry, ...]:
    from probanda.law.telling import named

    entries = named(pack, words)
    if not entries:
        raise NotFound("entry of the law pack named", words, "probanda law list")
    return entries


def _crime(pack: LawPack, words: str) -> Crime:
    from probanda.law.model import Crime

    crimes = [e for e in _named(pack, words) if isinstance(e, Crime)]
    if len(crimes) != 1:
        begin = ", ".join(c.id for c in crimes) or "none"
        raise WrongUsage(f"{words} does not name one crime (crimes that begin so: {begin}).", "Name one id whole.")
    return crimes[0]


def _twin(pack: LawPack, crime: Crime) -> Crime:
    if crime.twin is None:
        problem = f"{crime.id} has no twin in another kind of conflict."
        raise WrongUsage(problem, f'Name a second crime: probanda law compare "{crime.id}" ID')
    return pack.crime(crime.twin)


def _say_what_it_is(pack: LawPack) -> None:
    from probanda.law.model import NOT_OFFICIAL
    from probanda.law.telling import NEVER

    say(f"Law pack {pack.stamp}: {NOT_OFFICIAL}. {pack.statement} {NEVER}")
