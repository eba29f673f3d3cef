"""Measuring the readers on a gold folder: its figures, what is kept apart, and what is turned down as broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.reading.measure import FIELDS, entries

from probanda.casework.evaluate import evaluate, group_row
from probanda.casework.gold import GoldBroken, load_gold
from probanda.claims.scoring import FIELDS as MEASURED
from tests.running import run

pytestmark = pytest.mark.slow

WIRE = (
    "Soldiers of the Third Brigade killed four villagers in Delma on 4 May 2031, residents told Radio Delma.\n\n"
    "The harvest was good this year, and the market opened on time. The bridge will be painted in June.\r\n"
)
RECIPE = "Peel the onions and cut them into thin rings. Add salt, and leave the pan on the fire for an hour.\n"
GERMAN = (
    "Die Soldaten haben das Dorf am Sonntag verlassen, sagten die Einwohner. Danach wurde auf dem Markt wieder"
    " verkauft, und die Kinder gingen in die Schule, als wäre nichts gewesen.\n"
)
QUOTE = "Soldiers of the Third Brigade killed four villagers in Delma on 4 May 2031"


def a_claim(name: str, doc: str, words: str, quote: str, **fields: object) -> dict:
    """A line of claims.jsonl with the offsets its words have."""
    start = words.index(quote)
    told = {"id": name, "doc": doc, "quote": quote, "char_start": start, "char_end": start + len(quote)}
    rest = {"modality": "alleged", "act_type": "killing", "speaker_chain": ["@doc"]}
    return told | rest | fields


KILLING = a_claim(
    "wire#1", "wire", WIRE, QUOTE,
    speaker_chain=["@doc", "residents"], actors=["Soldiers of the Third Brigade"], victims=["four villagers"],
    places=["Delma"], date_from="2031-05-04", date_to="2031-05-04", date_basis="text",
    quantity=[{"unit": "villagers", "number": 4, "min": 4, "max": 4}],
)  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold of two English texts, one of which has nothing to find."""
    folder = tmp_path / "gold-folder"
    (folder / "docs").mkdir(parents=True)
    (folder / "gold").mkdir()
    (folder / "docs" / "wire.txt").write_bytes(WIRE.encode())
    (folder / "docs" / "recipe.txt").write_bytes(RECIPE.encode())
    _json(folder / "gold" / "annotated_docs.json", {"annotated_docs": ["wire", "recipe"], "full": ["wire", "recipe"]})
    _json(folder / "split.json", {"development": ["wire.txt"], "scored": ["recipe.txt"]})
    _lines(folder / "gold" / "claims.jsonl", KILLING)
    start = WIRE.index("The bridge will")
    rain = {"doc": "wire", "quote": WIRE[start : start + 15], "char_start": start, "char_end": start + 15}
    _lines(folder / "gold" / "nonclaims.jsonl", rain | {"why": "a plan"})
    return folder


def _json(path: Path, told: object) -> None:
    path.write_text(json.dumps(told), "utf-8")


def _lines(path: Path, *rows: dict) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


# --- figures ----------------------------------------------------------------------------------------


def test_what_the_reader_proposes_is_measured_field_by_field(gold: Path) -> None:
    (group,) = evaluate(gold).groups
    assert group.language == "en" and (group.reader or "").startswith("rules-en")
    assert group.score is not None
    for field in ("claims", "act type", "innermost speaker", "actors", "victims", "places", "quantities"):
        assert group.score.figure(field).recall == 1.0, field
    assert group.inexact == 0 and group.score.in_empty == 0 and group.score.taken == ()


def test_a_gold_that_says_otherwise_gets_other_figures(gold: Path) -> None:
    _lines(gold / "gold" / "claims.jsonl", KILLING | {"act_type": "siege", "places": ["Ostra"], "actors": []})
    score = evaluate(gold).groups[0].score
    assert score is not None and score.figure("claims").recall == 1.0
    assert score.figure("act type").recall == score.figure("places").recall == 0.0
    assert score.figure("actors").precision == 0.0


