"""Ties and cited originals of the readers without a parser, in sentences about the invented country Belzan.

Start with `TIES`.
"""

from __future__ import annotations

import pytest

from probanda.claims.model import Cited
from probanda.kernel.vocabulary import Family, TieKind
from tests.claims.without_parser import only_in, reading_in

_read, _only = reading_in("fr"), only_in("fr")

TIES = [
    ("Le colonel Pavel Roc, commandant de la 3e brigade, se tait.", TieKind.POSTING, "colonel Pavel Roc", "3e brigade"),
    ("Le chef de la milice du Cerf, Tomas Verane, se tait.", TieKind.POSTING, "Tomas Verane", "milice du Cerf"),
    ("Pavel Roc est membre de la Garde de Belzan.", TieKind.MEMBERSHIP, "Pavel Roc", "Garde de Belzan"),
    ("Le général Roc commande la 3e brigade.", TieKind.POSTING, "général Roc", "3e brigade"),
    ("La milice du Cerf contrôle la ville de Mirol.", TieKind.CONTROL, "milice du Cerf", "ville de Mirol"),
    ("Des milices fidèles au général Roc sont venues.", TieKind.SUBORDINATION, "milices", "général Roc"),
    ("Des rebelles soutenus par Belzan sont venus.", TieKind.SUPPORT, "rebelles", "Belzan"),
]


@pytest.mark.parametrize(("words", "kind", "left", "right"), TIES, ids=[t[0][:40] for t in TIES])
def test_posts_verbs_and_participles_say_who_stands_how_to_whom(
    words: str, kind: TieKind, left: str, right: str
) -> None:
    (claim,) = [c for c in _read(words).claims if c.family is Family.TIE]
    assert claim.tie is not None
    assert (claim.tie.kind, claim.tie.left.words, claim.tie.right.words) == (kind, left, right)
    assert claim.quote == words[claim.start : claim.end]


@pytest.mark.parametrize(
    "words",
    [
        "Le président de la séance a ouvert le débat.",
        "Le général Roc ne commande pas la 3e brigade.",
        "Selon La Lanterne, le maire de Mirol se tait.",
        "Il contrôle ses émotions.",
    ],
)
def test_what_is_denied_or_names_nobody_is_no_tie(words: str) -> None:
    assert not [c for c in _read(words).claims if c.family is Family.TIE]


def test_an_original_that_the_words_of_speech_name_is_cited() -> None:
    claim = _only("Neuf paysans ont été tués, a déclaré la Ligue dans un communiqué.")
    assert claim.cited == Cited("statement", "communiqué")
    claim = _only("Un rapport de la Ligue indique que neuf paysans ont été tués.")
    assert claim.cited == Cited("report", "rapport de la Ligue", "Ligue")


def test_without_a_paper_nothing_is_cited() -> None:
    assert _only("Selon la Ligue, neuf paysans ont été tués.").cited is None
