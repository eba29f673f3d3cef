"""What a text says of the agency it comes from."""

from __future__ import annotations

import pytest
from tests.incidents.factory import a_doc
from tests.incidents.test_shared_passages import STATEMENT, prose

from probanda.incidents.kinship import KinshipKind
from probanda.incidents.syndication import Form, dispatches, forms, syndicated

MIDDLE = "Shops in the lower town stayed shut, and the road to Balifa was empty all morning. " * 8


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.example[:40])
def test_every_example_is_read_as_it_says(form: Form):
    found = syndicated(a_doc("a", form.example))
    assert found is not None
    assert found.agency == form.gives
    assert form.example[found.start : found.end] == found.quote


@pytest.mark.parametrize("form", [f for f in forms() if f.tail], ids=lambda form: form.example[:40])
def test_a_line_at_the_end_is_found_however_long_the_text_is(form: Form):
    if not form.head:
        found = syndicated(a_doc("a", MIDDLE + form.example))
        assert found is not None and found.agency == form.gives


@pytest.mark.parametrize(
    "words",
    [
        f"{MIDDLE} The mayor told Reuters - and nobody else - that he would resign. {MIDDLE}",
        f"{MIDDLE} (AFP) - {MIDDLE}",
        f"The mayor spoke to AFP on Monday. {MIDDLE}",
        f"A map - drawn by hand - was found in Port Ansel. {MIDDLE}",
        f"{MIDDLE} He works with Reuters and lives in Balifa.",
        f"{MIDDLE} She spoke with agencies that help the displaced.",
        f"A driver who works with Reuters was held for an hour. {MIDDLE}",
        f"The sana tree (sana) - a kind of fig - grows here. {MIDDLE}",
    ],
)
def test_an_agency_that_is_only_named_is_no_syndication(words: str):
    assert syndicated(a_doc("a", words)) is None


def test_partly_is_told_from_whole():
    whole, partly = syndicated(a_doc("a", f"{MIDDLE} (AFP)")), syndicated(a_doc("b", f"{MIDDLE} (with AFP)"))
    assert whole is not None and not whole.partly
    assert partly is not None and partly.partly


def test_two_versions_of_one_dispatch_are_one_text():
    a = a_doc("a", f"PORT ANSEL (AFP) - {prose(1, 30)}. {STATEMENT}.")
    b = a_doc("b", f"{STATEMENT}. {prose(2, 30)}. - AFP")
    (kin,) = dispatches([a, b])
    assert kin.kind is KinshipKind.COPY and "AFP" in kin.reason
    other = a_doc("b", b.words.replace("AFP", "dpa"))
    assert dispatches([a, other]) == []
