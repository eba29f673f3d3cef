"""A bundle: chosen items with all that another party needs to check them, and nothing of what we think of them.

Start with `bundle`. The folder is a BagIt bag: the items' bytes, the texts that claims cite, what was made from what,
claims and custody (`payload`), each log entry on these items with a proof to a signed checkpoint (`proofs`), and a
script that checks it all with nothing of ours. First all is gathered and its manifest computed, then that it goes is
logged with the manifest's digest, and only then a byte is written (`bag`). Originals go as they are, so names in
them are not masked: what is restricted, or names a protected person, goes only with a reason.

Looks down to: access, store, vault, kernel. Used by: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from probanda import __version__
from probanda.access.eyes import Eyes
from probanda.access.masking import Masker
from probanda.access.rules import NotAllowed, Permission, may
from probanda.casework import bag, custody
from probanda.casework.clock import now
from probanda.casework.payload import gathered, jsonl
from probanda.casework.progress import Progress, silent
from probanda.casework.proofs import Opened, opened
from probanda.casework.view import is_restricted
from probanda.kernel.digests import Digest, canonical, random_id, sha256
from probanda.kernel.errors import WrongUsage
from probanda.store.common import batches
from probanda.store.model import CustodyEvent, Deed, ItemRow
from probanda.store.projection import alternatives
from probanda.store.store import Store

EXTRAS = ("notes",)
"""What may be named with `--with`. notes: decisions on who is the same, as far as they rest on chosen items alone."""
FEW = 50
"""Items that are looked up one by one; of more, all numbers are fetched at once."""
SCRIPT = "verify_bundle.py"
NAMES_STAND = "These are originals: names in them are NOT masked, also those of protected persons."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """What `bundle` did."""

    folder: Path
    items: int
    closed: int
    """How many of them are restricted or name a protected person."""
    claims: int
    entries: int
    users: tuple[str, ...]
    """Names of users that the entries disclose."""
    manifest: Digest
    """SHA-256 of the payload's manifest, as the log has it."""


def bundle(
    store: Store,
    eyes: Eyes,
    items: Sequence[str],
    out: Path,
    *,
    include_restricted: str | None = None,
    extras: Sequence[str] = (),
    progress: Progress = silent,
) -> Bundled:
    """Write a bundle of these items (numbers, digests or names) to the folder `out`, which must not exist.

    That it goes is in the log, with its manifest's digest and a line of custody for each item, before a byte is
    written; so a bundle that could not be finished is logged too. Raises NotFound, NotAllowed, ItemAltered;
    WrongUsage where `out` exists or lies in the case folder, and where closed items go without a reason.
    """
    reason = (include_restricted or "").strip()
    _check_place(store, out, extras)
    rows = _chosen(store, eyes, items)
    for row in rows:
        if row.destroyed:
            raise WrongUsage(f"{row.number} was destroyed: there are no bytes to hand over.", "Leave it out.")
    closed = [row for row in rows if is_restricted(row) or _names_protected(store, eyes, row)]
    _allow(store, eyes, rows, closed, reason)
    shared = eyes if reason else eyes.only_open()  # what another taking-in of the same bytes says may be restricted
    rows = _as_seen(store, shared, rows)
    for done, row in enumerate(rows, 1):
        store.vault.verify(row.digest)
        progress("checking items", done, len(rows))
    found = gathered(store, shared, rows, notes="notes" in extras)
    manifest = sha256(found.bag.manifest())
    deeds = _deeds(store, eyes, rows, {row.digest for row in closed}, out.name, manifest, reason, extras)
    store.record(eyes, deeds)  # logged before a byte leaves
    told = opened(store, eyes, [*(d.id for d in found.decisions), deeds[0].id])
    _beside(store, found.bag, rows, told, len(closed))
    bag.write(found.bag, store.vault, out, progress)
    return Bundled(
        folder=out, items=len(rows), closed=len(closed), claims=found.claims, entries=len(told.entries),
        users=told.users, manifest=manifest,
    )  # fmt: skip


# --- before anything is done ----------------------------------------------------------------------


def _check_place(store: Store, out: Path, extras: Sequence[str]) -> None:
    if unknown := [one for one in extras if one not in EXTRAS]:
        raise WrongUsage(f"A bundle cannot be given {unknown[0]}.", f"--with takes: {', '.join(EXTRAS)}.")
    if out.exists() or out.is_symlink():
        raise WrongUsage(f"{out} is there already.", "Name a folder that does not exist yet; nothing was written.")
    if out.resolve().is_relative_to(store.folder.resolve()):
        raise WrongUsage(
            "A bundle is not written into the case folder, which holds nothing but the case.",
            "Name another place with --out.",
        )


def _chosen(store: Store, eyes: Eyes, items: Sequence[str]) -> list[ItemRow]:
    if not items:
        raise WrongUsage("No item was named.", "Name items: `probanda bundle MAR-0003 MAR-0007 --out FOLDER`.")
    known = {} if len(items) <= FEW else {key: row for row in store.items(eyes) for key in (row.number, row.digest)}
    found = {row.digest: row for row in (known.get(name) or store.item(eyes, name) for name in items)}
    return [found[digest] for digest in sorted(found)]


def _as_seen(store: Store, shared: Eyes, rows: Sequence[ItemRow]) -> list[ItemRow]:
    """The same items as other eyes see them, by digest."""
    wanted = [row.digest for row in rows]
    found = [row for batch in batches(wanted) for row in store.items(shared, batch)]
    return sorted(found, key=lambda row: row.digest)


