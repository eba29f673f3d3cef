"""The picture of where accounts start: all of it said in words too, nothing live, sources' words isolated."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from probanda.incidents.model import (
    Account,
    Corroboration,
    Derivation,
    DerivationKind,
    Incident,
    SourceKind,
)
from probanda.kernel.vocabulary import ActType
from probanda.reports.origin_picture import drawn
from probanda.reports.origin_words import labelled, told, tree

ARABIC = "سكان المرفأ"


def an_incident() -> Incident:
    """Residents told a body that a paper cites; beside it the paper's own voice, and a denial."""

    def account(id: str, teller: str, **more: object) -> Account:
        values = {"kind": SourceKind.HEARSAY, "why": "“x”", "origin": id, "claims": (id,)} | more
        return Account(id=id, teller=teller, **values)  # type: ignore[arg-type]

    def edge(account: str, source: str, words: str = "") -> Derivation:
        why = "The text names it as its source."
        return Derivation(account=account, source=source, kind=DerivationKind.CITES, reason=why, words=words)

    return Incident(
        id="c1",
        title="Killing · Port Ansel, 3 May 2031",
        act_type=ActType.KILLING,
        date_from="2031-05-03",
        date_to="2031-05-03",
        places=("Port Ansel",),
        claims=("c1", "c2", "c3", "c4"),
        versions=(),
        accounts=(
            account("r1", ARABIC, kind=SourceKind.EYEWITNESS, counted=True, says="Said so. Counted."),
            account("c1", "Harbour <Watch>", item="t1", origin="r1"),
            account("c2", "@doc", item="t2", origin="r1", perhaps=("c3",)),
            account("c3", "@doc", item="t3", traced=False, says="Said so. Not counted: where it starts is not told."),
            account("c4", "Major Hale", item="t4", supports=False, says="Said so. Not counted: it denies."),
        ),
        derivations=(edge("c1", "r1", "residents said"), edge("c2", "c1"), edge("c2", "c3")),
        corroboration=Corroboration(
            origins=1, untraced=1, says="at most 1 origin, 1 untraced; dependence not excluded"
        ),
    )


NUMBERS = {f"t{n}": f"ANS-000{n}" for n in range(1, 5)}


def test_origins_that_count_stand_first_then_what_may_be_an_echo_then_what_denies():
    assert labelled(an_incident()) == {"r1": "O1", "c3": "U1", "c4": "N1"}


def test_every_account_stands_in_the_tree_once_below_the_likeliest_start():
    branches = tree(an_incident())
    assert [(b.account.id, b.depth) for b in branches] == [("r1", 0), ("c1", 1), ("c2", 2), ("c3", 0), ("c4", 0)]
    assert branches[2].also == ("U1",)


def test_the_tree_in_words_says_the_count_each_reason_and_each_item():
    lines = "\n".join(told(an_incident(), NUMBERS))
    assert "At most 1 origin, 1 untraced; dependence not excluded." in lines
    assert "ANS-0001, naming Harbour <Watch>: The text names it as its source: “residents said”" in lines
    assert "(or from U1)" in lines


def test_the_picture_is_whole_xml_without_anything_live_and_isolates_what_sources_write():
    picture = drawn(an_incident(), NUMBERS)
    root = ET.fromstring(picture)  # noqa: S314 - our own words
    assert not re.search(r"<script|href|url\(|@import", picture)
    words = [t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any(ARABIC in w for w in words)
    assert all(
        "unicode-bidi:plaintext" in (t.get("style") or "") for t in root.iter("{http://www.w3.org/2000/svg}text")
    )
    for number in NUMBERS.values():
        assert any(number in w for w in words)


def test_a_picture_is_the_same_each_time():
    assert drawn(an_incident(), NUMBERS) == drawn(an_incident(), NUMBERS)
