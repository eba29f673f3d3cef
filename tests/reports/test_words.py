"""Every word of the system goes through gettext, and the catalogue is complete."""

from __future__ import annotations

import gettext
import re
from html.parser import HTMLParser

from probanda.kernel import vocabulary
from probanda.matrix.model import CellStatus
from probanda.reports import dossier, page, words
from probanda.reports.words import Words
from tests.reports import catalogue
from tests.reports.factory import UNMEASURED, empty, kheldoun

EVIDENCE = {"ev", "name", "num", "reg", "given", "ctx", "secno", "k"}
EMPTY_TAGS = {"meta", "br", "wbr", "path", "rect", "link"}


class Bracketed(gettext.NullTranslations):
    """A language in which every message stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


class Visible(HTMLParser):
    """Collects letters that stand outside brackets and outside evidence, names, ids and given data."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.hidden, self.stray = 0, [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for key in ("aria-label", "data-l"):
            text = values.get(key) or ""
            if re.search(r"[^\W\d_]", text) and not text.startswith("⟦"):
                self.stray.append(f"{key}: {text}")
        if tag not in EMPTY_TAGS:
            classes = set((values.get("class") or "").split())
            self.hidden.append(tag in {"style", "title", "bdi"} or bool(classes & EVIDENCE))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY_TAGS:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if any(self.hidden):
            return
        for part in re.split("([⟦⟧])", data):
            if part in ("⟦", "⟧"):
                self.depth += 1 if part == "⟦" else -1
            elif not self.depth and re.search(r"[^\W\d_]", re.sub(r"\b([IMR]-\d+|KHE-\d+)\b", "", part)):
                self.stray.append(part)


def test_no_word_of_the_system_escapes_translation() -> None:
    for case in (
        kheldoun(),
        kheldoun(checked=1, narrowed=("x",), included_restricted="y", measures=UNMEASURED),
        empty(),
    ):
        w = Words("en", Bracketed())
        reader = Visible()
        reader.feed(page.render(dossier.worded(case, w), w))
        assert reader.stray == []
        assert reader.depth == 0


def test_the_catalogue_holds_every_message() -> None:
    assert catalogue.POT.read_text("utf-8") == catalogue.pot(), "run `python tests/reports/catalogue.py`"


def test_every_value_of_a_vocabulary_has_its_words() -> None:
    for table, values in (
        (words.ACT, vocabulary.ActType),
        (words.MODALITY, vocabulary.Modality),
        (words.SAID, vocabulary.Modality),
        (words.BY, vocabulary.Modality),
        (words.INVOLVED, vocabulary.Involvement),
        (words.STATUS, vocabulary.Status),
        (words.KIND, vocabulary.MentionKind),
        (words.TIE, vocabulary.TieKind),
        (words.DISAGREE, vocabulary.ContradictionKind),
        (words.CELL, CellStatus),
    ):
        assert set(table) == set(values)  # type: ignore[arg-type]


def test_plurals_follow_the_number() -> None:
    w = Words()
    assert w.count("{n} claim", "{n} claims", 1) == "1 claim"
    assert w.count("{n} claim", "{n} claims", 1200) == "1,200 claims"


def test_a_language_without_a_catalogue_falls_back_to_english_and_keeps_its_direction() -> None:
    w = Words("ar")
    assert w.say("Contents") == "Contents"
    assert w.direction == "rtl"
    assert Words("fr").direction == "ltr"


def test_braces_in_evidence_are_not_fields() -> None:
    line = Words().line("{a}, from {b}", a="{b} %(x)s", b="{0}")
    assert "".join(p.text for p in line) == "{b} %(x)s, from {0}"