def test_a_split_takes_only_its_texts(gold: Path) -> None:
    development, scored = (evaluate(gold, split).groups for split in ("development", "scored"))
    assert [(g.texts, g.expected) for g in development] == [(1, 1)]
    assert [(g.texts, g.expected) for g in scored] == [(1, 0)]


def test_languages_are_shown_apart_and_what_nobody_read_gets_no_figures(gold: Path) -> None:
    (gold / "docs" / "brief.txt").write_text(GERMAN, "utf-8")
    _json(gold / "gold" / "annotated_docs.json", {"annotated_docs": ["wire", "recipe", "brief"]})
    _lines(
        gold / "gold" / "claims.jsonl", KILLING, a_claim("b#1", "brief", GERMAN, "haben das Dorf am Sonntag verlassen")
    )
    english, german = evaluate(gold).groups
    assert (english.language, english.texts, english.expected) == ("en", 2, 1)
    assert (german.language, german.reader, german.texts, german.expected, german.score) == ("de", None, 1, 1, None)
    assert "no reader" in german.why
    assert group_row(german)["figures"] is None


def test_texts_taken_for_another_language_count_as_missed_where_the_gold_says_its_own(gold: Path) -> None:
    (gold / "docs" / "brief.txt").write_text(GERMAN, "utf-8")
    told = {"annotated_docs": ["wire", "recipe", "brief"], "language": "en"}
    _json(gold / "gold" / "annotated_docs.json", told)
    _lines(
        gold / "gold" / "claims.jsonl", KILLING, a_claim("b#1", "brief", GERMAN, "haben das Dorf am Sonntag verlassen")
    )
    (group,) = evaluate(gold).groups
    assert group.score is not None
    assert (group.texts, group.score.figure("claims").expected, group.score.figure("claims").recall) == (3, 2, 0.5)


def test_two_names_of_the_same_bytes_are_two_texts(gold: Path) -> None:
    (gold / "docs" / "reprint.txt").write_bytes(WIRE.encode())
    _json(gold / "gold" / "annotated_docs.json", {"annotated_docs": ["wire", "recipe", "reprint"]})
    _lines(gold / "gold" / "claims.jsonl", KILLING, KILLING | {"id": "reprint#1", "doc": "reprint"})
    (group,) = evaluate(gold).groups
    assert group.texts == 3
    assert group.score is not None and group.score.figure("claims").right == 2


def test_claims_on_texts_that_are_not_listed_are_counted_and_left_aside(gold: Path) -> None:
    _json(gold / "gold" / "annotated_docs.json", {"annotated_docs": ["recipe"]})
    found = evaluate(gold)
    assert found.unlisted == 1
    assert found.groups[0].expected == 0


def test_exported_claims_can_be_gold(gold: Path) -> None:
    plain = {"start": KILLING["char_start"], "end": KILLING["char_end"], "speakers": KILLING["speaker_chain"]}
    plain |= {"doc": "wire.txt", "quantity": {"value": 4, "min": 4, "max": 4, "text": "four"}}
    kept = {k: v for k, v in KILLING.items() if k not in ("char_start", "char_end", "speaker_chain", "date_basis")}
    before = load_gold(gold).gold
    _lines(gold / "gold" / "claims.jsonl", kept | plain)
    assert load_gold(gold).gold == before


def test_the_covers_entry_holds_every_field_it_prints(gold: Path) -> None:
    assert set(FIELDS) <= set(MEASURED)
    (group,) = evaluate(gold).groups
    ((reader, entry),) = entries(group, "texts", "one annotator", None).items()
    assert reader == group.reader
    assert entry["gold"] == "2 texts, 1 hand-made claims, one annotator"
    assert len(entry["figures"]) == 2 * len(FIELDS)
    assert ["claims found, recall", "1.00"] in entry["figures"]


