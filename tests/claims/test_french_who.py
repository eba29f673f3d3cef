"""Who did it, who suffered it and who says so, in French: sentences about the invented country Belzan.

Start with `AUTHORS` and `SPEAKERS`.
"""

from __future__ import annotations

import pytest

from probanda.kernel.vocabulary import ActType, Family, Modality
from tests.claims.without_parser import names, only_in, reading_in

_read, _only = reading_in("fr"), only_in("fr")

AUTHORS = [
    ("Des soldats et des miliciens ont tué neuf paysans.", ["soldats", "miliciens"], ["neuf paysans"]),
    ("Les tirs de l'armée ont tué un enfant.", ["armée"], ["enfant"]),
    ("Des miliciens fidèles au colonel Roc ont tué neuf paysans.", ["miliciens fidèles"], ["neuf paysans"]),
    ("La milice du Lys, qui a tué neuf paysans, tient le pont.", ["milice du Lys"], ["neuf paysans"]),
    ("L'assassinat du juge Idris est imputé à la milice du Cerf.", ["milice du Cerf"], ["juge Idris"]),
    ("Le capitaine Roc, accusé d'avoir tué neuf paysans, se tait.", ["capitaine Roc"], ["neuf paysans"]),
    ("Neuf paysans ont été tués dans une zone tenue par les insurgés.", [], ["Neuf paysans"]),
    ("La milice a arrêté deux horlogers.", ["milice"], ["deux horlogers"]),
    ("Les Mirolais ont été torturés par la milice.", ["milice"], ["Mirolais"]),
    ("Au moins une vingtaine de paysans ont été tués.", [], ["Au moins une vingtaine de paysans"]),
    ("L'attaque du marché par des miliciens a fait neuf morts.", ["miliciens"], ["neuf morts"]),
    ("Elle raconte avoir été torturée par la milice.", ["milice"], []),
    ("Une couturière de Mirol raconte avoir été torturée.", [], ["couturière de Mirol"]),
]


@pytest.mark.parametrize(("words", "actors", "victims"), AUTHORS, ids=[a[0][:40] for a in AUTHORS])
def test_subject_complement_and_charge_say_who_did_it(words: str, actors: list[str], victims: list[str]) -> None:
    claim = next(c for c in _read(words).claims if c.act_type is not ActType.ATTACK_ON_CIVILIANS)
    assert names(claim.actors) == actors
    assert names(claim.victims) == victims


def test_verbs_in_a_row_share_subject_and_passive() -> None:
    arrested, tortured = _read("Deux étudiants ont été arrêtés puis torturés.").claims
    assert names(arrested.victims) == names(tortured.victims) == ["Deux étudiants"]


def test_a_pronoun_may_suffer_and_an_object_pronoun_is_no_article() -> None:
    claims = _read("La milice a arrêté deux étudiants. Ils ont été battus. Des gardiens les torturaient.").claims
    assert [names(c.victims) for c in claims] == [["deux étudiants"]] * 3


def test_the_author_told_just_before_holds_for_a_passive_right_behind() -> None:
    words = "Des miliciens ont incendié la maison du maire. Son fils a été traîné dans un camion."
    assert names(_read(words).claims[-1].actors) == ["miliciens"]


def test_men_with_arms_are_fighters_whom_they_takes_up() -> None:
    claim = _only("Des hommes armés sont arrivés à l'aube. Ils ont tué neuf paysans.")
    assert names(claim.actors) == ["hommes armés"]


SPEAKERS = [
    ("« Ils ont tué mon père », dit Lena Ostrovar.", "Lena Ostrovar"),
    ("Neuf paysans ont été tués, a précisé son directeur, le docteur Ana Roc.", "docteur Ana Roc"),
    ("« Ils ont tué mon père », a raconté à l'AMB Idris Hallo.", "Idris Hallo"),
    ("Un infirmier qui a fui Mirol assure que neuf paysans ont été tués.", "infirmier"),
    ("Le maire de Mirol, Tomas Verane, parle de neuf morts.", "Tomas Verane"),
    ("Pour Tomas Verane, des soldats ont tué neuf paysans.", "Tomas Verane"),
    ("Un habitant a, de son côté, parlé de neuf morts.", "habitant"),
    ("La défense fait valoir que l'accusé n'a torturé personne.", "défense"),
    ("Le comité s'est dit préoccupé par l'exécution de neuf prisonniers.", "comité"),
]


@pytest.mark.parametrize(("words", "speaker"), SPEAKERS, ids=[s[0][:40] for s in SPEAKERS])
def test_whoever_says_so_is_found_behind_before_and_beyond_an_aside(words: str, speaker: str) -> None:
    assert [c.innermost.words for c in _read(words).claims if c.family is Family.ACT][-1] == speaker


def test_words_in_marks_within_a_clause_do_not_part_it() -> None:
    claim = _only("L'armée a tué neuf « bandits » près de Mirol.")
    assert names(claim.actors) == ["armée"]
    assert claim.quantity is not None


def test_only_is_no_denial() -> None:
    assert _only("Le colonel assure n'avoir tué que neuf insurgés.").modality is not Modality.DENIED


def test_a_court_that_is_convinced_finds_so() -> None:
    claim = _only("La chambre est convaincue que l'accusé a tué neuf détenus.")
    assert claim.modality is Modality.ADJUDICATED


def test_points_of_a_demand_are_asked_for_by_who_asks() -> None:
    words = "La milice a tué neuf paysans.\n\nLa Ligue exige :\n- qu'un juge enquête sur la milice ;"
    claim = _read(words).claims[-1]
    assert claim.modality is Modality.CALLED_FOR


def test_an_attack_taken_up_is_of_the_kind_told_before() -> None:
    claims = _read("La milice a tué neuf paysans à Mirol. La Ligue a condamné cette attaque.").claims
    assert claims[-1].act_type is ActType.ATTACK_ON_CIVILIANS


def test_a_pronoun_agrees_in_number_with_those_it_takes_up() -> None:
    claims = _read("La milice a tué neuf paysans. Il a été battu.").claims
    assert names(claims[-1].victims) == []


def test_who_calls_himself_so_is_no_author_of_its_own() -> None:
    claim = _only("Quatre hommes se réclamant de la Garde de Belzan ont enlevé le juge.")
    assert names(claim.actors) == ["Quatre hommes"]
