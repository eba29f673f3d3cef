"""A text with its claims in the margin: marks at their words, notes that say why, and lines nothing can disturb."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework.explain import (
    END_OF_ISOLATE,
    ISOLATE,
    Paragraph,
    columns,
    explained,
    laid_out,
    note,
    numbered,
    paragraph_rows,
    paragraphs,
    wrapped,
)
from probanda.claims.model import DOC, Actor, Cited, Claim, Named, Tie
from probanda.kernel.errors import NotFound, ProbandaError
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import (
    ActType,
    Family,
    Involvement,
    Modality,
    PassageRole,
    Polarity,
    Status,
    TieKind,
)
from probanda.reading import read
from probanda.reading.model import Passage, Text
from tests.running import run

pytestmark = pytest.mark.slow

WIRE = (
    "Soldiers of the Third Brigade killed four villagers and burned the market in Delma, residents told Radio Delma."
    "\n\nThe army denied that. The bridge will be painted in June."
)
ARABIC = "قال سكان دلما إن الجنود قتلوا أربعة رجال يوم الأحد، ثم أحرقوا السوق وغادروا القرية."
SIGNS = re.compile(f"[{ISOLATE}{END_OF_ISOLATE}]")


def a_text(words: str, base: int = 0) -> Text:
    """A text whose paragraphs are parted by blank lines."""
    passages, at = [], 0
    for number, paragraph in enumerate(words.split("\n\n"), 1):
        passages.append(Passage(at, at + len(paragraph), PassageRole.BODY, number))
        at += len(paragraph) + 2
    return Text(
        item="0" * 64, words=words, digest="1" * 64, passages=tuple(passages), language="en", language_reason="given",
        encoding="utf-8", encoding_reason="given", media_type="text/plain", base=base,
    )  # fmt: skip


def a_claim(words: str, quote: str, base: int = 0, **fields: object) -> Claim:
    """A claim on these words of a text."""
    start = words.index(quote) + base
    told: dict[str, object] = {
        "id": f"{start:08x}{len(quote):024x}", "item": "0" * 64, "start": start, "end": start + len(quote),
        "quote": quote, "act": "killed", "act_start": start, "act_end": start + 6, "act_type": ActType.KILLING,
        "modality": Modality.ALLEGED, "speakers": (Named(DOC),), "reader": "rules-en 0.1", "why": "act: killed",
    }  # fmt: skip
    return Claim(**told | fields)  # type: ignore[arg-type]


KILLED = a_claim(WIRE, "Soldiers of the Third Brigade killed four villagers")
BURNED = a_claim(WIRE, "burned the market in Delma", act="burned", act_type=ActType.LOOTING_PROPERTY)


def page(words: str, claims: Iterable[Claim], width: int = 80) -> str:
    """The whole page as printed."""
    found = paragraphs(a_text(words), numbered(claims))
    return "\n".join(line for one in found for line in laid_out(one, width))


def marked(found: Iterable[Paragraph]) -> str:
    return "\n\n".join("".join(p.words for p in one.pieces) for one in found)


# --- marks ------------------------------------------------------------------------------------------


def test_each_quote_stands_between_its_own_marks_and_nothing_else_changes() -> None:
    denied = a_claim(WIRE, "The army denied that", modality=Modality.DENIED)
    found = list(paragraphs(a_text(WIRE), numbered([BURNED, denied, KILLED])))
    words = marked(found)
    for one in (c for p in found for c in p.claims):
        between = words.split(f"[{one.number}|")[1].split(f"|{one.number}]")[0]
        assert between == one.claim.quote
    assert re.sub(r"\[\d\||\|\d\]", "", words) == WIRE
    assert [one.claim.act for p in found for one in p.claims] == ["killed", "burned", "killed"]


def test_of_quotes_that_hold_one_another_the_outer_opens_first_and_closes_last() -> None:
    whole = a_claim(WIRE, "Soldiers of the Third Brigade killed four villagers and burned the market in Delma")
    words = marked(paragraphs(a_text(WIRE), numbered([KILLED, whole, BURNED])))
    assert words.startswith("[1|[2|Soldiers") and "villagers|2] and [3|burned the market in Delma|3]|1]," in words


def test_a_quote_over_two_paragraphs_is_marked_in_both_and_noted_once() -> None:
    over = a_claim(WIRE, WIRE[WIRE.index("residents") : WIRE.index(" denied")])
    first, second = paragraphs(a_text(WIRE), numbered([over]))
    assert "".join(p.words for p in first.pieces).endswith("[1|residents told Radio Delma.|1]")
    assert "".join(p.words for p in second.pieces).startswith("[1|The army|1] denied")
    assert (len(first.claims), len(second.claims)) == (1, 0)


def test_the_parts_of_a_very_large_text_each_show_their_own_claims() -> None:
    later = a_claim(WIRE, "The army denied that", base=1000)
    claims = numbered([KILLED, later])
    first = [one for p in paragraphs(a_text(WIRE), claims[:1]) for one in p.claims]
    second = list(paragraphs(a_text(WIRE, base=1000), claims))
    assert [one.claim for one in first] == [KILLED]
    assert [one.claim for p in second for one in p.claims] == [later]
    assert "[2|The army denied that|2]" in marked(second)


def test_sentences_without_a_claim_are_left_as_they_are() -> None:
    assert "The army denied that. The bridge will be painted in June." in page(WIRE, [KILLED])


# --- notes ------------------------------------------------------------------------------------------


def test_a_note_tells_every_field_and_which_words_decided() -> None:
    told = replace(
        KILLED,
        speakers=(Named(DOC), Named("Radio Delma"), Named("residents")),
        actors=(Actor("Soldiers of the Third Brigade", None, Involvement.DIRECT), Actor("General Orsk")),
        victims=(Named("four villagers"),),
        places=(Named("Delma"),),
        means=("rifles",),
        stance="tell",
        polarity=Polarity.NEGATIVE,
        date_text="on Sunday",
        date_from="2031-05-03",
        date_to="2031-05-05",
        quantity=Quantity(text="more than three", min=4, unit="villagers", counter="the council", as_of="2031-05-06"),
        cited=Cited("video", "a video of the market"),
        why="act: killed; author by subject: Soldiers; modality: tell; speakers: told",
        flags=("garbled",),
        status=Status.CHECKED,
    )
    (one,) = numbered([told])
    assert note(one) == [
        "1 ● killing · alleged (tell) · negative",
        "  who: Soldiers of the Third Brigade (direct), General Orsk (unknown) → four villagers",
        "  act: killed",
        "  where: Delma",
        "  when: on Sunday (2031-05-03 to 2031-05-05)",
        "  count: more than three (villagers, at least 4), counted by the council, as of 2031-05-06",
        "  with: rifles",
        "  says: @doc < Radio Delma < residents",
        "  cites: video: a video of the market",
        "  look: garbled",
        "  why: act: killed; author by subject: Soldiers; modality: tell; speakers: told",
        f"  id: {told.id[:12]}, rules-en 0.1",
    ]


def test_a_note_leaves_out_what_is_left_open() -> None:
    (one,) = numbered([replace(KILLED, date_text="last spring", victims=(Named("four villagers"),))])
    lines = note(one)
    assert "  who: nobody named → four villagers" in lines
    assert "  when: last spring (left open)" in lines
    assert not any(line.startswith(("  where", "  count", "  with", "  look")) for line in lines)


def test_a_tie_says_who_stands_how_to_whom() -> None:
    tie = Tie(TieKind.POSTING, Named("Orsk"), Named("the Third Brigade"), role="commander")
    lines = note(numbered([replace(KILLED, family=Family.TIE, tie=tie)])[0])
    assert lines[0].startswith("1 ○ tie: posting")
    assert lines[1] == "  who: Orsk → the Third Brigade (commander)"


# --- lines ------------------------------------------------------------------------------------------


def test_notes_stand_beside_the_words_where_there_is_room_and_else_under_them() -> None:
    wide, narrow = page(WIRE, [KILLED], 120), page(WIRE, [KILLED], 99)
    assert re.search(r"^\[1\|Soldiers.*│ {3}act: killed$", wide, re.M)
    assert "│" not in narrow
    assert re.search(r"Radio Delma\.\n    1 ○ killing", narrow)


@pytest.mark.parametrize("width", [10, 24, 40, 79, 80, 99, 100, 101, 140])
def test_no_line_is_longer_than_the_terminal_is_wide_and_no_letter_is_lost(width: int) -> None:
    words = f"{WIRE}\n\n{ARABIC}\n\n{'x' * 300} 漢字かな交じり文{'村' * 90}"
    arabic = a_claim(words, "الجنود قتلوا أربعة رجال", actors=(Actor("الجنود"),), why="act: قتلوا")
    found = list(paragraphs(a_text(words), numbered([KILLED, arabic])))
    lines = [line for one in found for line in laid_out(one, width)]
    assert max(map(columns, lines)) <= max(width, 24)
    if width < 100:
        kept = re.sub(r"\[\d\||\|\d\]|\s|¶ \d", "", SIGNS.sub("", "".join(x for x in lines if x[:4] != "    ")))
        assert kept == re.sub(r"\s", "", words)


def test_a_word_that_is_too_long_is_cut_and_whole_again_when_joined() -> None:
    assert wrapped("ab" * 30, 24) == ["ab" * 12, "ab" * 12, "ab" * 6]
    assert "".join(wrapped("é" * 50 + "e\u0301" * 50, 24)) == "é" * 50 + "e\u0301" * 50


@pytest.mark.parametrize("width", [30, 80, 120])
def test_right_to_left_words_keep_their_order_and_are_set_apart(width: int) -> None:
    claim = a_claim(ARABIC, "الجنود قتلوا أربعة رجال", victims=(Named("أربعة رجال"),))
    found = list(paragraphs(a_text(ARABIC), numbered([claim])))
    lines = [line for one in found for line in laid_out(one, width)]
    for line in lines:
        depth = 0
        for sign in line:
            depth += (sign == ISOLATE) - (sign == END_OF_ISOLATE)
            assert depth >= 0
        assert depth == 0
    assert f"{ISOLATE}[1|{END_OF_ISOLATE}" in "".join(lines)
    if width == 80:  # one column, so that the words stand together
        words = SIGNS.sub("", " ".join(x for x in lines if x[:4] != "    "))
        assert re.sub(r"\[1\||\|1\]", "", words).split("¶ 1 ")[1].strip() == ARABIC
    assert "nobody named" in "".join(lines)


def test_signs_of_a_source_that_could_reorder_or_steer_the_terminal_show_their_code() -> None:
    words = "Soldiers \u202ekilled\x1b[31m four \u2069villagers in Delma."
    shown = page(words, [a_claim(words, words[:-1], victims=(Named("four \u2069villagers"),), why="act: \x1b[2J")])
    assert not re.search("[\x1b\u202e\u2066-\u2069]", shown)
    assert "[U+202E]" in shown and "[U+001B]" in shown and "[U+2069]" in shown


# --- from a case folder -----------------------------------------------------------------------------


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A case with one open and one restricted text, not read yet."""
    (tmp_path / "wire.txt").write_text(WIRE)
    (tmp_path / "letter.txt").write_text("My name is Mirel Dovan. " + WIRE)
    work = Case.new(tmp_path / "case", prefix="OST")
    work.add([tmp_path / "wire.txt"])
    work.add([tmp_path / "letter.txt"], label="restricted")
    return work


