"""Every sentence that the word lists give as an example is read as the list says, and every harmless one gives nothing.

Start with `test_an_example_gives_a_claim_of_its_kind`. The lists are src/probanda/claims/lexicons/en/*.yaml: whoever
adds a word there adds a sentence, and this file reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
import yaml

from probanda.claims.model import Reading
from probanda.kernel.vocabulary import Family

Read = Callable[..., Reading]

FOLDER = resources.files("probanda.claims") / "lexicons" / "en"
SETTLED_BY_TARGET = ("attack", "bombing", "as-told")
"""Types that the target, or the act told before, settles: an entry's examples may come out under several act types."""


def _list(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def _entries() -> list[dict[str, Any]]:
    """The entries that name acts, from every file that has such entries."""
    names = sorted(f.name for f in FOLDER.iterdir() if f.name.endswith(".yaml"))
    lists = [_list(name) for name in names]
    return [e for entries in lists if isinstance(entries, list) for e in entries if "type" in e]


ACTS = _entries()
TOLD: list[dict[str, Any]] = _list("told.yaml")["acts"]
SPEECH: list[dict[str, Any]] = _list("speech.yaml")
PEOPLE: dict[str, list[str]] = _list("people.yaml")

EXAMPLES = [(e["id"], e["type"], words) for e in ACTS for words in [e["example"], *e.get("also", [])]]
NEEDS_A_SCENE = {e["id"] for e in TOLD if e.get("setting")}
AFTER = [(e["id"], e["type"], words) for e in TOLD for words in [e["example"], *e.get("also", [])]]
HARMLESS = [(e["id"], words) for e in ACTS + TOLD + SPEECH for words in e.get("never", [])]
SAID = [(e["id"], e["modality"], words) for e in SPEECH for words in [e["example"], *e.get("also", [])]]

# Read from the whole sentence rather than from the word: the type that the example has by the reader's other rules.
OTHERWISE = {
    "beheaded": "mass-grave",
    "eliminate": "execution",
    "fire-noun": "attack-on-civilians",
    "imprisonment-asked": "procedural",
}
BY_SPEECH = {
    "say": ("reported", "alleged"),
    "condemn": ("reported", "alleged"),
    "incite": ("alleged",),
    "ordered": ("ordered", "alleged"),
}


def _acts(reading: Reading) -> list[Any]:
    return [c for c in reading.claims if c.family is Family.ACT]


@pytest.mark.parametrize(("entry", "kind", "words"), EXAMPLES, ids=[f"{i}-{w[:40]}" for i, _, w in EXAMPLES])
def test_an_example_gives_a_claim_of_its_kind(entry: str, kind: str, words: str, read: Read) -> None:
    claims = _acts(read(words))
    assert claims, f"no claim: mend the entry `{entry}` or its example in acts.yaml"
    for claim in claims:
        assert claim.quote == words[claim.start : claim.end]
        assert claim.start <= claim.act_start < claim.act_end <= claim.end
    if kind not in SETTLED_BY_TARGET:
        found = {c.act_type.value for c in claims}
        assert found & {kind, OTHERWISE.get(entry, kind)}, f"{entry}: read as {sorted(found)}"


@pytest.mark.parametrize(("entry", "kind", "words"), AFTER, ids=[f"{i}-{w[-40:]}" for i, _, w in AFTER])
def test_an_example_that_needs_a_setting_gives_a_claim_behind_it(entry: str, kind: str, words: str, read: Read) -> None:
    """The first sentence of such an example sets the scene, where it has two."""
    behind = [c for c in _acts(read(words)) if c.act_start > words.find(". ")]
    assert behind, f"no claim behind the first sentence: mend the entry `{entry}` or its example in told.yaml"
    assert kind in SETTLED_BY_TARGET or kind in {c.act_type.value for c in behind}, entry


@pytest.mark.parametrize(("entry", "words"), HARMLESS, ids=[f"{i}-{w[:40]}" for i, w in HARMLESS])
def test_a_harmless_use_of_the_same_words_gives_nothing(entry: str, words: str, read: Read) -> None:
    scene = words.find(". ") if entry in NEEDS_A_SCENE else -1
    claims = [c for c in _acts(read(words)) if c.act_start > scene]
    assert not claims, f"{entry}: {[(c.act_type.value, c.quote) for c in claims]}"


@pytest.mark.parametrize(("entry", "modality", "words"), SAID, ids=[f"{i}-{w[:40]}" for i, _, w in SAID])
def test_a_way_of_saying_gives_its_modality(entry: str, modality: str, words: str, read: Read) -> None:
    claims = _acts(read(words))
    assert claims, f"no claim: mend the entry `{entry}` or its example in speech.yaml"
    found = {c.modality.value for c in claims}
    assert found & set(BY_SPEECH.get(modality, (modality,))), f"{entry}: read as {sorted(found)}"


def test_an_entry_has_its_own_id_and_no_word_twice() -> None:
    assert not [i for i, n in Counter(e["id"] for e in ACTS + TOLD).items() if n > 1]
    assert not [i for i, n in Counter(e["id"] for e in SPEECH).items() if n > 1]
    for entry in ACTS + TOLD + SPEECH:
        for key in ("verbs", "nouns", "say", "needs", "forbids"):
            twice = [w for w, n in Counter(entry.get(key) or ()).items() if n > 1]
            assert not twice, f"{entry['id']}: {twice} stands twice among its {key}"
    for name, words in PEOPLE.items():
        assert not [w for w, n in Counter(words).items() if n > 1], f"{name}: a word stands twice"
        assert all(isinstance(w, str) for w in words), f"{name}: put words that YAML reads as yes or no in quotes"


def test_an_entry_uses_only_fields_that_the_reader_knows() -> None:
    known = {
        "id", "type", "detail", "object", "subject", "verbs", "nouns", "say", "needs", "forbids", "light-only",
        "involvement", "assessment", "generic", "weak", "fold", "setting", "denies", "admits", "needs-noun", "example",
        "also", "never",
    }  # fmt: skip
    assert not {(e["id"], key) for e in ACTS + TOLD for key in e if key not in known}
