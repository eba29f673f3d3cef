"""Measure the grouping of near-copies: how good and how fast, beside datasketch and rensa in one run.

    python -m benchmarks.copies.measure --peer-python PATH            20,000 texts, three rounds by turns
    python -m benchmarks.copies.measure --texts 5000 --rounds 1

Texts and truth come from texts.py. Ours and each setting of the peers run by turns, each time in a fresh process; what
is counted is the processor time of all its threads from the texts to the groups, without imports and reading. Groups
of the peers are the webs of the pairs they propose, the best that can be made of them; where a setting says so, pairs
count from an estimated resemblance on. Quality is counted over pairs of texts. The peers are no dependency: where they
are not installed, name the Python of an environment that has them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.copies.texts import SEED, made

COMMON = """
import json, resource, sys, time
texts = json.load(open(sys.argv[1]))
def webs(pairs):
    up = list(range(len(texts)))
    def top(n):
        while up[n] != n:
            up[n] = up[up[n]]
            n = up[n]
        return n
    for a, b in pairs:
        a, b = top(a), top(b)
        if a != b:
            up[max(a, b)] = min(a, b)
    return [top(n) for n in range(len(texts))]
def runs(text):
    w = text.lower().split()
    if RUN == 1:
        return w
    return [" ".join(r) for r in zip(*(w[n:] for n in range(RUN)))] or w
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
"""
END = """
json.dump({"labels": labels, "seconds": time.process_time() - start,
           "memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024}, sys.stdout)
"""
OURS = """
from probanda.incidents import copies as room, sketches  # numpy with it
COMMON
compared = room.Compared()
compared.add_bodies([str(n) for n in range(len(texts))], map(room.body, texts))
copy_of = compared.copies().copy_of
labels = [copy_of.get(str(n), str(n)) for n in range(len(texts))]
"""
DATASKETCH = """
RUN = 5
from datasketch import MinHash, MinHashLSH
COMMON
index, pairs = MinHashLSH(threshold=0.5, num_perm=128), []
for n, text in enumerate(texts):
    sketch = MinHash(num_perm=128)
    sketch.update_batch([r.encode() for r in runs(text)])
    pairs += [(n, m) for m in index.query(sketch)]
    index.insert(n, sketch, check_duplication=False)
labels = webs(pairs)
"""
DATASKETCH_BULK = """
RUN = 3
from datasketch import MinHash, MinHashLSH
COMMON
index, pairs = MinHashLSH(threshold=0.5, num_perm=128), []
for n, sketch in enumerate(MinHash.bulk([[r.encode() for r in runs(t)] for t in texts], num_perm=128)):
    pairs += [(n, m) for m in index.query(sketch)]
    index.insert(n, sketch, check_duplication=False)
labels = webs(pairs)
"""
RENSA = """
RUN, COUNT, BANDS, FROM = SETTING
from rensa import RMinHash, RMinHashLSH
COMMON
sketches = RMinHash.from_token_sets((runs(t) for t in texts), COUNT, 42)
index = RMinHashLSH(0.5, COUNT, BANDS)
index.insert_many(sketches)
met = index.query_all(sketches)
labels = webs((n, m) for n, many in enumerate(met) for m in many
              if m < n and (FROM is None or sketches[n].jaccard(sketches[m]) >= FROM))
"""
PEERS = {
    "datasketch, runs of 5, text by text": DATASKETCH,
    "datasketch, runs of 3, in bulk": DATASKETCH_BULK,
    "rensa, runs of 3, 64 in 16 bands": RENSA.replace("SETTING", "3, 64, 16, None"),
    "rensa, runs of 3, 128 in 32 bands, from 0.35": RENSA.replace("SETTING", "3, 128, 32, 0.35"),
    "rensa, words, 128 in 32 bands, from 0.5": RENSA.replace("SETTING", "1, 128, 32, 0.5"),
}


@dataclass
class Figures:
    """What one method did in all rounds."""

    labels: list[object] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def once(script: str, python: str, texts: Path, figures: Figures) -> str | None:
    """One run in a process of its own; what was wrong, if it did not end well."""
    code = script.replace("COMMON", "RUN = 3\n" + COMMON if "RUN" not in script else COMMON) + END
    done = subprocess.run([python, "-c", code, str(texts)], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["it did not start"])[-1]
    found = json.loads(done.stdout)
    figures.labels = found["labels"]
    figures.seconds.append(found["seconds"])
    figures.memory.append(found["memory"])
    return None


def quality(labels: Sequence[object], families: Sequence[int]) -> tuple[float, float]:
    """Precision and recall over pairs of texts put together."""

    def pairs(groups: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in groups.values())

    right = pairs(Counter(zip(labels, families, strict=True)))
    return right / max(1, pairs(Counter(labels))), right / max(1, pairs(Counter(families)))


def main() -> None:
    """Read the arguments, run all by turns, print one line for each method."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=int, default=20_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--peer-python", default=sys.executable, help="Python of an environment that has the peers")
    asked = parser.parse_args()
    texts = made(asked.texts, asked.seed)
    families = [t.family for t in texts]
    methods = {"probanda": (OURS, sys.executable)} | {k: (v, asked.peer_python) for k, v in PEERS.items()}
    figures = {name: Figures() for name in methods}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps([t.words for t in texts]), "utf-8")
        for _ in range(asked.rounds):
            for name, (script, python) in methods.items():
                wrong = once(script, python, path, figures[name]) if name in figures else None
                if wrong is not None:
                    sys.stderr.write(f"{name} is left out: {wrong}\n")
                    del figures[name]
    size = sum(len(t.words) for t in texts) / len(texts)
    print(f"{len(texts)} texts of {size:.0f} characters, {len(set(families))} families, seed {asked.seed}")
    print(f"{'':<46}{'a CPU-second':>13}{'(least-most)':>16}{'precision':>11}{'recall':>8}{'MB':>6}{'ours is':>9}")
    ours = statistics.median(figures["probanda"].seconds)
    for name, one in figures.items():
        middle = statistics.median(one.seconds)
        spread = f"({len(texts) / max(one.seconds):.0f}-{len(texts) / min(one.seconds):.0f})"
        precision, recall = quality(one.labels, families)
        print(
            f"{name:<46}{len(texts) / middle:>13.0f}{spread:>16}{precision:>11.4f}{recall:>8.4f}"
            f"{max(one.memory):>6.0f}{middle / ours:>8.2f}x"
        )


if __name__ == "__main__":
    main()
