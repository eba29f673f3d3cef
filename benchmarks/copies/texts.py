"""Short news-like texts in invented words, many of them copies of one another, by a seeded script; the truth is known.

    python -m benchmarks.copies.texts 20000 OUT.json

Of each family the first text is the original; the others were made from it by one or two of: cut, padded, truncated,
noisy (as an OCR engine errs), new lead, new headline, capitals. Among them stand texts that tempt: digests that hold
several short texts whole, texts that quote a passage of another, bulletins of which up to half is a form, reports that
are a form filled in with a town, day, names and figures of their own, and retellings that share a quotation. One text
in three ends with the notice of its publisher, and one sentence in three has a figure. Words are made of syllables and
drawn by rank, so that common words are common; stock phrases make texts share runs by chance.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

SEED = 20311
WORDS = 16_000
FILLED = ("{town}", "{name}", "{day}", "{hour}", "{number}", "{number}")
REPORTS = 60
"""Forms for reports, on which each report has a town, a day, names and figures of its own."""
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS = "January February March April May June July August September October November December"
SMALL = (
    "the of and to in a that was for on by with as at from were it an is had has their its said not who be this which "
    "have after been but are or he they would into two more than when all one about also over other under"
)
ONSETS = "b d f g h j k l m n p r s t v w z br dr gr kr sh st tr th ch kh"
VOWELS = "a e i o u ai ou"
CODAS = ["", "", "", "", "", "n", "r", "l", "s", "m", "nd", "rt", "st", "k"]
CONFUSED = (
    ("m", "rn"), ("l", "1"), ("o", "0"), ("e", "c"), ("i", "l"), ("h", "b"), ("u", "n"), ("s", "5"), ("a", "o"),
    ("1", "l"), ("0", "O"), ("3", "8"), ("5", "6"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """One text and the family it is of; a text with no relatives is a family of its own."""

    words: str
    family: int
    kind: str


class Maker:
    """Draws words, sentences and texts."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - texts, no secrets
        made: dict[str, None] = dict.fromkeys(SMALL.split())
        while len(made) < WORDS:
            made[self._word()] = None
        self.words = list(made)
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))
        self.stock = [" ".join(self.draw(self.dice.randint(4, 7))) for _ in range(120)]
        self.notices = [" ".join(self.sentence() for _ in range(self.dice.randint(1, 2))) for _ in range(25)]
        self.forms = [[self.sentence() for _ in range(12)] for _ in range(8)]
        self.reports = [[self._form() for _ in range(self.dice.randint(5, 9))] for _ in range(REPORTS)]

    def _word(self) -> str:
        pick = self.dice.choice
        onsets, vowels = ONSETS.split(), VOWELS.split()
        return "".join(pick(onsets) + pick(vowels) + pick(CODAS) for _ in range(self.dice.choice((1, 1, 2, 2, 3))))

    def draw(self, count: int) -> list[str]:
        """So many words by rank."""
        return self.dice.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self) -> str:
        """A sentence of nine to thirty words; one in three has a stock phrase in it, and one in three a figure."""
        words = self.draw(self.dice.randint(9, 30))
        if self.dice.random() < 0.33:
            words.insert(self.dice.randrange(len(words)), str(int(self.dice.paretovariate(0.8))))
        if self.dice.random() < 0.33:
            words.insert(self.dice.randrange(len(words)), self.dice.choice(self.stock))
        text = " ".join(words)
        return text[0].upper() + text[1:] + "."

    def _form(self) -> list[str]:
        """A sentence of a form: after each few words something to be filled in, but for one sentence in four."""
        words = self.draw(self.dice.randint(9, 24))
        if self.dice.random() < 0.25:
            return words
        place = self.dice.randint(1, 5)
        while place < len(words):
            words.insert(place, self.dice.choice(FILLED))
            place += self.dice.randint(4, 8)
        return words

    def report(self) -> list[str]:
        """A report on a form, as different from others on it as two days are."""
        town, name = (" ".join(w.capitalize() for w in self.dice.choices(self.words[500:], k=2)) for _ in range(2))
        month = self.dice.choice(MONTHS.split())
        found = []
        for form in self.dice.choice(self.reports):
            words = [
                {
                    "{town}": town,
                    "{name}": self.dice.choice((name, " ".join(self.dice.choices(self.words[500:], k=2)).title())),
                    "{day}": f"{self.dice.choice(DAYS.split())} {self.dice.randint(1, 28)} {month}",
                    "{hour}": f"{self.dice.randint(0, 23)}:{self.dice.randint(0, 59):02}",
                    "{number}": str(int(self.dice.paretovariate(0.8))),
                }.get(word, word)
                for word in form
            ]
            text = " ".join(words)
            found.append(text[0].upper() + text[1:] + ".")
        return found

    def headline(self) -> str:
        """Words without a full stop."""
        return " ".join(self.draw(self.dice.randint(5, 10))).capitalize()

    def sentences(self, shortest: int = 5, longest: int = 16) -> list[str]:
        """The body of a text."""
        return [self.sentence() for _ in range(self.dice.randint(shortest, longest))]

    def set_up(self, sentences: list[str], notice: bool | None = None) -> str:
        """Headline, paragraphs, and perhaps a notice."""
        lines = [self.headline()]
        rest = list(sentences)
        while rest:
            count = self.dice.randint(1, 3)
            lines.append(" ".join(rest[:count]))
            rest = rest[count:]
        if self.dice.random() < 0.33 if notice is None else notice:
            lines.append(self.dice.choice(self.notices))
        return "\n".join(lines)

    # what is done to a text

    def cut(self, sentences: list[str]) -> list[str]:
        """Sentences here and there are left out, up to two fifths."""
        count = max(1, int(len(sentences) * self.dice.uniform(0.1, 0.4)))
        gone = set(self.dice.sample(range(len(sentences)), count))
        return [s for n, s in enumerate(sentences) if n not in gone]

    def truncated(self, sentences: list[str]) -> list[str]:
        """The end is missing, up to half."""
        return sentences[: max(3, int(len(sentences) * self.dice.uniform(0.5, 0.9)))]

    def padded(self, sentences: list[str]) -> list[str]:
        """The paper's own paragraphs are added at the end or in the middle, up to six tenths of the text."""
        own = [self.sentence() for _ in range(max(1, int(len(sentences) * self.dice.uniform(0.1, 0.6))))]
        place = self.dice.choice((len(sentences), self.dice.randrange(1, len(sentences))))
        return sentences[:place] + own + sentences[place:]

    def new_lead(self, sentences: list[str]) -> list[str]:
        """The first sentence or two are written anew."""
        gone = self.dice.choice((1, 1, 2))
        return [self.sentence() for _ in range(gone)] + sentences[gone:]

    def noisy(self, sentences: list[str]) -> list[str]:
        """Letters misread, up to one in forty; now and then a word split or two glued."""
        rate = self.dice.uniform(0.004, 0.025)
        return [self._misread(s, rate) for s in sentences]

    def _misread(self, sentence: str, rate: float) -> str:
        letters = list(sentence)
        for n, letter in enumerate(letters):
            if self.dice.random() < rate:
                if letter == " ":
                    letters[n] = ""
                else:
                    letters[n] = dict(CONFUSED).get(letter, letter + " " if self.dice.random() < 0.2 else letter)
        return "".join(letters)

    def capitals(self, sentences: list[str]) -> list[str]:
        """All in capitals."""
        return [s.upper() for s in sentences]

    def same(self, sentences: list[str]) -> list[str]:
        """Only headline and notice are others."""
        return sentences


