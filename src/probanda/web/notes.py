"""What the server keeps for itself beside the record: how far each user had seen the log, and what `verify` found last.

Start with `Notes`. It is one small file in the case folder's `tmp/`, on this machine alone: no decision, in no backup,
and nothing is lost with it but the answer to "what is new". A file that cannot be read is begun anew.

Looks down to: store (common), kernel. Used by: web.
"""

from __future__ import annotations

import contextlib
import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from probanda.store.common import WORKBENCH

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of one case folder; safe to use from several threads."""

    folder: Path

    def read(self, key: str) -> Any:
        """What was noted under this key; None where nothing was."""
        with _LOCK:
            return self._all().get(key)

    def write(self, key: str, value: Any) -> None:
        """Note plain JSON under this key. A disk that refuses is no reason to show no page."""
        with _LOCK, contextlib.suppress(OSError):
            path = self.folder / WORKBENCH
            path.parent.mkdir(exist_ok=True)
            waiting = path.with_suffix(".part")
            waiting.write_text(json.dumps({**self._all(), key: value}), "utf-8")
            waiting.replace(path)

    def _all(self) -> dict[str, Any]:
        try:
            found = json.loads((self.folder / WORKBENCH).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
