"""A case in a temporary folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from probanda.store.store import Store
from tests.store.desk import Desk, settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a case may be made."""
    return tmp_path / "case"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """The owner of a new case, opened for writing."""
    with Store.create(folder, settings(), "Ada Lorin") as store:
        yield Desk(store, store.owner)


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Further cases, by name."""
    made: list[Store] = []

    def make(name: str) -> Desk:
        store = Store.create(tmp_path / name, settings(), "Ada Lorin")
        made.append(store)
        return Desk(store, store.owner)

    yield make
    for store in made:
        store.close()
