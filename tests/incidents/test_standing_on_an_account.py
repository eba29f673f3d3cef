"""What stands on an account: what comes from it in however many steps, its copies, and what starts where it starts."""

from __future__ import annotations

from tests.incidents.factory import a_claim, a_doc, gathered, incident_with

from probanda.incidents.standing import standing_on

FERRY = {"at": ["Port Ansel"], "on": "2031-05-03"}
LONG = (
    "Men of the Delta Guard burned the ferry at the old pier before anybody had left it. The fire was seen from "
    "the hills above the harbour until the morning, and nobody put it out. Boats that lay beside it were lost too."
)


def incident(*texts: tuple[str, str, tuple[str, ...]], publishers: dict[str, str] | None = None):
    """The one event that these texts tell; the first letter of each is its claim."""
    claims = [a_claim(i[0], i, speakers=who, quote=words.split(".")[0], **FERRY) for i, words, who in texts]
    docs = [
        a_doc(i, words, **({"publisher": publishers[i]} if publishers and i in publishers else {}))
        for i, words, _ in texts
    ]
    return incident_with(gathered(*claims, docs=docs), texts[0][0][0])


def test_who_cites_a_text_stands_on_it_and_who_cites_them_too():
    found = incident(
        ("a text", "The ferry was burned on Friday.", ()),
        ("b text", "The ferry was burned, the Ansel Post reported.", ("Ansel Post",)),
        ("c text", "The ferry was burned, according to Radio Delta.", ("Radio Delta",)),
        ("d text", "The Ministry of Rivers said that the ferry was burned.", ("Ministry of Rivers",)),
        publishers={"a text": "Ansel Post", "b text": "Radio Delta", "c text": "The Lantern", "d text": "Marsafa Wire"},
    )
    assert set(standing_on(found, {"a"})) == {"b", "c"}
    assert all(standing_on(found, {"a"}).values())
    assert standing_on(found, {"d"}) == {}


def test_copies_stand_on_each_other():
    found = incident(("a text", LONG, ()), ("b text", f"{LONG} Read more.", ()))
    assert set(standing_on(found, {"a"})) == {"b"}
    assert set(standing_on(found, {"b"})) == {"a"}


def test_who_heard_the_same_person_stands_on_the_same_origin():
    found = incident(
        ("a text", "Ines Mor said that the ferry was burned.", ("Ines Mor",)),
        ("b text", "Ines Mor told the council that the ferry was burned.", ("Ines Mor",)),
        ("c text", "Jon Ketil said that the ferry was burned.", ("Jon Ketil",)),
    )
    assert set(standing_on(found, {"a"})) == {"b"}
    assert "Ines Mor" in standing_on(found, {"a"})["b"]


def test_what_is_not_of_the_incident_touches_nothing():
    assert standing_on(incident(("a text", "The ferry was burned on Friday.", ())), {"z"}) == {}
