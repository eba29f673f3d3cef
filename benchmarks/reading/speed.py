"""How fast the English reader is on news, against its own parser over every sentence; and what its filter costs.

    python -m benchmarks.reading.speed [--texts 150] [--rounds 3] [--gold GOLD]

In one process, in turns: the reader over each text (filter, parse, rules), and the same pipes of the same model over
every sentence of the same texts, with no rule at all. Processor time is counted, so that a busy machine does little
harm. The texts are made by a seeded script; at most a third of their sentences hold an act word, as in ordinary news.
With `--gold`, also the F1 of claims found on a gold folder, with the filter and without.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from statistics import median
from unittest.mock import patch

from benchmarks.many.texts import ACTS, FIRST, LAST, MONTHS, PEOPLE, PLACES, TOWNS, UNITS

from probanda.claims.gate import worth_parsing
from probanda.claims.parse import parsed, ready_for_parser
from probanda.claims.readers.english import EnglishReader
from probanda.reading.model import Text
from probanda.reading.parts import texts_of
from probanda.reading.sentences import sentences

NEWS = (
    "The council of {town} will vote on {day} about a new water tower that engineers have drawn for {place}.",
    "Bread has become dearer since {day}, and bakers in {town} say that flour arrives late from the coast.",
    "{person} won the mayor's cup with a lead of {n} points, ahead of last year's team from {town}.",
    "The ferry between {town} and the islands runs {n} times a week from the first of {month}.",
    "Rain is expected along the coast until {day}; farmers hope that it lasts beyond the weekend.",
    "{person}, who teaches music, opened an exhibition of {n} pictures in {place}.",
    "The bank lowered its rate by a quarter of a point, and traders in {town} looked on calmly.",
    "Pupils of three schools planted {n} trees along the road to {town}, with help from {person}.",
    "A delegation of engineers visited {town} to look at the old railway, which has not run for {n} years.",
    "The ministry of health said that {n} nurses would finish their training in {month}.",
    "“We want the market to open earlier,” said {person}, who sells fish near {place}.",
)
SHARE = 0.3
"""Of all sentences, those that are about an act."""


def article(number: int) -> str:
    """One piece of news; the same number gives the same words."""
    dice = random.Random(f"news {number}")  # noqa: S311 - texts, no secrets
    lines = [f"{dice.choice(TOWNS)}: news of the day", ""]
    for _ in range(8):
        patterns = [
            f"Officials said that {dice.choice(ACTS)} on {{day}}." if dice.random() < SHARE else dice.choice(NEWS)
            for _ in range(3)
        ]
        lines += [" ".join(_filled(dice, one) for one in patterns), ""]
    return "\n".join(lines)


def _filled(dice: random.Random, pattern: str) -> str:
    return pattern.format(
        town=dice.choice(TOWNS), unit=dice.choice(UNITS), place=dice.choice(PLACES), month=dice.choice(MONTHS),
        day=f"{dice.randint(1, 28)} {dice.choice(MONTHS)} 2031", people=dice.choice(PEOPLE), n=dice.randint(2, 90),
        person=f"{dice.choice(FIRST)} {dice.choice(LAST)}",
    )  # fmt: skip


def every_sentence(texts: Sequence[Text]) -> None:
    """The parser alone, over all of it."""
    for text in texts:
        parsed([ready_for_parser(words) for words in _sentences(text)])


def _sentences(text: Text) -> list[str]:
    found = [span for passage in text.passages for span in sentences(text.words, passage.start, passage.end)]
    return [text.words[span.start : span.end] for span in found]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def found(gold: Path) -> float:
    """F1 of claims found on a gold folder."""
    from probanda.casework.evaluate import evaluate

    (one,) = [group for group in evaluate(gold).groups if group.reader.startswith("rules-en")]
    if one.score is None:
        raise SystemExit(f"No reader looked for claims in {gold}: {one.why}")
    return one.score.figure("claims").f1


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Characters a second, reader against parser.")
    parser.add_argument("--texts", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gold", type=Path)
    asked = parser.parse_args()
    made = [texts_of(BytesIO(article(n).encode()), f"{n:064x}", f"news-{n}.txt") for n in range(asked.texts)]
    texts = [one for parts in made for one in parts if isinstance(one, Text)]
    size = sum(len(text.words) for text in texts)
    spans = [words for text in texts for words in _sentences(text)]
    wanted = sum(worth_parsing(spans)) / len(spans)
    reader = EnglishReader()
    reader.read(texts[0])  # the model is loaded
    ratios = []
    for _ in range(asked.rounds):
        ours = seconds(lambda: [reader.read(text) for text in texts])
        plain = seconds(lambda: every_sentence(texts))
        ratios.append(plain / ours)
        print(f"reader {size / ours:,.0f} characters a second, parser over all {size / plain:,.0f}: {plain / ours:.2f}")
    print(f"{size:,} characters, {len(spans):,} sentences, {wanted:.0%} let through; median ratio {median(ratios):.2f}")
    if asked.gold is not None:
        with_filter = found(asked.gold)
        with patch("probanda.claims.prepare.worth_parsing", lambda all_of_them: [True] * len(all_of_them)):
            without = found(asked.gold)
        print(f"F1 of claims found with the filter {with_filter:.3f}, without {without:.3f}")


if __name__ == "__main__":
    main()
