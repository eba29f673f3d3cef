"""Sheets written back: what nobody decided is the same; what somebody decided, and names not to be told, are listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from probanda.casework.claim_sheets import uuid_of
from probanda.casework.decide import corrected
from probanda.casework.sheets_back import Decided, Returned, returned
from probanda.claims.readers.sheet import Stated, stated
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Status
from probanda.reading.formats.sheet import extract
from probanda.reading.making import text_of
from probanda.reading.sheets.grid import Grid
from tests.reading import making_sheets as sheets

Rows = Sequence[Mapping[str, str]]


class Sheet:
    """A sheet with what its rows state."""

    def __init__(self, name: str, generation: str, rows: Rows, encoding: str = "utf-8") -> None:
        self.data = sheets.made(name, generation, rows).encode(encoding)
        grid = Grid.of(self.data)
        assert grid is not None
        self.grid = grid
        self.stated = stated(text_of("d" * 64, extract(self.data)))

    def back(self, *decided: Decided, hide: str = "") -> Returned:
        mask = (lambda words: words.replace(hide, "Person-AAAA")) if hide else None
        return returned(self.grid, decided, mask)

    def cells(self, done: Returned) -> dict[str, str]:
        again = Grid.of(done.data)
        assert again is not None
        return {again.header[f.column - 1]: f.value for f in again.in_rows({2}).values()}


def correction(one: Stated, reason: str = "", **changes: str) -> Decided:
    typed = {name.rstrip("_"): value for name, value in changes.items()}
    claim = replace(corrected(one.claim, typed), status=Status.CORRECTED, by="u1", at="2031-10-01T10:00:00Z")
    return Decided(claim=claim, proposed=one, reason=reason)


def rejection(one: Stated) -> Decided:
    return Decided(claim=replace(one.claim, status=Status.REJECTED), proposed=one)


@pytest.mark.parametrize(("name", "generation"), list(sheets.COLUMNS))
def test_what_nobody_decided_is_the_same_byte_for_byte(name: str, generation: str) -> None:
    rows = [{column: f"{n}; “{column}” قائد" for column in sheets.COLUMNS[name, generation]} for n in range(3)]
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        sheet = Sheet(name, generation, [*rows, {}], encoding)
        done = sheet.back()
        assert done.data == sheet.data
        assert done.differences == ()


def test_a_correction_changes_the_cells_that_said_otherwise_and_no_other() -> None:
    sheet = Sheet("persons", "2021", sheets.PERSONS)
    done = sheet.back(
        correction(
            sheet.stated[0], "the order says so", role='Acting "Commander"', from_="Ana", last_imprecise="2031-08-31"
        )
    )
    before, after = sheet.cells(sheet.back()), sheet.cells(done)
    changed = {column: after[column] for column in after if after[column] != before[column]}
    assert changed == {
        "person:name": "Ana",
        "person:posting_role": 'Acting "Commander"',
        "person:posting_last_cited_date": "2031-08-31",
        "person:posting_last_cited_date_month": "8",
        "person:posting_last_cited_date_day": "31",
    }
    assert {d.column for d in done.differences} == set(changed)
    role = next(d for d in done.differences if d.column == "person:posting_role")
    assert (role.before, role.after, role.why) == ("Commander", 'Acting "Commander"', "corrected")
    assert (role.by, role.reason, role.claim) == ("u1", "the order says so", sheet.stated[0].claim.id)


def test_one_entry_of_a_list_is_exchanged_and_the_others_stay() -> None:
    sheet = Sheet("persons", "2021", sheets.PERSONS)
    chief = next(s for s in sheet.stated if s.claim.tie and s.claim.tie.role == "Chief of Staff")
    (difference,) = sheet.back(correction(chief, role="Adjutant")).differences
    assert difference.after == "Deputy Commander;Adjutant"


def test_bounds_of_2026_are_written_in_their_columns() -> None:
    sheet = Sheet("posting claims", "2026", sheets.POSTINGS)
    done = sheet.back(correction(sheet.stated[0], first_precise="2031-02", ending="no"))
    cells = sheet.cells(done)
    assert cells["first_precise:range"] == "2031-02"
    assert cells["first_imprecise:range"] == "since_beginning_of_time"
    assert cells["ending:range"] == "N"


def test_a_rejected_row_keeps_its_words_and_is_marked_where_the_sheet_has_a_mark() -> None:
    new = Sheet("posting claims", "2026", sheets.POSTINGS)
    (difference,) = new.back(rejection(new.stated[0])).differences
    assert (difference.column, difference.before, difference.after) == ("status:meta", "conflict", "issue")
    old = Sheet("persons", "2021", sheets.PERSONS)
    done = old.back(rejection(old.stated[0]))
    assert done.data == old.data
    assert [d.why for d in done.differences] == ["rejected; the words stay as they came"]


def test_what_cannot_be_written_is_listed_with_why() -> None:
    sheet = Sheet("persons", "2021", [{"person:name": "Ségur", "person:posting_unit_name": "Guard",
                                       "person:posting_role": "Commander"}], "latin-1")  # fmt: skip
    one = sheet.stated[0]
    done = sheet.back(correction(one, role="قائد"))
    assert done.data == sheet.data
    assert "has no letters for it" in done.differences[0].why
    assert "no column says" in sheet.back(correction(one, modality="alleged")).differences[0].why
    lost = Decided(claim=replace(one.claim, status=Status.CORRECTED), proposed=None)
    assert "no row states it any more" in sheet.back(lost).differences[0].why
    other = correction(one, role="Chief")
    assert "another decision" in sheet.back(other, correction(one, role="Head")).differences[1].why


def test_a_protected_name_is_a_codename_everywhere_and_the_list_does_not_show_it() -> None:
    sheet = Sheet("persons", "2021", sheets.PERSONS)
    done = sheet.back(
        correction(sheet.stated[0], "Samir Haddad said so", role="Adviser of Samir Haddad"), hide="Samir Haddad"
    )
    assert b"Samir Haddad" not in done.data
    assert "Samir Haddad" not in repr(done.differences)
    assert {d.why for d in done.differences} == {"protected name"}


def test_a_protected_name_that_could_not_be_written_is_not_told_either() -> None:
    sheet = Sheet("persons", "2021", sheets.PERSONS)
    one = sheet.stated[0]
    done = sheet.back(correction(one, rank="Major"), correction(one, rank="aide of Tarek"), hide="Tarek")
    assert "another decision" in done.differences[-1].why
    assert "Tarek" not in repr(done.differences)


def test_cells_like_formulas_are_written_as_they_came_and_listed() -> None:
    sheet = Sheet("persons", "2021", [{"person:name": "=1+1", "person:notes:admin": "-2 men", "person:country": "'x"}])
    done = sheet.back()
    assert done.data == sheet.data
    assert len(done.formulas) == 2


def test_fields_of_a_tie_are_set_by_a_person_and_refused_where_they_cannot_be() -> None:
    claim = Sheet("persons", "2021", sheets.PERSONS).stated[0].claim
    tie = corrected(
        claim, {"rank": "", "to": "Guard", "starting": "no", "first_imprecise": "since_beginning_of_time"}
    ).tie
    assert tie is not None
    assert tie.bounds is not None
    assert (tie.rank, tie.right.words, tie.right.mention) == (None, "Guard", None)
    assert (tie.bounds.starting, tie.bounds.first_imprecise) == (False, "since_beginning_of_time")
    for wrong in (
        {"first_precise": "2031-02-30"},
        {"ending": "perhaps"},
        {"from": ""},
        {"last_precise": "since_beginning_of_time"},
    ):
        with pytest.raises(WrongUsage):
            corrected(claim, wrong)


def test_an_id_is_a_uuid_of_version_8() -> None:
    import uuid

    made = uuid.UUID(uuid_of("f" * 64))
    assert made.version == 8
    assert made.variant == uuid.RFC_4122
