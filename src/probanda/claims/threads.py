"""One thread of linear algebra in a process: more readers are more processes, and for a sentence threads only wait.

Start with `in_one_thread`. The products here are so small that handing them to threads costs five times what it
brings; a variable of the environment could say so too, but only before numpy is imported.

Looks down to: nothing. Used by: parse.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

_SETTERS = (
    "scipy_openblas_set_num_threads64_",
    "scipy_openblas_set_num_threads",
    "openblas_set_num_threads64_",
    "openblas_set_num_threads",
)
"""What builds of OpenBLAS call the function that sets the number of its threads."""


def in_one_thread() -> bool:
    """Tell the OpenBLAS that came with numpy to use no threads; False where numpy has another library, or none here."""
    import numpy as np

    for library in sorted(Path(np.__file__).parents[1].glob("numpy.libs/*openblas*")):
        found = ctypes.CDLL(str(library))  # loaded already: this only finds it
        for name in _SETTERS:
            setter = getattr(found, name, None)
            if setter is not None:
                setter(1)
                return True
    return False