KINDS: dict[str, Callable[[Maker, list[str]], list[str]]] = {
    "cut": Maker.cut, "padded": Maker.padded, "truncated": Maker.truncated, "noisy": Maker.noisy,
    "new lead": Maker.new_lead, "capitals": Maker.capitals, "new headline": Maker.same,
}  # fmt: skip


def made(count: int, seed: int = SEED) -> list[Made]:
    """So many texts in mixed order."""
    maker = Maker(seed)
    dice = maker.dice
    texts: list[Made] = []
    shorts: list[tuple[int, list[str]]] = []
    family = 0
    while len(texts) < count:
        family += 1
        what = dice.random()
        sentences = maker.sentences()
        if what < 0.28:
            texts += _family(maker, family, sentences)
        elif what < 0.36 and len(shorts) > 10:
            held = [s for _, body in dice.sample(shorts[-400:], dice.randint(2, 5)) for s in body]
            texts.append(Made(maker.set_up(held), family, "digest"))
        elif what < 0.44 and shorts:
            _, other = dice.choice(shorts[-400:])
            texts.append(Made(maker.set_up([*sentences, *other[:2]]), family, "quotes another"))
        elif what < 0.50:
            form = [s if dice.random() < 0.45 else maker.sentence() for s in dice.choice(maker.forms)]
            texts.append(Made(maker.set_up(form), family, "bulletin"))
        elif what < 0.56:
            texts.append(Made(maker.set_up(maker.report()), family, "look-alike"))
        elif what < 0.60:
            shared = maker.sentences(2, 3)
            texts.append(Made(maker.set_up([*sentences, *shared]), family, "retelling"))
            family += 1
            texts.append(Made(maker.set_up([*maker.sentences(), *shared]), family, "retelling"))
        else:
            texts.append(Made(maker.set_up(sentences), family, "alone"))
        if len(sentences) < 8:
            shorts.append((family, sentences))
    del texts[count:]
    dice.shuffle(texts)
    return texts


def _family(maker: Maker, family: int, sentences: list[str]) -> list[Made]:
    """The original and its copies: most families are small, a few have up to forty texts."""
    dice = maker.dice
    size = min(40, 1 + int(dice.paretovariate(1.1)))
    found = [Made(maker.set_up(sentences), family, "original")]
    for _ in range(size):
        kinds = dice.sample(sorted(KINDS), dice.choice((1, 1, 2)))
        body = sentences
        for kind in kinds:
            body = KINDS[kind](maker, body)
        found.append(Made(maker.set_up(body), family, " and ".join(sorted(kinds))))
    return found


def write(count: int, path: Path, seed: int = SEED) -> None:
    """The texts as JSON: [words, family, kind] each."""
    path.write_text(json.dumps([[t.words, t.family, t.kind] for t in made(count, seed)]), "utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
