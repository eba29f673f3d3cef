"""Pictures of one place from different times are listed in pairs, by what files and notes beside them state."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from probanda import Case
from probanda.casework import pairing
from probanda.cli.main import app
from tests.reading.making_media import a_geotiff, a_stac_item


def test_before_and_after(tmp_path: Path) -> None:
    """The first states its time itself; two files of the second scene have it from the STAC item beside them."""
    files = {
        "may/harbour.tif": a_geotiff(made="2031:05:02 09:00:00"),
        "june/scene.json": a_stac_item("b04.tif", "visual.tif", "gone.tif", west=21.0, south=34.335),
        "june/b04.tif": a_geotiff(made="2032:01:01 00:00:00", north=3_800_050.0),
        "june/visual.tif": a_geotiff(made="2032:01:01 00:00:00", north=3_800_040.0),
        "elsewhere/same-day.tif": a_geotiff(east=600_000.0, made="2031:05:02 09:00:00"),
    }
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    with Case.new(tmp_path / "case", prefix="SAT") as made:
        made.add([tmp_path / "in"])
        made.read(workers=1)
        (one,) = made.before_after()
        assert [v.row.doc for v in (one.before, one.after)] == ["may/harbour.tif", "june/visual.tif"]
        assert one.share > 0.5
        scene = made.store.item(made.eyes, "scene.json")
        assert (one.before.fact, one.before.note) == ("made", "")
        assert (one.after.taken, one.after.note) == ("2031-06-20T10:20:31Z", scene.number)
        assert any("1 files that are not here" in reason for _, reason, _ in scene.remarks)
        other = made.store.item(made.eyes, "b04.tif")  # of the same scene: it has the pairs of that scene
        assert [p.before.row.doc for p in pairing.pairs_of(made.store, made.eyes, other)] == ["may/harbour.tif"]
        assert not pairing.pairs_of(made.store, made.eyes, made.store.item(made.eyes, "same-day.tif"))
        made.read(workers=1)
        brought = made.store.decisions(made.eyes, other.digest)
        assert sum(d.kind == "acquisition" for d in brought) == 1  # nothing is noted twice
        told = CliRunner().invoke(app, ["-C", str(tmp_path / "case"), "items", "--pairs", "--json"])
        (row,) = map(json.loads, told.stdout.splitlines())
        assert (row["before"], row["after"]) == (one.before.row.number, one.after.row.number)
        made.label(one.before.row.number, "restricted", reason="the tasking names a source")
        assert not pairing.all_pairs(made.store, made.eyes.only_open())
