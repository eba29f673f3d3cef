"""The chain of command of the sample case, as its texts tell it: three days, a conflict, a lead, a picture."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.running import Done, run

pytestmark = pytest.mark.slow


def _chain(done: Done, *asked: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("-C", done.folder, "chain", *asked, "--json").stdout)
    return found


def _heads(found: dict[str, Any], unit: str) -> dict[str, str]:
    """What is said of everyone told to head a unit, by name."""
    names = {key: node["name"] for key, node in found["nodes"].items()}
    return {
        names[link["upper"]]: link["holds"]
        for link in found["links"]
        if link["kind"] == "posting" and names[link["lower"]] == unit and link["up"]
    }


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2031-05-11", {"Salim Ghadwan": "stated", "Tarek Moussaf": "within", "Hadi Zarrin": "not yet"}),
        ("2031-06-25", {"Salim Ghadwan": "ended", "Tarek Moussaf": "earlier", "Hadi Zarrin": "not yet"}),
        ("2031-07-01", {"Salim Ghadwan": "ended", "Tarek Moussaf": "earlier", "Hadi Zarrin": "stated"}),
    ],
)
def test_the_commanders_of_a_brigade_on_a_day_are_those_its_sources_tell_of(
    day: str, wanted: dict[str, str], done: Done
) -> None:
    found = _chain(done, "Nasr Brigade", "--on", day)
    assert _heads(found, "Nasr Brigade") == wanted


def test_every_link_has_its_words_item_and_speakers(done: Done) -> None:
    found = _chain(done, "Nasr Brigade", "--on", "2031-05-11")
    claims = {row["id"]: row for row in map(json.loads, run("-C", done.folder, "export", "ties").stdout.splitlines())}
    assert found["links"]
    for link in found["links"]:
        assert link["evidence"]
        for one in link["evidence"]:
            assert one["quote"] == claims[one["claim"]]["quote"]
            assert one["number"] == claims[one["claim"]]["number"]
            assert one["speakers"][0] == "@doc"


def test_above_the_brigade_stands_the_army_and_its_commander(done: Done) -> None:
    found = _chain(done, "Salim Ghadwan", "--on", "2031-05-11")
    assert set(_heads(found, "Army of the North")) == {"Idris al-Shammaq"}


def test_two_who_are_said_to_have_commanded_stand_side_by_side(done: Done) -> None:
    (conflict,) = _chain(done, "Nasr Brigade", "--on", "2031-05-11")["conflicts"]
    assert "Salim Ghadwan and Tarek Moussaf" in conflict["says"]


def test_what_nobody_tells_is_named_as_missing(done: Done) -> None:
    missing = [gap["says"] for gap in _chain(done, "Nasr Brigade", "--on", "2031-06-25")["gaps"]]
    assert any("who headed Nasr Brigade on this day" in says for says in missing)


def test_an_order_is_a_sign_of_control_and_no_post(done: Done) -> None:
    found = _chain(done, "Idris al-Shammaq", "--on", "2031-05-11")
    assert any(sign["kind"] == "gave an order" for sign in found["signs_of_control"])
    assert all(link["kind"] != "order" for link in found["links"])


def test_over_a_period_the_days_of_change_are_told(done: Done) -> None:
    changes = _chain(done, "Nasr Brigade", "--over", "2031-06-01..2031-07-31")["changes"]
    told = {(one["day"], one["says"], one["after"]) for one in changes}
    assert ("2031-06-21", "Salim Ghadwan: commander of Nasr Brigade", "ended") in told
    assert ("2031-07-01", "Hadi Zarrin: commander of Nasr Brigade", "stated") in told


def test_at_an_incident_those_named_and_those_whose_area_it_is_are_told_apart(done: Done) -> None:
    incident = next(i for i in done.incidents if any("Nasr Brigade" in v["label"] for v in i["versions"]))
    found = json.loads(
        run("-C", done.folder, "chain", "--incident", incident["id"], "--on", "2031-05-11", "--json").stdout
    )
    there = {one["name"]: one["lead"] for one in found["present"]}
    assert there["Nasr Brigade"] is False
    assert all("operates" in one["how"] for one in found["present"] if one["lead"])


def test_the_picture_is_plain_svg_with_nothing_live_in_it(done: Done, tmp_path: Path) -> None:
    run("-C", done.folder, "chain", "Nasr Brigade", "--on", "2031-05-11", "--svg", tmp_path / "c.svg")
    root = ET.fromstring((tmp_path / "c.svg").read_text("utf-8"))  # noqa: S314 - our own picture
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "g", "path", "circle", "text"}
    words = " ".join(root.itertext())
    assert "Salim Ghadwan" in words
    assert "http" not in words


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("Nobody Atall", "--on", "2031-05-11"), 1, "actors list"),
        (("Nasr Brigade",), 2, "--on 2031-05-03"),
        (("Nasr Brigade", "--on", "May"), 2, "--on 2031-05-03"),
        (("--on", "2031-05-11"), 2, "--incident ID"),
        (("Nasr Brigade", "--over", "2031"), 2, "2031-01-01..2031-12-31"),
        (("Nasr Brigade", "--over", "2031-05-01..2031-04-01"), 2, "earlier day first"),
        (("--incident", "ffffffff"), 1, "incidents list"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(asked: tuple[str, ...], code: int, said: str, done: Done) -> None:
    assert said in run("-C", done.folder, "chain", *asked, code=code).stderr
