"""Bring what other systems hold, and give them what may leave; each time with a list of what could not be mapped.

Start with `SYSTEMS`, then `give` and `bring`. To give is to write into a new folder what `hand_on` lets go (restricted
items only with a reason, names masked), with `left-out.json`. To bring is to take a file in as an item, as it came, and
to read it: what it says is proposed as claims that rest on its rows, as with any item, and decided by nobody yet. A
file is parsed where every item is: in the child process with its limits.

To add a system, write a module with a `SYSTEM`, and name it in `SYSTEMS`.

Looks down to: hand_on, take_in, read, draft. Used by: cli.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from probanda.casework.draft import write
from probanda.casework.exchange import atlos, bayanat, followthemoney, timesketch, uwazi
from probanda.casework.exchange.model import Brought, Given, Handed, Loss, Losses, System, counts, losses_rows
from probanda.casework.exchange.tables import ALL
from probanda.casework.narrow import Narrowing
from probanda.casework.view import Sharing, base_name
from probanda.kernel.digests import sha256
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.kernel.vocabulary import Label
from probanda.store.model import ItemRow

if TYPE_CHECKING:
    from probanda.casework.case import Case
    from probanda.names.positions import Positions

SYSTEMS: dict[str, System] = {
    "followthemoney": followthemoney.SYSTEM,
    "timesketch": timesketch.SYSTEM,
    "atlos": atlos.SYSTEM,
    "bayanat": bayanat.SYSTEM,
    "uwazi": uwazi.SYSTEM,
}
"""Every system by the name that commands take."""
FORMS = ("parquet", "geojson", "graphml")
"""Forms of no single system, which `export` writes: tables, a map, a graph."""
LIST = "left-out.json"
_COUNTED = re.compile(r"(\d{1,3}(?:,\d{3})*) ")
"""How a remark on several things begins: `1,200 lines`."""


@dataclass(frozen=True, slots=True)
class Gave:
    """What `give` wrote."""

    given: Given
    withheld: int
    """Restricted items that were left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What `bring` took in and understood."""

    system: str
    number: str
    """Registration number of the file."""
    known: bool
    """True where these bytes were here before."""
    read: tuple[str, ...]
    """Numbers of the items that were read as this system's: the file, or what it holds."""
    claims: int
    """Claims that stand proposed or decided on them."""
    understood: tuple[tuple[str, int], ...]
    left_out: tuple[Loss, ...]
    held: tuple[tuple[str, str], ...]
    """Digests of documents that the file tells of and this case holds, each with its registration number."""
    not_held: int
    """Digests of documents that it tells of and nobody here holds."""

    def as_row(self) -> dict[str, Any]:
        """As `bring --json` prints it and `--report` writes it."""
        return {
            "system": self.system,
            "item": self.number,
            "known": self.known,
            "read": list(self.read),
            "claims": self.claims,
            "understood": dict(self.understood),
            "left_out": losses_rows(self.left_out),
            "held": [{"digest": digest, "item": number} for digest, number in self.held],
            "not_held": self.not_held,
        }


def give(case: Case, name: str, out: Path, narrowing: Narrowing, sharing: Sharing) -> Gave:
    """Write what may leave for one system into a new or empty folder.

    Raises WrongUsage for an unknown system, one that nothing is written for, and a folder that holds something.
    """
    writer = system_called(name).write
    if writer is None:
        raise WrongUsage(f"Nothing is written for {name}.", f"Systems: {', '.join(_with('write'))}.")
    return write_out(case, name, f"give {name}", writer, out, narrowing, sharing)