def test_what_was_put_together_is_measured_where_the_gold_tells_of_it(gold: Path) -> None:
    assert evaluate(gold).groupings == ()
    (gold / "docs" / "reprint.txt").write_text(f"From our partners\n\n{WIRE}", "utf-8")
    _json(gold / "gold" / "annotated_docs.json", {"annotated_docs": ["wire", "recipe", "reprint"]})
    again = a_claim("reprint#1", "reprint", f"From our partners\n\n{WIRE}", QUOTE)
    _lines(gold / "gold" / "claims.jsonl", KILLING, again)
    names = [{"doc": "wire", "name": "Radio Delma"}, {"doc": "reprint", "name": "RADIO DELMA"}]
    _lines(gold / "gold" / "mentions.jsonl", {"cluster": "Radio Delma", "type": "ORG", "mentions": names})
    _lines(gold / "gold" / "incidents.jsonl", {"incident": "DELMA", "claims": ["wire#1", "reprint#1"]})
    _lines(gold / "gold" / "sources.jsonl", {"kind": "near-copy", "docs": ["wire", "reprint"]})
    bearers, found, incident, copies = evaluate(gold).groupings
    assert (bearers.recall, found.recall, incident.precision, incident.recall) == (1.0, 1.0, 1.0, 1.0)
    assert (copies.expected, copies.recall) == (1, 1.0)
    # told otherwise, the same proposals are wrong
    _lines(gold / "gold" / "incidents.jsonl", *({"incident": c, "claims": [c]} for c in ("wire#1", "reprint#1")))
    assert evaluate(gold).groupings[2].precision == 0.5


def test_a_broken_line_of_what_belongs_together_is_turned_down(gold: Path) -> None:
    _lines(gold / "gold" / "mentions.jsonl", {"cluster": "Radio Delma", "mentions": ["Radio Delma"]})
    with pytest.raises(GoldBroken, match=r"mentions\.jsonl, line 1"):
        evaluate(gold)


# --- broken golds -----------------------------------------------------------------------------------

Harm = Callable[[Path], object]


def _claim(**fields: object) -> Harm:
    return lambda folder: _lines(folder / "gold" / "claims.jsonl", KILLING, KILLING | {"id": "second"} | fields)


def _listed(**fields: object) -> Harm:
    return lambda folder: _json(folder / "gold" / "annotated_docs.json", fields)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_claim(char_start=1), ("gold/claims.jsonl, line 2", "wire.txt")),
        (_claim(char_end=5000), ("gold/claims.jsonl, line 2", "wire.txt")),
        (_claim(char_start=70, char_end=20), ("gold/claims.jsonl, line 2", "70 to 20")),
        (_claim(char_start="0"), ("gold/claims.jsonl, line 2", "offsets")),
        (_claim(modality="certain"), ("gold/claims.jsonl, line 2", "certain is no modality")),
        (_claim(act_type="murder"), ("gold/claims.jsonl, line 2", "murder is no act_type")),
        (_claim(doc="letter"), ("gold/claims.jsonl, line 2", "letter")),
        (_claim(id="wire#1"), ("gold/claims.jsonl, line 2", "gold/claims.jsonl, line 1")),
        (_claim(id=None), ("gold/claims.jsonl, line 2", "`id`")),
        (_claim(actors="the army"), ("gold/claims.jsonl, line 2", "`actors`")),
        (_claim(date_from="4 May"), ("gold/claims.jsonl, line 2", "4 May")),
        (_claim(date_to="2031-05-01"), ("gold/claims.jsonl, line 2", "before")),
        (_claim(date_basis="guess"), ("gold/claims.jsonl, line 2", "guess")),
        (_claim(quantity=[{"number": "four"}]), ("gold/claims.jsonl, line 2", "`quantity`")),
        (lambda f: (f / "gold" / "claims.jsonl").write_text('{"id": 1}\n{"id"\n'), ("line 1", "`doc`")),
        (lambda f: (f / "gold" / "claims.jsonl").write_text('\n\n{"id"\n'), ("line 3", "no JSON")),
        (lambda f: (f / "gold" / "claims.jsonl").write_text("[1]\n"), ("line 1", "no JSON object")),
        (lambda f: (f / "gold" / "claims.jsonl").write_bytes(b"\xff\xfe"), ("gold/claims.jsonl", "UTF-8")),
        (lambda f: (f / "gold" / "claims.jsonl").unlink(), ("gold/claims.jsonl", "missing")),
        (lambda f: (f / "gold" / "annotated_docs.json").unlink(), ("gold/annotated_docs.json", "missing")),
        (lambda f: (f / "gold" / "annotated_docs.json").write_text("{\n,}"), ("_docs.json, line 2", "no JSON")),
        (_listed(annotated_docs=[]), ("gold/annotated_docs.json", "`annotated_docs`")),
        (_listed(annotated_docs=["wire", "letter"]), ("gold/annotated_docs.json", "letter")),
        (_listed(annotated_docs=["wire"], partial=["recipe"]), ("gold/annotated_docs.json", "recipe")),
        (_listed(annotated_docs=["wire", "recipe"], full=["wire"]), ("gold/annotated_docs.json", "recipe")),
        (lambda f: (f / "docs" / "wire.md").write_text("again"), ("_docs.json", "2 files are named wire")),
        (lambda f: (f / "docs" / "wire.txt").write_text(WIRE.replace("\r\n", "\n")[1:]), ("claims.jsonl, line 1",)),
    ],
)  # fmt: skip
def test_a_broken_gold_is_turned_down_with_its_line_and_reason(gold: Path, harm: Harm, said: tuple[str, ...]) -> None:
    harm(gold)
    with pytest.raises(GoldBroken) as caught:
        load_gold(gold)
    assert all(words in caught.value.problem + caught.value.fix for words in said), str(caught.value)
    assert caught.value.fix


