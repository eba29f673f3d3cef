"""What tests of the whole flow need; the run of the sample case they share is in `tests/conftest.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of reports from names and words."""

    def make(**texts: str) -> Path:
        folder = tmp_path / "reports"
        folder.mkdir(exist_ok=True)
        for name, words in texts.items():
            (folder / f"{name}.txt").write_text(words, "utf-8")
        return folder

    return make
