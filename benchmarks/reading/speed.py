"""How fast the English reader is on news, against spaCy over every sentence; and what its filter costs.

    python -m benchmarks.reading.speed [--texts 60] [--rounds 5] [--share 0.3] [--texts-in FOLDER] [--gold GOLD]

In one process, in turns: the reader over each text (filter, parse, rules); spaCy as it comes, the same model with the
same pipes, over every sentence of all texts in one `pipe`; and the reader's own parsing over every sentence of each
text, with no rule at all. Both times are shown, of the processor and of the wall; the ratios are of processor time, so
that a busy machine does little harm. The texts are made by a seeded script; of their sentences `--share` are about an
act (0.3 is more than ordinary news has, which is the harder case). How many the reader's filter lets through is shown.
With `--texts-in`, the texts of a folder instead; with `--gold`, also the F1 of claims found on a gold folder, with the
filter and without.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks.many.texts import ACTS, FIRST, LAST, MONTHS, PEOPLE, PLACES, TOWNS, UNITS

from probanda.claims.gate import worth_parsing
from probanda.claims.parse import MODEL, parsed, ready_for_parser
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
TOGETHER = 64
"""Sentences that spaCy gets at once, as many as the reader gives it at most."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the processor and of the wall."""

    processor: float
    wall: float


def article(number: int, share: float = SHARE) -> str:
    """One piece of news; the same number gives the same words."""
    dice = random.Random(f"news {number}")  # noqa: S311 - texts, no secrets
    lines = [f"{dice.choice(TOWNS)}: news of the day", ""]
    for _ in range(8):
        patterns = [
            f"Officials said that {dice.choice(ACTS)} on {{day}}." if dice.random() < share else dice.choice(NEWS)
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


def our_parsing(texts: Sequence[Text]) -> None:
    """The reader's own parsing alone, over every sentence, text by text."""
    for text in texts:
        parsed([ready_for_parser(words) for words in _sentences(text)])


def spacy_as_it_comes(model: Any, spans: Sequence[str]) -> None:
    """The same pipes as the reader has, over every sentence of all texts at once."""
    for _ in model.pipe(spans, batch_size=TOGETHER):
        pass


def _sentences(text: Text) -> list[str]:
    found = [span for passage in text.passages for span in sentences(text.words, passage.start, passage.end)]
    return [text.words[span.start : span.end] for span in found]


def took(work: Callable[[], object]) -> Took:
    """What this process took for it."""
    processor, wall = time.process_time(), time.perf_counter()
    work()
    return Took(time.process_time() - processor, time.perf_counter() - wall)


def found(gold: Path) -> float:
    """F1 of claims found on a gold folder."""
    from probanda.casework.evaluate import evaluate

    (one,) = [group for group in evaluate(gold).groups if group.reader.startswith("rules-en")]
    if one.score is None:
        raise SystemExit(f"No reader looked for claims in {gold}: {one.why}")
    return one.score.figure("claims").f1


def _texts(asked: argparse.Namespace) -> list[Text]:
    if asked.texts_in is not None:
        files = [(path.name, path.read_bytes()) for path in sorted(asked.texts_in.glob("*.txt"))]
    else:
        files = [(f"news-{n}.txt", article(n, asked.share).encode()) for n in range(asked.texts)]
    parts = [texts_of(BytesIO(content), f"{n:064x}", name) for n, (name, content) in enumerate(files)]
    return [one for few in parts for one in few if isinstance(one, Text)]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Characters a second, reader against spaCy.")
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--share", type=float, default=SHARE)
    parser.add_argument("--texts-in", type=Path)
    parser.add_argument("--gold", type=Path)
    asked = parser.parse_args()
    import spacy

    texts = _texts(asked)
    size = sum(len(text.words) for text in texts)
    spans = [words for text in texts for words in _sentences(text)]
    wanted = worth_parsing(spans)
    through = sum(len(words) for words, one in zip(spans, wanted, strict=True) if one) / sum(map(len, spans))
    reader, model = EnglishReader(), spacy.load(MODEL, exclude=["ner"])
    reader.read(texts[0])  # its model is loaded
    spacy_as_it_comes(model, spans[:TOGETHER])
    plain, own = [], []
    for _ in range(asked.rounds):
        ours = took(lambda: [reader.read(text) for text in texts])
        theirs = took(lambda: spacy_as_it_comes(model, spans))
        parsing = took(lambda: our_parsing(texts))
        plain.append(theirs.processor / ours.processor)
        own.append(parsing.processor / ours.processor)
        print(
            f"reader {size / ours.processor:,.0f} characters a second (wall {ours.wall:.1f} s), spaCy over every"
            f" sentence {size / theirs.processor:,.0f} ({theirs.wall:.1f} s): {plain[-1]:.2f};"
            f" our own parsing of every sentence {size / parsing.processor:,.0f}: {own[-1]:.2f}"
        )
    print(
        f"{size:,} characters, {len(spans):,} sentences of {size / len(spans):.0f}; {sum(wanted) / len(spans):.0%} of"
        f" them let through ({through:.0%} of the characters); median ratio to spaCy {median(plain):.2f}, to our own"
        f" parsing {median(own):.2f}"
    )
    if asked.gold is not None:
        with_filter = found(asked.gold)
        with patch("probanda.claims.prepare.worth_parsing", lambda all_of_them: [True] * len(all_of_them)):
            without = found(asked.gold)
        print(f"F1 of claims found with the filter {with_filter:.3f}, without {without:.3f}")


if __name__ == "__main__":
    main()
