"""Who tells is known again: bodies under short and translated names, one of a group, one person called two ways."""

from __future__ import annotations

import pytest
from tests.incidents.factory import a_doc, gathered, incident_with
from tests.incidents.test_graph_of_accounts import start, told

from probanda.incidents.chains import whole_name
from probanda.incidents.kinds import role_of, tongues
from probanda.incidents.telling import said_to_be


def incident(*pairs, publishers=None):
    """The one incident of these claims; sentences of one item are one text."""
    words: dict[str, list[str]] = {}
    for claim, sentence in pairs:
        words.setdefault(claim.item, []).append(sentence)
    docs = [
        a_doc(i, " ".join(w), **({"publisher": publishers[i]} if i in (publishers or {}) else {}))
        for i, w in words.items()
    ]
    return incident_with(gathered(*(c for c, _ in pairs), docs=docs), pairs[0][0].id)


def counts(found) -> tuple[int, int]:
    return found.corroboration.origins, found.corroboration.untraced


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Estuary News Agency", "Estuary"),
        ("Council for Ferry Safety", "CFS"),
        ("Association for the Missing", "Association pour les disparus"),
        ("Lanner Watch", "منظمة لانر ووتش"),
        ("United Nations Mission in Tarn", "UN Mission"),
        ("Tarn League for Rights", "League"),
    ],
)
def test_one_body_under_two_names_is_one_origin(first, second):
    found = incident(
        told("a", "t1", f"The {first} said {{quote}}.", first),
        told("b", "t2", f"According to {second}, {{quote}}.", second),
    )
    assert start(found, "a").id == start(found, "b").id


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Estuary News Agency", "Delta News Agency"),
        ("Council for Roads", "CMS"),
        ("Radio Sarmen", "Radio Ansel"),
    ],
)
def test_two_bodies_stay_two(first, second):
    found = incident(
        told("a", "t1", f"The {first} said {{quote}}.", first),
        told("b", "t2", f"According to {second}, {{quote}}.", second),
    )
    assert start(found, "a").id != start(found, "b").id


def test_the_name_of_a_place_is_no_short_form_of_a_paper():
    found = incident(
        told("a", "t1", "Sarmen Post reported that {quote}.", "Sarmen Post"),
        told("b", "t2", "Sarmen said that {quote}.", "Sarmen", at=["Port Ansel", "Sarmen"]),
    )
    assert start(found, "a").id != start(found, "b").id


def test_a_short_name_that_two_bodies_may_bear_is_nobodys():
    found = incident(
        told("a", "t1", "The Tarn League said {quote}.", "Tarn League"),
        told("b", "t2", "The Delta League said {quote}.", "Delta League"),
        told("c", "t3", "According to the League, {quote}.", "League"),
    )
    assert len({start(found, c).id for c in "abc"}) == 3


def test_a_paper_that_the_sentence_cites_is_its_source_also_where_nobody_was_read_as_speaker():
    found = incident(
        told("a", "t1", "Residents told the Ansel Post that {quote}.", "residents"),
        told("b", "t2", "{quote}, as the Ansel Post has reported."),
        told("c", "t3", "{quote}, selon le Ansel Post."),
        told("d", "t4", "{quote}، بحسب وكالة الساحل."),
        publishers={"t1": "Ansel Post"},
    )
    assert {start(found, c).teller for c in "abc"} == {"residents"}
    assert start(found, "d").teller == "وكالة الساحل"


def test_who_told_whom_is_read_from_where_they_stand_in_the_sentence():
    found = incident(
        told("a", "t1", "{quote}, a doctor told Radio Ansel, according to the Delta Voice.", "Delta Voice", "doctor"),
        told("b", "t2", "Doctor Ferran Ulm told Radio Ansel that {quote}.", "Ferran Ulm"),
        publishers={"t2": "Delta Voice", "t1": "Ansel Post"},
    )
    assert start(found, "a").teller == start(found, "b").teller == "Ferran Ulm"


