"""Places on pages and in cells, own evidence numbers, members, parts that could not be read, printed words."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import pytest

from probanda.kernel.spans import Locator
from probanda.reports import dossier
from probanda.reports.record import Dossier, Note, Pieces, Row, Section, Table, Voice
from probanda.reports.text import incidents_text
from tests.reports.documents import BOX, png, with_documents
from tests.reports.factory import kheldoun


@pytest.fixture(scope="module")
def drafted() -> Dossier:
    return dossier.draft(with_documents())


@pytest.fixture(scope="module")
def page() -> str:
    return dossier.html(with_documents())


def words_of(pieces: Pieces) -> str:
    return "".join(p.text for p in pieces)


def note(d: Dossier, quote: str) -> Note:
    return next(n for n in d.notes if n.quote.startswith(quote))


def place(d: Dossier, quote: str) -> str:
    return words_of(note(d, quote).place)


def head(row: Row) -> list[str]:
    return [words_of(line.pieces) for line in row.head.lines]


def cells(row: Row) -> list[list[str]]:
    return [[words_of(line.pieces) for line in cell.lines] for cell in row.cells]


def table(section: Section) -> Table:
    return next(b for b in section.blocks if isinstance(b, Table))


# where the words stand


def test_a_note_says_own_number_registration_number_page_box_paragraph_and_offsets_in_this_order(
    drafted: Dossier,
) -> None:
    left, top, right, bottom = BOX
    assert re.fullmatch(
        rf"EV-12, EV-13 \(KHE-0001\), page 2, box {left},{top}-{right},{bottom}, paragraph 2, characters \d+–\d+",
        place(drafted, "the Ninth Brigade fired"),
    )


def test_words_over_two_pages_name_both(drafted: Dossier) -> None:
    assert ", pages 2-3, paragraph 1, characters " in place(drafted, "At least 41")


def test_words_in_a_table_name_the_cell(drafted: Dossier) -> None:
    assert place(drafted, "Nobody in the quarter").startswith("ARCH 7 (KHE-0002), cell Incidents!C7, characters ")


def test_a_page_that_ends_where_it_starts_is_one_page() -> None:
    case = kheldoun()
    first = replace(case.claims[0], locator=Locator(page=4, page_to=4))
    d = dossier.draft(replace(case, claims=(first, *case.claims[1:])))
    assert "KHE-0001, page 4, paragraph" in place(d, first.quote)


def test_a_hostile_cell_name_is_shown_by_its_codes() -> None:
    case = kheldoun()
    first = replace(case.claims[0], locator=Locator(cell="<b>\u202eS\x07!B2"))
    html = dossier.html(replace(case, claims=(first, *case.claims[1:])))
    assert "&lt;b&gt;[U+202E]S[U+0007]!B2" in html


def test_the_terminal_says_the_same_places() -> None:
    assert re.search(r"\] EV-12, EV-13 \(KHE-0001\), page 2, box \S+, paragraph 2", incidents_text(with_documents()))


def test_the_own_number_stands_before_each_registration_number(page: str) -> None:
    body = page.split("<main", 1)[1]
    cited = [m.start() for m in re.finditer(r'<a class="reg" href="#item-KHE-000[12]">', body)]
    assert len(cited) > 20
    before = [re.sub(r"<[^>]*>", "", body[max(0, at - 160) : at]) for at in cited]
    assert [b[-40:] for b in before if not re.search(r"(EV-13|ARCH 7)( \(|, )$", b)] == []


# items


def test_an_item_is_headed_by_its_own_numbers_and_leads_to_what_it_was_taken_out_of(drafted: Dossier) -> None:
    row = table(drafted.sections[0]).rows[0]
    assert head(row)[:4] == ["EV-12", "EV-13", "KHE-0001", "taken out of ARCH 7 (KHE-0002)"]
    assert [p.target for p in row.head.lines[3].pieces if p.voice is Voice.LINK] == ["item-KHE-0002"]


def test_a_holder_that_is_not_listed_is_named_and_led_to_nowhere() -> None:
    case = kheldoun()
    d = dossier.draft(replace(case, items=(replace(case.items[0], within="KHE-0099"), *case.items[1:])))
    row = table(d.sections[0]).rows[0]
    assert "taken out of KHE-0099" in head(row)
    assert not any(p.target for line in row.head.lines for p in line.pieces)


def test_the_table_says_source_collector_day_conditions_and_machine_text(drafted: Dossier) -> None:
    row = table(drafted.sections[0]).rows[0]
    files = cells(row)[0]
    assert files[-5:] == [
        "source: a clerk of the health board",
        "collected by Lina Haddur",
        "collected on 20 May 2031",
        "conditions: not to be shown to the Ninth Brigade",
        "Machine text: recognised by the scanner's program; the page’s picture decides.",
    ]


def test_what_no_table_states_of_collectors_is_said_once(page: str) -> None:
    assert page.count("Of 2 items no collector is stated.") == 1


def test_parts_that_could_not_be_read_stand_under_their_item_and_alike_ones_together(drafted: Dossier) -> None:
    rows = table(drafted.sections[0].parts[0]).rows
    assert [(r.group, *head(r)) for r in rows] == [
        (False, "locked.zip"),
        (True, "EV-12, EV-13 (KHE-0001)"),
        (False, "page 2, page 10"),
        (False, "page 11"),
        (False, "KHE-0004", "scan.bin"),
        (False, "EV-40 (KHE-0005)", "notes.one"),
    ]


def test_files_with_the_same_reason_keep_a_row_each() -> None:
    case = with_documents()
    locked = next(u for u in case.unread if u.number is None)
    d = dossier.draft(replace(case, unread=(locked, replace(locked, name="other.zip"))))
    assert [head(r) for r in table(d.sections[0].parts[0]).rows] == [["locked.zip"], ["other.zip"]]


# pictures


def test_a_note_shows_the_printed_words_with_what_they_are(page: str) -> None:
    data = base64.b64encode(png(880, 60)).decode()
    assert page.count("<img ") == 1
    assert (
        f'<img src="data:image/png;base64,{data}" width="880" height="60" '
        'alt="The words as printed, page 2 of KHE-0001">'
    ) in page
    assert "img-src data:;" in page


def test_a_note_of_machine_text_says_that_the_picture_decides(drafted: Dossier) -> None:
    remarks = [words_of(line.pieces) for line in note(drafted, "the Ninth Brigade fired").remarks]
    assert any(r.startswith("Machine text: ") and r.endswith("the page’s picture decides.") for r in remarks)


def test_the_page_asks_for_no_picture_from_outside(page: str) -> None:
    assert re.findall(r'\ssrc="(?!data:image/png;base64,)[^"]*"', page) == []
    assert page == dossier.html(with_documents())
