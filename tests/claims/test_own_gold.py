"""The gold sets written for the project say what stands in their texts.

Where to start: `GOLD_SETS`, every language folder of benchmarks/reading/own; each rule is tried on each of them.
Looks down to: kernel.vocabulary. Used by: nobody; whoever corrects a gold set runs it.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from probanda.kernel.vocabulary import ActType, ContradictionKind, Involvement, Modality, Polarity

OWN = Path(__file__).parents[2] / "benchmarks" / "reading" / "own"
GOLD_SETS = sorted(folder for folder in OWN.iterdir() if (folder / "gold").is_dir())
CLAIM_KEYS = {
    *("id", "doc", "quote", "char_start", "char_end", "speaker_chain", "modality", "polarity", "act", "act_type"),
    *("actors", "victims", "places", "date_text", "date_from", "date_to", "date_basis", "quantity", "mode"),
}
# Texts added to the half for development alone, beyond the two even halves.
ONLY_DEVELOPMENT = {"en-plain": 14}
# Letters that Arabic joins to the next word: and, so, by, as, to. Names are written without them in the gold.
JOINED = re.compile(r"[وفبكل]{1,3}")

# Sets of ordinary density -> how many of their texts hold no claim.
PLAIN = {"ar-plain": 2, "en-plain": 5, "fr-plain": 1}
# Sets that are wholly for development: too small for a half that nobody looks at.
WITHOUT_SCORED_HALF = {"ar-plain", "fr-plain"}

every_set = pytest.mark.parametrize("folder", GOLD_SETS, ids=lambda folder: folder.name)
every_plain_set = pytest.mark.parametrize("folder", [OWN / name for name in PLAIN], ids=lambda folder: folder.name)


@cache
def texts(folder: Path) -> dict[str, str]:
    """Name without suffix -> text. Read as bytes, so that no line end is changed on the way."""
    return {path.stem: path.read_bytes().decode("utf-8") for path in sorted((folder / "docs").glob("*.txt"))}


@cache
def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    lines = (folder / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def words(phrase: str) -> list[str]:
    """Words without case, accents and vowel signs."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", phrase) if not unicodedata.combining(ch))
    return re.findall(r"\w+", bare.casefold())


@cache
def words_of_text(folder: Path, doc: str) -> frozenset[str]:
    """The words of a text; of an Arabic word with joined letters also what is left without them."""
    found = set(words(texts(folder)[doc]))
    for word in tuple(found):
        joined = JOINED.match(word)
        if joined:
            found.update(word[n:] for n in range(1, joined.end() + 1))
            # "to the army" is written with one lam for the article's two letters.
            found.update("ال" + word[n + 2 :] for n in (0, 1) if word[n:].startswith("لل"))
    return frozenset(found)


def missing(folder: Path, doc: str, phrases: list[str]) -> list[str]:
    return [phrase for phrase in phrases if not set(words(phrase)) <= words_of_text(folder, doc)]


def test_there_is_a_set_for_each_language_with_a_reader_of_its_own() -> None:
    assert {"ar", "en", "fr", *PLAIN} <= {folder.name for folder in GOLD_SETS}


@every_plain_set
def test_a_plain_set_is_no_denser_than_ordinary_texts(folder: Path) -> None:
    found = Counter(row["doc"] for row in rows(folder, "claims"))
    for doc, text in texts(folder).items():
        assert 150 <= len(text.split()) <= 470, doc
        assert found[doc] == 0 or 3 <= found[doc] <= 8, doc
    assert len(set(texts(folder)) - set(found)) == PLAIN[folder.name]
    assert sum(found.values()) / len(found) <= 6


@every_plain_set
def test_texts_about_one_event_stand_in_the_same_half_of_a_plain_set(folder: Path) -> None:
    development = set(json.loads((folder / "split.json").read_text(encoding="utf-8"))["development"])
    for row in rows(folder, "incidents"):
        docs = {claim.split("#")[0] for claim in row["claims"]}
        assert docs <= development or not docs & development, row["incident"]


@every_set
def test_a_quote_is_the_words_at_its_offsets(folder: Path) -> None:
    for row in rows(folder, "claims") + rows(folder, "nonclaims"):
        assert row["quote"].strip()
        assert texts(folder)[row["doc"]][row["char_start"] : row["char_end"]] == row["quote"], row


@every_set
def test_the_words_of_every_field_stand_in_the_text(folder: Path) -> None:
    for row in rows(folder, "claims"):
        phrases = [*row["speaker_chain"][1:], *row["actors"], *row["victims"], *row["places"]]
        phrases += [row["date_text"]] if row["date_text"] else []
        assert all(words(phrase) for phrase in phrases), row["id"]
        assert not missing(folder, row["doc"], phrases), row["id"]


@every_set
def test_the_act_is_named_in_words_of_its_quote(folder: Path) -> None:
    assert [row["id"] for row in rows(folder, "claims") if not row["act"] or row["act"] not in row["quote"]] == []


