"""Options and small pieces that several families share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probanda.cli.talk import progress_bars
from probanda.kernel.errors import WrongUsage

if TYPE_CHECKING:
    from probanda.casework.case import Case
    from probanda.casework.narrow import Narrowing
    from probanda.casework.view import Sharing, View
    from probanda.incidents.model import Incident

USER = "probanda.user"
"""Where the program's context keeps who decides, as given with --as."""
AsJson = Annotated[bool, typer.Option("--json", help="The same facts as JSON.")]
About = Annotated[str | None, typer.Option("--about", metavar="ACTOR|PLACE|INCIDENT", help="Only what concerns it.")]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Only claims dated on or after this day.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only claims dated on or before this day.")]
Only = Annotated[str | None, typer.Option("--only", metavar="checked", help="Only claims a person has checked.")]
IncludeRestricted = Annotated[
    str | None,
    typer.Option(
        "--include-restricted", metavar="REASON", help="Include restricted items, names as codenames; logged."
    ),
]
WithNames = Annotated[
    str | None,
    typer.Option("--with-names", metavar="REASON", help="Leave names in restricted items as they stand; logged."),
]
TableOption = Annotated[
    Path | None,
    typer.Option("--table", metavar="FILE.csv", help="Says more of the files: number, source, collector ..."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="HEADER=COLUMN", help="What a header of the table means; may be repeated."),
]
SHORTEST_ID = 6
"""Letters of an id that are enough to name an incident."""
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the decision.")]


@contextmanager
def opened(context: typer.Context, *, writing: bool) -> Iterator[Case]:
    """The case folder named by -C, open for one command, with progress on standard error."""
    from probanda.casework.case import Case

    folder, user = context.obj or Path(), context.meta.get(USER)
    with progress_bars() as progress, Case.open(folder, writing=writing, progress=progress, user=user) as case:
        yield case


def narrowing(about: str | None, date_from: str | None, date_to: str | None, only: str | None) -> Narrowing:
    """The narrowing options as one value; raises WrongUsage for what is no date."""
    from probanda.casework.narrow import Narrowing

    if only not in (None, "checked"):
        raise WrongUsage(f"--only {only} is not known.", "Use `--only checked`.")
    return Narrowing(
        about=about, date_from=_day(date_from, "01-01"), date_to=_day(date_to, "12-31"), only_checked=only is not None
    )


def incident_named(seen: View, name: str) -> Incident:
    """The incident of this view with this id, its first letters, or a claim's id. Raises NotFound."""
    from probanda.kernel.errors import NotFound

    fits = [
        i
        for i in seen.result.incidents
        if i.id == name or name in i.claims or (len(name) >= SHORTEST_ID and i.id.startswith(name))
    ]
    if len(fits) != 1:
        raise NotFound("incident", name, "probanda incidents --json")
    return fits[0]


def column_map(pairs: list[str] | None) -> dict[str, str]:
    """`HEADER=COLUMN` pairs as a mapping; raises WrongUsage for anything else."""
    split = [pair.partition("=") for pair in pairs or ()]
    if any(not sign or not header for header, sign, _ in split):
        raise WrongUsage("--map takes HEADER=COLUMN.", 'For instance: --map "Evidence No=number".')
    return {header: column for header, _, column in split}


def _day(value: str | None, rest: str) -> str | None:
    """An ISO day; a year or month stands for its first or last day."""
    if value is None or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return value
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-{rest}"
    if re.fullmatch(r"\d{4}-\d{2}", value):
        return f"{value}-{'01' if rest == '01-01' else '31'}"
    raise WrongUsage(f"{value} is no date.", "Write it as 2031, 2031-05 or 2031-05-03.")


def sharing(include_restricted: str | None, with_names: str | None) -> Sharing:
    """The sharing options as one value; a reason is asked for, and names only together with restricted items."""
    from probanda.casework.view import Sharing

    for option, value in (("--include-restricted", include_restricted), ("--with-names", with_names)):
        if value is not None and not value.strip():
            raise WrongUsage(f"{option} needs a reason.", f'Say why: {option} "for counsel, with consent of 3 May".')
    if with_names and not include_restricted:
        raise WrongUsage("--with-names goes with --include-restricted.", "Give both, each with its reason.")
    return Sharing(include_restricted=include_restricted, with_names=with_names)
