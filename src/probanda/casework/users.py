"""The people who work in a case: adding them, finding them by what they are called, and giving them keys.

Start with `added` and `found`. A user is a random id; name, staff code and clearances stand in a decision of kind
`user`, the public half of a key in one of kind `user-key`. To act as somebody (`--as NAME`) is a statement and not
yet a proof: whoever can write in the folder can make it. A user's key lets that user sign what a proof needs.

Looks down to: audit, access, store, kernel. Used by: casework (case), cli.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from probanda.access.eyes import Eyes
from probanda.access.rules import NotAllowed, Permission, demand
from probanda.audit.keys import PublicKey, SigningKey
from probanda.kernel.digests import canonical
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.names.folding import fold
from probanda.store.errors import CannotWrite
from probanda.store.model import Deed
from probanda.store.settings import sync_folder
from probanda.store.store import Store

SHORTEST_ID = 6
"""Letters of an id that are enough to name a user."""
KIND = "user-key"


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as listed."""

    id: str
    name: str
    code: str | None
    """The office's own code for staff."""
    owner: bool
    clearances: tuple[str, ...]
    key: str | None
    """The public key that stands, as `audit.keys` writes it; None while the user has none."""
    keys: int
    """How many keys there were, that one included."""


def listed(store: Store) -> list[UserRow]:
    """All users in the order they were added, with their codes and keys."""
    return [_row(store, user) for user in store.users()]


def _row(store: Store, user: str) -> UserRow:
    known = store.user(user)
    told = store.decisions(store.owner, user)
    code = next((d.payload.get("code") for d in reversed(told) if d.kind == "user" and d.stands), None)
    keys = [d for d in told if d.kind == KIND]
    standing = next((str(d.payload["key"]) for d in reversed(keys) if d.stands), None)
    return UserRow(user, known.name, code, known.owner, tuple(sorted(known.clearances)), standing, len(keys))


def found(store: Store, name: str) -> str:
    """The id of the user with this name or staff code (however they are cased), id or first letters of it.

    Raises NotFound, also where several bear the name.
    """
    asked = fold(name)
    rows = listed(store) if asked else []
    for fits in (
        [row.id for row in rows if row.id == name or (row.code and fold(row.code) == asked)],
        [row.id for row in rows if fold(row.name) == asked],
        [row.id for row in rows if len(name) >= SHORTEST_ID and row.id.startswith(name)],
    ):
        if len(fits) == 1:
            return fits[0]
    raise NotFound("user called", name, "probanda user list")


def added(store: Store, eyes: Eyes, name: str, code: str | None = None, clearances: Sequence[str] = ()) -> str:
    """Record a new user; gives the id. Only who manages the case may; a name or code that is in use is refused."""
    demand(store.user(eyes.user), Permission.MANAGE)
    name, code = name.strip(), (code or "").strip() or None
    if not name:
        raise WrongUsage("A user needs a name.", "Give it: `probanda user add 'M. Ode' --code INV-07`.")
    for row in listed(store):
        if fold(row.name) == fold(name) or (code and row.code and fold(row.code) == fold(code)):
            raise ProbandaError(
                f"There is a user {row.name}{f' ({row.code})' if row.code else ''} already.",
                "Give a name and a code by which people can be told apart; nothing was recorded.",
            )
    return store.add_user(eyes, name, clearances, code)


# --- keys -----------------------------------------------------------------------------------------


def key_name(store: Store, user: str) -> str:
    """What a user's key is called in signatures: the case and the id, never a person's name."""
    return f"probanda/{store.settings.case}/user/{user}"


def key_path(store: Store, user: str) -> Path:
    """Where the secret half of a user's key lies."""
    return store.folder / "keys" / f"{user}.key"


def change_message(case: str, user: str, key: str) -> bytes:
    """What the old key signs when a new one takes its place: case, user and new public key in canonical JSON."""
    return canonical({"case": case, "key": key, "kind": KIND, "user": user})


