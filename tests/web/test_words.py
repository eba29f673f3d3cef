"""The words of the workbench in French and Arabic: every message of the templates, with its fields, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from probanda.incidents.assessment import GRADES, QUESTIONS, Scale
from probanda.reports.words import ACT, KIND, MODALITY
from probanda.web import desk, kinds
from probanda.web.desk import LANGUAGES, environment

ROOM = Path(desk.__file__).parent
MONTHS = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
}  # fmt: skip


def messages() -> set[str]:
    """Every message that a page may need."""
    found: set[str] = set()
    for template in (ROOM / "templates").glob("*.html"):
        for _, _, message in environment().extract_translations(template.read_text("utf-8")):
            one = message[0] if isinstance(message, tuple) else message
            if one is not None:  # else it is looked up by a value
                found.add(one)
    sheet = {*(one for part in QUESTIONS.values() for one in part), *GRADES[Scale.SOURCE].values()}
    return found | {*ACT.values(), *KIND.values(), *MODALITY.values(), *MONTHS, *kinds.NAMES.values()} | sheet


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_message_has_its_words_and_keeps_its_fields(language: str) -> None:
    entries = {e.msgid: e for e in polib.pofile(str(ROOM / "locale" / f"{language}.po"))}
    assert messages() - set(entries) == set()
    assert set(entries) - messages() == set()
    for entry in entries.values():
        forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
        assert all(forms)
        for form in forms:
            assert set(re.findall(r"%\(\w+\)s", form)) <= set(re.findall(r"%\(\w+\)s", entry.msgid))
        assert set(re.findall(r"%\(\w+\)s", forms[-1])) == set(re.findall(r"%\(\w+\)s", entry.msgid))


def test_arabic_counts_have_their_six_forms() -> None:
    words = desk.catalogue("ar")
    said = {words.ngettext("%(num)s item", "%(num)s items", n) % {"num": n} for n in (0, 1, 2, 3, 11, 100)}
    assert len(said) == 6
