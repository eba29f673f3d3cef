"""The words of the workbench in French and Arabic: every message of the templates, with its fields, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from probanda import Case
from probanda.incidents.assessment import GRADES, QUESTIONS, Scale
from probanda.reports.words import ACT, KIND, MODALITY
from probanda.web import desk, kinds, recorded
from probanda.web.desk import LANGUAGES, environment
from tests.running import Done

ROOM = Path(desk.__file__).parent
ROOMS = ("incidents", "actors", "names", "reading", "casework", "matrix", "web")
"""Rooms that write sentences into a case."""
FIELD = re.compile(r"%\(\w+\)s|\{\w+\}")


def messages() -> set[str]:
    """Every message that a page may need."""
    found: set[str] = set()
    for template in (ROOM / "templates").glob("*.html"):
        for _, _, message in environment().extract_translations(template.read_text("utf-8")):
            one = message[0] if isinstance(message, tuple) else message
            if one is not None:  # else it is looked up by a value
                found.add(one)
    sheet = {*(one for part in QUESTIONS.values() for one in part), *GRADES[Scale.SOURCE].values()}
    found |= {*ACT.values(), *KIND.values(), *MODALITY.values(), *kinds.NAMES.values()} | sheet
    return found | recorded.messages()


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_message_has_its_words_and_keeps_its_fields(language: str) -> None:
    of_pages, of_records = (polib.pofile(str(ROOM / "locale" / f"{language}{of}.po")) for of in ("", ".records"))
    entries = {e.msgid: e for e in (*of_pages, *of_records)}
    assert len(entries) == len(of_pages) + len(of_records), "a message that stands in both"
    assert messages() - set(entries) == set()
    assert set(entries) - messages() == set()
    assert {e.msgid for e in of_records} <= recorded.messages()
    for entry in entries.values():
        forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
        assert all(forms)
        for form in forms:
            assert set(FIELD.findall(form)) <= set(FIELD.findall(entry.msgid))
        assert set(FIELD.findall(forms[-1])) == set(FIELD.findall(entry.msgid))


def test_arabic_counts_have_their_six_forms() -> None:
    words = desk.catalogue("ar")
    said = {words.ngettext("%(num)s item", "%(num)s items", n) % {"num": n} for n in (0, 1, 2, 3, 11, 100)}
    assert len(said) == 6


def written(case: Case) -> set[str]:
    """Sentences that the program wrote into this case and that pages show by their patterns."""
    store, eyes = case.store, case.eyes
    found: set[str] = set()
    for incident in store.incidents(eyes) or []:
        found |= {incident.title, incident.corroboration.says, *(why for _, why in incident.reasons)}
        found |= {part.reason for part in incident.part_of} | {v.label for v in incident.versions + incident.differing}
    found |= {c.reason for c in store.contradictions(eyes) or []}
    for actor in case.actors():
        found |= {member.reason for member in actor.members}
    for row in store.items(eyes):
        found |= {row.dated_reason or ""} | {a.method or "" for a in store.acquisitions_of(eyes, row.digest)}
        found |= {p.reason for p in store.passages(eyes, row.digest)} if row.text_digest else set()
    return found - {""}


def test_sentences_that_the_program_wrote_are_known_by_their_patterns(done: Done) -> None:
    with Case.open(done.folder, writing=False) as case:
        sentences = written(case)
    assert len(sentences) > 100
    assert {s for s in sentences if recorded.parsed(s) is None} == set()


def test_every_pattern_fits_the_writers_words() -> None:
    """Each pattern stands in a writer's code, its fields aside: a pattern whose writer changed is found here."""
    files = [path for room in ROOMS for kind in ("py", "yaml") for path in (ROOM.parent / room).rglob(f"*.{kind}")]
    files += [path for path in ROOM.rglob("*.py") if path.name != "recorded.py"]
    code = re.sub(r"\"\s*\n\s*f?\"", "", "".join(path.read_text("utf-8") for path in sorted(files)))
    for pattern in recorded.SENTENCES:
        longest = max(re.split(r"\{\w+\}", pattern), key=len)
        assert longest.strip(" .,;:()") in code, pattern


def test_names_in_a_sentence_stay_as_they_are_and_what_is_not_known_is_marked_as_english() -> None:
    arabic = desk.speaking("ar")
    said = recorded.told(arabic, "Said by the text itself, of <Karim & Sons>; denied by General Dal.")
    assert "<bdi>&lt;Karim &amp; Sons&gt;</bdi>" in said
    assert "<bdi>General Dal</bdi>" in said
    assert "النص نفسه" in said
    assert (
        recorded.told(arabic, "No <b>pattern</b>.") == '<span lang="en" dir="ltr">No &lt;b&gt;pattern&lt;/b&gt;.</span>'
    )
    title = recorded.told(desk.speaking("fr"), "Killing (threatened) · Oren, 30 April – 2 May 2031")
    assert title == "Homicide (menace) · <bdi>Oren</bdi>, 30 avril – 2 mai 2031"
    for words in (
        "Said by {who}; denied by {other}.",
        "at most 1 origin (1 victim), 2 untraced; dependence not excluded",
    ):
        assert recorded.told(desk.speaking("en"), words) == words
