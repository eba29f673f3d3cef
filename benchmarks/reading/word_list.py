"""How far a bare list of words comes on a gold folder: what tells an easy gold from a hard one.

    python -m benchmarks.reading.word_list GOLD [--split scored]

Each sentence that holds a word of the list is one claim, reported in the text's own voice, and nothing more is read in
it. A reader's figure says little by itself: the same reader does better on texts that name each crime by its plain
word. Printed beside it, this figure says how much of a difference between two golds is the texts' own.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from probanda.casework.gold import load_gold
from probanda.claims.scoring import Statement, score

WORDS = re.compile(
    r"\b(kill|murder|massacr|slaughter|assassinat|execut|shot|shoot|shell|bomb|air ?strike|attack|raid|tortur|beat|"
    r"rape|raping|sexual|abduct|kidnap|disappear|detain|detention|arrest|imprison|loot|pillag|displac|flee|fled|hostage|"
    r"besieg|siege|blockad|mine|mass grave|bodies|recruit|child soldier|burn|destroy|demolish|wound|injur|died|dead|"
    r"death|warrant|charged|accus|indict|sentenced|hanged|mutilat|expel|deport)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?\n][^.!?]*?(?:[.!?](?=\s)|\n\s*\n|$)")


def claims(doc: str, words: str) -> Iterator[Statement]:
    """One claim for each sentence with a word of the list."""
    for sentence in SENTENCE.finditer(words):
        if WORDS.search(sentence.group()):
            start, end = sentence.span()
            yield Statement(id=f"{doc} {start}", doc=doc, start=start, end=end, modality="reported", act_type="killing")


def main() -> None:
    """Print precision, recall and F1 of the list."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("gold", type=Path)
    asked.add_argument("--split", choices=("development", "scored"))
    told = asked.parse_args()
    gold = load_gold(told.gold, told.split)
    found = [c for doc, path in gold.files.items() for c in claims(doc, path.read_bytes().decode("utf-8"))]
    got = score(found, gold.gold).figure("claims")
    print(f"claims found by a list of words: precision {got.precision:.3f}, recall {got.recall:.3f}, F1 {got.f1:.3f}")


if __name__ == "__main__":
    main()