def test_the_own_text_of_a_ministry_is_official_and_that_of_a_paper_is_nobodys():
    from probanda.incidents.model import SourceKind

    for publisher, kind, counted in (
        ("Ministry of Rivers", SourceKind.OFFICIAL, (1, 0)),
        ("Ansel Post", SourceKind.HEARSAY, (0, 1)),
    ):
        found = incident(told("a", "t1", "{quote} on Friday."), publishers={"t1": publisher})
        assert (start(found, "a").kind, counts(found)) == (kind, counted)


def test_one_who_bears_the_same_whole_name_in_two_texts_is_one_teller():
    found = incident(
        told("a", "t1", "The governor, Bram Odell, said that {quote}.", "Bram Odell"),
        told("b", "t2", "Governor Bram Odell said that {quote}.", "Bram Odell"),
    )
    assert counts(found) == (1, 0)


def test_how_residents_are_does_not_tell_them_apart_and_where_they_live_does():
    said = [told("a", "t1", "Elderly residents said that {quote}.", "elderly residents")]
    assert counts(incident(*said, told("b", "t2", "Angry residents said {quote}.", "angry residents"))) == (1, 1)
    assert counts(
        incident(*said, told("b", "t2", "Residents of the village said {quote}.", "residents of the village"))
    ) == (1, 1)
    quay = told("b", "t2", "Residents of the quay said {quote}.", "residents of the quay")
    mill = told("c", "t3", "Residents of the mill said {quote}.", "residents of the mill")
    assert counts(incident(quay, mill)) == (2, 0)


def test_letters_that_stand_for_a_body_pass_on_what_others_said():
    found = incident(
        told("a", "t1", "Ines Mor said that {quote}.", "Ines Mor"),
        told("b", "t2", "{quote}, ZPQ said.", "ZPQ"),
    )
    assert counts(found) == (1, 1)


def test_one_of_those_who_spoke_is_no_further_origin():
    found = incident(
        told("a", "t1", "Four drivers said that {quote}.", "four drivers"),
        told("b", "t1", "One of the drivers said that {quote}.", "one of the drivers", quote="they burned it whole"),
    )
    assert start(found, "a").id == start(found, "b").id


@pytest.mark.parametrize(
    ("words", "role", "several"),
    [
        ("one of the drivers", "trades", False),
        ("a group of residents of Sarmen", "residents", True),
        ("l'un des habitants", "residents", False),
        ("un groupe d'habitants", "residents", True),
        ("أحد السكان", "residents", False),
    ],
)
def test_whoever_is_of_a_group_is_called_by_its_word(words, role, several):
    called = role_of(words)
    assert called is not None and (called.role.id, called.several) == (role, several)


def test_an_article_that_points_back_makes_one_person_of_two_descriptions():
    first = told("a", "t1", "An activist in the port said that {quote}.", "activist")
    again = {"quote": "they burned it at noon"}
    found = incident(first, told("b", "t1", "“{quote}”, Noura Selim, the activist, said.", "Noura Selim", **again))
    assert start(found, "a").id == start(found, "b").id
    assert counts(found) == (1, 0)
    other = incident(first, told("b", "t1", "“{quote}”, Noura Selim, an activist, said.", "Noura Selim", **again))
    assert start(other, "a").id != start(other, "b").id
    assert counts(other) == (1, 1), "nothing tells the two apart, and nothing says that they are one"


def test_two_of_one_trade_are_not_made_one_by_an_article():
    found = incident(
        told("a", "t1", "An activist in the port said that {quote}.", "activist"),
        told("b", "t1", "“{quote}”, Noura Selim, the activist, said.", "Noura Selim", quote="they burned it at noon"),
        told("c", "t1", "“{quote}”, Otto Bray, the activist, said.", "Otto Bray", quote="it burned until the night"),
    )
    assert start(found, "a").teller == "activist"


