"""Mentions become actors: short forms within a text, full names between texts, and who stays apart.

All persons, units and places are invented.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.actors.linking import link
from probanda.actors.model import IdentityDecision
from probanda.claims.model import OWN_ID, Mention
from probanda.kernel.vocabulary import MentionKind


def texts(**items):
    """Mentions of several items: each row is (words, kind letter) or (words, kind letter, title), in order of place.

    Ids are `item.place`, so `alpha.0` is the first mention of item alpha.
    """
    kinds = {"p": MentionKind.PERSON, "u": MentionKind.UNIT, "b": MentionKind.BODY, "s": MentionKind.STATE}
    kinds |= {"l": MentionKind.PLACE, "g": MentionKind.GROUP}
    return [
        Mention(f"{item}.{n}", item, n * 100, n * 100 + len(row[0]), row[0], kinds[row[1]], *row[2:])
        for item, rows in items.items()
        for n, row in enumerate(rows)
    ]


def together(groups):
    return sorted(sorted(m.mention for m in g.members) for g in groups)


def home(groups, mention):
    return next(g for g in groups if any(m.mention == mention for m in g.members))


def test_a_bare_family_name_is_the_person_of_its_text():
    groups = link(texts(alpha=[("Tarik Zayd Qarmouni", "p"), ("Gen. Qarmouni", "p"), ("Qarmouni", "p")]))
    (person,) = groups
    assert person.name == "Tarik Zayd Qarmouni"
    assert person.id == "alpha.0"
    assert all(m.reason for m in person.members)


def test_a_headline_that_comes_before_the_full_name_counts_too():
    assert len(link(texts(alpha=[("Qarmouni", "p"), ("Tarik Qarmouni", "p")]))) == 1


def test_where_two_of_a_text_bear_the_name_the_bare_name_is_left_alone():
    rows = [("Tarik Qarmouni", "p"), ("Munir Qarmouni", "p"), ("Qarmouni", "p"), ("Qarmouni", "p")]
    groups = link(texts(alpha=rows))
    assert together(groups) == [["alpha.0"], ["alpha.1"], ["alpha.2"], ["alpha.3"]]
    assert "Munir Qarmouni and Tarik Qarmouni" in home(groups, "alpha.2").apart[0]


def test_a_title_tells_two_bearers_of_a_name_apart():
    rows = [("General Tarik Qarmouni", "p"), ("President Munir Qarmouni", "p"), ("President Qarmouni", "p")]
    assert together(link(texts(alpha=rows))) == [["alpha.0"], ["alpha.1", "alpha.2"]]


def test_spellings_of_a_full_name_meet_between_texts_and_scripts():
    groups = link(
        texts(
            alpha=[("Tarik Zayd Busafi al-Qarmouni", "p")],
            beta=[("Tareq Al-Garmuni", "p"), ("Garmuni", "p")],
            gamma=[("طارق القرموني", "p")],
        )
    )
    (person,) = groups
    assert person.name == "Tarik Zayd Busafi al-Qarmouni"
    assert len(person.variants) == 4


def test_father_and_son_are_two_whatever_a_third_text_leaves_out():
    groups = link(
        texts(
            alpha=[("Munir Qarmouni", "p"), ("Qarmouni", "p")],
            beta=[("Saif al-Nur Garmuni", "p"), ("Garmuni", "p")],
            gamma=[("Qarmouni", "p")],
        )
    )
    assert together(groups) == [["alpha.0", "alpha.1"], ["beta.0", "beta.1"], ["gamma.0"]]
    assert "other given names" in home(groups, "alpha.0").apart[0]
    assert any("more than one person" in note for note in home(groups, "gamma.0").apart)


def test_a_bare_name_between_texts_needs_a_single_bearer_and_says_so():
    groups = link(texts(alpha=[("Tarik Qarmouni", "p")], beta=[("Garmuni", "p")]))
    (person,) = groups
    assert any("one single person of the situation" in m.reason for m in person.members)


def test_two_full_names_of_one_text_are_not_joined_by_a_third():
    groups = link(
        texts(
            alpha=[("Tarik Zayd Qarmouni", "p"), ("Tarik Omar Qarmouni", "p")],
            beta=[("Tarik Qarmouni", "p")],
        )
    )
    assert together(groups) == [["alpha.0"], ["alpha.1"], ["beta.0"]]


def test_a_persons_forces_are_a_unit_and_not_the_person():
    groups = link(
        texts(
            alpha=[
                ("Tarik Qarmouni", "p"),
                ("Qarmouni’s forces", "u"),
                ("Qarmouni forces", "u"),
                ("local militia", "u"),
            ],
            beta=[("Tarik Qarmouni's forces", "u")],
        )
    )
    assert together(groups) == [["alpha.0"], ["alpha.1", "alpha.2", "beta.0"], ["alpha.3"]]


def test_a_person_taken_for_a_unit_is_no_short_form_of_his_forces():
    groups = link(
        texts(alpha=[("Tarik Qarmouni", "p")], beta=[("Tarik Qarmouni", "u"), ("Tarik Qarmouni forces", "u")])
    )
    assert home(groups, "beta.0") != home(groups, "beta.1")


def test_words_without_a_capital_are_phrases_and_stay_in_their_text():
    assert len(link(texts(alpha=[("hill watchers", "b"), ("hill watchers", "b")], beta=[("hill watchers", "b")]))) == 2


def test_forces_named_after_a_name_that_two_bear_stay_apart_between_texts():
    groups = link(
        texts(
            alpha=[("Tarik Qarmouni", "p"), ("Qarmouni's forces", "u")],
            beta=[("Munir Qarmouni", "p"), ("Qarmouni's forces", "u")],
        )
    )
    assert home(groups, "alpha.1") != home(groups, "beta.1")


def test_common_nouns_are_one_only_within_a_text_and_in_the_same_words():
    groups = link(
        texts(
            alpha=[("residents", "g"), ("the residents", "g"), ("witnesses", "g"), ("militia", "u")],
            beta=[("residents", "g"), ("militia", "u")],
        )
    )
    assert together(groups) == [["alpha.0", "alpha.1"], ["alpha.2"], ["alpha.3"], ["beta.0"], ["beta.1"]]


def test_an_acronym_is_what_its_text_or_else_the_only_other_text_spells_out():
    groups = link(
        texts(
            alpha=[("Northern Liberation Front", "u"), ("NLF", "u")],
            beta=[("NLF", "b")],
            gamma=[("WHO", "b")],
            delta=[("World Health Organization", "b")],
        )
    )
    assert together(groups) == [["alpha.0", "alpha.1", "beta.0"], ["delta.0", "gamma.0"]]


def test_an_acronym_spelled_out_in_two_ways_stays_alone():
    groups = link(
        texts(
            alpha=[("Northern Liberation Front", "u"), ("NLF", "u")],
            beta=[("National Lawyers Fellowship", "b"), ("NLF", "b")],
            gamma=[("NLF", "b")],
        )
    )
    assert together(groups) == [["alpha.0", "alpha.1"], ["beta.0", "beta.1"], ["gamma.0"]]


def test_what_the_text_itself_equates_is_one():
    mentions = texts(alpha=[("Wolves of the Hill", "u"), ("Haraka", "u", None, "alpha.0")])
    (unit,) = link(mentions)
    assert "the text itself" in unit.members[1].reason


def test_letters_that_a_text_equates_with_a_name_are_that_name_in_other_texts_too():
    groups = link(
        texts(
            alpha=[("Wolves of the Hill", "u"), ("HQR", "u", None, "alpha.0")],
            beta=[("HQR", "u")],
        )
    )
    assert together(groups) == [["alpha.0", "alpha.1", "beta.0"]]


def test_what_most_mentions_of_a_text_call_a_name_it_is():
    rows = [("Tarik Qarmouni", "p"), ("Qarmouni", "p"), ("Qarmouni", "p"), ("Qarmouni", "l")]
    (person,) = link(texts(alpha=rows))
    assert person.kind is MentionKind.PERSON


def test_the_gazetteer_is_heard_on_what_is_a_place():
    groups = link(
        texts(alpha=[("Benghazi", "p")], beta=[("Benghazi", "l")], gamma=[("Anna Benghazi", "p"), ("Benghazi", "p")])
    )
    assert together(groups) == [["alpha.0", "beta.0"], ["gamma.0", "gamma.1"]]


def test_a_state_and_its_territory_are_two():
    assert len(link(texts(alpha=[("Libya", "s"), ("Libya", "l"), ("Libya", "l")]))) == 2


def test_an_office_or_a_document_of_a_body_is_not_the_body():
    rows = [
        ("Statute of the Verrana Peace Council", "b"),
        ("Verrana Peace Council", "b"),
        ("Verrana Peace Council and Hill Watch", "b"),
    ]
    assert len(link(texts(alpha=rows))) == 3


def test_his_forces_are_not_one_by_their_words():
    assert (
        len(link(texts(alpha=[("his forces", "g"), ("his forces", "g"), ("his forces", "u"), ("his forces", "u")])))
        == 4
    )


def test_an_initial_finds_the_only_bearer_and_no_other():
    mentions = texts(alpha=[("Tarik Qarmouni", "p")], beta=[("T. Garmuni", "p")], gamma=[("M. Garmuni", "p")])
    assert together(link(mentions)) == [["alpha.0", "beta.0"], ["gamma.0"]]


def test_a_text_with_another_country_reads_an_ambiguous_place_by_it():
    groups = link(
        texts(
            alpha=[("Tripoli", "l"), ("Libya", "l")],
            beta=[("Tripoli", "l"), ("Lebanese", "s")],
            gamma=[("Tripoli", "l"), ("Misrata", "l")],
        )
    )
    assert home(groups, "alpha.0") == home(groups, "gamma.0")
    assert home(groups, "alpha.0") != home(groups, "beta.0")


def test_invented_places_meet_by_spelling_and_part_by_qualifier():
    groups = link(texts(alpha=[("Verranouma", "l")], beta=[("Veranuma", "l")], gamma=[("Eastern Verranouma", "l")]))
    assert together(groups) == [["alpha.0", "beta.0"], ["gamma.0"]]


def test_a_persons_decision_is_stronger_than_the_rules_in_both_directions():
    mentions = texts(alpha=[("Tarik Qarmouni", "p")], beta=[("Tarik Qarmouni", "p")], gamma=[("the Falcon", "p")])
    groups = link(
        mentions,
        [IdentityDecision("alpha.0", "beta.0", "not the same"), IdentityDecision("gamma.0", "alpha.0", "same")],
    )
    assert together(groups) == [["alpha.0", "gamma.0"], ["beta.0"]]
    assert "a person decided" in home(groups, "gamma.0").members[1].reason


def test_decisions_that_contradict_each_other_are_shown_on_the_actors():
    mentions = texts(alpha=[("Tarik Qarmouni", "p")], gamma=[("the Falcon", "p")])
    pair = ("alpha.0", "gamma.0")
    groups = link(mentions, [IdentityDecision(*pair, "same"), IdentityDecision(*pair, "not the same")])
    assert together(groups) == [["alpha.0"], ["gamma.0"]]
    assert all("contradict" in g.conflicts[0] for g in groups)


def test_a_decision_between_others_settles_who_bears_a_name():
    mentions = texts(alpha=[("Munir Qarmouni", "p")], beta=[("Abu Falah Qarmouni", "p")], gamma=[("Qarmouni", "p")])
    assert len(link(mentions)) == 3
    assert len(link(mentions, [IdentityDecision("alpha.0", "beta.0", "same")])) == 1


_NAMES = ["Tarik Qarmouni", "Tareq Garmuni", "Qarmouni", "Garmuni", "Munir Qarmouni", "Tarik Zayd Qarmouni"]
_NAMES += ["Tarik Omar Qarmouni", "T. Qarmouni", "General Qarmouni", "Tarik", "the general"]
_UNITS = ["Qarmouni's forces", "forces of Tarik Qarmouni", "NLF", "Northern Liberation Front", "National Lawyers Fund"]
_UNITS += ["militia", "WHO", "Liberation Front"]
_rows = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(_NAMES), st.just("p")),
        st.tuples(st.sampled_from(_UNITS), st.sampled_from("ub")),
        st.tuples(st.sampled_from(["Tripoli", "Libya", "Lebanon", "Verranouma", "Veranuma"]), st.just("l")),
    ),
    max_size=7,
)
_ids = st.sampled_from([f"{item}.{n}" for item in ("alpha", "beta", "gamma") for n in range(4)])
_decisions = st.lists(st.builds(IdentityDecision, _ids, _ids, st.sampled_from(["same", "not the same"])), max_size=3)


@settings(deadline=None, max_examples=60)
@given(_rows, _rows, _rows, _decisions, st.randoms())
def test_the_order_of_arrival_changes_nothing_and_nobody_is_lost(a, b, c, decisions, random):
    mentions = texts(alpha=a, beta=b, gamma=c)
    groups = link(mentions, decisions)
    assert sorted(m.mention for g in groups for m in g.members) == sorted(m.id for m in mentions)
    assert all(g.id == min(m.mention for m in g.members) for g in groups)
    random.shuffle(mentions)
    random.shuffle(decisions)
    assert link(mentions, decisions) == groups


@pytest.mark.slow
def test_twenty_thousand_mentions_are_linked_each_once():
    syllables = ["ba", "ka", "ra", "mi", "so", "lu", "dar", "han", "tir", "vel", "zor", "qa", "gha", "sha", "men"]
    family = [(x + y + z).capitalize() for x in syllables for y in syllables[:8] for z in syllables[4:10]]
    given_names = [(x + y).capitalize() for x in syllables for y in syllables]
    mentions = []
    for n in range(20_000):
        bearer = family[n * 7 % len(family)]
        words = bearer if n % 3 else f"{given_names[n * 11 % len(given_names)]} {bearer}"
        mentions.append(Mention(f"m{n:06}", f"item{n // 20}", n, n + 5, words, MentionKind.PERSON))
    groups = link(mentions)  # about two seconds; all pairs would take hours
    assert sum(len(g.members) for g in groups) == 20_000


def in_sheet(n, words, own_id, item="units"):
    """A mention to which a sheet gives an id."""
    handle = f"{OWN_ID}{own_id}"
    return Mention(f"{item}.{n}", item, 100 * n, 100 * n + len(words), words, MentionKind.PERSON, None, handle)


def test_two_ids_that_one_sheet_gives_are_two_whatever_their_names() -> None:
    rows = [in_sheet(1, "Samir Haddad", "a"), in_sheet(2, "Samir Haddad", "a"), in_sheet(3, "Samir Haddad", "b")]
    near = in_sheet(4, "Samir Hadad", "c")
    assert together(link([*rows, near])) == [["units.1", "units.2"], ["units.3"], ["units.4"]]
    same = IdentityDecision("units.1", "units.3", "same")
    assert together(link(rows, [same])) == [["units.1", "units.2", "units.3"]]


def test_one_id_in_two_sheets_is_one_also_where_names_differ() -> None:
    left, right = in_sheet(1, "Samir Haddad", "a"), in_sheet(1, "Nader Qasim", "a", "persons")
    twin = in_sheet(2, "Samir Haddad", "b", "persons")
    assert together(link([left, right, twin])) == [["persons.1", "units.1"], ["persons.2"]]
    apart = IdentityDecision("units.1", "persons.1", "not the same")
    assert ["persons.1", "units.1"] not in together(link([left, right], [apart]))


def test_a_name_of_a_text_that_fits_two_ids_stays_open() -> None:
    rows = [in_sheet(1, "Samir Haddad", "a"), in_sheet(2, "Samir Haddad", "b"), in_sheet(3, "Tarek Zarrin", "c")]
    told = texts(alpha=[("Samir Haddad", "p"), ("Haddad", "p"), ("Tarek Zarrin", "p")])
    groups = link([*rows, *told])
    assert together(groups) == [["alpha.0", "alpha.1"], ["alpha.2", "units.3"], ["units.1"], ["units.2"]]
    assert "several" in " ".join(home(groups, "alpha.0").apart)
