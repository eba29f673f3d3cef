"""How well accounts are traced to their origins: pairs of claims of one origin, and origins claimed for each event.

    python -m benchmarks.origins.measure                # the development half, with what is wrong in it
    python -m benchmarks.origins.measure --half second  # other texts, written later, with what is wrong in them
    python -m benchmarks.origins.measure --half third   # again others, written after that
    python -m benchmarks.origins.measure --half scored  # totals only

75 invented texts in three languages retell 21 accounts by copying, cutting, rewording, translating and citing.
`told.jsonl` says of each telling sentence which account it goes back to. Two tellings stand together when claims in
their words share an origin. A telling without a claim stands with none, so what the reader misses counts against the
figure. A version's origins are held against the accounts that its texts tell.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from probanda.casework.case import Case
from probanda.incidents.model import Incident
from probanda.kernel.vocabulary import Family, OriginKind

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Telling:
    """One place in a text where an account is told."""

    doc: str
    account: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """What was measured on one half."""

    tellings: int
    without_claim: int
    expected: int
    """Pairs of tellings of one origin."""
    precision: float
    recall: float
    incidents: int
    many: int
    """Incidents for which more origins are claimed than there are: never one is the aim."""
    few: int
    """Incidents for which fewer are claimed."""
    unbound: int
    """Of these, incidents for which even those claimed and those untraced together are fewer than there are."""
    versions: int
    """Versions for which more are claimed than the accounts that their texts tell."""
    wrong: tuple[str, ...]
    """Each fault in words."""

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of pairs."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def main() -> None:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", choices=("development", "second", "third", "scored"), default="development")
    half = parser.parse_args().half
    found = measured(half)
    print(f"tellings {found.tellings}, of which {found.without_claim} without a claim")
    print(
        f"pairs of one origin {found.expected}: precision {found.precision:.3f}, recall {found.recall:.3f}, "
        f"F1 {found.f1:.3f}"
    )
    print(
        f"incidents {found.incidents}: more origins claimed than there are {found.many}; fewer {found.few}, of these "
        f"with the untraced still fewer {found.unbound}; versions with more {found.versions}"
    )
    if half != "scored":
        print("\n".join(found.wrong))


def measured(half: str) -> Figures:
    """Read all texts into a case folder that is thrown away, and measure the accounts of one half."""
    place = HERE / half if half in ("second", "third") else HERE
    accounts = {a["id"]: a for a in yaml.safe_load((place / "accounts.yaml").read_text("utf-8"))}
    told = [json.loads(line) for line in (place / "told.jsonl").read_text("utf-8").splitlines()]
    told = [t for t in told if accounts[t["account"]]["half"] == half]
    with (
        tempfile.TemporaryDirectory(prefix="probanda-origins-") as scratch,
        Case.new(Path(scratch) / "case", situation="measuring") as case,
    ):
        case.add(sorted((place / "texts").iterdir()))  # both halves: the texts of one are the other's company
        case.read()
        done = case.incidents()
        tellings = list(_placed(case, told))
        names = {i.digest: Path(i.names[0]).name for i in case.items()}
        text_of = {c.id: names[c.item] for c in case.claims()}
    of = {c: o.id for o in done.origins if o.kind is OriginKind.ACCOUNT for c in o.claims}
    known = {k for k, a in accounts.items() if a.get("origins", 1)}
    wrong: list[str] = []
    expected, precision, recall = _pairs(tellings, known, of, wrong)
    supporting = {k for k in known if accounts[k].get("asserts", True)}
    counts = _counts(tellings, supporting, done.incidents, text_of, wrong)
    return Figures(
        len(tellings), sum(not t.claims for t in tellings), expected, precision, recall, *counts, tuple(wrong)
    )


def _placed(case: Case, told: Sequence[Mapping[str, Any]]) -> Iterator[Telling]:
    """Each telling with the claims that stand in its words."""
    items = {Path(i.names[0]).name: i for i in case.items()}
    for one in told:
        item = items[one["doc"]]
        words = case.store.words(case.eyes, item.digest, 0, item.length)
        start = words.index(one["words"])
        end = start + len(one["words"])
        inside = [
            c.id for c in case.claims(item=item.digest) if c.family is Family.ACT and c.start < end and c.end > start
        ]
        yield Telling(one["doc"], one["account"], tuple(sorted(inside)))


def _pairs(
    tellings: Sequence[Telling], known: set[str], of: Mapping[str, str], wrong: list[str]
) -> tuple[int, float, float]:
    """How many pairs there are, precision and recall of those put together."""
    together = right = expected = 0
    for a, b in combinations(tellings, 2):
        truth = a.account == b.account and a.account in known
        ours = bool({of.get(c, c) for c in a.claims} & {of.get(c, c) for c in b.claims})
        together, right, expected = together + ours, right + (ours and truth), expected + truth
        if ours != truth:
            fault = "joined, not of one origin" if ours else "of one origin, not joined"
            wrong.append(f"  {fault}: {a.account} {a.doc}, {b.account} {b.doc}")
    return expected, right / max(together, 1), right / max(expected, 1)


def _counts(
    tellings: Sequence[Telling],
    supporting: set[str],
    incidents: Sequence[Incident],
    text_of: Mapping[str, str],
    wrong: list[str],
) -> tuple[int, int, int, int, int]:
    """Incidents; those with more and with fewer origins than there are; those still fewer; versions with more."""
    account_of: dict[str, set[str]] = defaultdict(set)
    for one in tellings:
        for claim in one.claims:
            account_of[claim].add(one.account)
    counted = many = few = unbound = versions = 0
    for incident in incidents:
        told = {a for c in incident.claims for a in account_of[c]}
        if not told:
            continue
        real, said = told & supporting, incident.corroboration
        counted += 1
        many += said.origins > len(real)
        few += said.origins < len(real)
        unbound += said.origins + said.untraced < len(real)
        if said.origins != len(real):
            wrong.append(f"  {incident.title}: {said.says}; there are {len(real)}: {', '.join(sorted(real))}")
        for version in incident.versions:
            texts = {text_of[c] for c in version.claims}
            behind = {t.account for t in tellings if t.doc in texts} & real
            if version.origins > len(behind):
                versions += 1
                wrong.append(f"  {incident.title}, {version.label}: {version.origins} claimed of {sorted(behind)}")
    return counted, many, few, unbound, versions


if __name__ == "__main__":
    main()
