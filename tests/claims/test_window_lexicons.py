"""Every sentence that the French and Arabic lists give as an example is read as the list says.

Start with `test_an_example_gives_a_claim_of_its_kind`. Whoever adds a word to the lists adds a sentence, and this file
reads it.
"""

from __future__ import annotations

from collections import Counter
from importlib import resources
from typing import Any

import pytest
import yaml

from probanda.claims import Reader, reader_for
from probanda.claims.readers.window_words import FILES, word_list
from probanda.kernel.vocabulary import ActType, Modality
from tests.claims.conftest import a_text

LANGUAGES = ("fr", "ar")
FOLDER = resources.files("probanda.claims") / "lexicons"
SETTLED_BY_TARGET = ("attack", "bombing")
"""Types that the target settles, so that an entry's examples may come out under several act types."""
MODALITIES = {
    "say": ("reported", "alleged"),
    "accuse": ("alleged",),
    "condemn": ("reported", "alleged"),
    "incite": ("alleged",),
}


def _list(language: str, name: str) -> Any:
    return yaml.safe_load((FOLDER / language / f"{name}.yaml").read_text(encoding="utf-8"))


def _reader(language: str) -> Reader:
    found = reader_for(language)
    assert found is not None
    return found


ACTS = [(lang, e) for lang in LANGUAGES for e in _list(lang, "acts")]
SPEECH = [(lang, e) for lang in LANGUAGES for e in _list(lang, "speech")]
EXAMPLES = [(lang, e["id"], e["type"], w) for lang, e in ACTS for w in [e["example"], *e.get("also", [])]]
SAID = [(lang, e["id"], e["modality"], w) for lang, e in SPEECH for w in [e["example"], *e.get("also", [])]]
HARMLESS = [(lang, e["id"], w) for lang, e in ACTS + SPEECH for w in e.get("never", [])]


@pytest.mark.parametrize(
    ("language", "entry", "kind", "words"), EXAMPLES, ids=[f"{x[0]}-{x[1]}-{x[3][:30]}" for x in EXAMPLES]
)
def test_an_example_gives_a_claim_of_its_kind(language: str, entry: str, kind: str, words: str) -> None:
    claims = _reader(language).read(a_text(words)).claims
    assert claims, f"no claim: mend the entry `{entry}` or its example in {language}/acts.yaml"
    for claim in claims:
        assert claim.quote == words[claim.start : claim.end]
        assert claim.act == words[claim.act_start : claim.act_end]
        assert claim.start <= claim.act_start < claim.act_end <= claim.end
        assert claim.why
    if kind not in SETTLED_BY_TARGET:
        found = {c.act_type.value for c in claims}
        assert kind in found or (kind == "killing" and "execution" in found), f"{entry}: read as {sorted(found)}"


@pytest.mark.parametrize(("language", "entry", "modality", "words"), SAID, ids=[f"{x[0]}-{x[1]}" for x in SAID])
def test_a_way_of_saying_gives_its_modality(language: str, entry: str, modality: str, words: str) -> None:
    claims = _reader(language).read(a_text(words)).claims
    assert claims, f"no claim: mend the entry `{entry}` or its example in {language}/speech.yaml"
    found = {c.modality.value for c in claims}
    assert found & set(MODALITIES.get(modality, (modality,))), f"{entry}: read as {sorted(found)}"


@pytest.mark.parametrize(("language", "entry", "words"), HARMLESS, ids=[f"{x[0]}-{x[1]}-{x[2][:30]}" for x in HARMLESS])
def test_a_harmless_use_of_the_same_words_gives_nothing(language: str, entry: str, words: str) -> None:
    claims = _reader(language).read(a_text(words)).claims
    assert not claims, f"{entry}: {[(c.act_type.value, c.quote) for c in claims]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_has_its_own_id_known_fields_and_a_type_of_the_contract(language: str) -> None:
    acts, speech = _list(language, "acts"), _list(language, "speech")
    for entries in (acts, speech):
        assert not [i for i, n in Counter(e["id"] for e in entries).items() if n > 1]
    common = {"id", "verbs", "forms", "say", "example", "also", "never"}
    known = common | {"type", "detail", "object", "subject", "nouns", "needs", "forbids", "weak", "company"}
    assert not {(e["id"], key) for e in acts for key in e if key not in known}
    assert not {
        (e["id"], key)
        for e in speech
        for key in e
        if key not in common | {"modality", "accused", "lead", "same", "needs", "soft"}
    }
    assert {e["type"] for e in acts} <= {t.value for t in ActType} | set(SETTLED_BY_TARGET)
    assert {e["modality"] for e in speech} <= {m.value for m in Modality} | set(MODALITIES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_lists_are_words(language: str) -> None:
    """YAML reads a bare "on" or "no" as yes and no, and a word may stand once in a list."""
    for name, words in {**_list(language, "people"), **_list(language, "grammar")["words"]}.items():
        assert all(isinstance(w, str) for w in words), f"{name}: put words that YAML reads otherwise in quotes"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_entry_needs_and_forbids_exists(language: str) -> None:
    """A class that is misspelt would never be met: names with a class's look are classes."""
    lists = word_list(language)
    for act in lists.acts:
        for name in act.needs:
            assert name in lists.classes or len(name) > 1, f"{act.id} needs {name}"


def test_the_maker_tells_of_every_list() -> None:
    for language in LANGUAGES:
        reader = _reader(language)
        assert reader.name == f"rules-{language} 0.1"
        assert word_list(language).digest[:16] in reader.maker
        assert all((FOLDER / language / f"{name}.yaml").is_file() for name in FILES)
