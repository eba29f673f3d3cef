"""Texts that come one by one, gathered after each: what is recorded is what a fresh case holds that saw all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.incidents.generate import Report, texts
from benchmarks.incidents.through_store import fill

from probanda import Case
from probanda.casework.consolidate import stored
from probanda.casework.export import KINDS
from probanda.incidents.model import Consolidation

REPORTS = list(texts(45, seed=3))


def a_case(folder: Path) -> Case:
    return Case.new(folder, prefix="T")


def recorded(case: Case) -> dict[str, object]:
    """All that is exported of it, and the digest of what lies in the record for each sight."""
    case.matrix()
    exports = {kind: list(case.export(kind)) for kind in KINDS}
    sights = (case.eyes, case.eyes.only_open())
    return exports | {f"made in sight {n}": case.store.made("consolidation", e.sight) for n, e in enumerate(sights)}


def fill_one(case: Case, report: Report, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fill(case, [report], folder / report.doc.names[0].removesuffix(".txt"))


@pytest.mark.parametrize("restricted", [False, True])
def test_every_export_is_that_of_a_fresh_case(tmp_path: Path, restricted: bool):
    with a_case(tmp_path / "grown") as grown, a_case(tmp_path / "fresh") as fresh:
        for n, report in enumerate(REPORTS):
            fill_one(grown, report, tmp_path / "one by one")
            fill_one(fresh, report, tmp_path / "at once")
            if n == 3 and restricted:  # the two sights hold different things from here on
                for case in (grown, fresh):
                    case.label(REPORTS[1].doc.item, "restricted", reason="it names a witness")
            if n % 3 == 2 or n < 6:
                grown.incidents()
        assert grown.incidents() == fresh.incidents()
        assert recorded(grown) == recorded(fresh)
        assert grown.verify() == [], "what lies in the record is what its ledger says"
        assert len(grown.incidents().incidents) > 5


def test_what_is_worked_out_is_what_lies_in_the_record(tmp_path: Path):
    with a_case(tmp_path / "case") as case:
        fill(case, REPORTS, tmp_path / "texts")
        done = case.incidents()
        assert isinstance(done, Consolidation) and done == stored(case.store, case.eyes) == case.incidents()
