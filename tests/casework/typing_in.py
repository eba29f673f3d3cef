"""Commands as a person types them, run in this process: starting the program costs a second each time."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from probanda.cli.main import app
from probanda.kernel.errors import ProbandaError


def typed(folder: Path, *words: object, code: int = 0) -> Result:
    """One command in a case folder; fails when it ends with another code than expected."""
    done = CliRunner().invoke(app, ["-C", str(folder), *map(str, words)])
    ended = done.exception.exit_code if isinstance(done.exception, ProbandaError) else done.exit_code
    assert ended == code, f"ended with {ended}, not {code}:\n{done.output}\n{done.exception!r}"
    return done