def give_key(store: Store, eyes: Eyes, name: str, *, lost: bool = False, reason: str = "") -> PublicKey:
    """Make an Ed25519 key for a user, keep its secret half in `keys/`, and record its public half.

    A key that takes another's place is countersigned by the old one. `lost` says that the old one is gone, which
    needs a reason; then nothing vouches for the new one but the decision. Users may do this for themselves, who
    manages the case for all. The secret is on disk before the decision, and takes the old one's place after it,
    so that a run cut off in between leaves the key that the record names.
    """
    user = found(store, name)
    if user != eyes.user:
        demand(store.user(eyes.user), Permission.MANAGE)
    if lost and not reason.strip():
        raise WrongUsage("To give up a lost key needs a reason.", "Say it: --lost --reason 'the laptop was seized'.")
    over = store.standing(store.owner, user, KIND)
    old = None if lost or not over else _old_key(store, user, PublicKey.parse(str(over[-1].payload["key"])))
    new = SigningKey.new()
    public = new.public(key_name(store, user))
    signed = None if old is None else old.sign(change_message(store.settings.case, user, public.text)).hex()
    waiting = _waiting(store, user)
    _write_secret(waiting, new.seed)
    told = {"key": public.text, "countersigned": signed, "lost": lost}
    store.record(eyes, [Deed(kind=KIND, subject=user, payload=told, over=tuple(d.id for d in over), reason=reason)])
    _into_place(waiting, key_path(store, user))
    return public


def tidy(store: Store) -> None:
    """After a run that was cut off: a key that the record names comes into its place, one it does not name goes."""
    for waiting in sorted((store.folder / "keys").glob("*.key.part")):
        user = waiting.name.removesuffix(".key.part")
        if user not in store.users():
            continue
        over = store.standing(store.owner, user, KIND)
        public = PublicKey.parse(str(over[-1].payload["key"])) if over else None
        if public is not None and _holds(waiting, public):
            _into_place(waiting, key_path(store, user))
        else:
            waiting.unlink()


def signing_key(store: Store, user: str) -> SigningKey | None:
    """The secret half of the key that stands for a user; None where it is not in this folder."""
    over = store.standing(store.owner, user, KIND)
    if not over:
        return None
    return _secret(store, user, PublicKey.parse(str(over[-1].payload["key"])))


def _old_key(store: Store, user: str, public: PublicKey) -> SigningKey:
    old = _secret(store, user, public)
    if old is None:
        raise ProbandaError(
            f"The present key of this user is not in {key_path(store, user)}, so it cannot vouch for a new one.",
            "Restore that file from a copy, or say that the key is lost: --lost --reason TEXT.",
        )
    return old


def _secret(store: Store, user: str, public: PublicKey) -> SigningKey | None:
    """The secret half of this public key, also where a run was cut off before it came into its place."""
    for path in (key_path(store, user), _waiting(store, user)):
        if _holds(path, public):
            return SigningKey.from_seed(path.read_bytes())
    return None


def _holds(path: Path, public: PublicKey) -> bool:
    """True where this file is the secret half of this key."""
    try:
        return SigningKey.from_seed(path.read_bytes()).public(public.name) == public
    except (OSError, ValueError):
        return False


def _waiting(store: Store, user: str) -> Path:
    return key_path(store, user).with_suffix(".key.part")


def _write_secret(path: Path, seed: bytes) -> None:
    try:
        path.unlink(missing_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(file, seed)
            os.fsync(file)
        finally:
            os.close(file)
        sync_folder(path.parent)
    except OSError as error:
        raise CannotWrite(str(path.parent), (error.strerror or str(error)).lower()) from error


def _into_place(waiting: Path, home: Path) -> None:
    try:
        waiting.replace(home)
        sync_folder(home.parent)
    except OSError as error:
        raise CannotWrite(str(home.parent), (error.strerror or str(error)).lower()) from error


__all__ = ["NotAllowed", "UserRow", "added", "change_message", "found", "give_key", "key_name", "listed", "signing_key"]
