"""What holds over a whole text: quotes that go on, pronouns, ids, mentions, offsets, determinism, furniture."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from probanda.claims import Reader, reader_for
from probanda.claims.lexicon import lexicon
from probanda.claims.model import Reading
from probanda.kernel.vocabulary import ActType, Family, MentionKind, Modality, PassageRole, TieKind

from .conftest import a_text

Read = Callable[..., Reading]

ORDER = "“There shall be no mercy for them. Take no prisoners here.” Colonel Oran Vesh ordered his men that night."

ACCOUNT = """Soldiers of the Karsian army attacked the village of Oren on 4 May 2031, Ember Watch said.

The soldiers killed nine farmers and burned several houses. They also abducted two nurses.

The Karsian army denied the accusations."""


def test_an_order_quoted_before_its_speaker_is_ordered_by_that_speaker(read: Read) -> None:
    claims = [c for c in read(ORDER).claims if c.act_type is ActType.DENIAL_OF_QUARTER]
    assert claims
    for claim in claims:
        assert claim.modality is Modality.ORDERED
        assert "Vesh" in claim.innermost.words
        assert "Vesh" in claim.actors[0].words


def test_an_account_goes_on_when_its_soldiers_are_taken_up_again(read: Read) -> None:
    claims = read(ACCOUNT).claims
    killing = next(c for c in claims if c.act_type is ActType.KILLING and c.modality is not Modality.DENIED)
    assert "Ember Watch" in killing.innermost.words
    assert "goes on" in killing.why


def test_a_bare_denial_denies_the_act_told_before(read: Read) -> None:
    denial = next(c for c in read(ACCOUNT).claims if c.modality is Modality.DENIED)
    assert denial.polarity.value == "negative"
    assert "Karsian army" in denial.innermost.words
    assert not denial.asserts_event


def test_the_next_sentence_may_say_according_to_whom(read: Read) -> None:
    text = "General Dast ordered his soldiers to kill the elders. This is according to The Oren Herald."
    claim = read(text).claims[0]
    assert [s.words for s in claim.speakers] == ["@doc", "Oren Herald"]


def test_unnamed_experts_speak_through_the_paper_that_named_them(read: Read) -> None:
    text = (
        "Abuses are growing. This is according to The Oren Herald, and evidence read by legal experts.\n\n"
        "The two experts said that video evidence suggests that General Dast ordered the siege of Sella."
    )
    siege = next(c for c in read(text).claims if c.act_type is ActType.SIEGE)
    assert [s.words for s in siege.speakers] == ["@doc", "Oren Herald", "two experts"]
    assert siege.modality is Modality.ALLEGED


def test_a_pronoun_is_read_as_its_antecedent_and_the_claim_says_so(read: Read) -> None:
    text = "Colonel Oran Vesh arrived in Oren on Monday. He shot two traders at the well."
    claim = read(text).claims[0]
    assert claim.actors[0].words == "Oran Vesh"
    assert "“He” read as" in claim.why


def test_a_list_of_acts_gives_a_claim_for_each(read: Read) -> None:
    text = "A lawyer said there was evidence of violations by the Dawn Front, including killing, looting and torture."
    kinds = {c.act_type for c in read(text).claims}
    assert {ActType.KILLING, ActType.LOOTING_PROPERTY, ActType.TORTURE} <= kinds


def test_the_crimes_of_a_warrant_stay_alleged(read: Read) -> None:
    text = "The tribunal issued an arrest warrant for Colonel Oran Vesh over the execution of prisoners in Oren."
    claims = read(text).claims
    warrant = next(c for c in claims if c.act_type is ActType.PROCEDURAL)
    crime = next(c for c in claims if c.act_type is ActType.EXECUTION)
    assert warrant.cited is not None and warrant.cited.kind == "warrant"
    assert crime.modality is Modality.ALLEGED
    assert [a.words for a in crime.actors] == ["Oran Vesh"]


def test_relative_dates_follow_the_text_and_stay_open_without_one(read: Read) -> None:
    text = "Gunmen shot two traders in Oren on Friday."
    assert read(text).claims[0].date_from is None
    dated = read(text, dated="2031-05-05").claims[0]
    assert (dated.date_from, dated.date_to) == ("2031-05-02", "2031-05-02")


def test_a_date_heading_governs_what_follows(read: Read) -> None:
    text = "2031-06-03\n\nGuards shot four students in Sella .\n\n2031-06-09\n\nGunmen abducted two nurses ."
    assert [c.date_from for c in read(text).claims] == ["2031-06-03", "2031-06-09"]


def test_a_single_date_line_is_when_the_text_was_written(read: Read) -> None:
    assert read("2031-06-03\n\nGuards shot four students in Sella.").claims[0].date_from is None


def test_ties_are_a_family_of_their_own(read: Read) -> None:
    claims = read("Colonel Oran Vesh, the commander of the Dawn Brigade, killed two traders in Oren.").claims
    ties = [c for c in claims if c.family is Family.TIE]
    assert [(t.tie.kind, t.tie.left.words, t.tie.right.words) for t in ties if t.tie] == [
        (TieKind.POSTING, "Oran Vesh", "Dawn Brigade")
    ]
    assert all(c.tie is None for c in claims if c.family is Family.ACT)


def test_names_have_kinds_titles_and_acronyms(read: Read) -> None:
    text = "General Omar Dast met the Valley Liberation Front (VLF) in the city of Sella. Dast’s forces left Karsia."
    mentions = {m.words: m for m in read(text + " Later Dast’s forces killed two traders in Sella.").mentions}
    assert mentions["Omar Dast"].kind is MentionKind.PERSON
    assert mentions["Omar Dast"].title == "General"
    assert mentions["Valley Liberation Front"].kind is MentionKind.UNIT
    assert mentions["VLF"].same_as == mentions["Valley Liberation Front"].id
    assert mentions["Sella"].kind is MentionKind.PLACE
    assert mentions["Dast’s forces"].kind is MentionKind.UNIT


def test_furniture_makes_no_claims(reader: Reader) -> None:
    text = a_text("Gunmen shot two traders in Oren.")
    silent = replace(text, passages=tuple(replace(p, role=PassageRole.FURNITURE) for p in text.passages))
    assert reader.read(text).claims
    assert not reader.read(silent).claims


def test_all_capitals_are_read_like_other_copy(read: Read) -> None:
    claim = read("SOLDIERS OF THE DAWN BRIGADE KILLED NINE FARMERS IN THE VILLAGE OF OREN ON 4 MAY 2031.").claims[0]
    assert claim.act_type is ActType.KILLING
    assert claim.quantity is not None and claim.quantity.value == 9
    assert claim.quote.isupper()


def test_a_heading_that_only_repeats_the_body_makes_no_claim(read: Read) -> None:
    body = "Soldiers of the Dawn Brigade killed nine farmers in Oren on 4 May 2031."
    with_heading = read("Nine Farmers Killed In Oren Village\n\n" + body, headings=1)
    assert len(with_heading.claims) == len(read(body).claims)


def test_offsets_are_those_of_the_whole_item(read: Read) -> None:
    here, there = read(ACCOUNT), read(ACCOUNT, base=1000)
    assert [c.start + 1000 for c in here.claims] == [c.start for c in there.claims]
    assert [m.start + 1000 for m in here.mentions] == [m.start for m in there.mentions]
    assert [c.id for c in here.claims] == [c.id for c in there.claims]


def test_every_quote_stands_where_it_says_and_ids_are_single(read: Read) -> None:
    for text in (ACCOUNT, ORDER, ACCOUNT + "\n\n" + ACCOUNT):
        reading = read(text)
        assert len({c.id for c in reading.claims}) == len(reading.claims)
        assert len({m.id for m in reading.mentions}) == len(reading.mentions)
        for thing in reading.claims:
            assert text[thing.start : thing.end] == thing.quote
            assert text[thing.act_start : thing.act_end] == thing.act
            assert thing.speakers[0].words == "@doc"
        for mention in reading.mentions:
            assert text[mention.start : mention.end] == mention.words


def test_a_claim_keeps_its_id_when_words_far_away_change(read: Read) -> None:
    near = "In the market of Oren, close to the old stone well, gunmen shot two traders on the morning of 4 May 2031."
    assert (
        read(near).claims[0].id == read("Nothing else was heard that day in the valley below.\n\n" + near).claims[0].id
    )


def test_wording_that_defeats_itself_is_flagged_and_kept(read: Read) -> None:
    text = "The minister cannot deny his lack of knowledge of the crimes that his guards committed in Oren."
    claims = read(text).claims
    assert any("garbled" in c.flags for c in claims)


def test_there_is_no_reader_for_other_languages() -> None:
    assert reader_for("de") is None
    assert reader_for(None) is None


def test_each_act_entry_finds_its_own_example(read: Read) -> None:
    silent = {"imprisonment-asked"}
    missing = [e.id for e in lexicon("en").acts if e.id not in silent and not read(e.example).claims]
    assert not missing, f"no claim from the example of: {missing}; mend the entry or its example in acts.yaml"


def test_importing_the_room_loads_no_model() -> None:
    code = "import sys, probanda.claims; probanda.claims.reader_for('en'); print('spacy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


@pytest.mark.slow
def test_the_same_text_gives_the_same_claims_whatever_the_hash_seed() -> None:
    code = (
        "from tests.claims.conftest import a_text; from tests.claims.test_reading import ACCOUNT;"
        "from probanda.claims import reader_for; print(reader_for('en').read(a_text(ACCOUNT)))"
    )
    out = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "7")
    }
    assert len(out) == 1
