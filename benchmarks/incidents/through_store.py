"""The same through a case folder: how long `incidents` takes for what lies in the record, whole and with texts added.

    python -m benchmarks.incidents.through_store [--claims 10000] [--added 100]

Invented reports (`generate`) are registered, and their texts, mentions and claims recorded as a reader would; then the
case is consolidated, consolidated again with nothing changed, and once more after some texts were added.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.incidents.generate import Report, texts
from benchmarks.incidents.measure import b_cubed, parted, timed, told

from probanda import Case
from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.model import Passage, Text


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long consolidation takes through a case folder.")
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--added", type=int, default=100)
    asked = parser.parse_args()
    held, later = parted(list(texts(asked.claims + asked.added)), asked.added)
    with tempfile.TemporaryDirectory() as folder, Case.new(Path(folder) / "case") as case:
        timed(lambda: fill(case, held, Path(folder) / "first"), "texts recorded")
        result, _ = timed(case.incidents, f"{asked.claims:,} claims: incidents")
        truth = {claim: event for r in held for claim, event in r.truth.items()}
        told("B-cubed", "{:.3f} / {:.3f} / {:.3f}".format(*b_cubed(result, truth)))
        timed(case.incidents, "again, nothing changed")
        fill(case, later, Path(folder) / "later")
        timed(case.incidents, f"{sum(len(r.claims) for r in later)} claims added")


def fill(case: Case, reports: Sequence[Report], folder: Path) -> None:
    """Record these reports as if they had been taken in and read."""
    folder.mkdir()
    for r in reports:
        (folder / r.doc.names[0]).write_text(r.doc.words, "utf-8")
    case.add([folder])
    for r in reports:
        text = Text(
            item=r.doc.item, words=r.doc.words, digest=r.doc.item, passages=tuple(passages(r.doc.words)), language="en",
            language_reason="generated", encoding="utf-8", encoding_reason="generated", media_type="text/plain",
            title=r.doc.title, publisher=r.doc.publisher,
        )  # fmt: skip
        case.store.commit_text([text], "generated")
        reading = Reading(tuple(whole(r.claims)), tuple(r.mentions), "generated")
        case.store.commit_reading(r.doc.item, reading, "generated")


def passages(words: str) -> Iterator[Passage]:
    """The paragraphs of a generated text."""
    at = 0
    for n, part in enumerate(words.split("\n\n")):
        yield Passage(at, at + len(part), PassageRole.BODY, n)
        at += len(part) + 2


def whole(claims: Iterable[Claim]) -> list[Claim]:
    """The claims as a reader hands them over."""
    return [replace(c, reader="generated") for c in claims]


if __name__ == "__main__":
    main()
