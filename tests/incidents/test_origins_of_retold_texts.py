"""The benchmark of retold accounts holds its figures: pairs of one origin found, never more origins than there are."""

from __future__ import annotations

import pytest
from benchmarks.origins.measure import measured


@pytest.mark.slow
def test_retold_accounts_go_back_to_their_origins_and_never_to_more():
    found = measured("development")
    assert found.precision == 1.0
    assert found.f1 >= 0.90
    assert (found.many, found.versions) == (0, 0)
