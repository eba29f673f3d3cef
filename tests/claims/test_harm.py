"""Nobody becomes the author of an act whom the text does not accuse, and no thing or place becomes a person.

Start with the tables: words of invented countries, and who must and who must not stand in a role. Each row is a
construction that once put a name where it did harm.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family, Involvement, MentionKind

Read = Callable[..., Reading]


def acts(reading: Reading) -> list[Claim]:
    return [c for c in reading.claims if c.family is Family.ACT]


def authors(reading: Reading) -> set[str]:
    return {a.words for c in acts(reading) for a in c.actors}


def said_by(claim: Claim) -> list[str]:
    return [s.words for s in claim.speakers[1:]]


NO_AUTHORS = [
    ("He was informed of the killings of nine men by the Mayor of Sella, Tomas Rell, in a letter.", "Rell"),
    ("Instability has already killed more people than the war.", "Instability"),
    ("The woman, whose two sons were killed by shelling in Oren, filed a complaint.", "sons"),
    ("Nineteen children have starved to death in Narim since July.", "children"),
    ("Karsia held President Jamal Atrash responsible for the attack on the market in Oren.", "Karsia"),
    ("The colonel blamed the deaths of ten drivers on the rebels of the Eastern Assembly.", "colonel"),
    ("Mr Speaker, the army of Vostan bombed a wedding in the village of Harat.", "Speaker"),
    ("The court knew that his men had killed the prisoners and failed to punish them.", "men had"),
]


@pytest.mark.parametrize(("words", "innocent"), NO_AUTHORS)
def test_who_only_stands_nearby_is_no_author(words: str, innocent: str, read: Read) -> None:
    assert not any(innocent in a for a in authors(read(words)))


def test_an_arrest_that_was_refused_is_no_detention(read: Read) -> None:
    found = acts(read("Ostmark has refused to arrest Colonel Kress."))
    assert not [c for c in found if c.act_type.value == "detention"]


RULES = [
    "The court applied the article on denying quarter to the case of Colonel Vesh.",
    "Killing a person who has laid down his arms is a war crime.",
    "To declare that no quarter will be given is a war crime.",
    "Torture is prohibited in all circumstances.",
    "Anyone who shells a hospital may be prosecuted.",
    "The prohibition of torture admits of no exception.",
]


@pytest.mark.parametrize("words", RULES)
def test_a_rule_of_law_is_no_act(words: str, read: Read) -> None:
    assert not [c for c in acts(read(words)) if c.act_type.value != "procedural"]


def test_words_about_an_order_do_not_make_their_speaker_give_it(read: Read) -> None:
    words = (
        "The lawyer Ines Farouk wrote to the court that Bouda “has personally ordered killings in a manner that fits "
        "your definition of denying quarter”."
    )
    reading = read(words)
    assert not any("Farouk" in a for a in authors(reading))
    assert not [c for c in acts(reading) if c.modality.value == "ordered"]


def test_an_order_that_another_tells_of_is_the_order_of_who_gave_it(read: Read) -> None:
    words = "A former sergeant told monitors that Captain Liam Arret gave the order by radio: “I want no prisoners.”"
    claims = [c for c in acts(read(words)) if c.act_type.value == "denial-of-quarter"]
    assert [[a.words for a in c.actors] for c in claims] == [["Liam Arret"]]
    assert claims[0].modality.value == "alleged"


def test_words_that_deny_quarter_are_ordered_where_their_speaker_is_giving_orders(read: Read) -> None:
    words = (
        "General Omar Dast was filmed before the assault. “Take no prisoners,” Dast told his men. "
        "“We have no place for captives. We have no room for prisoners.”"
    )
    claims = [c for c in acts(read(words)) if c.act_type.value == "denial-of-quarter"]
    assert claims
    assert all(c.modality.value == "ordered" for c in claims)
    assert all([a.words for a in c.actors] == ["Dast"] for c in claims)


def test_he_is_the_person_discussed_and_nobody_from_another_paragraph(read: Read) -> None:
    words = (
        "The file was handed to the court's Prosecutor, Aisha Mbeki, on Monday.\n\n"
        "Nobody here doubts the responsibility of Brusk for dozens of crimes. "
        "Strong evidence shows that he ordered the killing of prisoners."
    )
    found = [c for c in acts(read(words)) if "he ordered" in c.quote]
    assert found and all([a.words for a in c.actors] == ["Brusk"] for c in found)


def test_a_pronoun_with_two_candidates_stays_open(read: Read) -> None:
    words = "General Omar Dast met with Colonel Ivo Vesh in Oren. He ordered the killing of nine prisoners."
    found = [c for c in acts(read(words)) if "prisoners" in c.quote]
    named = {a.words for c in found for a in c.actors}
    assert found and ("Ivo Vesh" not in named)


def test_those_not_seen_since_are_those_who_were_taken(read: Read) -> None:
    words = "Soldiers led away Jonah Merrit and two boys from the mill. They have not been seen since."
    gone = [c for c in acts(read(words)) if c.act_type.value == "enforced-disappearance"]
    assert gone and all("Soldiers" not in [v.words for v in c.victims] for c in gone)


def test_the_speaker_of_a_debate_is_speaker_and_never_author(read: Read) -> None:
    words = (
        "Ms Harriet Coombe (Lenfield): On 4 September the army of Vostan bombed a wedding in the village of Harat.\n\n"
        "Sir Alan Pryce: The Government are aware of reports that civilians have been killed in Harat."
    )
    reading = read(words)
    assert not any("Coombe" in a or "Pryce" in a for a in authors(reading))
    assert any("Coombe" in s for c in acts(reading) for s in said_by(c))


COUNTS = [
    ("Doctors put the number of dead at 57.", "killing", 57),
    ("The death toll rose to 61 on Sunday.", "killing", 61),
    ("The hospital in Oren received 41 bodies.", "killing", 41),
    ("The attacks left 4,000 people homeless.", "displacement", 4000),
    ("Twelve people remain missing after the attack.", "other", 12),
    ("He put the number of displaced at 14,000.", "displacement", 14000),
    ("At least 200 persons are held there without charge.", "detention", 200),
]


@pytest.mark.parametrize(("words", "kind", "number"), COUNTS)
def test_a_count_is_a_claim_with_its_number(words: str, kind: str, number: int, read: Read) -> None:
    found = [c for c in acts(read(words)) if c.act_type.value == kind and c.quantity is not None]
    assert any(number in (c.quantity.value, c.quantity.min) for c in found if c.quantity)


VERDICTS = [
    ("Captain Brel was found guilty of the murder of two nurses.", "positive"),
    ("General Omer was convicted of murdering nine farmers.", "positive"),
    ("Rade Tol was acquitted of the murder of two nurses.", "negative"),
]


@pytest.mark.parametrize(("words", "polarity"), VERDICTS)
def test_a_verdict_is_one_claim_and_an_acquittal_is_negative(words: str, polarity: str, read: Read) -> None:
    found = acts(read(words))
    assert [(c.modality.value, c.polarity.value) for c in found] == [("adjudicated", polarity)]


def test_the_order_came_from_names_who_is_said_to_have_given_it(read: Read) -> None:
    found = acts(read("Villagers were shot in Pell. Witnesses said the order came from Major Fall."))
    ordering = [(a.words, a.involvement) for c in found for a in c.actors]
    assert ("Fall", Involvement.ORDERING) in ordering


def test_a_commander_of_those_who_did_it_is_told_to_command(read: Read) -> None:
    words = "Fighters under the command of Jonas Adeyo killed 80 civilians in the town of Kibasu."
    found = {(a.words, a.involvement) for c in acts(read(words)) for a in c.actors}
    assert ("Jonas Adeyo", Involvement.COMMAND) in found
    assert ("Jonas Adeyo", Involvement.DIRECT) not in found


def test_a_list_of_abuses_in_a_place_names_who_runs_it(read: Read) -> None:
    words = (
        "The Office has collected credible information on arbitrary detention, torture and enforced disappearance in "
        "Dulen, run by the Interior Security Service."
    )
    found = acts(read(words))
    assert {c.act_type.value for c in found} == {"detention", "torture", "enforced-disappearance"}
    assert all([a.words for a in c.actors] == ["Interior Security Service"] for c in found)


KINDS = [
    ("The statement was signed by Secretary of State Daniel Horne.", "Daniel Horne", MentionKind.PERSON),
    ("A nurse in Oren, Dalia Haddo, was hurt. Dr. Selma Okrut treated her.", "Selma Okrut", MentionKind.PERSON),
    ("My name is Leyla Orsan.", "Leyla Orsan", MentionKind.PERSON),
    ("Soldiers killed the brothers Ahmed and Yusuf Karam in Oren.", "Ahmed", MentionKind.PERSON),
    ("Soldiers killed the brothers Ahmed and Yusuf Karam in Oren.", "Yusuf Karam", MentionKind.PERSON),
    ("Fighters killed the teacher Grace Imani and her daughter Peace.", "Peace", MentionKind.PERSON),
    ("More than 900 people fled Beni Harun in May.", "Beni Harun", MentionKind.PLACE),
    ("She was treated at the Tovar General Hospital.", "Tovar General Hospital", MentionKind.BODY),
    ("The group Witness for Peace said so, and Witness for Peace was right.", "Witness for Peace", MentionKind.BODY),
]


@pytest.mark.parametrize(("words", "name", "kind"), KINDS)
def test_a_name_is_of_its_kind(words: str, name: str, kind: MentionKind, read: Read) -> None:
    found = {m.words: m.kind for m in read(words).mentions}
    assert found.get(name) is kind, found


NOBODY = [
    ("Shells hit market in Deraz; monitor says 30 dead.", "Shells"),
    ("The UN-backed government has no army.", "UN-backed"),
    ("Many Karsian mothers know it. The Prosecutor knows it too.", "Prosecutor"),
    ("QASR DELMA, 26 May 2031 (KNA) - The army shelled the town of Sella.", "QASR DELMA"),
    ("The Minister of the Interior said that nine men had been arrested.", "Interior"),
]


@pytest.mark.parametrize(("words", "name"), NOBODY)
def test_what_is_no_persons_name_is_no_person(words: str, name: str, read: Read) -> None:
    persons = {m.words for m in read(words).mentions if m.kind is MentionKind.PERSON}
    assert not any(name in p for p in persons)


def test_the_day_on_which_it_was_said_is_not_the_day_of_the_act(read: Read) -> None:
    words = "The hospital said on Friday that 44 people were killed in the market of Oren on 3 May 2031."
    found = [c for c in acts(read(words, dated="2031-05-09")) if c.quantity]
    assert [c.date_from for c in found] == ["2031-05-03"]


def test_on_saturday_in_a_text_of_saturday_is_that_day(read: Read) -> None:
    found = acts(read("Nine farmers were killed in Oren on Saturday.", dated="2032-03-13"))
    assert [c.date_from for c in found] == ["2032-03-13"]


def test_he_in_an_accusation_is_the_accused_and_not_the_friend_named_last(read: Read) -> None:
    words = (
        "The tribunal issued a warrant for Captain Aro Velt, a friend of Minister Hale Dorn, over crimes he committed."
    )
    crimes = [c for c in acts(read(words)) if "crimes" in c.act]
    assert crimes
    for claim in crimes:
        assert [a.words for a in claim.actors if "Velt" in a.words]
        assert not [a.words for a in claim.actors if "Dorn" in a.words]
