"""Running the program as a user does, for tests of every room: `run`, `lines`, `exported`, `brief`."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from probanda import Case
from probanda.casework.view import Sharing

Rows = list[dict]


@dataclass(frozen=True)
class Done:
    """A finished run: its dossier, its case folder, and its exports as rows."""

    page: str
    folder: Path
    out: Path
    said: str
    claims: Rows
    mentions: Rows
    actors: Rows
    incidents: Rows
    contradictions: Rows
    origins: Rows

    def claim(self, doc: str, words: str, **fields: object) -> dict:
        """The claim of this document whose quote holds these words and which has these fields; fails if none has."""
        here = [c for c in self.claims if c["doc"].startswith(doc) and words in c["quote"]]
        for c in here:
            if all(_fits(c[k], v) for k, v in fields.items()):
                return c
        near = [{k: c[k] for k in fields} | {"quote": c["quote"]} for c in here]
        raise AssertionError(f"no claim in {doc} on {words!r} with {fields}; there are: {near}")

    def actor(self, doc: str, words: str) -> str | None:
        """The actor that a mention of this document was linked to."""
        found = [m for m in self.mentions if m["doc"].startswith(doc) and m["text"] == words]
        assert found, f"no mention {words!r} in {doc}"
        return found[0]["actor"]


def _fits(value: object, wanted: object) -> bool:
    if isinstance(value, list) and isinstance(wanted, str):
        return any(wanted.casefold() in str(v).casefold() for v in value)
    if isinstance(wanted, tuple):
        return value in wanted
    return value == wanted


def run(*args: object, code: int = 0, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The program as a user runs it; fails when it ends with another code than expected."""
    done = subprocess.run(
        [sys.executable, "-m", "probanda.cli.main", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        timeout=300,
    )
    assert done.returncode == code, f"ended with {done.returncode}, not {code}:\n{done.stdout}\n{done.stderr}"
    return done


def lines(folder: Path, kind: str, sharing: Sharing | None = None) -> str:
    """One export as the program prints it, made in this process (starting the program costs a second each time)."""
    with Case.open(folder, writing=sharing is not None) as case:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in case.export(kind, sharing=sharing))


def exported(folder: Path, kind: str) -> Rows:
    """The rows of one export."""
    return [json.loads(line) for line in lines(folder, kind).splitlines()]


def brief(reports: Path, out: Path, *options: object, code: int = 0) -> Done:
    """The main job, with its exports."""
    said = run("brief", reports, "--out", out, "--case", out.with_suffix(".case"), *options, code=code)
    folder = out.with_suffix(".case")
    kinds = ("claims", "mentions", "actors", "incidents", "contradictions", "origins")
    rows = {kind: exported(folder, kind) for kind in kinds}
    return Done(out.read_text("utf-8"), folder, out, said.stderr, **rows)
