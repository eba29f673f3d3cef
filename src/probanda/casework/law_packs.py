"""Law packs by name, in a folder of the user's own, or kept with a case: start with `pack_at`, then `packs`.

A matrix is laid out with the pack that ships and with every pack that was added to the case. Whatever is decided under
a pack keeps that pack's files in the vault, so that a newer one can be compared with it.

Looks down to: law, store. Used by: casework (law_decisions, consolidate, narrow, draft), cli.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from pathlib import Path

from probanda.access.eyes import Eyes
from probanda.kernel.errors import WrongUsage
from probanda.law import build, load
from probanda.law.model import LawPack
from probanda.law.pack import SHIPPED
from probanda.store.model import Decision, Deed
from probanda.store.projection import LAW_PACK
from probanda.store.store import Store


def pack_at(place: str) -> LawPack:
    """The pack in this folder, else the one of this name that ships. Raises LawPackBroken; WrongUsage for a file."""
    folder = Path(place)
    if folder.is_file():
        raise WrongUsage(
            f"{place} is a file, not a law pack.", "Name the folder that holds pack.yaml and its neighbours."
        )
    if not folder.is_dir():
        return load(place)
    return build(folder.resolve().name, _files(folder))


def _files(folder: Path) -> dict[str, str]:
    return {f.name: f.read_text(encoding="utf-8") for f in sorted(folder.glob("*.yaml"))}


def packs(store: Store, eyes: Eyes) -> tuple[LawPack, ...]:
    """The packs by which this case is laid out: the one that ships, then those added to it by name."""
    added = [d for d in store.of_kind(eyes, LAW_PACK) if d.payload["laid_out"]]
    latest = {str(d.payload["name"]): d for d in added}  # several stand where devices worked apart: the later counts
    return (load(SHIPPED), *(kept_pack(store, latest[name]) for name in sorted(latest)))


def stamps(store: Store, eyes: Eyes) -> str:
    """What a report prints of the packs it was made with (requirement C14)."""
    return "; ".join(p.stamp for p in packs(store, eyes))


def add_pack(store: Store, eyes: Eyes, folder: str, reason: str = "") -> tuple[LawPack, LawPack | None]:
    """Keep the pack of a folder with the case and lay the case out by it too; gives it, and the one that it replaces.

    Raises LawPackBroken; WrongUsage where it bears the name of the pack that ships, or stands here already.
    """
    if not Path(folder).is_dir():
        raise WrongUsage(f"{folder} is no folder.", "Name the folder that holds pack.yaml and its neighbours.")
    pack = pack_at(folder)
    if pack.name == SHIPPED:
        fix = "Rename the folder: its name is the pack's."
        raise WrongUsage(f"A pack of one's own cannot be called {SHIPPED}, as the one that ships is.", fix)
    standing = [d for d in store.standing(eyes, pack.name, LAW_PACK) if d.payload["laid_out"]]
    before = kept_pack(store, standing[0]) if standing else None
    if before is not None and before.digest == pack.digest:
        raise WrongUsage(f"{pack.stamp} was added already.", "See what is kept with `probanda law recorded`.")
    deed = _deed(pack, _files(Path(folder)), laid_out=True)
    over = tuple(d.id for d in standing)
    store.record(eyes, [Deed(kind=LAW_PACK, subject=pack.name, payload=deed.payload, reason=reason, over=over)])
    return pack, before


def kept(store: Store, eyes: Eyes) -> list[Decision]:
    """The decisions that keep packs with this case, in the order of the log."""
    return store.of_kind(eyes, LAW_PACK)


def kept_pack(store: Store, decision: Decision) -> LawPack:
    """The pack that a decision keeps. Raises ItemAltered, LawPackBroken."""
    return _built(str(decision.payload["name"]), store.vault.read(str(decision.payload["text"])))


@lru_cache(maxsize=16)
def _built(name: str, words: bytes) -> LawPack:
    return build(name, json.loads(words.decode("utf-8")))


def keeping(store: Store, eyes: Eyes, pack: LawPack | None = None) -> list[Deed]:
    """The deed that keeps the pack that ships, to go before a decision made under it; none where it is kept already."""
    pack = pack or load(SHIPPED)
    if any(d.payload["digest"] == pack.digest for d in kept(store, eyes)):
        return []
    folder = resources.files("probanda.law") / "packs" / pack.name
    files = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}
    return [_deed(pack, files, laid_out=False)]


def _deed(pack: LawPack, files: dict[str, str], *, laid_out: bool) -> Deed:
    words = json.dumps(files, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    told = {"name": pack.name, "version": pack.version, "digest": pack.digest, "words": words, "laid_out": laid_out}
    return Deed(kind=LAW_PACK, subject=pack.name if laid_out else pack.digest, payload=told)
