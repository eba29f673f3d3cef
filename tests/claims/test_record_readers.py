"""What records of other systems state: ends by id, roles and days by their fields, and nothing filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import yaml

from probanda.claims import reader_for
from probanda.claims.model import DOC, OWN_ID, Claim, Named, Reading
from probanda.claims.readers import followthemoney
from probanda.claims.readers.atlos import AtlosReader
from probanda.kernel.bounds import Bounds
from probanda.kernel.digests import sha256
from probanda.kernel.vocabulary import ActType, MentionKind, Modality, TieKind
from probanda.reading.formats import atlos as atlos_format
from probanda.reading.formats import followthemoney as ftm_format
from probanda.reading.making import text_of
from probanda.reading.model import Text

NAMES: list[tuple[str, str, Mapping[str, Sequence[str]]]] = [
    ("p", "Person", {"name": ["Hadi Zarrin"], "alias": ["Abu Samir"]}),
    ("u", "Organization", {"name": ["Ninth Brigade"], "topics": ["mil"]}),
    ("b", "Company", {"name": ["Orvane Salt Company"]}),
    ("a", "Address", {"full": ["Delma"]}),
]


def text(*entities: tuple[str, str, Mapping[str, Sequence[str]]]) -> Text:
    rows: list[dict[str, Any]] = [{"id": i, "schema": s, "properties": p} for i, s, p in entities]
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    return text_of(sha256(data), ftm_format.extract(data))


def read(*entities: tuple[str, str, Mapping[str, Sequence[str]]]) -> Reading:
    one = text(*entities)
    reader = reader_for(one.language, one.media_type)
    assert reader is not None
    found = reader.read(one)
    assert all(c.quote == one.words[c.start : c.end] and c.act == one.words[c.act_start : c.act_end]
               and c.act in c.quote for c in found.claims)  # fmt: skip
    assert len({c.id for c in found.claims}) == len(found.claims)
    return found


def only(*entities: tuple[str, str, Mapping[str, Sequence[str]]]) -> Claim:
    (claim,) = read(*NAMES, *entities).claims
    return claim


def test_names_have_the_kind_of_their_schema_and_one_id_is_one() -> None:
    found = read(*NAMES).mentions
    assert {m.words: m.kind for m in found} == {
        "Hadi Zarrin": MentionKind.PERSON, "Abu Samir": MentionKind.PERSON, "Ninth Brigade": MentionKind.UNIT,
        "Orvane Salt Company": MentionKind.BODY, "Delma": MentionKind.PLACE,
    }  # fmt: skip
    handles = {m.words: m.same_as for m in found}
    assert handles["Hadi Zarrin"] == handles["Abu Samir"] != handles["Ninth Brigade"]
    assert all(h and h.startswith(OWN_ID) for h in handles.values())


@pytest.mark.parametrize(
    ("schema", "properties", "expected"),
    [
        ("Membership", {"member": ["p"], "organization": ["u"], "role": ["driver"]},
         ("membership", "Ninth Brigade", "driver")),
        ("Employment", {"employee": ["p"], "employer": ["b"]}, ("posting", "Orvane Salt Company", None)),
        ("Directorship", {"director": ["p"], "organization": ["b"]}, ("posting", "Orvane Salt Company", None)),
        ("UnknownLink", {"subject": ["p"], "object": ["u"], "role": ["Support"]}, ("support", "Ninth Brigade", None)),
        ("UnknownLink", {"subject": ["p"], "object": ["a"], "role": ["control"]}, ("control", "Delma", None)),
    ],
)  # fmt: skip
def test_links_become_ties(
    schema: str, properties: Mapping[str, Sequence[str]], expected: tuple[str, str, str | None]
) -> None:
    claim = only(("t", schema, properties))
    assert claim.tie is not None
    assert (claim.tie.kind.value, claim.tie.right.words, claim.tie.role) == expected
    assert claim.tie.left.words == "Hadi Zarrin" and claim.tie.left.mention and claim.tie.right.mention
    assert claim.modality is Modality.REPORTED and claim.speakers == (Named(DOC),)


def test_a_post_gives_the_role_and_its_body_the_other_end() -> None:
    occupancy = (
        "t",
        "Occupancy",
        {"holder": ["p"], "post": ["post"], "startDate": ["2031-02-30"], "endDate": ["2031"]},
    )
    claim = only(("post", "Position", {"name": ["Quartermaster"], "organization": ["u"]}), occupancy)
    assert claim.tie is not None and claim.tie.kind is TieKind.POSTING
    assert (claim.tie.right.words, claim.tie.role) == ("Ninth Brigade", "Quartermaster")
    assert claim.tie.bounds == Bounds(last_precise="2031", ending=True)
    assert claim.flags == ("impossible-date",) and "2031-02-30" in claim.why
    alone = only(("post", "Position", {"name": ["Mayor of Delma"]}), occupancy)
    assert alone.tie is not None and (alone.tie.right.words, alone.tie.role) == ("Mayor of Delma", None)


def test_an_event_is_an_act_of_no_certain_kind_on_its_day() -> None:
    claim = only(("e", "Event", {"name": ["Fire at the mill"], "date": ["2031-05"], "location": ["Orvane"]}))
    assert (claim.act_type, claim.act, claim.date_from, claim.date_to) == (
        ActType.OTHER, "Fire at the mill", "2031-05-01", "2031-05-31",
    )  # fmt: skip
    assert [p.words for p in claim.places] == ["Orvane"] and not claim.actors


def test_what_says_nothing_certain_is_counted_and_not_guessed() -> None:
    one = text(
        *NAMES,
        ("x", "UnknownLink", {"subject": ["p"], "object": ["u"], "role": ["seen with"]}),
        ("y", "Membership", {"member": ["p"]}),
        ("z", "Person", {"name": ["Ana"], "topics": ["wanted"], "height": ["180"]}),
        ("s", "Sanction", {"entity": ["p"]}),
        ("h", "Person", {"alias": []}),
    )
    understood, left, _ = followthemoney.told(one)
    assert not read(*NAMES, ("x", "UnknownLink", {"subject": ["p"], "object": ["u"], "role": ["seen with"]})).claims
    assert {kind for kind, _ in left} == {
        "UnknownLink", "Membership", "Person.topics", "Person.height", "Sanction", "Person",
    }  # fmt: skip
    assert understood["Person"] == 2


def test_an_id_that_nobody_explains_stays_an_id() -> None:
    claim = only(("t", "Membership", {"member": ["p"], "organization": ["gone"]}))
    assert claim.tie is not None and claim.tie.right == Named("gone") and claim.flags == ("named-by-id-only",)


def test_the_list_of_schemata_has_an_example_for_each() -> None:
    data = yaml.safe_load(followthemoney._file())
    for entry in (*data["names"].values(), *data["ties"], *data["standing"], *data["events"]):
        assert entry["example"].strip()
    kinds = {kind.value for kind in TieKind}
    assert {t["tie"] for t in data["ties"] if t["tie"]} <= kinds and set(data["ties"][-1]["kinds"]) <= kinds


class _Words:
    """A reader that takes each paragraph's last word for an act, and finds nothing else."""

    name = "words"
    maker = "words 1"

    def read(self, text: Text) -> Reading:
        claims = []
        for at in text.body:
            words = text.words[at.start : at.end].split()[-1].rstrip(".")
            start = text.base + text.words.index(words)
            claims.append(Claim(
                id=f"{text.part}-{at.start}", item=text.item, start=start, end=start + len(words), quote=words,
                act=words, act_start=start, act_end=start + len(words), act_type=ActType.OTHER, reader="words",
                modality=Modality.REPORTED, speakers=(Named(DOC),), why="",
                date_from="2031-05-01" if words == "dated" else None,
                places=(Named("mill"),) if words == "placed" else (),
            ))  # fmt: skip
        return Reading(claims=tuple(claims), reader=self.name)


def test_a_description_has_the_day_of_its_field_where_it_tells_none_and_its_place() -> None:
    data = (
        b"status,description,sensitive,date,general_location,more_info\n"
        b"To Do,It was placed,x,2031-05-03,Delma,It was elsewhere\n"
        b"To Do,It was dated,x,2031-05-04,,\n"
        b"To Do,It was open,x,3 May,Orvane,\n"
    )
    one = text_of(sha256(data), atlos_format.extract(data))
    found = {c.act: c for c in AtlosReader(_Words()).read(one).claims}
    assert all(one.words[c.start : c.end] == c.quote for c in found.values())
    assert {act: (c.date_from, [p.words for p in c.places]) for act, c in found.items()} == {
        "placed": ("2031-05-03", ["mill", "Delma"]), "elsewhere": (None, []), "dated": ("2031-05-01", []),
        "open": (None, ["Orvane"]),
    }  # fmt: skip
    assert found["placed"].why == "day by the field date; place by the field general_location"
    assert not found["dated"].why
