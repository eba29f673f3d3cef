"""The search for waste waits while much is made, and goes on as it was afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from probanda.kernel import waste
from probanda.kernel.waste import unsearched


@pytest.fixture(autouse=True)
def searched() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_nothing_is_searched_within_and_all_is_as_before_afterwards():
    with unsearched():
        assert not gc.isenabled()
        with unsearched():
            assert not gc.isenabled()
        assert not gc.isenabled(), "the outer one goes on"
    assert gc.isenabled()


def test_an_error_within_turns_the_search_on_again():
    with pytest.raises(KeyError), unsearched():
        raise KeyError
    assert gc.isenabled()


def test_where_it_was_put_off_before_it_stays_so():
    gc.disable()
    with unsearched():
        pass
    assert not gc.isenabled()


def test_much_that_was_made_is_searched_once_at_the_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waste, "MANY", 100)
    before = gc.get_stats()[2]["collections"]
    with unsearched():
        kept = [[n] for n in range(1000)]
    assert len(kept) == 1000
    assert gc.get_stats()[2]["collections"] == before + 1