def test_one_person_by_trade_and_by_fate_is_not_counted_twice():
    """A nurse may be a mother; a driver and a nurse are two."""
    first = told("a", "t1", "A nurse said that {quote}.", "nurse")
    mother = told("b", "t1", "A mother of three said that {quote}.", "mother", quote="they burned it at noon")
    driver = told("b", "t1", "A driver said that {quote}.", "driver", quote="they burned it at noon")
    assert counts(incident(first, mother)) == (1, 1)
    assert counts(incident(first, driver)) == (2, 0)


def test_a_name_in_other_letters_may_be_the_same_and_a_person_of_another_name_is_not():
    body = told("a", "t1", "The Tern Laboratory said that {quote}.", "Tern Laboratory")
    translated = told("b", "t2", "{quote}, قال معهد البحر", "معهد البحر")
    assert counts(incident(body, translated)) == (1, 1)
    one = told("a", "t1", "Ines Mor said that {quote}.", "Ines Mor")
    other = told("b", "t2", "{quote}, قال حامد أورلان", "حامد أورلان")
    assert counts(incident(one, other)) == (2, 0)


def test_a_report_of_an_organisation_is_a_document_and_what_a_paper_reports_is_not():
    from probanda.claims.model import Cited
    from probanda.incidents.model import SourceKind

    report = Cited("report", "report")
    for who, kind in (("Committee for Roads", SourceKind.DOCUMENT), ("Ansel Post", SourceKind.HEARSAY)):
        found = incident(told("a", "t1", f"The {who} said in a report that {{quote}}.", who, cited=report))
        assert start(found, "a").kind is kind


@pytest.mark.parametrize(
    ("words", "sentence", "whole"),
    [
        ("Committee", "The Committee for Roads said so.", "Committee for Roads"),
        ("Comité", "Le Comité pour les disparus l'a dit.", "Comité pour les disparus"),
        ("rapport du Comité", "selon un rapport du Comité des routes.", "Comité des routes"),
        ("Committee for Roads (CFR", "The Committee for Roads (CFR) said so.", "Committee for Roads"),
        ("Committee", "The Committee said so.", "Committee"),
        ("Ana Bel", "Ana Bel of Sarmen said so.", "Ana Bel"),
        ("League’s field researchers", "The League’s field researchers said so.", "League"),
    ],
)
def test_a_bodys_name_goes_on_where_the_sentence_has_more_of_it(words, sentence, whole):
    assert whole_name(words, sentence) == whole


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Committee for Roads", "en"),
        ("Comité des routes", "fr"),
        ("Ana Bel", "en fr"),
        ("معهد البحر", "ar"),
        ("Association Delta", "en fr"),
    ],
)
def test_a_name_is_of_the_languages_that_may_write_it_so(name, codes):
    assert tongues(name) == codes


def test_what_follows_the_verb_describes_nobody():
    assert said_to_be("Orlan", "The mayor of Sarmen, Dr Orlan, said five people were dead.").word == "mayor"
    assert said_to_be("Otto Bray", "According to Otto Bray, five people were dead, and residents fled.") is None
    assert said_to_be("Ana Bel", "Ana Bel, 40, a nurse, said five people were dead.").word == "nurse"


def test_who_examined_satellite_images_ties_those_who_speak_of_them():
    own = "Sarmen Imaging"
    found = incident(
        told("a", "t1", "Satellite images show {quote}, Sarmen Imaging found.", own),
        told("b", "t2", "Satellite imagery analysed by Sarmen Imaging shows {quote}.", quote="the ferry was burnt"),
        told("c", "t3", "Satellite images show {quote}.", quote="a burned ferry"),
        publishers={"t1": own},
    )
    assert start(found, "a").id == start(found, "b").id
    assert counts(found) == (1, 1), "whose the third are is not told: they may be the same"


def test_what_a_text_shows_by_an_image_is_not_what_it_says_itself():
    found = incident(
        told("a", "t1", "Satellite images show that {quote}."),
        told("b", "t1", "{quote}, residents said.", "residents", quote="men burned it"),
        told("c", "t1", "{quote} on Friday.", quote="The ferry was burned by men"),
    )
    assert start(found, "a").kind.value == "satellite image"
    assert start(found, "c").teller == "residents"