def test_a_split_that_is_missing_or_names_a_strange_text_is_turned_down(gold: Path) -> None:
    _json(gold / "split.json", {"development": ["wire", "letter"]})
    with pytest.raises(GoldBroken, match="letter"):
        load_gold(gold, "development")
    with pytest.raises(GoldBroken, match="`scored`"):
        load_gold(gold, "scored")
    _json(gold / "split.json", {"development": ["wire"], "scored": []})
    with pytest.raises(GoldBroken, match="`scored` lists no text"):
        load_gold(gold, "scored")
    (gold / "split.json").unlink()
    with pytest.raises(GoldBroken, match=r"split\.json"):
        load_gold(gold, "scored")


def test_a_folder_that_holds_several_golds_says_which(gold: Path) -> None:
    with pytest.raises(GoldBroken, match="gold-folder"):
        load_gold(gold.parent)


def test_quotes_of_a_text_in_another_format_are_checked_in_the_words_read_out_of_it(gold: Path) -> None:
    page = f"<html><body><p>{QUOTE}, residents told Radio Delma.</p></body></html>"
    (gold / "docs" / "wire.txt").unlink()
    (gold / "gold" / "nonclaims.jsonl").unlink()
    (gold / "docs" / "wire.html").write_text(page)
    _lines(gold / "gold" / "claims.jsonl", KILLING | {"char_start": 500, "char_end": 500 + len(QUOTE)})
    with pytest.raises(GoldBroken, match="line 1"):
        evaluate(gold)


# --- the command ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_prints_figures_and_names_what_was_missed(gold: Path, tmp_path: Path) -> None:
    second = a_claim("wire#2", "wire", WIRE, "the market opened on time", act_type="procedural")
    _lines(gold / "gold" / "claims.jsonl", KILLING, second)
    out = tmp_path / "figures.json"
    done = run("eval", gold, "--errors", 5, "--out", out)
    assert "claims" in done.stdout and "0.500" in done.stdout
    assert "the market opened on time" in done.stdout
    (row,) = json.loads(out.read_text("utf-8"))["groups"]
    assert row["figures"]["claims"]["recall"] == 0.5
    assert [one["id"] for one in row["missed"]] == ["wire#2"]
    assert json.loads(run("eval", gold, "--json", "--errors", 5).stdout) == row


@pytest.mark.slow
def test_the_command_ends_with_1_and_the_line_where_the_gold_is_broken(gold: Path) -> None:
    _claim(modality="certain")(gold)
    said = run("eval", gold, code=1).stderr
    assert "gold/claims.jsonl, line 2" in said and "alleged" in said and "Traceback" not in said
    run("eval", gold, "--out", gold / "no" / "such" / "file", code=2)
