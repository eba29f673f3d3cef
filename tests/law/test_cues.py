"""Every word list of the pack finds its examples and leaves its counterexamples alone; all at once say the same."""

from __future__ import annotations

import pytest

from probanda.law import load
from probanda.matrix.cues import CueWords, says

PACK = load()
EXONERATING = (
    "elsewhere", "out-of-post", "sparing", "warning", "military-purpose", "steps-taken", "unaware", "mistake", "duress",
    "mental-illness", "intoxication", "self-defence", "on-orders",
)  # fmt: skip

NEEDED = sorted({c.needs for c in PACK.crimes} - {"", "order"})
"""What crimes ask for in the words of a claim besides its kind of act."""


@pytest.mark.parametrize("name", [*EXONERATING, "notice", "law-restated", *NEEDED])
def test_b7_every_list_has_examples_in_three_languages_and_a_counterexample(name):
    cue = PACK.cue_list(name)
    assert len(cue.examples) >= 3 and cue.not_examples
    assert any("\u0600" <= letter <= "\u06ff" for letter in "".join(cue.examples))
    for sentence in cue.examples:
        assert says(sentence, [cue]), sentence
    for sentence in cue.not_examples:
        assert not says(sentence, [cue]), sentence


def test_asking_all_lists_at_once_says_what_each_says():
    words = CueWords(PACK.cues)
    sentences = [s for c in PACK.cues for s in (*c.examples, *c.not_examples)]
    sentences += [f"then {w.removesuffix('*')} came" for c in PACK.cues for w in (*c.words, *c.but_not)]
    for sentence in sentences:
        assert words.lists_in(sentence) == {c.name for c in PACK.cues if says(sentence, [c])}, sentence
