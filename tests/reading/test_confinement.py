"""A parser cannot reach out of its process: the kernel refuses, whatever the parser was made to do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from probanda.reading.confine import MEMORY

TRIES = {
    "open a socket": "import socket; socket.socket()",
    "connect by name": "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "start a program": "import subprocess; subprocess.run(['true'])",
    "start another process": "import os; os.fork()",
    "make a file": "open(where + '/made', 'w')",
    "make an empty file": "import os; os.open(where + '/made', os.O_CREAT)",
    "write to a file": "open(where + '/there', 'a')",
    "cut a file": "import os; os.truncate(where + '/there', 0)",
    "delete a file": "import os; os.unlink(where + '/there')",
    "rename a file": "import os; os.rename(where + '/there', where + '/elsewhere')",
    "link to a file": "import os; os.symlink('/etc/hostname', where + '/link')",
    "make a folder": "import os; os.mkdir(where + '/folder')",
    "change rights": "import os; os.chmod(where + '/there', 0o777)",
    "signal its parent": "import os; os.kill(os.getppid(), 0)",
    "change times": "import os; os.utime(where + '/there', (1, 1))",
    "hold its bytes in memory beyond the limit": f"bytearray({MEMORY})",
}

SCRIPT = """
import json, sys
from probanda.reading.confine import confine
where, tries = sys.argv[1], json.loads(sys.argv[2])
kept = confine()
told = {}
for name, code in tries.items():
    try:
        exec(code, {"where": where})
        told[name] = "done"
    except (OSError, MemoryError, RuntimeError) as fault:
        told[name] = type(fault).__name__
print(json.dumps({"kept": kept, "told": told, "read": open(where + "/there").read()}))
"""


@pytest.fixture
def told(tmp_path: Path) -> dict[str, object]:
    (tmp_path / "there").write_text("as it was")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path), json.dumps(TRIES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["there"]
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is the Linux kernel's")
def test_a_parser_cannot_reach_out(told: dict[str, object]) -> None:
    assert told["kept"] is True
    assert told["told"] == {name: "MemoryError" if "memory" in name else "PermissionError" for name in TRIES}


def test_what_is_there_can_still_be_read(told: dict[str, object]) -> None:
    assert told["read"] == "as it was"
