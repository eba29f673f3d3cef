"""A case made of a few short texts, for the tests of what persons decide."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from probanda import Case
from probanda.casework import users


def a_case(folder: Path, texts: Mapping[str, str], *, signing: tuple[str, ...] = (), matrix: bool = False) -> Path:
    """The folder of a case with these texts (name -> words), read and sorted into incidents, its owner being Ada.

    `signing`: names of users who have a key, the owner among them or not; `matrix`: whether the matrix is made.
    """
    files = folder / "files"
    files.mkdir()
    for name, words in texts.items():
        (files / name).write_text(words)
    with Case.new(folder / "case", situation="Marsafa", prefix="MAR", name="Ada") as case:
        case.add([files])
        case.read()
        for name in signing:
            if name != "Ada":
                users.added(case.store, case.eyes, name)
            users.give_key(case.store, case.eyes, name)
        case.incidents()
        if matrix:
            case.matrix()
    return folder / "case"
