"""The front door is quiet: few names, nothing heavy loaded, nothing opened, nothing started."""

from __future__ import annotations

import subprocess
import sys

import pytest

import probanda

HEAVY = (
    "spacy", "sqlalchemy", "numpy", "alembic", "jinja2", "rapidfuzz", "lxml", "pypdfium2", "PIL", "openpyxl", "docx",
    "typst",
)  # fmt: skip

WATCHED = """
import sys
happened = []
watched = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn", "urllib.")
sys.addaudithook(lambda event, args: happened.append((event, str(args)[:200])) if event.startswith(watched) else None)
"""


def in_python(script: str) -> str:
    """What a fresh interpreter prints that runs this."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_front_door_has_two_names() -> None:
    assert probanda.__all__ == ["Case", "__version__"]
    assert probanda.Case.__name__ == "Case"
    assert probanda.__version__.count(".") == 2


def test_another_name_is_refused_like_anywhere() -> None:
    with pytest.raises(AttributeError, match="Room"):
        probanda.Room  # noqa: B018 - the look itself is the test


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert in_python(f"import probanda, sys; print([m for m in {HEAVY} if m in sys.modules])").strip() == "[]"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["claims", "--help"], ["brief", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    script = f"""
import sys
sys.argv = ["probanda", *{words!r}]
from probanda.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("loaded:", [m for m in {HEAVY} if m in sys.modules])
"""
    assert in_python(script).splitlines()[-1] == "loaded: []"


def test_importing_every_room_opens_no_connection_and_starts_no_process() -> None:
    script = (
        WATCHED
        + """
import importlib, pkgutil, probanda
for module in pkgutil.walk_packages(probanda.__path__, "probanda."):
    if ".migrations" not in module.name:  # run by the database layer, never imported
        importlib.import_module(module.name)
connected = [e for e in happened if not e[0].startswith("socket.__new__") and e[0] != "socket.gethostname"]
print(connected)
"""
    )
    assert in_python(script).strip() == "[]"
