"""Probanda: from what people hold to what can be proved, every word followed home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Case", "__version__"]

if TYPE_CHECKING:
    from probanda.casework.case import Case


def __getattr__(name: str) -> Any:
    if name == "Case":  # loaded when asked for, so that `probanda --help` stays quick
        from probanda.casework.case import Case

        return Case
    raise AttributeError(name)
