"""Who says so: within the sentence, over sentences and paragraphs, and by the head or form of the text.

Start with `test_who_tells_it_in_the_sentence`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family

Read = Callable[..., Reading]


def _chain(reading: Reading, act: str) -> list[str]:
    """The speakers, without the publication, of the claim of these words."""
    acts: list[Claim] = [c for c in reading.claims if c.family is Family.ACT]
    found = [c for c in acts if act in c.act] or [c for c in acts if act in c.quote]
    assert found, [c.quote for c in acts]
    return [s.words for s in found[0].speakers[1:]]


@pytest.mark.parametrize(
    ("words", "act", "chain"),
    [
        (
            "Guards beat prisoners with cables, according to testimony collected by the Bar Association of Oren.",
            "beat",
            ["Bar Association of Oren"],
        ),
        ("Testimonies gathered by Reed Watch suggest that police shot nine men.", "shot", ["Reed Watch"]),
        ("The confession of Sergeant Vesh that he had shot two women was read out.", "shot", ["Vesh"]),
        ("The Commission received reports that the Third Brigade had killed nine men.", "killed", ["Commission"]),
        ("The Commission was informed that the Third Brigade had killed nine men.", "killed", ["Commission"]),
        ("I was told by a guard that the prisoners had been shot.", "shot", ["guard"]),
        ("The Special Rapporteur learned that nine detainees were tortured.", "tortured", ["Special Rapporteur"]),
        ("The representative of Karsia said that troops had bombed a school in Ton.", "bombed", ["representative"]),
        ("Counsel for the victims submitted that soldiers had raped nine women.", "raped", ["Counsel"]),
        (
            "State television quoted an official as saying that rebels killed nine soldiers near Oren.",
            "killed",
            ["State television", "official"],
        ),
        (
            "At least nine people were executed in Oren, the rights group said on Friday, citing witnesses.",
            "executed",
            ["rights group", "witnesses"],
        ),
        ("Rebels, the statement said, had shelled the hospital.", "shelled", ["statement"]),
        ("The army killed nine villagers on Sunday, an activist in Oren, Kal Remo, said.", "killed", ["Kal Remo"]),
        (
            "Militiamen looted shops and burned homes, aid workers and residents said.",
            "looted",
            ["aid workers and residents"],
        ),
        (
            "The indictment charges General Oskar Dran with the murder of nine civilians in Oren.",
            "murder",
            ["indictment"],
        ),
        ("The unions called for an inquiry into the killing of nine men in Oren.", "killing", ["unions"]),
        (
            "Varn and other cities' displaced families said that militiamen looted their houses.",
            "looted",
            ["Varn and other cities' displaced families"],
        ),
    ],
)
def test_who_tells_it_in_the_sentence(words: str, act: str, chain: list[str], read: Read) -> None:
    assert _chain(read(words), act) == chain


def test_nobody_speaks_where_no_group_does(read: Read) -> None:
    words = "The bombing, which killed nine people in Varn, was claimed by no group."
    assert _chain(read(words), "killed") == []


@pytest.mark.parametrize(
    ("words", "act", "chain"),
    [
        # whoever is told of before a quote in the first person is quoted
        ('Ruda Halim was at the well. "They shot my husband in front of me," she said.', "shot", ["Ruda Halim"]),
        # a quote within its sentence
        (
            "Governor Ilan Vesk posted: “Rebels shelled the market in Sella and killed nine.”",
            "shelled",
            ["Ilan Vesk"],
        ),
        # an account that takes up who was in it
        (
            "Residents said the soldiers arrived at dawn. The soldiers shot nine men there.",
            "shot",
            ["Residents"],
        ),
        ("He was held for six days, Moru said. Guards beat him with a hose.", "beat", ["Moru"]),
        # "they say" goes on with who spoke last
        (
            "Neighbours say they heard gunfire. The bodies of two brothers were found with bullet wounds, they say.",
            "bullet wounds",
            ["Neighbours"],
        ),
    ],
)
def test_who_tells_it_in_the_sentences_around(words: str, act: str, chain: list[str], read: Read) -> None:
    assert _chain(read(words), act) == chain


def test_what_the_speaker_himself_is_told_to_do_is_not_of_his_account(read: Read) -> None:
    words = "General Dast said that the city was calm. His men burned nine houses in Oren that night."
    assert _chain(read(words), "burned") == []


def test_whoever_writes_speaks_again_when_saying_we(read: Read) -> None:
    words = "People in Varn tell me that both sides looted. The soldiers burned our school in Oren and shot nine men."
    assert _chain(read(words), "shot") == []


def test_a_quote_left_open_belongs_to_who_is_named_in_the_next_paragraph(read: Read) -> None:
    words = "“They chose nine men and shot them at the mill of Oren.\n\n“Six died at once,” a nurse told us."
    assert _chain(read(words), "shot") == ["nurse"]


def test_a_witness_who_opens_a_paragraph_has_all_of_it(read: Read) -> None:
    words = "12. Witness K testified that he hid in a ditch. Then men in uniform shot nine people and left for Oren."
    assert _chain(read(words), "shot")[-1].endswith("K")


def test_whoever_has_the_floor_speaks_to_the_end_of_the_paragraph(read: Read) -> None:
    words = (
        "Security Council\n\nSummary of the meeting held on 3 May 2031\n\n"
        "Mr. Vesk (Karsia) thanked the mission. Forces of the other side had shelled nine villages near Oren."
    )
    assert _chain(read(words), "shelled") == ["Vesk"]


def test_a_heading_says_whose_account_stands_below(read: Read) -> None:
    words = (
        "The facts as submitted by the complainant\n\n2.1 On 3 May 2031 soldiers beat nine men in Oren.\n\n"
        "State party's observations\n\n4.1 No complaint was filed."
    )
    assert _chain(read(words), "beat") == ["complainant"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("WITNESS STATEMENT\nName: Dalen Moru\n\n1. I am from Oren. ", "Dalen Moru"),
        ("Testimony\n\nTeresa Ollan, 44, miller\n\nI come from Oren. ", "Teresa Ollan"),
        ("I, the undersigned, Teresa Ollan, declare: I come from Oren. I saw it. My son too. ", "Teresa Ollan"),
        ("From: Dr Sena Okar, hospital of Oren\nTo: the ministry\n\n", "Sena Okar"),
        ("Report of the Special Rapporteur on torture\n\n", "Special Rapporteur on torture"),
        ("Press release\nThe Oren Bar Association condemns the killings\n\n", "Oren Bar Association"),
        ("(Varn) – Police beat a student on 1 May 2031, Reed Watch said today.\n\n", "Reed Watch"),
        ("Statement of the collective Voz del Sur\n\nWe mourn. ", "Voz del Sur"),
        ("THE PRE-TRIAL CHAMBER,\n\nHAVING EXAMINED the application;\n\n", "PRE-TRIAL CHAMBER"),
        ("INDICTMENT\n\nThe Prosecutor charges Oskar Dran with murder.\n\n", "Prosecutor"),
    ],
)
def test_the_head_or_form_of_a_text_says_whose_it_is(head: str, name: str, read: Read) -> None:
    chain = _chain(read(head + "On 3 May 2031 soldiers shot nine men at the mill."), "shot")
    assert name in chain[-1]


def test_whoever_speaks_in_somebodys_statement_is_heard_through_it(read: Read) -> None:
    words = (
        "Statement of the collective Voz del Sur\n\nWe mourn nine neighbours. "
        "A clerk told us that soldiers shot nine men at the mill of Oren."
    )
    assert _chain(read(words), "shot") == ["Voz del Sur", "clerk"]


def test_the_witness_of_a_transcript_is_who_is_named_at_its_head(read: Read) -> None:
    words = (
        "Special Court\nTranscript of 4 March 2031\nWitness: Dalen Moru\n\nMR. TESK: What happened then?\n\n"
        "THE WITNESS: I saw the soldiers. The soldiers shot nine men by the bridge of Oren.\n\nMR. TESK: Thank you."
    )
    assert _chain(read(words), "shot nine")[-1] == "Dalen Moru"


def test_a_dateline_speaks_nothing(read: Read) -> None:
    words = "Varn, May 4, 2031 (KNA) – The third witness claimed on Monday that soldiers shot nine men in Oren."
    assert _chain(read(words), "shot") == ["third witness"]
