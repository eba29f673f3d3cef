"""The main job speaks to nobody: every attempt to reach a network fails here, in the command and in its children."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import Done, run

pytestmark = pytest.mark.slow

GUARD = """
import os, socket, sys

def guard(event, args):
    reaching = event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")
    if reaching or (event == "socket.__new__" and args[1] not in (-1, socket.AF_UNIX)):
        raise RuntimeError(f"reached for the network: {event} {args[1:]}")

sys.addaudithook(guard)
with open(os.environ["GUARDED"], "a") as seen:
    seen.write(f"{os.getpid()}\\n")
"""
"""Python runs a module of this name in each process that finds it on its path."""

MAIN = """
import os
from probanda.reading import child
plain = child._environment
child._environment = lambda: plain() | {key: os.environ[key] for key in ("PYTHONPATH", "GUARDED")}
from probanda.cli.main import main
main()
"""
"""The reading child gets next to no environment, so the guard's place must be handed to it."""


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """An environment in which no Python process can reach a network."""
    import os

    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, "utf-8")
    return os.environ | {"PYTHONPATH": str(tmp_path / "guard"), "GUARDED": str(tmp_path / "processes")}


def test_the_main_job_needs_no_network(sample: Path, done: Done, guarded: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAIN, "brief", str(sample), "--out", str(tmp_path / "dossier.html")]
    said = subprocess.run(command, env=guarded, capture_output=True, text=True, check=False)
    assert said.returncode == 3, said.stderr  # one item is a scan
    assert len(set((tmp_path / "processes").read_text().split())) >= 2  # the command and its reading child
    folder = tmp_path / "dossier.case"
    assert len(run("-C", folder, "export", "claims").stdout.splitlines()) == len(done.claims)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket().connect(('192.0.2.1', 80))",
        "socket.create_connection(('example.invalid', 80))",
        "socket.socket().bind(('', 0))",
        "urllib.request.urlopen('http://192.0.2.1/')",
    ],
)
def test_the_guard_would_have_told(guarded: dict[str, str], attempt: str) -> None:
    command = [sys.executable, "-c", f"import socket, urllib.request; {attempt}"]
    said = subprocess.run(command, env=guarded, capture_output=True, text=True, check=False)
    assert "reached for the network" in said.stderr
