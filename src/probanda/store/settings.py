"""The settings of a case: `case.toml`, small enough to be read by a person, written whole or not at all.

Looks down to: kernel. Used by: store, casework.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from probanda.kernel.digests import sha256
from probanda.kernel.errors import NotACaseFolder, ProbandaError, WrongUsage
from probanda.store.model import Deed

NAME = "case.toml"
WAITING = f"{NAME}.part"
OF_MODEL = ("model_endpoint", "model_name", "model_allowed")
"""What is said of a language model; nothing in most cases, and then the file does not speak of it."""
OPEN_TO_CHANGE = ("situation", "prefix", *OF_MODEL)
"""What a person may set. The others name the case and its log, and stand in every checkpoint."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a case folder says of itself."""

    situation: str
    prefix: str
    """Prefix of registration numbers, such as LBY."""
    case: str
    """Random id of the case."""
    log: str
    """Random id of this device's log."""
    version: int = 1
    """Version of the folder's format."""
    model_endpoint: str = ""
    """Address of a language model's server, up to the version: `http://127.0.0.1:8080/v1`."""
    model_name: str = ""
    """The model that it is asked for."""
    model_allowed: str = ""
    """`host:port` of other machines that words may be sent to, with spaces between; counts only as far as the log has
    it too."""


def words_of(settings: Settings) -> bytes:
    """The file as this program writes it: the same settings always give the same bytes."""
    lines = ["# Settings of a Probanda case folder. The ids below name its case and its log: leave them as they are.\n"]
    for key, value in told_of(settings).items():
        lines.append(f"{key} = {value if isinstance(value, int) else _toml(value)}\n")
    return "".join(lines).encode("utf-8")


def told_of(settings: Settings) -> dict[str, Any]:
    """Each setting by its name; of a language model only what is said."""
    return {key: value for key, value in asdict(settings).items() if value or key not in OF_MODEL}


def changed(settings: Settings, key: str, value: str) -> Settings:
    """The settings with one of them set. Raises WrongUsage for one that nobody may set, or a value it cannot have."""
    if key not in OPEN_TO_CHANGE:
        raise WrongUsage(f"There is no setting {key!r} to be set.", f"Set one of: {', '.join(OPEN_TO_CHANGE)}.")
    if not value.isprintable() or not (value.strip() or key in OF_MODEL):
        raise WrongUsage(f"The setting {key} cannot be {value!r}.", "Give words on one line.")
    new: dict[str, Any] = {key: value.strip() if key in OF_MODEL else value}
    return replace(settings, **new)


def settings_deed(settings: Settings, data: bytes, over: tuple[str, ...] = (), reason: str = "") -> Deed:
    """The deed that says what `case.toml` holds: its digest, and each setting."""
    told = {"digest": sha256(data), "settings": told_of(settings)}
    return Deed(kind="settings", subject=settings.log, payload=told, over=over, reason=reason)


def settings_from(told: Mapping[str, Any]) -> Settings:
    """The settings that a deed's payload holds. Raises KeyError or TypeError when it does not."""
    said = told["settings"]
    return Settings(
        **{one.name: said.get(one.name, "") if one.name in OF_MODEL else said[one.name] for one in fields(Settings)}
    )


def write_settings(folder: Path, settings: Settings) -> None:
    """Write `case.toml` by temporary file, fsync and rename."""
    waiting = folder / WAITING
    with waiting.open("wb") as out:
        out.write(words_of(settings))
        out.flush()
        os.fsync(out.fileno())
    waiting.replace(folder / NAME)
    sync_folder(folder)


def read_settings(folder: Path) -> Settings:
    """Read `case.toml`. Raises NotACaseFolder when there is none, ProbandaError when it cannot be understood."""
    try:
        found = tomllib.loads((folder / NAME).read_text("utf-8"))
        return Settings(
            str(found["situation"]), str(found["prefix"]), str(found["case"]), str(found["log"]), int(found["version"]),
            *(str(found.get(key, "")) for key in OF_MODEL),
        )  # fmt: skip
    except (FileNotFoundError, NotADirectoryError):
        raise NotACaseFolder(str(folder)) from None
    except OSError as error:
        raise ProbandaError(
            f"Cannot read {folder / NAME}: {error.strerror}.", "Give yourself the right to read it."
        ) from error
    except (KeyError, ValueError) as error:
        raise ProbandaError(
            f"{folder / NAME} cannot be understood: {error}.",
            "Restore it from a copy; it needs situation, prefix, case, log and version.",
        ) from error


def log_of(data: bytes) -> str:
    """The log that the bytes of a `case.toml` name; empty where they cannot be understood."""
    try:
        return str(tomllib.loads(data.decode("utf-8"))["log"])
    except (ValueError, KeyError):
        return ""


def sync_folder(folder: Path) -> None:
    """Make a rename or a new file in this folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _toml(words: str) -> str:
    """A TOML basic string: as JSON writes it, with DEL escaped and half surrogates replaced."""
    whole = words.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
