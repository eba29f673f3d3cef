"""The forms of a dossier: which file holds what, told by the ending of its name.

Start with `rendered`. All forms are drawn from the same drafts of one frozen case file, so they say the same.

Looks down to: reports. Used by: case, brief.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from probanda.casework.progress import Progress, silent
from probanda.kernel.errors import WrongUsage
from probanda.reports.casefile import CaseFile
from probanda.reports.record import Dossier
from probanda.reports.words import Words

ENDINGS = (".html", ".pdf", ".docx")


def check(outs: Sequence[Path]) -> None:
    """Raises WrongUsage unless each name ends as a form that can be written."""
    if not outs:
        raise WrongUsage("No file was named to write.", "Name one with --out FILE.html, FILE.pdf or FILE.docx.")
    for out in outs:
        if out.suffix.lower() not in ENDINGS:
            raise WrongUsage(
                f"A dossier cannot be written as {out.name}.", f"Let the name end in {', '.join(ENDINGS)}."
            )


def annexes_of(out: Path) -> list[Path]:
    """Annexes that an earlier run wrote beside this file: no material for a case."""
    return sorted(out.parent.glob(f"{_escaped(out.stem)}.annex-*{out.suffix}")) if out.parent.is_dir() else []


def rendered(
    case: CaseFile, outs: Sequence[Path], lang: str = "en", progress: Progress = silent
) -> Iterator[tuple[Path, bytes]]:
    """Each file to be written with its bytes: the dossier in each form, its annexes beside it."""
    from probanda.reports.summary import drafts

    drafted = drafts(case, lang)
    done = 0
    for out in outs:
        for one in drafted:
            name = f"{out.stem}.{one.name}{out.suffix}" if one.name else out.name
            yield out.with_name(name), _bytes(one.dossier, out.suffix.lower(), lang)
            done += 1
            progress("writing", done, len(outs) * len(drafted))


def _bytes(dossier: Dossier, ending: str, lang: str) -> bytes:
    if ending == ".pdf":
        from probanda.reports.pdf import pdf

        return pdf(dossier)
    if ending == ".docx":
        from probanda.reports.docx import docx

        return docx(dossier)
    from probanda.reports.page import render

    return render(dossier, Words(lang)).encode("utf-8", "replace")


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
