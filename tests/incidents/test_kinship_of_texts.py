"""All ways in which texts hang together, and what of them makes one text."""

from __future__ import annotations

from tests.incidents.factory import a_doc
from tests.incidents.test_shared_passages import STATEMENT, prose
from tests.incidents.test_translations import ENGLISH, FRENCH

from probanda.incidents.copies import copies
from probanda.incidents.kin import kinships
from probanda.incidents.kinship import KinshipKind

SAID = "“Nobody came for the wounded until the sun was up again”, a nurse said."
DOCS = [
    a_doc("copy 1", f"{prose(1, 80)}."),
    a_doc("copy 2", f"{prose(1, 80).upper()}."),
    a_doc("english", ENGLISH),
    a_doc("french", FRENCH),
    a_doc("wire 1", f"PORT ANSEL (AFP) - {prose(4, 30)}. {STATEMENT}."),
    a_doc("wire 2", f"{STATEMENT}. {prose(5, 30)}. - AFP"),
    a_doc("report", f"{prose(6, 90)}: {STATEMENT}. {prose(7, 40)}. {SAID}"),
    a_doc("column", f"{prose(8, 90)}. {SAID}"),
]


def test_each_kind_is_found_and_named():
    found = {(k.a, k.b, k.kind) for k in kinships(DOCS, copies(DOCS))}
    assert found == {
        ("copy 1", "copy 2", KinshipKind.COPY),
        ("english", "french", KinshipKind.COPY),
        ("english", "french", KinshipKind.TRANSLATION),
        ("wire 1", "wire 2", KinshipKind.COPY),
        ("report", "wire 1", KinshipKind.PASSAGE),
        ("report", "wire 2", KinshipKind.PASSAGE),
        ("column", "report", KinshipKind.QUOTATION),
    }


def test_copies_translations_and_dispatches_are_one_text_and_passages_are_not():
    assert copies(DOCS).groups == (("copy 1", "copy 2"), ("english", "french"), ("wire 1", "wire 2"))


def test_the_reason_says_what_agrees():
    reasons = copies(DOCS).reasons
    assert "English and French" in reasons["english"]
    assert "AFP" in reasons["wire 1"]


def test_a_person_may_hold_a_translation_apart():
    done = copies(DOCS, apart=[("english", "french")])
    assert ("english", "french") not in done.groups
    assert not any(k.kind is KinshipKind.TRANSLATION for k in kinships(DOCS, done))
