"""The main job in one deed: new case folder, add, read, consolidate, lay out, draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from probanda.casework import forms
from probanda.casework.case import Case
from probanda.casework.narrow import Narrowing
from probanda.casework.progress import Progress, silent
from probanda.casework.read import ReadReport
from probanda.casework.take_in import TakenIn
from probanda.casework.view import Sharing
from probanda.kernel.errors import WrongUsage
from probanda.reports.casefile import CaseFile
from probanda.vault.finding import shown


@dataclass(frozen=True, slots=True)
class Brief:
    """What the main job did."""

    taken: TakenIn
    read: ReadReport
    case: CaseFile
    folder: Path


def brief(
    folder: Path,
    out: Path | Sequence[Path],
    *,
    table: Path | None = None,
    columns: Mapping[str, str] | None = None,
    case: Path | None = None,
    situation: str | None = None,
    prefix: str = "ITEM",
    name: str | None = None,
    narrowing: Narrowing | None = None,
    sharing: Sharing | None = None,
    lang: str = "en",
    ocr: bool = False,
    progress: Progress = silent,
) -> Brief:
    """Read a folder of reports into a case folder and write its working dossier to `out`, in one form or several.

    The case folder is `case`, or `OUT.case` beside the (first) dossier; run again, it goes on from what is there.
    `table` and `columns` are those of `Case.add`; `ocr`: also recognise the words on pictures of pages. Raises
    WrongUsage for a folder that is missing, no folder, or empty.
    """
    outs = [out] if isinstance(out, Path) else list(out)
    forms.check(outs)
    _usable(folder)
    where = case or outs[0].with_name(outs[0].stem + ".case")
    opened = (
        Case.open(where, progress=progress)
        if (where / "case.toml").exists()
        else Case.new(where, situation=situation or folder.resolve().name, prefix=prefix, name=name, progress=progress)
    )
    with opened as work:
        ours = [path for one in outs for path in (one, *forms.annexes_of(one))]
        taken = work.add([folder], table=table, columns=columns, leave_out=ours)
        if not taken.taken and not work.items():
            raise WrongUsage(
                f"No file in {shown(str(folder))} could be taken in"
                + (f" ({len(taken.refused)} refused; the first {taken.refused[0].reason})." if taken.refused else "."),
                "Look at the reasons above, or name another folder.",
            )
        reading = work.read()
        if ocr and work.recognise().items:
            reading = work.read()
        work.incidents()
        work.matrix()
        refused = tuple((shown(r.name), r.reason, r.fix) for r in taken.refused)
        casefile = work.report(*outs, narrowing=narrowing, sharing=sharing, lang=lang, refused=refused)
    return Brief(taken, reading, casefile, where)


def _usable(folder: Path) -> None:
    if not folder.exists():
        raise WrongUsage(f"There is no folder {shown(str(folder))}.", "Name the folder that holds the reports.")
    if not folder.is_dir():
        raise WrongUsage(
            f"{shown(str(folder))} is a file, not a folder.", "Name the folder it lies in, or use `probanda add`."
        )
    if not any(folder.iterdir()):
        raise WrongUsage(f"The folder {shown(str(folder))} is empty.", "Put reports into it, or name another.")
