"""Parsing keeps to one thread, whatever the environment says."""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import pytest

from probanda.claims.threads import in_one_thread

_GETTERS = ("scipy_openblas_get_num_threads64_", "openblas_get_num_threads64_", "openblas_get_num_threads")


def test_numpy_multiplies_in_one_thread_once_told() -> None:
    if not in_one_thread():
        pytest.skip("numpy came with another library than OpenBLAS")
    (library,) = Path(np.__file__).parents[1].glob("numpy.libs/*openblas*")
    loaded = ctypes.CDLL(str(library))
    getters = [getattr(loaded, name) for name in _GETTERS if hasattr(loaded, name)]
    assert [getter() for getter in getters] == [1] * len(getters)
    assert getters
