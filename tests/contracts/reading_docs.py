"""Fenced blocks of the documentation, and commands run as a reader would type them.

Conventions in the docs: in a `console` block a line that begins with `$ ` is typed and the lines below it are printed
(`...` stands for anything); in a block without a language each line that begins with `probanda` is typed.
`# ends with N` at the end of a command names its exit code. CLAIM stands for the first id of the list printed last,
HYPOTHESIS for the one opened last, TASK for the one added last.

Used by: test_docs.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

SET_UP = ("make ", "cd ", "export PATH")
"""What a reader types to get there, and a test has done already."""
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_ENDS = re.compile(r"\s+# ends with (\d+)$")
_STANDS_FOR = {
    "CLAIM": re.compile(r"^[○●◐✕?] ([0-9a-f]{12})  ", re.M),
    "HYPOTHESIS": re.compile(r"^Opened ([0-9a-f]{12}) ", re.M),
    "TASK": re.compile(r"^Task ([0-9a-f]{12}) added", re.M),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One command of a document."""

    command: str
    code: int = 0
    printed: tuple[str, ...] = ()
    """What the document says it prints."""


@dataclass(slots=True)
class Terminal:
    """A folder in which commands are typed one after another."""

    folder: Path
    ids: dict[str, str] = field(default_factory=dict)
    """What the words that stand for an id stand for now."""
    ran: list[str] = field(default_factory=list)

    def type(self, typed: Typed) -> None:
        """Run one command; fails when it ends otherwise or prints something else than the document says."""
        command = re.sub(r"\b(CLAIM|HYPOTHESIS|TASK)\b", lambda word: self.ids.get(word[0], ""), typed.command)
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=_environment(), text=True, timeout=300,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        said = done.stdout
        assert done.returncode == typed.code, f"$ {command}\nended with {done.returncode}, not {typed.code}:\n{said}"
        assert not typed.printed or _fits(typed.printed, said), f"$ {command}\nprinted something else:\n{said}"
        self.ids |= {word: found[1] for word, listed in _STANDS_FOR.items() if (found := listed.search(said))}
        self.ran.append(typed.command)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks in this language."""
    return [body for kind, body in _FENCE.findall(page.read_text("utf-8")) if kind == language]


def typed_in(page: Path) -> list[Typed]:
    """The commands of a page, in their order."""
    found: list[Typed] = []
    for kind, body in _FENCE.findall(page.read_text("utf-8")):
        if kind == "console":
            found += _session(body)
        elif kind == "":
            found += [
                _typed(re.sub(r"\s{2,}# .*", "", line)) for line in body.splitlines() if line.startswith("probanda ")
            ]
    return [one for one in found if not one.command.startswith(SET_UP)]


def _session(body: str) -> list[Typed]:
    found = []
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, *printed = part.splitlines()
        found.append(_typed(command, tuple(printed)))
    return found


def _typed(line: str, printed: tuple[str, ...] = ()) -> Typed:
    ends = _ENDS.search(line)
    return Typed(_ENDS.sub("", line).strip(), int(ends[1]) if ends else 0, printed)


def _fits(wanted: tuple[str, ...], said: str) -> bool:
    """True when what was printed begins as the document says, `...` standing for anything."""
    pattern = r"\n".join(re.escape(line) for line in wanted).replace(re.escape("..."), ".*?")
    return re.search(rf"(?:\A|\n){pattern}", said, flags=re.S) is not None


def _environment() -> dict[str, str]:
    here = Path(sys.executable).parent
    path = f"{here}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
