"""A user's own copy of the official text, set beside the elements: start with `attach`, then `beside`.

Its bytes are preserved with the case, its digest stands in a decision, and nothing of it enters the pack or a report.

Looks down to: law, law_packs, store. Used by: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from probanda.access.eyes import Eyes
from probanda.casework.law_packs import keeping
from probanda.kernel.digests import random_id
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.law.model import LawPack
from probanda.law.official import Beside, laid_beside
from probanda.store.model import Deed
from probanda.store.projection import OFFICIAL_COPY
from probanda.store.store import Store

PLAIN = (".txt", ".text", ".md", "")
"""Endings of files that are read as plain text; others are taken in as items first."""
LARGEST = 20_000_000
"""Bytes of a copy: some hundred times the Statute and the Elements together."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an element in a user's own copy."""

    text: str
    name: str
    """Name of the file, or number of the item."""
    digest: str
    """Of the bytes preserved."""
    decision: str


def attach(store: Store, eyes: Eyes, what: str, packs: Sequence[LawPack], reason: str = "") -> tuple[str, Beside]:
    """Set a copy beside the elements of these packs: a file of plain text, or an item that was read.

    Gives the decision's id and what could be matched. Raises NotFound, WrongUsage; ProbandaError where nothing could.
    """
    name, words, item = _copy(store, eyes, what)
    found = [laid_beside(pack, words) for pack in packs]
    matched = tuple(p for one in found for p in one.matched)
    if not matched:
        raise ProbandaError(
            f"Nothing in {name} could be matched with an element of the law pack.",
            "It needs headings such as `Article 8 (2) (e) (x)` with elements numbered 1., 2. ...; nothing was kept.",
        )
    told = {
        "name": name, "words": words, "item": item, "matched": [[p.entry, p.element, p.start, p.end] for p in matched],
    }  # fmt: skip
    deed = Deed(kind=OFFICIAL_COPY, subject=random_id(), payload=told, reason=reason)
    decision = store.record(eyes, [*keeping(store, eyes), deed])[-1]
    odd = tuple(o for one in found for o in one.odd)
    return decision, Beside(matched, odd, tuple(m for one in found for m in one.missing))


def _copy(store: Store, eyes: Eyes, what: str) -> tuple[str, str, str | None]:
    """Name, words and item (None for a file)."""
    try:
        row = store.item(eyes, what)
    except NotFound:
        return Path(what).name, of_file(Path(what)), None
    if row.text_digest is None:
        raise ProbandaError(f"{row.number} has no text yet.", f"Read it first: `probanda read {row.number}`.")
    return row.number, store.words(eyes, row.digest, 0, row.length or 0), row.digest


def of_file(path: Path) -> str:
    """The file as text in which its bytes can be found again, those that are no UTF-8 too."""
    if path.suffix.lower() not in PLAIN:
        fix = f"Take it in and read it first (`probanda add {path.name}`, `probanda read`), then name its number."
        raise WrongUsage(f"{path.name} is no plain text.", fix)
    try:
        if path.stat().st_size > LARGEST:
            raise WrongUsage(f"{path.name} is too large for a copy of the law.", "Name the text of the law alone.")
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise WrongUsage(
            f"{path} cannot be read: {error.strerror}.", "Name a file of plain text, or an item."
        ) from error


def beside(store: Store, eyes: Eyes) -> dict[tuple[str, int | None], tuple[Words, ...]]:
    """The words of every copy that stands, by entry and element, in the order of the log."""
    found: dict[tuple[str, int | None], tuple[Words, ...]] = {}
    for d in store.of_kind(eyes, OFFICIAL_COPY):
        escape = "surrogatepass" if d.payload.get("item") else "surrogateescape"
        whole = store.vault.read(str(d.payload["text"])).decode("utf-8", escape)
        for entry, element, start, end in d.payload["matched"]:
            one = Words(_plainly(whole[start:end]), str(d.payload["name"]), str(d.payload["text"]), d.id)
            found[entry, element] = (*found.get((entry, element), ()), one)
    return found


def _plainly(words: str) -> str:
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())
