"""What comes out of a web archive is an item that keeps what its capture says, and none of it is ours to vouch for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import custody, properties
from probanda.casework.captures import facts
from tests.reading.making_captures import AT, SITE, a_capture, a_wacz, a_warc

pytestmark = pytest.mark.slow  # it starts a child that reads


@pytest.fixture
def case(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "market.wacz").write_bytes(a_wacz(a_warc(a_capture(), packed=True)))
    (tmp_path / "in" / "old.warc").write_bytes(a_warc(a_capture()[:3]))
    with Case.new(tmp_path / "case", prefix="MAR") as made:
        made.add([tmp_path / "in"])
        made.read()
        yield made


def test_a_captured_page_is_an_item_with_the_words_of_each_archive_it_came_out_of(case: Case) -> None:
    rows = {name: row for row in case.items() for name in row.names}
    page = rows["market.wacz/harbour.example/market.html"]
    assert rows["old.warc/harbour.example/market.html"] is page, "the same bytes are one item"
    assert (page.acquired_at, page.source, page.title) == (AT, None, "Shells")
    assert [claim.act_type for claim in case.claims() if claim.item == page.digest]
    told = [dict(facts(one.capture)) for one in custody.acquisitions(case.store, case.eyes, page.number) if one.capture]
    assert [one["address asked"] for one in told] == [f"{SITE}/m", f"{SITE}/m"]
    assert [one["captured with"] for one in told] == ["Harbour Crawler 2.2", "Harbour Crawler 2.1"]
    assert [one["complete"] for one in told] == ["3 of 3", "2 of 3; missing: dated full-page image"]
    authentic = properties.report(case.store, case.eyes, page.number)[0]
    assert any("dated full-page image" in words for words in authentic.missing)
    assert "market.wacz/harbour.example/clip.mp4" in rows
    row = custody.acquisition_row(custody.acquisitions(case.store, case.eyes, page.number)[1], {})
    assert json.loads(json.dumps(row))["capture"]["missing"] == ["image"]
    before = case.store.dump()
    case.rebuild()
    again = custody.acquisitions(case.store, case.eyes, page.number)
    assert [one.capture is not None for one in again] == [True, True]
    assert not case.verify() and len(case.store.dump()) >= len(before)