@every_set
def test_values_come_from_the_vocabulary(folder: Path) -> None:
    for row in rows(folder, "claims"):
        assert set(row) == CLAIM_KEYS, row["id"]
        assert row["speaker_chain"][0] == "@doc", row["id"]
        Modality(row["modality"]), Polarity(row["polarity"]), ActType(row["act_type"])
        assert row["mode"] is None or Involvement(row["mode"])
        if row["modality"] == Modality.DENIED:
            assert row["polarity"] == Polarity.NEGATIVE, row["id"]


@every_set
def test_dates_are_days_in_order_and_rest_on_words(folder: Path) -> None:
    for row in rows(folder, "claims"):
        if row["date_from"] is None:
            assert row["date_to"] is None and row["date_basis"] is None, row["id"]
            continue
        assert row["date_text"] and row["date_basis"] in {"text", "context"}, row["id"]
        assert datetime.date.fromisoformat(row["date_from"]) <= datetime.date.fromisoformat(row["date_to"]), row["id"]


@every_set
def test_bounds_of_a_quantity_are_in_order_and_never_all_empty(folder: Path) -> None:
    for row in rows(folder, "claims"):
        for quantity in row["quantity"]:
            assert set(quantity) == {"unit", "number", "min", "max"}, row["id"]
            low, number, high = quantity["min"], quantity["number"], quantity["max"]
            assert (low, number, high) != (None, None, None), row["id"]
            if number is not None and low is not None:
                assert low in {number, number + 1}, row["id"]
            if low is not None and high is not None:
                assert low <= high, row["id"]


@every_set
def test_claims_are_numbered_by_their_place_in_the_text(folder: Path) -> None:
    claims = rows(folder, "claims")
    assert claims == sorted(claims, key=lambda row: (row["doc"], row["char_start"], row["char_end"]))
    seen: Counter[str] = Counter()
    for row in claims:
        seen[row["doc"]] += 1
        assert row["id"] == f"{row['doc']}#{seen[row['doc']]:02d}"


@every_set
def test_every_text_is_annotated_and_stands_in_one_half(folder: Path) -> None:
    docs = sorted(texts(folder))
    annotated = json.loads((folder / "gold" / "annotated_docs.json").read_text(encoding="utf-8"))
    halves = json.loads((folder / "split.json").read_text(encoding="utf-8"))
    assert annotated["annotated_docs"] == docs
    assert sorted(annotated["full"] + annotated["partial"]) == docs
    assert sorted(halves["development"] + halves["scored"]) == docs
    if folder.name in WITHOUT_SCORED_HALF:
        assert halves["scored"] == []
    else:
        surplus = len(halves["development"]) - len(halves["scored"])
        assert abs(surplus - ONLY_DEVELOPMENT.get(folder.name, 0)) <= 1
    assert (folder / "README.md").is_file()


@every_set
def test_some_texts_hold_no_claim_but_words_that_look_like_one(folder: Path) -> None:
    empty = set(texts(folder)) - {row["doc"] for row in rows(folder, "claims")}
    assert len(empty) >= (1 if folder.name in WITHOUT_SCORED_HALF else 2)
    assert empty <= {row["doc"] for row in rows(folder, "nonclaims")}


@every_set
def test_what_must_not_become_a_claim_is_not_one(folder: Path) -> None:
    spans = {(row["doc"], row["char_start"], row["char_end"]) for row in rows(folder, "claims")}
    for row in rows(folder, "nonclaims"):
        inside = [span for span in spans if span[0] == row["doc"] and overlaps_by_half(span, row)]
        assert row["why"] and not inside, (row["doc"], row["quote"])


def overlaps_by_half(span: tuple[str, int, int], row: dict[str, Any]) -> bool:
    """More than half of the shorter of the two: what the scorer counts as a non-claim taken for a claim."""
    common = min(span[2], row["char_end"]) - max(span[1], row["char_start"])
    return bool(common > 0.5 * min(span[2] - span[1], row["char_end"] - row["char_start"]))


@every_set
def test_what_hangs_on_the_claims_names_claims_and_words_that_exist(folder: Path) -> None:
    ids = {row["id"] for row in rows(folder, "claims")}
    for row in rows(folder, "contradictions"):
        assert {row["a"], row["b"]} <= ids and row["a"] != row["b"] and ContradictionKind(row["kind"])
    for row in rows(folder, "incidents"):
        assert row["claims"] and set(row["claims"]) <= ids, row["incident"]
    for row in rows(folder, "mentions"):
        assert row["type"] in {"PER", "ORG", "LOC"}
        assert [m for m in row["mentions"] if m["name"] not in texts(folder)[m["doc"]]] == []
    for row in rows(folder, "sources"):
        assert set(row["docs"]) <= set(texts(folder)) and set(row["claims"]) <= ids


@every_set
def test_each_hard_thing_stands_in_the_set_at_least_five_times(folder: Path) -> None:
    listed = folder / "hard.json"
    if not listed.is_file():
        pytest.skip("this set does not list where its hard things stand")
    known = {row["id"] for row in rows(folder, "claims")}
    numbers: Counter[str] = Counter()
    for row in rows(folder, "nonclaims"):
        numbers[row["doc"]] += 1
        known.add(f"{row['doc']}~{numbers[row['doc']]:02d}")
    for thing, places in json.loads(listed.read_text(encoding="utf-8")).items():
        assert len(set(places)) >= 5, thing
        assert set(places) <= known, thing
