"""The word lists can be read by people who do not program, and docs/lexicons.md tells the truth about them.

Start with `test_no_list_holds_signs_of_a_regular_expression`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from probanda.claims import lexicon as english
from probanda.claims.lexicon import lexicon
from probanda.claims.phrases import PhraseBroken, pattern
from probanda.claims.readers.window_words import phrase, word_list

ROOT = Path(__file__).resolve().parents[2]
LISTS = sorted((ROOT / "src/probanda/claims/lexicons").glob("*/*.yaml"))
PAGE = (ROOT / "docs/lexicons.md").read_text("utf-8")

SENTENCES = ("example", "examples", "also", "never")
PHRASES = ("say", "patterns", "families")
IN_PHRASES = re.compile(r"[\\?^$+*~]|\(\?|\{(?!not: |then: |stop\})")
"""Signs of regular expressions that the plain notation has not."""
IN_WORDS = re.compile(r"[\\?^$+*|{}()\[\]]")


def values(node: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every word and phrase of a list with the keys that lead to it."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield (*keys, str(key)), str(key)
            yield from values(inner, (*keys, str(key)))
    elif isinstance(node, list):
        for inner in node:
            yield from values(inner, keys)
    elif isinstance(node, str):
        yield keys, node


def rows(heading: str) -> list[list[str]]:
    """The rows of the table of the page that begins with this heading, without their marks."""
    table = PAGE.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    cells = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in table]
    return [[re.sub(r"^[`*]|[`*]$", "", cell.strip()).replace("\\|", "|") for cell in row] for row in cells]


@pytest.mark.parametrize("path", LISTS, ids=[f"{p.parent.name}/{p.name}" for p in LISTS])
def test_no_list_holds_signs_of_a_regular_expression(path: Path) -> None:
    for keys, value in values(yaml.safe_load(path.read_text("utf-8"))):
        if not set(SENTENCES) & set(keys):
            signs = IN_PHRASES if set(PHRASES) & set(keys) else IN_WORDS
            assert not signs.search(value), f"{path.name}, {' > '.join(keys)}: write “{value}” plainly"


@pytest.mark.parametrize("path", LISTS, ids=[f"{p.parent.name}/{p.name}" for p in LISTS])
def test_a_list_says_where_to_learn_how_to_add_to_it(path: Path) -> None:
    head = path.read_text("utf-8").split("\n\n", 1)[0]
    assert "docs/lexicons.md" in "".join(line for line in head.splitlines() if line.startswith("#"))
    assert f"`{path.name}`" in PAGE


def test_every_entry_that_names_an_act_or_a_way_of_saying_has_an_example() -> None:
    for path in LISTS:
        data = yaml.safe_load(path.read_text("utf-8"))
        entries = data.get("acts", []) if isinstance(data, dict) else data
        for entry in entries if path.stem in ("acts", "counts", "told", "speech") else ():
            assert entry["example"].strip(), f"{path.name}, {entry['id']}: no example"
            if not (entry.get("verbs") or entry.get("nouns") or entry.get("forms")):
                assert entry["say"], f"{path.name}, {entry['id']}: no words"


@pytest.mark.parametrize("row", rows("phrase"), ids=lambda row: row[0])
def test_a_phrase_of_the_page_meets_what_the_page_says(row: list[str]) -> None:
    written, met, missed = row
    made = re.compile(rf"\b(?:{pattern(written)})\b", re.IGNORECASE)
    assert made.search(met)
    assert not made.search(missed)


def test_each_sign_of_the_page_is_read() -> None:
    for sign, told in rows("sign"):
        for one in re.findall(r"`([^`]+)`", f"`{sign}` {told}"):
            assert pattern(one)
    with pytest.raises(PhraseBroken):
        pattern("`word`")


@pytest.mark.parametrize(
    "old",
    [
        r"(?:beat|beaten) (?:\w+ ){0,7}to death",
        "villages?",
        "arm(ed|ing)?",
        r"\d+ dead",
        "^shot",
        "a ~ b",
        "kill[a-z]+",
    ],
)
def test_a_regular_expression_is_refused_with_what_to_write_instead(old: str) -> None:
    with pytest.raises(PhraseBroken) as refused:
        pattern(old)
    assert "docs/lexicons.md" in str(refused.value)


def test_an_entry_in_the_old_notation_is_refused() -> None:
    entry = {"id": "shot", "type": "killing", "phrases": ["shot dead"], "example": "Two were shot dead."}
    with pytest.raises(PhraseBroken, match="`say`"):
        english._act(entry, {})


@pytest.mark.parametrize(
    ("language", "written", "met", "missed"),
    [
        ("fr", "tué(e)(s) par [la] balle(s)", "tuées par la balle", "tuerie par balles"),
        ("fr", "(la | l') (école | mosquée)", "l'école", "lécole"),
        ("fr", "prive ..2 eau", "prive le village d'eau", "prive le village de nouveau"),
        ("fr", "(promet | jure) {then: de | d'}", "il jure d'attaquer", "il jure des choses"),
        ("fr", "on FUTURE", "on brulera", "on brule"),
        ("ar", "بيت محترق", "والبيت المحترق", "بيتان"),
        ("ar", "<قتل/قتل> ..1 جنود", "يقتلون ثلاثه جنود", "قاتل جنود"),
        ("ar", "مدرس..", "المدرسين", "درس"),
    ],
)
def test_french_and_arabic_join_words_in_their_own_way(language: str, written: str, met: str, missed: str) -> None:
    families = {"FUTURE": ["..era", "..ont"]} if language == "fr" else {}
    made = phrase(written, language, families)
    assert made.search(met)
    assert not made.search(missed)


def test_what_one_pattern_of_all_phrases_meets_each_meets_by_itself() -> None:
    lists = word_list("fr")
    words = "des villageois ont été battus à mort"
    assert lists.any_phrase.search(words)
    assert any(made.search(words) for made, _ in lists.act_phrases)


@pytest.mark.parametrize("name", sorted(lexicon("en").setting))
def test_the_lists_of_settings_meet_their_examples_alone(name: str) -> None:
    data = yaml.safe_load((ROOT / "src/probanda/claims/lexicons/en/setting.yaml").read_text("utf-8"))
    finder = lexicon("en").setting[name]
    assert finder.search(data[name]["example"])
    assert not any(finder.search(words) for words in data[name]["never"])
    assert not finder.always, "a phrase opens with a word whatever: every sentence would be tried"
