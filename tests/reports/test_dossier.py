"""What the working dossier promises: followed home, presumed innocent, self-contained, the same each time."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from probanda.claims.model import Claim
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import Modality
from probanda.reports import dossier
from probanda.reports.casefile import CaseFile
from probanda.reports.record import (
    Dossier,
    Listing,
    Opposed,
    Paragraph,
    Pieces,
    Section,
    Table,
    Voice,
)
from probanda.reports.words import INVOLVED
from tests.reports.factory import UNMEASURED, empty, kheldoun, many


@pytest.fixture(scope="module")
def page() -> str:
    return dossier.html(kheldoun())


@pytest.fixture(scope="module")
def drafted() -> Dossier:
    return dossier.draft(kheldoun())


def runs(section: Section) -> Iterator[Pieces]:
    """Every run of pieces in a section: paragraphs, list lines, sides, and the lines of cells."""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.pieces
        elif isinstance(block, Listing):
            yield from (line.pieces for line in block.lines)
        elif isinstance(block, Opposed):
            yield from (block.left.pieces, block.right.pieces)
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (line.pieces for cell in (row.head, *row.cells) for line in cell.lines)
    for part in section.parts:
        yield from runs(part)


def words_of(pieces: Pieces, *voices: Voice) -> str:
    return "".join(p.text for p in pieces if not voices or p.voice in voices)


def section(d: Dossier, number: str) -> str:
    found = next(s for s in d.sections if s.number == number)
    return "\n".join(words_of(r) for r in runs(found))


# the same each time


def test_the_same_case_gives_the_same_bytes(page: str) -> None:
    assert dossier.html(kheldoun()).encode() == page.encode()


def test_only_the_marked_place_differs_between_two_runs(page: str) -> None:
    later = dossier.html(kheldoun(run_at="2032-01-09T23:59:00Z"))
    assert later != page
    place = re.compile(r'(<span id="run">)[^<]*(</span>)')
    assert place.sub(r"\1\2", later) == place.sub(r"\1\2", page)
    assert page.count('id="run"') == 1


def test_the_order_of_rows_in_the_case_file_changes_nothing(page: str) -> None:
    case = kheldoun()
    turned = replace(
        case,
        items=case.items[::-1],
        claims=case.claims[::-1],
        actors=case.actors[::-1],
        incidents=case.incidents[::-1],
        contradictions=case.contradictions[::-1],
        suggestions=case.suggestions[::-1],
        wanted=case.wanted[::-1],
        contexts=dict(reversed(list(case.contexts.items()))),
    )
    assert dossier.html(turned) == page


# followed home


def test_every_sentence_with_words_of_evidence_has_a_note(drafted: Dossier) -> None:
    found = [r for s in drafted.sections[1:] for r in runs(s) if any(p.voice is Voice.QUOTE for p in r)]
    assert len(found) > 20
    assert [words_of(r) for r in found if not any(p.voice is Voice.NOTE for p in r)] == []


def test_each_claim_has_one_note_and_each_note_its_exact_words(drafted: Dossier) -> None:
    case = kheldoun()
    assert len(drafted.notes) == len(case.claims)
    assert [n.number for n in drafted.notes] == list(range(1, len(case.claims) + 1))
    latin = {c.quote for c in case.claims if "\u202e" not in c.quote}
    assert latin <= {n.quote for n in drafted.notes}


def test_a_note_says_item_paragraph_offsets_chain_modality_and_status(drafted: Dossier) -> None:
    fired = next(c for c in kheldoun().claims if c.quote.startswith("the Ninth Brigade fired"))
    note = next(n for n in drafted.notes if n.quote == fired.quote)
    assert words_of(note.place) == f"KHE-0001, paragraph 2, characters {fired.start}–{fired.end}"
    said = words_of(note.said)
    assert said == (
        "The Qasra Wire (KHE-0001), from Hesper Observers, from Residents · alleged (as said: told) · proposed"
    )
    assert note.before.endswith("Hesper Observers that ")


def test_a_note_shows_who_settled_the_claim(drafted: Dossier) -> None:
    assert any(words_of(n.said).endswith("admitted · corrected by Ana Reviewer") for n in drafted.notes)


def test_every_link_leads_to_a_place_that_is_there(page: str) -> None:
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert [i for i, n in ids.items() if n > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    for n in range(1, len(kheldoun().claims) + 1):
        assert ids[f"n{n}"] == 1 and ids[f"r{n}"] == 1


def test_a_publication_without_a_publisher_is_named_by_its_item(drafted: Dossier) -> None:
    assert "according to the publication (KHE-0002), from neighbours" in section(drafted, "2")


# presumption of innocence


def test_no_wording_of_an_involvement_says_that_somebody_did_it() -> None:
    assert all(text.startswith(("said to have", "named in connection")) for text in INVOLVED.values())


def test_the_systems_words_hold_no_verdict(drafted: Dossier) -> None:
    own = " ".join(words_of(r, Voice.WORDS, Voice.STRONG) for s in drafted.sections for r in runs(s))
    assert not re.search(r"guilt|perpetrator|culprit|criminal|offender|probab|score of|likely", own, re.IGNORECASE)


def test_denials_stand_against_and_never_for(drafted: Dossier) -> None:
    units = next(p for p in drafted.sections[2].parts if p.id == "s3-units")
    table = units.blocks[0]
    assert isinstance(table, Table)
    claimed, against = next(r.cells for r in table.rows if words_of(r.head.lines[0].pieces) == "Ninth Brigade")
    assert not any("denied" in words_of(line.pieces) for line in claimed.lines)
    assert "denied by Ninth Brigade, in KHE-0001" in words_of(against.lines[0].pieces)


def test_orders_and_demands_stand_apart_from_what_is_said_to_have_happened(drafted: Dossier) -> None:
    acts = next(p for p in drafted.sections[1].parts if p.id == "s2-acts")
    labels = {
        words_of(b.label): [words_of(line.pieces) for line in b.lines]
        for part in acts.parts
        for b in part.blocks
        if isinstance(b, Listing)
    }
    order = labels["Orders: they do not say that what was ordered was done"]
    assert any("Nobody in the quarter is to be left alive" in line for line in order)
    assert not any("left alive" in line for line in labels[""])


def test_proceedings_come_after_the_acts(drafted: Dossier) -> None:
    assert [p.id for p in drafted.sections[1].parts] == ["s2-acts", "s2-proceedings"]


# incidents


def test_versions_stand_side_by_side_with_their_origins(drafted: Dossier) -> None:
    shelling = drafted.sections[1].parts[0].parts[0]
    table = next(b for b in shelling.blocks if isinstance(b, Table))
    assert [words_of(h) for h in table.heads] == ["", "Version A", "Version B"]
    rows = {words_of(r.head.lines[0].pieces): r for r in table.rows}
    assert rows["What it says"].role == "differs"
    assert words_of(rows["Origins"].cells[0].lines[0].pieces) == "at most 1 origin, 1 untraced"
    assert (
        words_of(rows["Against it"].cells[1].lines[0].pieces) == "Nothing found in 3 items; 1 item not allowed to see"
    )


def test_a_contradiction_shows_both_quotes(drafted: Dossier) -> None:
    pairs = [b for b in drafted.sections[1].parts[0].parts[0].blocks if isinstance(b, Opposed)]
    assert [words_of(p.title) for p in pairs] == [
        "Contradicted: who did it",
        "Contradicted: how many",
        "Contradicted: one side denies it",
    ]
    assert all(words_of(side.pieces, Voice.QUOTE) for p in pairs for side in (p.left, p.right))


def test_figures_are_bounds_with_who_counted_and_are_never_summed(drafted: Dossier) -> None:
    text = section(drafted, "2")
    assert "at least 41, counted by the Qasra Health Board" in text
    assert "60, counted by A doctor, as of Sunday" in text
    assert "The figures are not added together." in text
    assert "No source states a maximum" not in text.split("Siege")[0]
    assert "101" not in text


def test_it_is_said_where_no_source_states_a_maximum() -> None:
    case = kheldoun()
    open_ended = tuple(
        replace(c, quantity=Quantity(text=c.quantity.text, value=1, min=1, unit="killed")) if c.quantity else c
        for c in case.claims
    )
    text = section(dossier.draft(replace(case, claims=open_ended)), "2")
    assert "No source states a maximum. The figures are not added together." in text


def test_what_was_narrowed_away_is_not_cited(page: str) -> None:
    case = kheldoun()
    kept = tuple(c for c in case.claims if c.modality is Modality.DENIED)
    d = dossier.draft(replace(case, claims=kept, narrowed=("only denials",)))
    assert [n.quote for n in d.notes] == [kept[0].quote]
    assert "only denials" in dossier.html(replace(case, claims=kept, narrowed=("only denials",)))


def test_more_than_three_versions_stand_as_rows() -> None:
    case = kheldoun()
    shelling = case.incidents[0]
    four = replace(case, incidents=(replace(shelling, versions=shelling.versions * 2), *case.incidents[1:]))
    table = next(b for b in dossier.draft(four).sections[1].parts[0].parts[0].blocks if isinstance(b, Table))
    assert [words_of(r.head.lines[0].pieces) for r in table.rows] == [
        "Version A",
        "Version B",
        "Version C",
        "Version D",
    ]


# matrix


def test_the_three_answers_are_written_out(drafted: Dossier) -> None:
    text = section(drafted, "5")
    assert "Nothing found in 3 items" in text
    assert "Not looked for" in text
    assert "1 item not allowed to see" in text


def test_no_cell_of_any_table_is_empty(page: str) -> None:
    only_denied = kheldoun(claims=tuple(c for c in kheldoun().claims if c.modality is Modality.DENIED))
    for text in (page, dossier.html(only_denied)):
        cells = re.findall(r"<td[^>]* data-l[^>]*>(.*?)</td>", text, re.DOTALL)
        assert cells
        assert [c for c in cells if not re.sub(r"<[^>]*>", "", c).strip()] == []


def test_those_harmed_without_a_name_are_listed_apart_from_persons(drafted: Dossier) -> None:
    harmed = next(p for p in drafted.sections[2].parts if p.id == "s3-harmed")
    assert [words_of(r, Voice.STRONG, Voice.FORM) for r in runs(harmed)] == ["executionnine prisoners"]


def test_the_matrix_is_a_working_paper_and_prints_open(page: str) -> None:
    assert "Working paper, not for filing." in page
    assert page.count("<details open") == 2
    assert "<details id" not in page


def test_elements_of_the_mode_stand_under_their_own_head(drafted: Dossier) -> None:
    assert "Elements of the mode of liability: Ordering, soliciting or inducing" in section(drafted, "5")


def test_claims_that_an_earlier_cell_told_are_told_by_its_place_and_their_notes() -> None:
    case = kheldoun()
    attack = case.suggestions[1]
    twice = replace(case, suggestions=(attack, replace(attack, id="s9", mode="25(3)(c)", mode_title="Aiding")))
    table = dossier.draft(twice).sections[4].parts[0].parts[1].blocks[1]
    assert isinstance(table, Table)
    cell = table.rows[0].cells[1].lines
    assert [words_of(x.pieces, Voice.WORDS, Voice.LINK) for x in cell] == ["the same claims as in M-1, element 1: "]
    assert len([p for p in cell[0].pieces if p.voice is Voice.NOTE]) == 2


def test_a_remark_on_several_suggestions_is_told_once_and_led_to(page: str) -> None:
    assert page.count("Everybody named is presumed innocent.") == 1
    assert page.count('href="#R-1"') == 2
    assert page.count("A warrant is a proceeding: its crimes stay alleged.") == 1


# cover


def test_the_stamp_says_that_nobody_checked(page: str) -> None:
    assert page.count("Proposed by machine, checked by nobody") == 2  # the stamp and the printed running head


def test_the_stamp_counts_what_a_person_checked() -> None:
    d = dossier.draft(kheldoun(checked=2))
    assert d.stamp == "2 of 13 claims checked by a person."
    assert "checked by nobody" in words_of(d.stamp_lines[0].pieces)


def test_the_cover_says_plainly_how_good_the_reader_is(drafted: Dossier) -> None:
    fact = next(f for f in drafted.facts if f.label == "How good the reader rules-en 0.1 is")
    text = " ".join(words_of(line.pieces) for line in fact.lines)
    assert "it found about 58; the others are missing here" in text
    assert "about 71 were right" in text
    assert "probanda eval reading" in text


def cover(case: CaseFile) -> str:
    return " ".join(words_of(line.pieces) for f in dossier.draft(case).facts for line in f.lines)


def test_the_cover_says_what_was_left_out_or_why_it_was_included() -> None:
    assert "1 restricted item was left out" in cover(kheldoun())
    assert "None was left out." in cover(kheldoun(withheld=0))
    assert "Included. The reason given, which was written in the log: hearing on 4 May." in cover(
        kheldoun(included_restricted="hearing on 4 May")
    )


def test_the_cover_counts_the_persons_named_and_says_that_nobody_cleared_them() -> None:
    assert "This dossier names 3 persons. Nobody has cleared the names in it." in cover(kheldoun())


def test_an_unmeasured_reader_is_said_to_be_unmeasured() -> None:
    assert "Not measured for this version." in cover(kheldoun(measures=UNMEASURED))


# a page to hand on


def test_the_page_asks_for_nothing_and_runs_nothing(page: str) -> None:
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert f"style-src &#39;sha256-{digest}&#39;" in policy[1]
    assert policy[1].startswith("default-src &#39;none&#39;")
    tags = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"<(script|link|img|iframe|object|embed)\b|\s(style|on\w+|src)=|https?://|@import", tags)
    assert "url(#hatch)" in style[1] and "<" not in style[1]
    assert not re.search(r"url\((?!#)|@import", style[1])


def test_a_hostile_name_is_shown_and_does_nothing(page: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Omran [U+202E]gnat Salloum[U+0007]" in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", page)


def test_a_lone_surrogate_cannot_break_the_file() -> None:
    case = kheldoun(situation="Kheldoun \ud83d since 1 April 2031")
    assert "Kheldoun [U+D83D] since" in dossier.html(case).encode("utf-8").decode("utf-8")


def test_headings_come_in_order_and_tables_have_scopes(page: str) -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert not re.search(r"<th(?![^>]*scope=)[ >]", page)
    assert re.search(r'<a href="#n1" id="r1" aria-label="note 1">1</a>', page)


def test_quotes_bear_their_own_language_and_direction(page: str) -> None:
    assert '<q class="ev" dir="auto" lang="ar">اللواء التاسع أطلق القذائف على السوق</q>' in page


def test_the_page_turns_with_the_direction_of_writing() -> None:
    page = dossier.html(kheldoun(), "ar")
    assert '<html lang="ar" dir="rtl">' in page
    css = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert css is not None
    assert not re.search(r"(margin|padding|border)-(left|right)|text-align: (left|right)", css[1])


def test_a_case_of_nothing_is_said_to_be_one() -> None:
    page = dossier.html(empty())
    for text in ("No item was taken in.", "No incident was proposed.", "No claim names anybody."):
        assert text in page
    assert "No claim points to a crime in the law pack." in page


@pytest.mark.slow
def test_two_thousand_claims_have_a_note_each() -> None:
    case = many(2000)
    page = dossier.html(case)
    assert page.count('<li id="n') == len(case.claims) >= 2000


# orders


def test_an_order_told_of_by_another_is_never_called_the_words_of_that_other() -> None:
    case = kheldoun()
    given = next(c for c in case.claims if c.modality is Modality.ORDERED)
    teller = next(c for c in case.claims if c.modality is Modality.ADMITTED).innermost
    told = replace(given, speakers=(given.speakers[0], teller))

    def text(claim: Claim) -> str:
        claims = tuple(claim if c is given else c for c in case.claims)
        return re.sub(r"<[^>]+>|[\u2066-\u2069]", "", dossier.html(replace(case, claims=claims)))

    assert f"words of an order given by {given.innermost.words}" in text(given)
    assert f"an order told of by {teller.words}" in text(told)
    assert f"words of an order given by {teller.words}" not in text(told)


def test_a_place_from_right_to_left_does_not_carry_the_day_of_a_title_with_it() -> None:
    from probanda.reports.speech import titled

    pieces = titled("Displacement · المدرسة, 11 May 2031")
    assert [piece.text for piece in pieces] == ["Displacement · ", "المدرسة", ", 11 May 2031"]
    assert (
        "".join(p.text for p in titled("Killing · Orla, in the north, 3 May 2031"))
        == "Killing · Orla, in the north, 3 May 2031"
    )
    assert len(titled("Killing · Orla, 3 May 2031")) == 1
