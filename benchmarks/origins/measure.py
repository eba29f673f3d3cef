"""How well accounts are traced to their origins: pairs of claims of one origin, and origins claimed for each event.

    python -m benchmarks.origins.measure                # the development half, with what is wrong in it
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
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from probanda.casework.case import Case
from probanda.incidents.model import Incident
from probanda.kernel.vocabulary import Family

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Telling:
    """One place in a text where an account is told."""

    doc: str
    words: str
    account: str
    claims: tuple[str, ...]


def main() -> None:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", choices=("development", "scored"), default="development")
    half = parser.parse_args().half
    accounts = {a["id"]: a for a in yaml.safe_load((HERE / "accounts.yaml").read_text("utf-8"))}
    told = [json.loads(line) for line in (HERE / "told.jsonl").read_text("utf-8").splitlines()]
    told = [t for t in told if accounts[t["account"]]["half"] == half]
    with (
        tempfile.TemporaryDirectory(prefix="probanda-origins-") as scratch,
        Case.new(Path(scratch) / "case", situation="measuring") as case,
    ):
        case.add(sorted((HERE / "texts").iterdir()))  # both halves: the texts of one are the other's company
        case.read()
        done = case.incidents()
        tellings = list(_placed(case, told))
        names = {i.digest: Path(i.names[0]).name for i in case.items()}
        text_of = {c.id: names[c.item] for c in case.claims()}
    of = {c: o.id for o in done.origins if o.kind.value == "account" for c in o.claims}
    aloud = half == "development"
    _pairs(tellings, accounts, of, aloud)
    _counts(tellings, accounts, done.incidents, text_of, aloud)


def _placed(case: Case, told: list[dict[str, Any]]) -> Any:
    """Each telling with the claims that stand in its words."""
    items = {Path(i.names[0]).name: i for i in case.items()}
    for one in told:
        item = items[one["doc"]]
        words = case.store.words(case.eyes, item.digest, 0, item.length)
        start = words.find(one["words"])
        end = start + len(one["words"])
        inside = [
            c.id
            for c in case.claims(item=item.digest)
            if c.family is Family.ACT and start >= 0 and c.start < end and c.end > start
        ]
        yield Telling(one["doc"], one["words"], one["account"], tuple(sorted(inside)))


def _pairs(tellings: list[Telling], accounts: dict[str, Any], of: dict[str, str], aloud: bool) -> None:
    together = right = expected = 0
    loose, missed = [], []
    for a, b in combinations(tellings, 2):
        truth = a.account == b.account and accounts[a.account].get("origins", 1) > 0
        ours = bool({of.get(c, c) for c in a.claims} & {of.get(c, c) for c in b.claims})
        together, right, expected = together + ours, right + (ours and truth), expected + truth
        if ours and not truth:
            loose.append((a, b))
        if truth and not ours:
            missed.append((a, b))
    precision, recall = right / max(together, 1), right / max(expected, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    unread = sum(not t.claims for t in tellings)
    print(f"tellings {len(tellings)}, of which {unread} without a claim; pairs of one origin {expected}")
    print(f"pairs: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    if aloud:
        for word, found in (("joined, not of one origin", loose), ("of one origin, not joined", missed)):
            shown = sorted({(x.account, x.doc, y.account, y.doc) for x, y in found})
            for left in shown:
                print(f"  {word}: {left}")


def _counts(
    tellings: list[Telling],
    accounts: dict[str, Any],
    incidents: tuple[Incident, ...],
    text_of: dict[str, str],
    aloud: bool,
) -> None:
    """For each incident: the origins of its tellings as they are, and as they are claimed to be at most."""
    account_of: dict[str, set[str]] = defaultdict(set)
    for one in tellings:
        for claim in one.claims:
            account_of[claim].add(one.account)
    counted = many = few = unbound = versions = 0
    for incident in incidents:
        told = {a for c in incident.claims for a in account_of[c]}
        if not told:
            continue
        counted += 1
        real = {a for a in told if accounts[a].get("asserts", True) and accounts[a].get("origins", 1)}
        said = incident.corroboration
        many += said.origins > len(real)
        few += said.origins < len(real)
        unbound += said.origins + said.untraced < len(real)
        for version in incident.versions:
            texts = {text_of[c] for c in version.claims}
            behind = {t.account for t in tellings if t.doc in texts} & real
            over = version.origins > len(behind)
            versions += over
            if aloud and over:
                print(f"  {incident.title}, {version.label}: {version.origins} claimed, {len(behind)} there ({behind})")
        if aloud and said.origins != len(real):
            print(f"  {incident.title}: {said.origins} claimed, {said.untraced} untraced, {len(real)} there ({real})")
    print(
        f"incidents {counted}: more origins claimed than there are {many}; fewer {few}, "
        f"of these with the untraced still fewer {unbound}; versions with more {versions}"
    )


if __name__ == "__main__":
    main()
