"""Rows of known sheets as ties: each end, role and day is a cell's own words, and nothing is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from probanda.casework.stages import with_places
from probanda.claims import reader_for
from probanda.claims.model import OWN_ID, Claim, Reading
from probanda.claims.readers.sheet import NAMELESS, UNTOLD
from probanda.claims.readers.sheet_cells import IMPOSSIBLE, UNCLEAR
from probanda.kernel.bounds import EVER, Bounds
from probanda.kernel.digests import sha256
from probanda.kernel.vocabulary import Family, MentionKind, TieKind
from probanda.reading.formats.sheet import extract
from probanda.reading.making import text_of
from probanda.reading.model import Text
from tests.reading import making_sheets as sheets


def text(name: str, generation: str, rows: Sequence[Mapping[str, str]]) -> Text:
    data = sheets.made(name, generation, rows).encode("utf-8-sig")
    return text_of(sha256(data), extract(data))


def read(name: str, generation: str, rows: Sequence[Mapping[str, str]]) -> Reading:
    one = text(name, generation, rows)
    reader = reader_for(one.language, one.media_type)
    assert reader is not None
    return with_places(one, reader.read(one))


def tie(claim: Claim) -> tuple[str, str, str, str | None]:
    assert claim.tie is not None
    return claim.tie.kind.value, claim.tie.left.words, claim.tie.right.words, claim.tie.role


def of_posting(**cells: str) -> Claim:
    row = {"person:name": "Ana", "person:posting_unit_name": "Third Brigade", "person:posting_role": "Commander"}
    (claim,) = read("persons", "2021", [row | {f"person:posting_{k}": v for k, v in cells.items()}]).claims
    return claim


def bounds(claim: Claim) -> Bounds:
    assert claim.tie is not None
    assert claim.tie.bounds is not None
    return claim.tie.bounds


@pytest.mark.parametrize(
    ("name", "generation", "rows"),
    [
        ("units", "2021", sheets.UNITS), ("persons", "2021", sheets.PERSONS),
        ("posting claims", "2026", sheets.POSTINGS),
        ("relation claims", "2026", sheets.RELATIONS), ("positioning claims", "2026", sheets.POSITIONINGS),
    ],
)  # fmt: skip
def test_every_word_of_a_claim_stands_in_the_row(name: str, generation: str, rows: Sequence[Mapping[str, str]]) -> None:
    whole, reading = text(name, generation, rows), read(name, generation, rows)
    assert reading.claims
    for claim in reading.claims:
        assert claim.family is Family.TIE
        assert whole.words[claim.start : claim.end] == claim.quote
        assert whole.words[claim.act_start : claim.act_end] == claim.act
        assert claim.start <= claim.act_start < claim.act_end <= claim.end
        assert claim.tie is not None
        for words in (claim.tie.left.words, claim.tie.right.words, claim.tie.role, claim.tie.title, claim.tie.rank):
            assert words is None or words in claim.quote
        assert claim.locator is not None
        assert claim.locator.cell is not None
        assert claim.paragraph is not None
        assert [s.words for s in claim.speakers] == ["@doc"]
    for mention in reading.mentions:
        assert whole.words[mention.start : mention.end] == mention.words
    assert len({c.id for c in reading.claims}) == len(reading.claims)
    assert len({m.id for m in reading.mentions}) == len(reading.mentions)
    assert reading == read(name, generation, rows)


def test_a_row_of_units_states_what_stands_over_it_and_where_it_is() -> None:
    found = {tie(c) for c in read("units", "2021", sheets.UNITS).claims}
    assert found == {
        ("subordination", "Third Brigade", "Northern Command", None),
        ("area", "Third Brigade", "Camp Tarsa", "site"),
        ("area", "Third Brigade", "Orvane", "site"),
        ("area", "Northern Command", "Province of Tamrit", "aoo"),
        ("area", "Northern Command", "Province of Delma", "aoo"),
    }


def test_a_posting_has_its_role_title_and_rank_and_where_it_comes_from() -> None:
    claim = read("persons", "2021", sheets.PERSONS).claims[0]
    assert tie(claim) == ("posting", "Samir Haddad", "Third Brigade", "Commander")
    assert claim.tie is not None
    assert (claim.tie.title, claim.tie.rank) == ("General Officer Commanding", "Colonel")
    assert bounds(claim) == Bounds(first_imprecise="2031-03-01", last_imprecise="2031-09", starting=True)
    assert claim.cited is not None
    assert claim.cited.words == sheets.POINT
    assert f"person:posting_role:source = {sheets.OTHER_POINT}" in claim.why
    assert "person:posting_role:confidence = Low" in claim.why
    assert not claim.flags


def test_a_list_of_posts_is_a_claim_for_each_and_an_id_without_a_name_is_whoever_bears_it() -> None:
    reading = read("persons", "2021", sheets.PERSONS)
    named = next(m for m in reading.mentions if m.words == "Samir Haddad")
    second = [c for c in reading.claims if c.tie and c.tie.right.words == "Northern Command"]
    assert [c.tie.role for c in second if c.tie] == ["Deputy Commander", "Chief of Staff"]
    for claim in second:
        assert claim.tie is not None
        assert claim.tie.left.words == sheets.SAMIR
        assert claim.tie.left.mention == named.id
        assert claim.flags == (UNCLEAR,)
        assert "3/5/2032" in claim.why
        assert not bounds(claim).dated


def test_other_names_are_equated_with_the_name() -> None:
    reading = read("persons", "2021", sheets.PERSONS)
    by = {m.words: m for m in reading.mentions}
    assert by["Abu Nader"].same_as == by["سمير حداد"].same_as == by["Samir Haddad"].id
    assert (by["Samir Haddad"].same_as or "").startswith(OWN_ID)
    assert by["سمير حداد"].kind is MentionKind.PERSON
    units = {m.words: m for m in read("units", "2021", sheets.UNITS).mentions}
    assert units["Tarsa Barracks"].same_as == units["Camp Tarsa"].id
    assert units["Orvane"].same_as is None
    assert units["اللواء الثالث"].kind is MentionKind.UNIT


def test_an_id_goes_with_the_name_and_a_uuid_is_the_same_in_every_sheet() -> None:
    first, again = [m for m in read("units", "2021", sheets.UNITS).mentions if m.words == "Northern Command"]
    assert first.same_as == again.same_as
    posted = next(m for m in read("persons", "2021", sheets.PERSONS).mentions if m.words == "Third Brigade")
    brigade = next(m for m in read("units", "2021", sheets.UNITS).mentions if m.words == "Third Brigade")
    assert posted.same_as == brigade.same_as
    twins = [{"unit:id:admin": str(n), "unit:name": "Guard", "unit:country": "ma"} for n in range(2)]
    assert len({m.same_as for m in read("units", "2021", twins).mentions}) == 2


def test_an_id_that_is_no_uuid_counts_within_its_own_sheet_alone() -> None:
    row = {"person:id:admin": "7", "person:name": "Ana", "person:posting_unit_name": "Guard"}
    both = [m for c in ("ma", "mb") for m in read("persons", "2021", [row | {"person:country": c}]).mentions]
    one, other = [m for m in both if m.words == "Ana"]
    assert one.item != other.item
    assert one.same_as != other.same_as


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"first_cited_date": "2031-05-03", "last_cited_date": "2031-05-03"},
         Bounds(first_precise="2031-05-03", last_precise="2031-05-03")),
        ({"first_cited_date": "2031", "last_cited_date": "2032-04"},
         Bounds(first_imprecise="2031", last_imprecise="2032-04")),
        ({"first_cited_date": "2031-01-01", "last_cited_date": "2032-01-01", "first_cited_date_start": "Y",
          "last_cited_date_end": "Y"},
         Bounds(first_precise="2031-01-01", last_precise="2032-01-01", starting=True, ending=True)),
        ({"first_cited_date_year": "2031", "first_cited_date_month": "5", "first_cited_date_day": "3"},
         Bounds(first_imprecise="2031-05-03")),
        ({"first_cited_date:year": "2031", "first_cited_date:month": "5"}, Bounds(first_imprecise="2031-05")),
        ({"first_cited_date": "2031-05-00", "first_cited_date_year": "2031", "first_cited_date_month": "05"},
         Bounds(first_imprecise="2031-05")),
        ({"first_cited_date_start": "Y"}, Bounds()),
        ({}, Bounds()),
    ],
)  # fmt: skip
def test_first_and_last_cited_days_are_bounds_and_nothing_between_is_filled_in(
    cells: dict[str, str], wanted: Bounds
) -> None:
    claim = of_posting(**cells)
    assert bounds(claim) == wanted
    assert not claim.flags


@pytest.mark.parametrize(
    ("cells", "flag"),
    [
        ({"first_cited_date": "2031-02-30"}, IMPOSSIBLE),
        ({"first_cited_date": "2031-13"}, IMPOSSIBLE),
        ({"first_cited_date_year": "2031", "first_cited_date_day": "3"}, IMPOSSIBLE),
        ({"first_cited_date": "3/5/2031"}, UNCLEAR),
        ({"first_cited_date": "spring of 2031"}, UNCLEAR),
        ({"first_cited_date": "2031-05-03", "first_cited_date_year": "2031", "first_cited_date_month": "6"}, UNCLEAR),
        ({"first_cited_date": "=NOW()"}, UNCLEAR),
    ],
)
def test_a_day_that_cannot_be_or_could_be_two_is_left_out_and_told(cells: dict[str, str], flag: str) -> None:
    claim = of_posting(**cells, last_cited_date="2032")
    assert claim.flags == (flag,)
    assert bounds(claim) == Bounds(last_imprecise="2032")
    assert "date left out" in claim.why


def test_the_six_bounds_of_2026_are_taken_as_they_stand_and_a_status_is_a_flag() -> None:
    (claim,) = read("posting claims", "2026", sheets.POSTINGS).claims
    assert tie(claim) == ("posting", "Tarek Moussaf", "Third Brigade", "Commander")
    assert bounds(claim) == Bounds(first_imprecise=EVER, last_precise="2031-06-21", ending=True)
    assert claim.flags == ("sheet-conflict",)
    assert claim.cited is not None
    assert claim.cited.words == f"{sheets.POINT};{sheets.OTHER_POINT}"
    unlike = read("posting claims", "2026", [sheets.POSTINGS[0] | {"last_precise:range": EVER}]).claims[0]
    assert bounds(unlike).last_precise is None
    assert UNCLEAR in unlike.flags


def test_relations_of_2026_are_told_apart_and_keep_their_class() -> None:
    (claim,) = read("relation claims", "2026", sheets.RELATIONS).claims
    assert tie(claim) == ("membership", "Third Brigade", "Task Force Dune", "administrative")
    assert bounds(claim) == Bounds(first_precise="2031-01-01", last_precise="2031-12-31")
    child = sheets.RELATIONS[0] | {
        "relation:types:assertion": "child-of",
        "relation:related_unit_classes:assertion": "Command",
    }
    (claim,) = read("relation claims", "2026", [child]).claims
    assert tie(claim) == ("subordination", "Third Brigade", "Task Force Dune", None)


@pytest.mark.parametrize("word", ["", "sister-of"])
def test_a_relation_whose_kind_is_not_told_is_no_tie(word: str) -> None:
    assert not read("relation claims", "2026", [sheets.RELATIONS[0] | {"relation:types:assertion": word}]).claims


def test_the_name_of_a_claim_s_entity_is_of_the_kind_that_the_claim_is_about() -> None:
    kinds = {m.words: m.kind for m in read("positioning claims", "2026", sheets.POSITIONINGS).mentions}
    assert kinds["Third Brigade"] is MentionKind.UNIT


def test_several_places_are_several_ties_and_the_claim_s_own_entity_gives_the_name() -> None:
    claims = read("positioning claims", "2026", sheets.POSITIONINGS).claims
    assert [tie(c) for c in claims] == [
        ("area", "Third Brigade", "Orvane", "aoo"),
        ("area", "Third Brigade", "Tamrit", "aoo"),
    ]
    assert all(c.flags == ("sheet-work-needed",) for c in claims)


def test_an_end_that_has_only_an_id_is_said_to_have_no_name() -> None:
    row = sheets.POSTINGS[0] | {"about_entity:name:qa": ""}
    (claim,) = read("posting claims", "2026", [row]).claims
    assert claim.tie is not None
    assert (claim.tie.left.words, claim.tie.left.mention) == (sheets.TAREK, None)
    assert NAMELESS in claim.flags


@pytest.mark.parametrize(
    ("more", "kind"), [({"unit:related_unit_class": "Command"}, "subordination"), ({}, "membership")]
)
def test_a_download_does_not_say_what_its_relations_are_and_a_flag_says_that(more: dict[str, str], kind: str) -> None:
    columns = ["unit:id:admin", "unit:name", "unit:country", "unit:related_unit", "unit:related_unit:name", *more]
    row = {"unit:id:admin": "1", "unit:name": "Third Brigade", "unit:country": "ma", "unit:related_unit": "2"}
    values = row | {"unit:related_unit:name": "Northern Command"} | more
    data = (",".join(columns) + "\n" + ",".join(values[c] for c in columns) + "\n").encode()
    one = text_of("d" * 64, extract(data))
    reader = reader_for(None, one.media_type)
    assert reader is not None
    (claim,) = reader.read(one).claims
    assert tie(claim)[:3] == (kind, "Third Brigade", "Northern Command")
    assert claim.flags == (UNTOLD,)


def test_rows_without_both_ends_state_nothing_and_other_sheets_only_name() -> None:
    assert not read("persons", "2021", [{"person:name": "Ana", "person:posting_role": "Commander"}]).claims
    incident = {"incident:perpetrator_unit_name": "Third Brigade", "incident:violation_description": "They shelled it."}
    reading = read("incidents", "2021", [incident])
    assert not reading.claims
    assert [m.words for m in reading.mentions] == ["Third Brigade"]
    for name, generation in sheets.COLUMNS:
        full = dict.fromkeys(sheets.COLUMNS[name, generation], "x")
        assert {c.tie.kind for c in read(name, generation, [full]).claims if c.tie} <= set(TieKind)


def test_no_row_is_an_empty_reading() -> None:
    assert read("units", "2021", []).claims == ()


def test_cells_like_formulas_and_signs_of_all_kinds_are_words() -> None:
    odd = '=HYPERLINK("http://x.invalid";"a")'
    claim = of_posting(title=odd, rank="'+1\n\nline")
    assert claim.tie is not None
    assert claim.tie.title == odd
    assert claim.tie.rank == "'+1\n\nline"
