"""A pack of another code, in a folder: loaded, checked, told and pointed to by the same rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from probanda.casework.law_packs import pack_at
from probanda.kernel.errors import WrongUsage
from probanda.law import LawPackBroken, crimes_for, load
from probanda.law.telling import NOT_OFFICIAL, named, shown, whole

FOLDER = Path(__file__).parent / "packs" / "marsafa_code"
CODE = pack_at(str(FOLDER))


def test_a_folder_is_a_pack_with_a_stamp_of_its_own():
    assert [c.id for c in CODE.crimes] == ["Section 30(a)", "Section 31(a)"]
    assert CODE.stamp.startswith("marsafa_code 1.0 (") and CODE.digest != load().digest


def test_acts_point_to_the_crimes_of_the_code():
    assert [c.id for c in crimes_for(CODE, "execution")] == ["Section 30(a)"]
    assert crimes_for(CODE, "hostage") == ()


def test_bars_and_stages_are_those_of_the_code():
    assert [b.id for b in CODE.bars_of(CODE.crime("Section 31(a)"))] == ["section 9"]
    assert CODE.bars_of(CODE.crime("Section 30(a)")) == ()
    assert [s["standard"] for s in whole(CODE)["stages"]] == ["initial suspicion", "full conviction of the court"]


def test_its_entries_are_told_as_those_of_any_pack():
    (crime,) = named(CODE, "section 31 a")
    lines = shown(CODE, crime)
    assert sum(NOT_OFFICIAL in line for line in lines) == 3
    assert not any("art. 11" in line for line in lines)


def test_it_has_the_lists_of_words_that_rules_ask_for_by_name_and_its_own_where_it_has_some():
    assert {c.name for c in CODE.cues} >= {c.name for c in load().cues}
    assert CODE.cue_list("fighting").words == ("war", "fighting")


def test_a_broken_pack_is_refused_with_file_and_entry(tmp_path: Path):
    for file in FOLDER.iterdir():
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace("acts: [looting-property]", "acts: [plunder]"), encoding="utf-8")
    with pytest.raises(LawPackBroken) as caught:
        pack_at(str(tmp_path))
    assert caught.value.file == "crimes.yaml" and caught.value.entry == "Section 31(a)"


def test_a_file_is_no_pack(tmp_path: Path):
    (tmp_path / "pack.yaml").write_text("name: x")
    with pytest.raises(WrongUsage):
        pack_at(str(tmp_path / "pack.yaml"))
