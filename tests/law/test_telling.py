"""How the pack is told: every element says that it is not the official text; ids are found however they are written."""

from __future__ import annotations

import json

import pytest

from probanda.law import load
from probanda.law.model import Crime
from probanda.law.telling import NOT_OFFICIAL, compared, entries, listing, named, search, shown, side_by_side, whole

PACK = load()


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("8(2)(e)(x)", ["8(2)(e)(x)"]),
        ("8.2.e.x", ["8(2)(e)(x)"]),
        ("Art. 8 (2)(e)(X)", ["8(2)(e)(x)"]),
        ("8 bis", ["8bis"]),
        ("6", ["6(a)", "6(b)", "6(c)", "6(d)", "6(e)"]),
        ("7(1)(g)-2", ["7(1)(g)-2"]),
        ("28(a)", ["28(a)"]),
        ("31(1)(d)", ["31(1)(d)"]),
        ("art. 17", ["art. 17"]),
        ("8(2)(e)(xx)", []),
        ("", []),
    ],
)
def test_an_entry_is_found_however_its_id_is_written(words, ids):
    assert [e.id for e in named(PACK, words)] == ids


def test_a_shorter_id_does_not_name_a_longer_one_that_exists_whole():
    assert [e.id for e in named(PACK, "8(2)(b)(x)")] == ["8(2)(b)(x)-1", "8(2)(b)(x)-2"]
    assert [e.id for e in named(PACK, "8(2)(e)(i)")] == ["8(2)(e)(i)"]


@pytest.mark.parametrize("entry", entries(PACK), ids=lambda e: e.id)
def test_every_element_that_is_shown_says_that_it_is_not_the_official_text(entry):
    lines = shown(PACK, entry)
    elements = getattr(entry, "elements", None)
    assert sum(NOT_OFFICIAL in line for line in lines) == (1 if elements is None else len(elements))


def test_the_crime_without_elements_is_never_shown_as_complete():
    assert any("laid out for nobody" in line for line in shown(PACK, PACK.crime("8(2)(b)(xx)")))


def test_what_is_unchecked_says_so_wherever_it_is_shown_or_exported():
    rows = {c["id"]: c for c in whole(PACK)["crimes"]}
    unchecked = [c for c in PACK.crimes if c.unchecked]
    assert len(unchecked) == 7
    for crime in unchecked:
        assert any("Unchecked: nobody could check" in line for line in shown(PACK, crime))
        assert rows[crime.id]["unchecked"] and all(e["unchecked"] for e in rows[crime.id]["elements"])
        assert any(line.startswith(crime.id) and "? " in line for line in listing(PACK))


def test_twins_are_laid_side_by_side_with_what_both_ask_for_told_once():
    left, right = PACK.crime("8(2)(c)(ii)"), PACK.crime("8(2)(b)(xxi)")
    pairs = [(p.left and p.left.no, p.right and p.right.no) for p in side_by_side(left, right)]
    assert pairs == [(1, 1), (2, 2), (3, None), (4, None), (5, 3), (6, 4)]
    text = "\n".join(compared(left, right))
    assert text.count("both (") == 3 and "8(2)(b)(xxi)  nothing that answers to this" in text


def test_a_search_puts_the_element_that_holds_all_words_first():
    hits = search(PACK, "safety hostages")
    assert [h.id for h in hits[:2]] == ["8(2)(a)(viii)", "8(2)(c)(iii)"]
    assert [e.no for e in hits[0].elements] == [3] and hits[0].far == 1


def test_a_search_asks_for_all_words():
    hits = search(PACK, "hostage")
    assert [h.id for h in hits][:2] == ["8(2)(a)(viii)", "8(2)(c)(iii)"]
    assert hits[0].elements
    assert search(PACK, "hostage zeppelin") == () and search(PACK, " ") == ()
    assert "31(1)(d)" in {h.id for h in search(PACK, "duress")}


def test_the_export_holds_the_keys_that_programs_read():
    out = json.loads(json.dumps(whole(PACK)))
    assert {"version", "digest", "crimes", "modes", "exclusions", "bars", "stages"} <= set(out)
    assert [c["id"] for c in out["crimes"]] == [c.id for c in PACK.crimes]
    for crime in out["crimes"]:
        assert {"id", "title", "family", "conflict", "since", "verified", "elements"} <= set(crime)
        assert crime["conflict"] in ("IAC", "NIAC", "-")
        for element in crime["elements"]:
            assert {"no", "type", "text", "article"} <= set(element) and element["words"] == NOT_OFFICIAL


def test_a_crime_names_its_twin_or_says_that_there_is_none():
    for crime in PACK.crimes:
        text = "\n".join(shown(PACK, crime))
        assert ("In the other kind of armed conflict" in text) == (crime.conflict is not None)
        if crime.twin:
            assert isinstance(PACK.crime(crime.twin), Crime) and crime.twin in text
