"""How the English reader does on ordinary sentences put together from parts: who, whom, where, when, who says so.

    python -m benchmarks.reading.frames [--sentences 300] [--seed 1] [--worst 10]

Every sentence says who did what to whom, where and when, in one of the usual orders, and who tells it; its parts stand
in frames.yaml. Each part that comes out wrong is put down to the frame it stood in, so that a kind of sentence that
is misread shows at once, which no small set of texts does. The sentences are plainer than real ones, and none is
quoted from anywhere: figures are of use for comparing two states of the reader, and for finding what to mend.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import yaml

from probanda.claims import reader_for
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Family
from probanda.reading.model import Text
from probanda.reading.parts import texts_of

ORDERS = ("{act} {place} {time}", "{time} {act} {place}", "{time}, {act} {place}", "{place}, {act} {time}")
_SMALL = re.compile(r"^(?:the|a|an|at least|more than|some) ")


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence and what it says."""

    words: str
    doer: str
    victim: str
    place: str
    teller: str
    frames: tuple[str, ...]
    """What it was made of: act, place, time, teller, order."""


def sentences(count: int, seed: int) -> Iterator[Made]:
    """`count` sentences; the same for the same seed."""
    parts = yaml.safe_load((Path(__file__).parent / "frames.yaml").read_text("utf-8"))
    dice = random.Random(seed)  # noqa: S311 - the same sentences each time, nothing secret
    for _ in range(count):
        doer, victim, building, place, time, act = (
            dice.choice(parts[name]) for name in ("doers", "victims", "buildings", "places", "times", "acts")
        )
        told, teller = dice.choice(parts["tellers"])
        order = dice.choice(ORDERS)
        deed = act.format(d=doer, v=victim, p=building)
        words = told.format(s=_begun(order.format(act=deed, place=place, time=time), told))
        frames = (f"act: {act}", f"place: {place}", f"time: {time}", f"teller: {told}", f"order: {order}")
        yield Made(words[0].upper() + words[1:], doer, victim, place, teller, frames)


def _begun(words: str, told: str) -> str:
    return words[0].upper() + words[1:] if told.startswith(('"', "{")) else words


def read(words: str) -> list[Claim]:
    """The act claims of a text of one sentence, dated 6 May 2031."""
    data = f"Report of 6 May 2031\n\n{words}\n".encode()
    text = next(iter(texts_of(BytesIO(data), "0" * 64, "sentence.txt")))
    if not isinstance(text, Text):
        raise TypeError(text)
    return [c for c in reader_for("en").read(text).claims if c.family is Family.ACT]


def outcome(made: Made) -> dict[str, bool]:
    """Field -> whether it came out right, of the claim that is nearest to what the sentence says."""
    found = read(made.words)
    if not found:
        return {"claim": False}
    claim = max(found, key=lambda c: _meets(made.doer, _words(c, "actors")) + _meets(made.victim, _words(c, "victims")))
    towns = re.findall(r"[A-Z]\w+", made.place)
    last = claim.speakers[-1].words
    return {
        "claim": True,
        "doer": _meets(made.doer, _words(claim, "actors")),
        "nobody else as doer": all(_meets(made.doer, [a]) or a in made.doer for a in _words(claim, "actors")),
        "victims": _meets(made.victim, _words(claim, "victims")),
        "places": all(any(town in p for p in _words(claim, "places")) for town in towns),
        "time": claim.date_text is not None,
        "teller": last == "@doc" if not made.teller else _meets(made.teller, [last]),
    }


def _words(claim: Claim, role: str) -> list[str]:
    return [one.words for one in getattr(claim, role)]


def _meets(expected: str, found: list[str]) -> bool:
    plain = _SMALL.sub("", expected.lower())
    return any(one and (one in plain or plain in one) for one in (_SMALL.sub("", f.lower()) for f in found))


def main() -> None:
    """Print each field's share of right ones, then the frames in which most went wrong, each with a sentence."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sentences", type=int, default=300)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--worst", type=int, default=10)
    told = asked.parse_args()
    fields: dict[str, list[bool]] = defaultdict(list)
    framed: dict[tuple[str, str], list[tuple[bool, str]]] = defaultdict(list)
    for made in sentences(told.sentences, told.seed):
        for field, right in outcome(made).items():
            fields[field].append(right)
            for frame in made.frames:
                framed[field, frame].append((right, made.words))
    for field, rights in fields.items():
        print(f"{field:<21} {sum(rights) / len(rights):.3f}  of {len(rights)}")
    shares = {key: sum(r for r, _ in rows) / len(rows) for key, rows in framed.items() if len(rows) > 4}
    for field, frame in sorted(shares, key=lambda key: (shares[key], key))[: told.worst]:
        print(f"\n{field} right in {shares[field, frame]:.2f} of those with {frame}")
        print("   ", next(words for right, words in framed[field, frame] if not right))


if __name__ == "__main__":
    main()