def _names_protected(store: Store, eyes: Eyes, row: ItemRow) -> bool:
    """True where the text names somebody who is masked in every output."""
    known = store.protected(store.owner)  # a name is protected whoever reads
    if not known:
        return False
    mask = Masker(store.key, groups=[(one.kind, tuple(one.words)) for one in known], contacts=False).mask
    return any(mask(text.words) != text.words for text in store.texts(eyes, row.digest))


def _allow(store: Store, eyes: Eyes, rows: Sequence[ItemRow], closed: Sequence[ItemRow], reason: str) -> None:
    """Raises unless this user may take these items out, and closed ones have a reason."""
    if closed and not reason:
        first = closed[0]
        why = "is restricted" if is_restricted(first) else "names a protected person"
        raise WrongUsage(
            f"{first.number} {why}, and a bundle holds originals, in which no name is masked.",
            "Say why it may go: --include-restricted 'for counsel, with consent of 3 May'. Nothing was written.",
        )
    user = store.user(eyes.user)
    asked = [(row, Permission.EXPORT) for row in rows]
    asked += [(row, one) for row in closed for one in (Permission.INCLUDE_RESTRICTED, Permission.SEE_NAMES)]
    for row, permission in asked:
        if not any(may(user, permission, arm) for arm in alternatives(row.compartment)):
            raise NotAllowed(permission)


def _deeds(
    store: Store,
    eyes: Eyes,
    rows: Sequence[ItemRow],
    closed: set[str],
    name: str,
    manifest: Digest,
    reason: str,
    extras: Sequence[str],
) -> list[Deed]:
    """The output, and a line of custody for each item, which follows the item behind its wall.

    So the reason, which may speak of what is restricted, stands in the lines of closed items alone.
    """
    told = {
        "kind": "bundle",
        "digest": manifest,
        "manifest": manifest,
        "restricted_included": bool(reason),
        "names_included": True,
        "with": sorted(set(extras)),
    }
    output = Deed(kind="output", subject=random_id(), payload=told, reason=reason)
    line = {
        "at": now(),
        "who": store.users().get(eyes.user),
        "to": f"a bundle named {name}",
        "method": f"probanda {__version__}, bundle",
        "note": f"output {output.id}, manifest {manifest}",
    }
    why = {row.digest: reason if row.digest in closed else "" for row in rows}
    lines = [custody.line_deed(one, CustodyEvent.EXPORTED, line, reason=why[one], program=True) for one in why]
    return [output, *lines]


# --- what lies beside the payload -----------------------------------------------------------------


def _beside(store: Store, made: bag.Bag, rows: Sequence[ItemRow], told: Opened, closed: int) -> None:
    """The log's part, the script and a page to read first; then the bag is sealed."""
    made.files["log/entries.jsonl"] = jsonl(told.entries)
    made.files |= {f"log/checkpoint-{log}.txt": note.encode() for log, note in told.checkpoints.items()}
    made.files["log/keys.txt"] = "".join(f"{key}\n" for key in told.keys).encode()
    made.files["log/consistency.json"] = canonical(list(told.consistency)) + b"\n"
    made.files[SCRIPT] = resources.files("probanda.casework").joinpath(SCRIPT).read_bytes()
    made.files["README.txt"] = _readme(made, rows, told, closed).encode()
    made.seal(
        {
            "Bag-Software-Agent": f"probanda {__version__}",
            "External-Description": f"{len(rows)} item(s) of a case, with their claims and custody",
            "External-Identifier": store.settings.case,
        }
    )


def _readme(made: bag.Bag, rows: Sequence[ItemRow], told: Opened, closed: int) -> str:
    with_notes = "data/notes.jsonl" in made.files
    notes = "data/notes.jsonl        who was decided to be the same, and who not\n" if with_notes else ""
    home = "who is protected, and any conclusion" if with_notes else "who is who, who is protected, and any conclusion"
    return f"""A BUNDLE OF EVIDENCE

{NAMES_STAND.upper()}
{closed} of its {len(rows)} item(s) are restricted or name a protected person. Keep it as you would keep the originals.

To check it you need Python 3.9 or later and nothing else:

    python3 {SCRIPT}

Take the script from somewhere else if you do not trust whoever gave you this folder. Any program that reads
BagIt (RFC 8493) can check the files alone; so can `sha256sum -c {bag.MANIFEST}`.

data/items/             the originals, byte for byte, each under its SHA-256
data/texts/             the words read out of them, in UTF-8, each under its SHA-256
data/items.jsonl        number, names, size and digests of each item
data/derivatives.jsonl  which text was made from which item, with what
data/claims.jsonl       what the texts say, each claim with its text and the offsets of its words
data/custody.jsonl      who had each item, when, and what was done; null is what nobody stated
{notes}log/                    the entries on these items, each with a proof that it stands in the log; the signed
                        checkpoint it leads to; the keys that sign

A claim is what a text says, never a finding that it is true. "Proposed" claims were found by machine, and nobody
has looked at them; "checked" means that a person agrees that the text says so. Nobody's guilt is found here.

WHAT THE LOG DISCLOSES. {len(told.entries)} entries are opened: those on the items above (how they were registered,
labelled and handled, and what was decided on their claims, each with its reason), the one that records this
bundle, those that make the signing keys known, and those that name the users who wrote all these:
{", ".join(told.users)}.
Of all other entries there are only hashes. What stays with the case: {home}.
"""
