"""Texts come, go and change, and what they share is what a look at all of them at once finds."""

from __future__ import annotations

import random

import pytest
from tests.incidents.factory import a_doc
from tests.incidents.test_shared_passages import STATEMENT, prose
from tests.incidents.test_translations import ARABIC, ENGLISH, FRENCH

from probanda.incidents import runs, translations
from probanda.incidents.copies import copies
from probanda.incidents.kin import Kin, kinships
from probanda.incidents.kinship import KinshipKind
from probanda.incidents.model import Doc

SAYINGS = (
    "“Nobody came for the wounded until the sun was up again”, a nurse said.",
    "“We carried the salt sacks and the old men out by the river gate before they burned it”, he said.",
)
NOTICE = " ".join(f"Printed at the harbour press of Karamet under rule {n} of the guild of ferrymen" for n in (3, 4))


def a_text(item: str, pick: random.Random) -> Doc:
    """A text of an invented paper, which may share a little with others or be one of them in other words."""
    parts = [prose(pick.randrange(10**6), pick.randrange(5, 60)) for _ in range(2)]
    if pick.random() < 0.4:
        parts.insert(1, pick.choice((STATEMENT, " ".join(STATEMENT.split()[: pick.randrange(20, 33)]))))
    if pick.random() < 0.3:
        parts.insert(1, pick.choice(SAYINGS))
    if pick.random() < 0.3:
        parts.append(NOTICE)
    if pick.random() < 0.4:
        parts = [pick.choice((ENGLISH, FRENCH, ARABIC)), f"{pick.randrange(2, 90)} {pick.randrange(100, 999)}"]
    if pick.random() < 0.2:
        parts = [prose(7, 90)]
    words = ". ".join(parts)
    return a_doc(item, f"KARAMET (AFP) - {words}" if pick.random() < 0.3 else words)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_changes_the_kinships_are_those_of_all_texts(seed: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runs, "CROWD", 4)
    monkeypatch.setattr(translations, "CROWD", 4)
    pick = random.Random(seed)  # noqa: S311 - no secret
    kept, texts = Kin(), dict[str, Doc]()
    kinds: set[KinshipKind] = set()
    for _ in range(20):
        changed: dict[str, Doc | None] = {}
        for _ in range(pick.randrange(1, 5)):
            item = f"text {pick.randrange(40):02}"
            changed[item] = None if item in texts and pick.random() < 0.4 else a_text(item, pick)
        kept.change(changed)
        texts = {i: d for i, d in (texts | changed).items() if d is not None}
        docs = sorted(texts.values(), key=lambda d: d.item)
        copied = copies(docs)
        whole = kinships(docs, copied)
        assert kept.kinships(copied) == whole
        kinds.update(k.kind for k in whole)
    assert kinds == set(KinshipKind) - {KinshipKind.LOOKS_ALIKE}, "of pictures, and kept nowhere"


def test_a_text_that_many_share_with_is_looked_at_anew_when_the_first_of_them_goes():
    docs = [a_doc(f"d{n:03}", f"{prose(n, 60)} {STATEMENT} {prose(n + 500, 60)}") for n in range(40)]
    kept = Kin(docs)
    kept.change({"d000": None})
    assert kept.kinships(copies(docs[1:])) == kinships(docs[1:], copies(docs[1:]))
    assert {("d001", f"d{n:03}") for n in range(2, 40)} <= {(k.a, k.b) for k in kept.kinships(copies(docs[1:]))}