def _commit_text(case: Case, digest: str, words: str | None = None) -> None:
    texts = [t for t in read(case.store.vault.path_of(digest), digest, "a.txt") if isinstance(t, Text)]
    if words is not None:
        texts = [replace(texts[0], words=words, digest="2" * 64, passages=a_text(words).passages, runs=())]
    case.store.commit_text(texts, "test")


def test_every_claim_of_an_item_is_explained_and_rows_hold_the_same(case: Case) -> None:
    case.read()
    item = case.items()[0]
    claims = {c.id: c for c in case.claims(item=item.digest)}
    assert len(claims) >= 2
    found = list(explained(case.store, case.eyes, item))
    assert {one.claim.id for p in found for one in p.claims} == set(claims)
    rows = list(paragraph_rows(found, item, {}, {}))
    assert "\n\n".join(row["words"] for row in rows) == WIRE
    for row in (claim for paragraph in rows for claim in paragraph["claims"]):
        assert row["why"] == claims[row["id"]].why and WIRE[row["start"] : row["end"]] == row["quote"]


def test_what_these_eyes_may_not_see_is_not_explained(case: Case) -> None:
    case.read()
    closed = case.items()[1]
    with pytest.raises(NotFound):
        case.store.item(case.eyes.only_open(), closed.number)
    with pytest.raises(NotFound):
        list(explained(case.store, case.eyes.only_open(), closed))


