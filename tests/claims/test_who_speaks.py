"""Who speaks: names beside commas, speech behind the act, sources cited, quotes and speeches, letters and releases.

Start with `test_who_speaks_in_the_sentence`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.letterhead import from_head, is_record
from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family, Modality

Read = Callable[..., Reading]


def _claim(reading: Reading, act: str) -> Claim:
    acts: list[Claim] = [c for c in reading.claims if c.family is Family.ACT]
    found = [c for c in acts if act in c.act] or [c for c in acts if act in c.quote]
    assert found, [c.quote for c in acts]
    return found[0]


def _chain(reading: Reading, act: str) -> list[str]:
    """The speakers, without the publication, of the claim of these words."""
    return [s.words for s in _claim(reading, act).speakers[1:]]


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        # set between commas
        ("The agency's director, Ana Bel, said soldiers had killed nine farmers in Oren.", ["Ana Bel"]),
        ("Acting Director, Army Press Relations, Colonel Sani Okar, said rebels killed nine farmers.", ["Sani Okar"]),
        ("One ex-prisoner, Danil Vesh, told the court that guards killed nine students.", ["Danil Vesh"]),
        ("The experts – a nurse and a judge – said that rebels killed nine farmers in Oren.", ["experts"]),
        ("The Government, in its reply of 4 May, stated that rebels killed nine farmers.", ["Government"]),
        # behind the act, however the sentence hangs together
        ("Fighters killed nine farmers in Oren, a witness Thursday told commissioners of the panel.", ["witness"]),
        ("Soldiers killed nine farmers in Oren, a nurse at the hospital, Ana Bel, said on Monday.", ["Ana Bel"]),
        (
            "Gunmen killed two nurses on the road to the camp, the charity that employs them said on Monday.",
            ["charity"],
        ),
        ("Soldiers killed nine farmers in Oren, said Tuesday a group of lawyers in a note.", ["group of lawyers"]),
        # whom a speaker cites, and who cites a speaker
        ("According to the police, nine farmers were killed in Oren, Mr. Dant added.", ["Dant", "police"]),
        ("Ana Bel said that, according to the police, nine farmers were killed in Oren.", ["Ana Bel", "police"]),
        ("According to the Herald, a colonel said soldiers killed nine farmers.", ["Herald", "colonel"]),
        ("A third version, put forward by the Herald, holds that the army killed nine farmers.", ["Herald"]),
        # what they answer for, and how they were reached, is no speaker
        (
            "Ana Bel, Ember Watch's deputy director for the Upper Valley and the Coast, said rebels killed nine men.",
            ["Ember Watch", "Ana Bel"],
        ),
        ("Police were accused by residents of having killed nine farmers in Oren.", ["residents"]),
        ("Reed Watch interviewed nine women who said that soldiers killed farmers.", ["Reed Watch", "nine women"]),
        ("An autopsy found that the student had been killed by a soldier.", ["autopsy"]),
        ("Residents reached by telephone said soldiers killed nine farmers.", ["Residents"]),
    ],
)
def test_who_speaks_in_the_sentence(words: str, chain: list[str], read: Read) -> None:
    assert _chain(read(words), "killed") == chain


@pytest.mark.parametrize(
    ("words", "act", "chain"),
    [
        # three words are quoted when the quotation goes on
        (
            '"He was shot. His guards were wounded too. A team went to look for them," the governor, Ilo Dant, said.',
            "shot",
            ["Ilo Dant"],
        ),
        # what follows a closed quotation with something of its own does not say whose that was
        (
            'Ana Bel described the night. "Six of them came in," she said. "They shot my husband." '
            "Ilo Dant told the Herald separately that his son had been taken away.",
            "shot",
            ["Ana Bel"],
        ),
        # to hold a town is no speech
        ("The battalion held the town of Oren. They shot nine farmers.", "shot", []),
        # "they say" is not those who are told of
        ("All nine farmers were shot and thrown into the river Tarn, they say.", "shot", []),
    ],
)
def test_who_speaks_over_sentences(words: str, act: str, chain: list[str], read: Read) -> None:
    assert _chain(read(words), act) == chain


RECORD = (
    "Security Council\nSummary of the meeting of 6 May 2031\n\n"
    "Mr. Sorrel (Special Representative) said that the truce held. At least nine farmers were reportedly killed in "
    "Oren. His mission had concluded that soldiers shot two students in Varn."
)


@pytest.mark.parametrize("act", ["killed", "shot"])
def test_in_a_record_hedged_words_and_ones_own_mission_are_of_who_has_the_floor(act: str, read: Read) -> None:
    assert _chain(read(RECORD), act)[-1].endswith("Sorrel")


def test_a_record_is_nobodys_statement(read: Read) -> None:
    words = (
        "Human Rights Council holds interactive dialogue on Karsia\n\nKarsia said that rebels shot nine men in Oren."
    )
    assert is_record(words)
    assert _chain(read(words), "shot") == ["Karsia"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (
            "VARN (3 May 2031) – Police beat a student, UN human rights experts* said today.\n\n",
            "UN human rights experts",
        ),
        ("The Oren Press Union (OPU) joins others in condemning the arrest of Ana Bel.\n\n", "Oren Press Union"),
        ("3 May 2031\n\nPolice have beaten a student, Reed Watch said today, as a trial opened.\n\n", "Reed Watch"),
        ("URGENT ACTION\n\nReed Watch calls on the authorities to free Ana Bel.\n\n", "Reed Watch"),
        (
            "Excellency,\n\nI write in my capacity as Special Rapporteur on medical care.\n\n",
            "Special Rapporteur on medical care",
        ),
        (
            "OPEN LETTER\n\nOffice of the President\nVarn\n\nDear President Vesh,\n\n"
            "The Oren Press Union has received reports of arrests.\n\n",
            "Oren Press Union",
        ),
        (
            "Letter dated 3 May 2031 from the Permanent Representative of Marsafa to the Council\n\n"
            "I have the honour to write on instructions.\n\n",
            "Permanent Representative of Marsafa",
        ),
        (
            "DECLARATION OF PROTECTED WITNESS 7\n\nI, the undersigned, declare: I was a driver and I saw it.\n\n",
            "WITNESS 7",
        ),
        ("IN THE HIGH COURT OF MARSAFA\n\nCase 12/2031\n\nJUDGMENT\n\n", "HIGH COURT OF MARSAFA"),
    ],
)
def test_whose_text_it_is(head: str, name: str, read: Read) -> None:
    assert name in _chain(read(head + "On 3 May 2031 soldiers shot nine men at the mill."), "shot nine")[-1]


@pytest.mark.parametrize(
    "head",
    [
        "VARN, 3 May 2031 (Marsafa Press) - Reed Watch condemns the arrest of Ana Bel, its office wrote.\n\n",
        "Reed Watch condemned the arrest of Ana Bel on Tuesday.\n\n",
        "By Ilo Dant\n\nThe Oren Press Union is alarmed by the arrest of Ana Bel.\n\n",
        "In paragraph 27 of the Indictment, the Prosecution charges Ana Bel with theft.\n\n",
    ],
)
def test_news_about_a_release_is_nobodys_release(head: str, read: Read) -> None:
    assert _chain(read(head + "On 3 May 2031 soldiers shot nine men at the mill."), "shot nine") == []


def test_a_letter_that_names_only_whom_it_goes_to_is_left_open() -> None:
    words = (
        "OPEN LETTER\n\nOffice of the President\nVarn\n\nDear President Vesh,\n\nSoldiers shot nine men at the mill."
    )
    assert from_head(words) is None


def test_a_court_that_holds_decides_and_a_journal_that_holds_claims(read: Read) -> None:
    court = read("The presiding judge, Ana Bel, held that Colonel Vesh had tortured nine prisoners in Oren.").claims
    journal = _claim(
        read("A second version, put forward by the Herald, holds that soldiers tortured nine prisoners in Oren."),
        "tortured",
    )
    assert Modality.ADJUDICATED in [c.modality for c in court]
    assert journal.modality is Modality.ALLEGED


def test_whoever_a_headline_finds_guilty_speaks_nothing(read: Read) -> None:
    assert _chain(read("Marsafan miller found guilty of killing nine men"), "guilty") == []


@pytest.mark.parametrize(
    ("words", "doer"),
    [
        (
            "On 4 May 2031 the Third Brigade shelled Tessal from the hills, Orso Lindt said at his door.",
            "Third Brigade",
        ),
        ("On the night of 4 May 2031 gunmen shelled Tessal, Orso Lindt said.", "gunmen"),
        ("During May 2031 government aircraft shelled Tessal, Orso Lindt said.", "aircraft"),
        ("In early May rebels shelled Tessal, Orso Lindt said.", "rebels"),
        ("In Tessal on 4 May 2031 rebels shelled the clinic, Orso Lindt said.", "rebels"),
        ("Rebels shelled Tessal, killing nine people, Orso Lindt, a baker from the hills, said.", "Rebels"),
        ("Rebels shelled Tessal and nine people died, Orso Lindt, 34, said.", "Rebels"),
    ],
)
def test_whoever_tells_of_it_is_not_taken_for_the_doer(read: Read, words: str, doer: str) -> None:
    shelling = _claim(read(words), "shelled")
    assert any(doer in a.words for a in shelling.actors)
    assert [s.words for s in shelling.speakers[1:]] == ["Orso Lindt"]


@pytest.mark.parametrize("day", ["On 4 May 2031", "On the night of 4 May 2031", "In May 2031", "During May 2031"])
def test_a_day_that_opens_a_sentence_keeps_its_words(read: Read, day: str) -> None:
    shelling = _claim(read(f"{day} rebels shelled the clinic of Tessal."), "shelled")
    assert shelling.date_text is not None and shelling.date_text.endswith("May 2031")
