"""What kind of origin a speaker or an original is, by how it is called; each entry of kinds.yaml has its examples."""

from __future__ import annotations

import pytest
from tests.incidents.factory import a_doc

from probanda.incidents.kinds import entries, role_of
from probanda.incidents.telling import credit, phrases, said_to_be

EXAMPLES = [(words, entry["id"]) for entry in entries() for words in entry["examples"]]


@pytest.mark.parametrize(("words", "id"), EXAMPLES)
def test_each_example_is_of_its_entry(words, id):
    found = role_of(words)
    assert found is not None and found.role.id == id


def test_every_entry_has_examples_and_words_in_three_languages():
    for entry in entries():
        assert len(entry["examples"]) >= 2, entry["id"]
        assert all(entry.get(language) for language in ("en", "fr", "ar")), entry["id"]


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("residents of the hospital quarter", "residents"),  # the head decides, not what stands behind "of"
        ("two police officers", "spokespeople"),
        ("the director of the port clinic", "hospital"),
        ("former detainees from Sarmen", "survivors"),
        ("a drone operator", None),
        ("Otto Bray", None),
    ],
)
def test_the_head_of_the_words_decides(words, id):
    found = role_of(words)
    assert (found.role.id if found else None) == id


@pytest.mark.parametrize(
    ("name", "sentence", "id"),
    [
        ("Otto Bray", "Otto Bray, a fisherman from Sarmen, said the ferry burned.", "trades"),
        ("Otto Bray", "The mayor of Sarmen, Otto Bray, said the ferry burned.", "spokespeople"),
        ("Otto Bray", "Nurse Otto Bray said the ferry burned.", "medical"),
        ("Inland Monitor", "Residents told Inland Monitor that the ferry burned.", None),
        ("Otto Bray", "Otto Bray said that residents had fled.", None),
    ],
)
def test_who_somebody_is_stands_right_beside_the_name(name, sentence, id):
    found = said_to_be(name, sentence)
    assert (found.role.id if found else None) == id


@pytest.mark.parametrize("kind", sorted(phrases()))
def test_each_kind_of_phrase_is_found_in_its_examples_and_in_no_others(kind):
    from probanda.incidents import telling

    pattern = telling._phrases(kind)
    for sentence in phrases()[kind]["examples"]:
        assert pattern.search(sentence), sentence
    strangers = {"told": "wanted", "wanted": "made", "made": "wanted", "also_told": "told", "saw": "wanted"}
    other = strangers.get(kind, "made")
    for sentence in phrases()[other]["examples"]:
        assert not pattern.search(sentence), sentence


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("SARMEN (Estuary News Agency) - The ferry burned.", "Estuary News Agency"),
        ("The ferry burned.\n\nSource: Estuary News Agency", "Estuary News Agency"),
        ("Le bac a brûlé. (avec Agence Estuaire)", "Agence Estuaire"),
        ("The ferry (Captain Otto Bray) burned.", ""),
        ("The ferry burned. Bray said so.", ""),
    ],
)
def test_an_agency_is_credited_at_the_head_or_foot(text, agency):
    assert credit(a_doc("t", text)) == agency