def test_an_item_that_could_not_be_read_says_why(case: Case) -> None:
    item = replace(case.items()[0], unread_reason="it is a scan.", unread_fix="Have it read by OCR.")
    with pytest.raises(ProbandaError, match="scan"):
        list(explained(case.store, case.eyes, item))


def test_a_settled_claim_whose_words_are_gone_is_shown_at_the_end(case: Case) -> None:
    digest = case.items()[0].digest
    _commit_text(case, digest)
    claim = case.add_claim(digest, 0, 51, {"act_type": "killing", "modality": "alleged"})
    _commit_text(case, digest, "Nothing of that stands here any more.\n\nThe bridge will be painted.")
    found = list(explained(case.store, case.eyes, case.items()[0]))
    assert not any(p.claims for p in found[:-1])
    assert [one.claim.id for one in found[-1].claims] == [claim.id]
    assert "no longer" in found[-1].reason


@pytest.mark.slow
def test_the_command_reads_what_was_not_read_and_prints_the_margin(case: Case) -> None:
    folder = case.store.folder
    opened, closed = (item.number for item in case.items())
    case.close()
    done = run("-C", folder, "read", "--explain", opened)
    assert "|Soldiers of the Third Brigade killed four villagers|" in done.stdout
    assert "why: act: killed" in re.sub(r"\s+", " ", done.stdout)
    restricted = run("-C", folder, "read", "--explain", closed)
    assert f"{closed} is restricted" in restricted.stderr
    rows = [json.loads(line) for line in run("-C", folder, "read", "--explain", opened, "--json").stdout.splitlines()]
    assert [row["paragraph"] for row in rows] == [1, 2]
    assert rows[0]["claims"][0]["mark"] == 1
    run("-C", folder, "read", "--explain", opened, closed, code=2)
    assert "No item" in run("-C", folder, "read", "--explain", "OST-0009", code=1).stderr
