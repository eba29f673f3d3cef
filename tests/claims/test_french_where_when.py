"""Where and when, in French: sentences about the invented country Belzan, each beside its places and its day.

Start with `PLACES` and `DATES`.
"""

from __future__ import annotations

import pytest

from probanda.claims.readers.window_counts import counts_in
from probanda.claims.readers.window_dates import dates_in
from tests.claims.without_parser import names, only_in, reading_in

_read, _only = reading_in("fr"), only_in("fr")

PLACES = [
    ("Des hommes armés ont attaqué les villages de Tresk, de Mirol et d'Ovane.", ["Tresk", "Mirol", "Ovane"]),
    ("Neuf paysans ont été tués dans la ville portuaire de Lanvec.", ["Lanvec"]),
    ("Neuf paysans ont été tués à Lanvec, dans la province d'Ovane.", ["Lanvec", "Ovane"]),
    ("La milice a tué neuf paysans lors du massacre de Tresk.", ["Tresk"]),
    ("Neuf paysans ont été tués non loin de Tresk.", ["Tresk"]),
    ("Des soldats ont tué neuf paysans en Belzanie.", ["Belzanie"]),
]


@pytest.mark.parametrize(("words", "places"), PLACES, ids=[p[0][:40] for p in PLACES])
def test_a_place_is_known_by_its_preposition_its_kind_or_its_list(words: str, places: list[str]) -> None:
    found = [n for c in _read(words).claims for n in names(c.places)]
    assert [p for p in places if any(p in n for n in found)] == places


def test_a_body_behind_an_office_is_no_place() -> None:
    words = "« La milice a tué neuf paysans », a déclaré Ana Roc, directrice à Belzan Aide Ouest."
    assert not any("Aide" in n for n in names(_only(words).places))


def test_whom_a_group_is_linked_to_is_no_place() -> None:
    claim = _only("Un groupe armé lié à Karvo a tué neuf paysans.")
    assert names(claim.places) == []
    assert names(claim.actors) == ["groupe armé lié"]


def test_where_somebody_was_born_is_not_where_it_was_done() -> None:
    claim = _only("Le sergent Roc, né le 4 mai 1999 à Ovane, a tué neuf paysans à Tresk.")
    assert names(claim.places) == ["Tresk"]


def test_people_of_a_place_tell_where() -> None:
    assert names(_only("Des miliciens ont attaqué les pêcheurs de Tresk.").places) == ["Tresk"]


def test_on_the_spot_is_no_place() -> None:
    assert names(_only("Neuf paysans ont été tués sur place par la milice.").places) == []


def test_bodies_are_counted_where_they_were_brought() -> None:
    claims = _read("La milice a attaqué Tresk. Le médecin de l'hôpital d'Ovane dit avoir reçu neuf corps.").claims
    assert any("Ovane" in n for n in names(claims[-1].places))


def test_what_a_group_keeps_doing_is_done_at_no_one_place() -> None:
    claims = _read("La milice a tué neuf paysans à Tresk. Les miliciens enrôlent des enfants.").claims
    assert names(claims[-1].places) == []


def test_the_narrower_of_two_places_holds_for_the_next_act_too() -> None:
    words = "Des soldats ont incendié la maison Sorel, au quartier de Vannes, et volé trois vaches."
    assert "maison Sorel" in names(_read(words).claims[-1].places)


DATES = [
    ("du 28 avril au 3 mai", "2031-04-28", "2031-05-03"),
    ("du 11 janvier au 28 avril 2030", "2030-01-11", "2030-04-28"),
    ("dans la nuit de vendredi à samedi", "2031-05-09", "2031-05-10"),
    ("mi-février", "2031-02-11", "2031-02-20"),
    ("au début du mois d'août", "2030-08-01", "2030-08-10"),
    ("il y a deux jours", "2031-05-10", "2031-05-10"),
    ("depuis le 3 mai", "2031-05-03", "2031-05-12"),
    ("entre février et avril", "2031-02-01", "2031-04-30"),
    ("à l'automne 2029", "2029-09-01", "2029-11-30"),
    ("dans les années 1990", "1990-01-01", "1999-12-31"),
]


@pytest.mark.parametrize(("words", "first", "last"), DATES, ids=[d[0] for d in DATES])
def test_ranges_parts_and_distances_become_days(words: str, first: str, last: str) -> None:
    found = dates_in(f"neuf paysans ont été tués {words}.", "fr", "2031-05-12", None, None)
    assert [(d.first, d.last) for d in found] == [(first, last)]


def test_days_later_count_from_the_day_named_and_name_none_for_what_follows() -> None:
    words = (
        "Le 3 mai 2031, la milice a tué neuf paysans. Deux jours plus tard, elle a brûlé le moulin. "
        "Ce jour-là, deux femmes ont été enlevées."
    )
    assert [c.date_from for c in _read(words).claims] == ["2031-05-03", "2031-05-05", "2031-05-03"]


def test_the_day_of_a_statement_a_paper_or_a_dateline_is_not_that_of_the_act() -> None:
    for words in (
        "Neuf paysans ont été tués, a déclaré jeudi le maire de Mirol.",
        "Selon un rapport publié le 3 mai, neuf paysans ont été tués.",
        "MIROL, 3 mai 2031 (AMB) - Neuf paysans ont été tués à Tresk.",
    ):
        assert _only(words, "2031-05-12").date_text is None


def test_a_sentence_without_an_act_may_name_the_day() -> None:
    words = "Le 9 octobre 2029, nous avons entendu des véhicules. Des soldats ont enfoncé la porte de notre maison."
    assert _only(words).date_from == "2029-10-09"


def test_round_numbers_are_about_so_many_and_between_sets_both_bounds() -> None:
    ((_, dozen),) = counts_in("une trentaine de blessés", "fr")
    assert (dozen.value, dozen.min, dozen.max) == (30, None, None)
    ((_, least),) = counts_in("au moins une dizaine de morts", "fr")
    assert (least.value, least.min) == (10, 10)
    ((_, both),) = counts_in("entre soixante et quatre-vingt-dix enfants", "fr")
    assert (both.min, both.max) == (60, 90)