def write_out(
    case: Case, name: str, output: str, writer: Callable[[Handed], Given], out: Path, narrowing: Narrowing,
    sharing: Sharing,
) -> Gave:  # fmt: skip
    """Write what a writer makes of what may leave into a new or empty folder, with `left-out.json`; logged as `output`.

    Raises WrongUsage for a folder that holds something.
    """
    if out.exists() and (not out.is_dir() or next(out.iterdir(), None) is not None):
        raise WrongUsage(f"{out} is not an empty folder.", "Name a new one, so that nothing is written over.")
    view = case.view(narrowing, sharing, output=output)  # logs before a byte leaves

    def bytes_of(item: ItemRow) -> bytes:
        with case.store.vault.open(item.digest) as file:
            return file.read()

    given = writer(Handed(view=view, bytes_of=bytes_of))
    for file, data in given.files:
        write(out / file, data)
    told = {
        "system": name,
        "withheld_items": view.withheld,
        "files": [{"file": file, "sha256": sha256(data)} for file, data in given.files],
        "written": dict(given.written),
        "left_out": losses_rows(given.left_out),
    }
    write(out / LIST, (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    return Gave(given, view.withheld)


def export_as(
    case: Case, form: str, kind: str, out: Path, narrowing: Narrowing, sharing: Sharing, places: Path | None = None
) -> Gave:
    """Write what may leave in one of `FORMS`; `kind` is `all`, or for Parquet one table, for GeoJSON `incidents`.

    `places`: for GeoJSON, a list of one's own of places with their positions (CSV, as the workbench takes it).
    Raises as `write_out` does; WrongUsage for a kind that the form has not; ProbandaError where its extra is missing.
    """
    return write_out(case, form, f"export {kind} as {form}", _writer(form, kind, places), out, narrowing, sharing)


def _writer(form: str, kind: str, places: Path | None) -> Callable[[Handed], Given]:
    if form == "parquet":
        from probanda.casework.exchange import parquet

        return parquet.writer(kind)
    kinds = {"geojson": (ALL, "incidents"), "graphml": (ALL,)}[form]
    if kind not in kinds:
        raise WrongUsage(f"{kind} is not written as {form}.", f"Use: probanda export {kinds[-1]} --{form} DIR.")
    if form == "geojson":
        from probanda.casework.exchange import geojson

        return geojson.writer(_positions(places))
    from probanda.casework.exchange import graphml

    return graphml.given


def _positions(places: Path | None) -> Positions:
    from probanda.names.positions import Positions, own_positions

    if places is None:
        return Positions()
    try:
        return own_positions(places.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{places} cannot be read as UTF-8 text.", "Name a CSV file with --places.") from error


def bring(case: Case, name: str, file: Path, label: str = Label.INTERNAL) -> Arrived:
    """Take a file in as an item, read it, and say what was understood of it.

    Raises WrongUsage for an unknown system, one that nothing is read of, and what is no file; ProbandaError where the
    file was kept and is not read as this system's.
    """
    system = system_called(name)
    if system.read is None:
        raise WrongUsage(f"Nothing of {name} is read.", f"Systems: {', '.join(_with('read'))}.")
    if not file.is_file():
        raise WrongUsage(f"{file} is no file.", "Name the one file that the other system wrote.")
    done = case.add([file], label=label)
    if not done.taken:
        said = done.refused[0]
        raise ProbandaError(f"{said.name} {said.reason}.", said.fix)
    (taken,) = done.taken
    case.read(items=[taken.digest])
    rows = _within(case, taken.digest)
    ours = [row for row in rows if system.reads(row.read_as)]
    if not ours:
        why = next((row.unread_reason for row in rows if row.digest == taken.digest and row.unread_reason), None)
        raise ProbandaError(
            f"{taken.number} was taken in, and is not read as {name}" + (f": {why}" if why else "."),
            f"It stays registered as it came. It should be: {system.about}",
        )
    found = [system.read(text) for row in ours for text in case.store.texts(case.eyes, row.digest)]
    held, missing = _held(case, found)
    digests = {row.digest for row in ours}
    return Arrived(
        system=name,
        number=taken.number,
        known=taken.known or taken.again,
        read=tuple(row.number for row in ours),
        claims=sum(len(case.claims(item=digest)) for digest in sorted(digests)),
        understood=_summed(found),
        left_out=_left(found, ours, {base_name(name) for row in rows for name in row.names}),
        held=held,
        not_held=missing,
    )


def system_called(name: str) -> System:
    """The system of this name. Raises WrongUsage."""
    if name not in SYSTEMS:
        raise WrongUsage(f"There is no system called {name}.", "Systems: " + ", ".join(SYSTEMS) + ".")
    return SYSTEMS[name]


def _with(direction: str) -> list[str]:
    return [name for name, one in SYSTEMS.items() if getattr(one, direction) is not None]


def _within(case: Case, digest: str) -> list[ItemRow]:
    """An item and all that was taken out of it, in order of registration."""
    wanted, found = {digest}, []
    for row in case.items():
        if row.digest in wanted or not wanted.isdisjoint(row.parents):
            wanted.add(row.digest)
            found.append(row)
    return found


def _summed(found: Sequence[Brought]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for one in found:
        total.update(dict(one.understood))
    return counts(total)


def _left(found: Sequence[Brought], rows: Sequence[ItemRow], there: Set[str]) -> tuple[Loss, ...]:
    """What readers could not map, what the formats say they did not read, and files that did not come with it."""
    losses = Losses()
    for one in found:
        for loss in one.left_out:
            losses.add(loss.kind, loss.why, loss.many)
        losses.add("file", "named, not here", sum(base_name(name) not in there for name in one.named))
    for row in rows:
        for what, reason, _ in row.remarks:
            counted = _COUNTED.match(what)
            kind, many = (what[counted.end() :], int(counted[1].replace(",", ""))) if counted else (what, 1)
            losses.add(kind, reason, many)
    return losses.all()


def _held(case: Case, found: Sequence[Brought]) -> tuple[tuple[tuple[str, str], ...], int]:
    told = sorted({one for brought in found for one in brought.held})
    known: dict[tuple[str, str], str] = {}
    for row in case.items() if told else ():
        for way, digest in (("sha256", row.digest), ("sha1", row.sha1), ("md5", row.md5)):
            if digest:
                known[way, digest] = row.number
    held = tuple((f"{way}:{digest}", known[way, digest]) for way, digest in told if (way, digest) in known)
    return held, len(told) - len(held)
