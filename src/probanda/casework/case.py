"""A case, opened: the front door for commands and for Python.

    from probanda import Case

    with Case.new("libya", situation="...", prefix="LBY") as case:
        case.add(["reports"])
        case.read()
        case.incidents()
        case.matrix()
        case.report("dossier.html")

Each method is one deed, done in its own file of this room; all see the record through one user's eyes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup
from probanda.casework import (
    check,
    consolidate,
    decide,
    draft,
    export,
    force_sheets,
    forms,
    framing,
    hand_on,
    inbox,
    looks,
    notebook,
    observing,
    pairing,
    pictures,
    read,
    recognising,
    take_in,
    transcribing,
    users,
)
from probanda.casework.narrow import Narrowing
from probanda.casework.progress import Progress, silent
from probanda.casework.view import Sharing, View
from probanda.claims.model import Claim
from probanda.incidents.model import Consolidation
from probanda.kernel.digests import random_id, sha256
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Label
from probanda.matrix.model import Suggestion
from probanda.reading.speech import Engine
from probanda.reports.casefile import CaseFile
from probanda.store.model import Hit, ItemRow
from probanda.store.settings import Settings
from probanda.store.store import Store

StrPath = str | os.PathLike[str]


class Case:
    """One case folder, open for reading or for writing; use it in a `with`."""

    def __init__(self, store: Store, progress: Progress = silent, user: str | None = None) -> None:
        self.store = store
        self.progress = progress
        self.user = users.found(store, user) if user else None
        """Id of the user who works here; None for the owner."""

    @classmethod
    def new(
        cls,
        path: StrPath,
        *,
        situation: str | None = None,
        prefix: str = "ITEM",
        name: str | None = None,
        progress: Progress = silent,
    ) -> Self:
        """Make a case folder. Raises ProbandaError where the folder holds something else."""
        folder = Path(path)
        settings = Settings(
            situation=situation or folder.resolve().name, prefix=prefix, case=random_id(), log=random_id()
        )
        return cls(Store.create(folder, settings, name or _login()), progress)

    @classmethod
    def open(
        cls, path: StrPath = ".", *, writing: bool = True, progress: Progress = silent, user: str | None = None
    ) -> Self:
        """Open a case folder, as its owner or as another `user` (name, staff code or id).

        Raises NotACaseFolder, CaseInUse where another process writes, NotFound for a user nobody has added.
        """
        store = Store.open(Path(path), writing=writing)
        try:
            if writing:
                users.tidy(store)
            return cls(store, progress, user)
        except BaseException:
            store.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the record cleanly."""
        self.store.close()

    @property
    def eyes(self) -> Eyes:
        """The eyes of the user who works here."""
        return self.store.owner if self.user is None else self.store.eyes(self.user)

    def _repr_html_(self) -> str:
        """What a notebook shows of a case: what it is about, and how much of it this user sees."""
        counts = self.store.counts(self.eyes)
        told: list[tuple[str, notebook.Cell]] = [("Prefix", self.store.settings.prefix), ("Items", counts.items)]
        told += [(f"Claims, {status}", many) for status, many in counts.claims.items() if many]
        told.append(("Incidents", "not gathered yet" if counts.incidents is None else counts.incidents))
        return notebook.facts(self.store.settings.situation, told)

    # --- the steps of the main job

    def add(
        self,
        paths: Sequence[StrPath],
        *,
        label: str = Label.INTERNAL,
        table: StrPath | None = None,
        columns: Mapping[str, str] | None = None,
        leave_out: Sequence[StrPath] = (),
    ) -> take_in.TakenIn:
        """Take files in; see `take_in.add`. `table`: a CSV file that says more of them; `columns` maps its headers."""
        return take_in.together(self.adding(paths, label=label, table=table, columns=columns, leave_out=leave_out))

    def adding(
        self,
        paths: Sequence[StrPath],
        *,
        label: str = Label.INTERNAL,
        table: StrPath | None = None,
        columns: Mapping[str, str] | None = None,
        leave_out: Sequence[StrPath] = (),
    ) -> Iterator[take_in.TakenIn]:
        """The same group by group, for very many files; see `take_in.adding`."""
        named, left = [Path(p) for p in paths], [Path(p) for p in leave_out]
        told = None
        if table is not None:
            from probanda.casework.evidence_table import read_table

            told = read_table(_bytes_of(Path(table)), columns or {})
            left.append(Path(table))
        return take_in.adding(self.store, self.eyes, named, label, table=told, leave_out=left, progress=self.progress)

    def watch(self, folders: Sequence[StrPath], *, label: str = Label.INTERNAL) -> Iterator[take_in.TakenIn]:
        """Take in what arrives in these folders, until the caller stops; see `inbox.watching`."""
        return inbox.watching(self.store, self.eyes, [Path(f) for f in folders], label)

    def read(
        self, *, items: Sequence[str] = (), everything: bool = False, workers: int | None = None
    ) -> read.ReadReport:
        """Read what has not been read; see `read.read`."""
        return read.read(
            self.store, self.eyes, items=items, everything=everything, workers=workers, progress=self.progress
        )

    def recognise(
        self,
        *,
        items: Sequence[str] = (),
        first: Sequence[str] = (),
        languages: Sequence[str] = (),
        workers: int | None = None,
    ) -> recognising.Recognition:
        """Recognise the words on pictures of pages; see `recognising.recognise`. `read` then makes texts of them."""
        return recognising.recognise(
            self.store, self.eyes, items=items, first=first, languages=languages, workers=workers,
            progress=self.progress,
        )  # fmt: skip

    def frame(self, *, items: Sequence[str] = ()) -> framing.Framed:
        """Take key frames of videos; see `framing.frame`. `read` then makes their shapes."""
        return framing.frame(self.store, self.eyes, items=items, progress=self.progress)

    def transcribe(self, engine: Engine, *, items: Sequence[str] = ()) -> transcribing.Transcribed:
        """Recognise the speech of recordings; see `transcribing.transcribe`. `read` then reads it."""
        return transcribing.transcribe(self.store, self.eyes, engine, items=items, progress=self.progress)

    def look_alikes(self) -> list[tuple[ItemRow, ItemRow, int]]:
        """Pictures that look alike, in order of registration, with the bits of 128 that differ. A proposal."""
        return looks.pairs(self.store.items(self.eyes))

    def before_after(self) -> list[pairing.Compared]:
        """Pictures of one place from different times, in pairs to compare; what differs is for a person to see."""
        return pairing.all_pairs(self.store, self.eyes)

    def observe(
        self,
        item: str,
        words: str,
        *,
        at: str | None = None,
        region: str | None = None,
        by: str | None = None,
        language: str | None = None,
        reason: str = "",
    ) -> str:
        """Record what a person sees or hears in a part of a picture or recording; see `observing.observe`."""
        return observing.observe(
            self.store, self.eyes, item, words, at=at, region=region, by=by, language=language, reason=reason
        )

    def incidents(self) -> Consolidation:
        """Link names, gather incidents, origins and contradictions, within each sight in use."""
        current: dict[str, consolidate.Current] = {}
        done = [consolidate.consolidate(self.store, eyes, self.progress, current) for eyes in self._sights()]
        return notebook.gathered(done[-1] or consolidate.stored(self.store, self.eyes))

    def matrix(self) -> tuple[Suggestion, ...]:
        """Lay the claims against the elements of crimes, within each sight in use."""
        for eyes in self._sights():
            consolidate.lay_out_matrix(self.store, eyes)
        return notebook.Laid(self.store.suggestions(self.eyes) or ())

    def _sights(self) -> list[Eyes]:
        """What outputs may hand on without a reason first, then all that the user sees."""
        return list(dict.fromkeys((self.eyes.only_open(), self.eyes)))

    # --- looking

    def items(self) -> list[ItemRow]:
        """The items this user may see, in order of registration number."""
        return notebook.listed(self.store.items(self.eyes), notebook.ITEMS)

    def page(self, item: str, number: int) -> bytes:
        """One page of an item as a PNG picture; see `pictures.page`."""
        return pictures.page(self.store, self.eyes, item, number)

    def claims(self, **which: Any) -> list[Claim]:
        """Claims; narrow with item=, status=, ids=."""
        return notebook.listed(self.store.claims(self.eyes, **which), notebook.claims(self._number_of))

    def _number_of(self, item: str) -> str:
        return self.store.item(self.eyes, item).number

    def actors(self) -> list[ActorGroup]:
        """Actors and places as linked; empty before `incidents` was run."""
        return notebook.listed(self.store.actors(self.eyes) or (), notebook.ACTORS)

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Full text over items and claims, best first."""
        return notebook.listed(self.store.search(self.eyes, query, limit), notebook.HITS)

    # --- deciding

    def accept(self, claim: str, *, reason: str = "") -> Claim:
        """The text says this."""
        return decide.settle(self.store, self.eyes, claim, "accept", reason=reason)

    def correct(self, claim: str, changes: Mapping[str, str], *, reason: str = "") -> Claim:
        """The text says this, with these fields put right."""
        return decide.settle(self.store, self.eyes, claim, "correct", changes=changes, reason=reason)

    def reject(self, claim: str, *, reason: str = "") -> Claim:
        """The text does not say this."""
        return decide.settle(self.store, self.eyes, claim, "reject", reason=reason)

    def unsure(self, claim: str, *, reason: str = "") -> Claim:
        """Looked at, and left open."""
        return decide.settle(self.store, self.eyes, claim, "unsure", reason=reason)

    def undo(self, claim: str, *, reason: str = "") -> str:
        """Withdraw the decision that stands on a claim."""
        return decide.undo(self.store, self.eyes, claim, reason)

    def add_claim(self, item: str, start: int, end: int, values: Mapping[str, str], *, reason: str = "") -> Claim:
        """Add a claim by hand."""
        return decide.add_claim(self.store, self.eyes, item, start, end, values, reason)

    def label(self, item: str, value: str, *, reason: str = "") -> str:
        """Label an item public, internal or restricted."""
        return decide.label(self.store, self.eyes, item, value, reason)

    def protect(self, actor: str, *, reason: str) -> tuple[str, ...]:
        """Mark an actor as protected; returns the forms of the name that are masked from now on."""
        return decide.protect(self.store, self.eyes, actor, reason)

    def identify(self, left: str, right: str, verdict: str, *, kind: str = "actor", reason: str = "") -> str:
        """Record that two are the same, or are not."""
        return decide.identify(self.store, self.eyes, left, right, verdict, kind, reason)

    # --- handing on

    def casefile(
        self,
        narrowing: Narrowing | None = None,
        sharing: Sharing | None = None,
        *,
        output: str = "case file",
    ) -> CaseFile:
        """The frozen view that reports are drafted from; logged as this `output` where it includes restricted items."""
        shared = sharing or Sharing()
        self._log_output(output, output, b"", shared)  # logged before a byte leaves
        return draft.casefile(self.store, self.eyes, narrowing or Narrowing(), shared)

    def view(self, narrowing: Narrowing | None = None, sharing: Sharing | None = None, *, output: str = "view") -> View:
        """The rows that may be handed on, for outputs that need no drafting; logged as `casefile` is."""
        shared = sharing or Sharing()
        self._log_output(output, output, b"", shared)  # logged before a byte leaves
        return hand_on.hand_on(self.store, self.eyes, narrowing or Narrowing(), shared)

    def report(
        self,
        *outs: StrPath,
        narrowing: Narrowing | None = None,
        sharing: Sharing | None = None,
        lang: str = "en",
        refused: tuple[tuple[str, str, str], ...] = (),
        to_leave: bool = False,
    ) -> CaseFile:
        """Write the working dossier as HTML, PDF or DOCX, as the names end, all from one frozen case file.

        `to_leave`: meant to leave the office; of the matrix only hypotheses that a person opened, and left open.

        A large dossier is a summary with annexes beside it (`NAME.annex-b1.html`). Raises WrongUsage for other endings.
        """
        paths = [Path(out) for out in outs]
        forms.check(paths)
        shared = sharing or Sharing()
        case = draft.casefile(
            self.store, self.eyes, narrowing or Narrowing(), shared, refused, self.progress, to_leave=to_leave
        )
        for path, data in forms.rendered(case, paths, lang, self.progress):
            self._log_output("dossier", path.name, data, shared)
            draft.write(path, data)
        return case

    def export(
        self, kind: str, *, narrowing: Narrowing | None = None, sharing: Sharing | None = None
    ) -> Iterator[dict[str, Any]]:
        """The rows of one kind; see `export.KINDS`."""
        _, rows = self.export_with_view(kind, narrowing, sharing)
        return rows

    def export_with_view(
        self, kind: str, narrowing: Narrowing | None = None, sharing: Sharing | None = None
    ) -> tuple[Any, Iterator[dict[str, Any]]]:
        """The same with the view it was made from, which says what was withheld."""
        shared = sharing or Sharing()
        if shared.include_restricted:  # logged before a byte leaves
            self._log_output(f"export {kind}", kind, b"", shared)
        return export.export(self.store, self.eyes, kind, narrowing or Narrowing(), shared)

    def write_sheets(self, kind: str, out: StrPath, *, sharing: Sharing | None = None) -> force_sheets.WrittenSheets:
        """Write the Security Force Monitor's sheets (`sfm-2021`, `sfm-2026`) into a new folder; see `force_sheets`."""
        shared = sharing or Sharing()
        self._log_output(f"export {kind}", kind, b"", shared)  # logged before a byte leaves
        return force_sheets.write_sheets(self.store, self.eyes, kind, Path(out), shared)

    def _log_output(self, kind: str, name: str, data: bytes, sharing: Sharing) -> None:
        hand_on.told_in_log(self.store, self.eyes, kind, name, sha256(data), sharing)

    # --- proving

    def verify(self) -> list[check.Fault]:
        """Every fault found, none when all is well; writes nothing."""
        return check.verify(self.store, self.progress)

    def rebuild(self) -> None:
        """Throw away what was derived and derive it again from vault and decisions."""
        check.rebuild(self.store, self.progress)
        self.read()
        self.incidents()
        self.matrix()


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        said = f"The table {path} cannot be read: {error.strerror}."
        raise WrongUsage(said, "Name a CSV file with --table.") from error


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "user"
