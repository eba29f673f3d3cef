"""The picture of a chain: numbered as the list, hostile words harmless, Arabic words as written."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

from probanda.actors.command import Chain, Evidence, Node, Told, chain, links_of
from probanda.kernel.bounds import Bounds
from probanda.kernel.vocabulary import TieKind
from probanda.reports.chain_picture import drawn
from probanda.reports.chain_words import rows_of, told

HOSTILE = '<script>alert(1)</script>"&'
ARABIC = "اللواء التاسع"
NODES = {
    "p": Node("p", HOSTILE, "person"),
    "q": Node("q", "Ilan Bero", "person"),
    "u": Node("u", ARABIC, "unit"),
    "n": Node("n", "Northern Command", "unit"),
}


def _told(number: int, kind: TieKind, left: str, right: str, role: str, day: str) -> Told:
    evidence = Evidence(
        claim=f"{number:032x}", item="i", quote=f"words {HOSTILE}", speakers=("@doc", HOSTILE), status="proposed",
        bounds=Bounds(first_precise=day, last_precise=day), basis="its own words",
    )  # fmt: skip
    return Told(kind=kind, left=NODES[left], right=NODES[right], role=role, evidence=evidence)


def _chain() -> Chain:
    links = links_of(
        [
            _told(1, TieKind.POSTING, "p", "u", "commander", "2031-05-03"),
            _told(2, TieKind.POSTING, "q", "u", "commander", "2031-06-03"),
            _told(3, TieKind.SUBORDINATION, "u", "n", "part of", "2031-05-03"),
        ]
    )
    return chain(
        "u",
        date(2031, 5, 3),
        lambda keys: [one for one in links if one.lower in keys],
        lambda keys: [one for one in links if one.upper in keys],
        lambda keys: {key: NODES[key] for key in keys},
    )


def test_words_of_a_source_stay_words() -> None:
    root = ET.fromstring(drawn(_chain(), (), {"i": "MAR-0001"}))  # noqa: S314 - our own picture
    assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "g", "path", "circle", "text",
    }  # fmt: skip
    words = [e.text or "" for e in root.iter() if e.tag.endswith("text")]
    assert HOSTILE[:26] in " ".join(words)
    assert ARABIC in words


def test_every_link_is_drawn_and_listed_with_the_same_number() -> None:
    found = _chain()
    root = ET.fromstring(drawn(found, (), {"i": "MAR-0001"}))  # noqa: S314 - our own picture
    numbers = [e.text for e in root.iter() if e.tag.endswith("text") and e.get("class") == "num"]
    assert numbers == [str(row.number) for row in rows_of(found)] == ["1", "2", "3"]
    listed = "\n".join(told(found, (), (), {"i": "MAR-0001"}))
    for row in rows_of(found):
        assert f"{row.number}. {row.says}  [{row.standing}]" in listed


def test_only_what_is_stated_for_the_day_is_solid() -> None:
    root = ET.fromstring(drawn(_chain(), (), {}))  # noqa: S314 - our own picture
    kinds = [e.get("class") for e in root.iter() if e.tag.endswith("}g") and e.get("class") in ("now", "other", "over")]
    assert sorted(kinds) == ["now", "now", "other"]
