"""How good the main job's reader is on a gold folder, field by field; the dossier's cover prints these figures.

    python benchmarks/reading/measure.py GOLD [--out FILE] [--by "one annotator"]

GOLD holds `docs/` (texts), `gold/` (JSON lines made by hand) and `score.py`, which compares them with what `probanda
export` prints; without GOLD it is `eval/reading` in the folder named by PROBANDA_EVAL. The texts are taken in and read
as in the main job. FILE is `src/probanda/claims/measured.json` if left out; `--out -` writes none.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from probanda import Case

MEASURED = Path(__file__).resolve().parents[2] / "src" / "probanda" / "claims" / "measured.json"
EXPORTS = {
    "claims": "claims", "mentions": "mentions", "incidents": "incidents", "contradictions": "contradictions",
    "origins": "sources",
}  # fmt: skip
"""What is exported, and the option of score.py that takes it."""
FIELDS = (
    ("claim detection", "claims found"),
    ("modality", "claims found, with the right modality"),
    ("act_type", "claims found, with the right kind of act"),
    ("speaker (innermost)", "innermost speaker"),
    ("actors (set)", "actors"),
    ("victims (set)", "victims"),
    ("places (set)", "places"),
    ("date interval (exact)", "dates, exactly"),
    ("quantity", "quantities"),
)
"""Fields of score.py that the cover prints, and their names there."""
MEASURES = (("p", "precision"), ("r", "recall"))
"""Precision: of what the reader proposes, how much is right. Recall: of what a person found, how much it proposes."""


def exported(gold: Path, scratch: Path) -> tuple[dict[str, Path], str, int]:
    """The exports of the texts as files, the reader's name, and how many quotes are not exact."""
    files = {}
    with Case.new(scratch / "case", situation="measuring") as case:
        case.add([gold / "docs"])
        case.read()
        case.incidents()
        claims = case.claims()
        readers = sorted({c.reader for c in claims})
        inexact = sum(case.store.words(case.eyes, c.item, c.start, c.end) != c.quote for c in claims)
        for kind in EXPORTS:
            files[kind] = scratch / f"{kind}.jsonl"
            rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in case.export(kind))
            files[kind].write_text("".join(rows), "utf-8")
    if len(readers) != 1:
        raise SystemExit(f"One reader is measured at a time; these have read: {', '.join(readers) or 'none'}.")
    return files, readers[0], inexact


def scored(gold: Path, files: dict[str, Path], scratch: Path) -> dict[str, Any]:
    """What score.py finds; its table goes to standard output."""
    options = [word for kind, option in EXPORTS.items() for word in (f"--{option}", str(files[kind]))]
    command = [sys.executable, str(gold / "score.py"), *options, "--json", str(scratch / "scores.json")]
    done = subprocess.run(command, text=True, capture_output=True, check=False)  # noqa: S603 - named by the user
    if done.returncode:
        raise SystemExit(f"score.py ended with {done.returncode}:\n{done.stderr}")
    print(done.stdout)
    found: dict[str, Any] = json.loads((scratch / "scores.json").read_text("utf-8"))
    return found


def figures(scores: dict[str, Any]) -> list[list[str]]:
    """The rows of the cover's table: a name in words and a figure with two digits."""
    return [
        [f"{name}, {words}", f"{scores[field][key]:.2f}"]
        for field, name in FIELDS
        if field in scores
        for key, words in MEASURES
    ]


def described(gold: Path, by: str) -> str:
    """What was measured on, in words."""
    texts = sum(1 for path in (gold / "docs").iterdir() if path.is_file())
    claims = sum(1 for line in (gold / "gold" / "claims.jsonl").read_text("utf-8").splitlines() if line.strip())
    return f"{texts} public texts, {claims} hand-made claims, {by}"


def main() -> None:
    """Measure, print, and write the figures for the cover."""
    parser = argparse.ArgumentParser(description="How good the reader is on a gold folder.")
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--out", default=str(MEASURED), help="where the figures go; - for nowhere")
    parser.add_argument("--by", default="one annotator", help="who made the gold, in words")
    asked = parser.parse_args()
    if asked.gold is None and "PROBANDA_EVAL" not in os.environ:
        parser.error("name the gold folder, or the evaluation folder in PROBANDA_EVAL")
    gold = asked.gold or Path(os.environ["PROBANDA_EVAL"]) / "eval" / "reading"
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        files, reader, inexact = exported(gold, scratch)
        scores = scored(gold, files, scratch)
    print(f"{reader}; quotes that are not exactly the words at their offsets: {inexact}")
    entry = {
        "gold": described(gold, asked.by),
        "figures": figures(scores),
        "command": "python benchmarks/reading/measure.py GOLD",
    }
    if asked.out != "-":
        out = Path(asked.out)
        known = json.loads(out.read_text("utf-8")) if out.exists() else {}
        out.write_text(json.dumps(known | {reader: entry}, ensure_ascii=False, indent=2) + "\n", "utf-8")
        print(f"Written: {out}")


if __name__ == "__main__":
    main()
