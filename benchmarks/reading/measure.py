"""How good the readers are on gold folders, field by field; the dossier's cover prints these figures.

    python benchmarks/reading/measure.py GOLD [GOLD ...] [--split scored] [--texts "public texts"] [--by "one person"]

GOLD holds `docs/` (texts) and `gold/` (what people found in them), as docs/measuring.md tells; without GOLD it is
`eval/reading` in the folder named by PROBANDA_EVAL. What `probanda eval GOLD` prints is measured and printed here too,
and written for the cover: to `src/probanda/claims/measured.json`, or FILE; `--out -` writes none. Each reader has one
entry for each kind of texts (`--texts`), of the last GOLD named that it has read.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from probanda.casework.evaluate import Group, evaluate
from probanda.claims.scoring import Score
from probanda.cli.evaluation import shown, together_shown
from probanda.cli.talk import progress_bars

MEASURED = Path(__file__).resolve().parents[2] / "src" / "probanda" / "claims" / "measured.json"
FIELDS = {
    "claims": "claims found",
    "modality": "claims found, with the right modality",
    "act type": "claims found, with the right kind of act",
    "innermost speaker": "innermost speaker",
    "actors": "actors",
    "victims": "victims",
    "places": "places",
    "dates, exactly": "dates, exactly",
    "quantities": "quantities",
}
"""Fields that the cover prints, and their names there."""


def figures(score: Score) -> list[list[str]]:
    """The rows of the cover's table: a name in words and a figure with two digits.

    Precision: of what the reader proposes, how much is right. Recall: of what a person found, how much it proposes.
    """
    measured = [(name, score.figure(field)) for field, name in FIELDS.items()]
    return [
        [f"{name}, {words}", f"{value:.2f}"]
        for name, figure in measured
        for words, value in (("precision", figure.precision), ("recall", figure.recall))
    ]


def entries(group: Group, texts: str, by: str, split: str | None) -> dict[str, dict[str, Any]]:
    """The cover's entry for one reader; none where no reader looked."""
    if group.reader is None or group.score is None:
        return {}
    entry = {
        "gold": f"{group.texts} {texts}, {group.expected} hand-made claims, {by}",
        "figures": figures(group.score),
        "command": f"python benchmarks/reading/measure.py GOLD{f' --split {split}' if split else ''}",
        "texts": texts,
    }
    return {group.reader: entry}


def main() -> None:
    """Measure, print, and write the figures for the cover."""
    parser = argparse.ArgumentParser(description="How good the readers are on gold folders.")
    parser.add_argument("gold", type=Path, nargs="*")
    parser.add_argument("--out", default=str(MEASURED), help="where the figures go; - for nowhere")
    parser.add_argument("--texts", default="public texts", help="what the texts are, in words")
    parser.add_argument("--by", default="one annotator", help="who made the gold, in words")
    parser.add_argument("--split", choices=("development", "scored"), help="one half of the gold alone")
    asked = parser.parse_args()
    if not asked.gold and "PROBANDA_EVAL" not in os.environ:
        parser.error("name a gold folder, or the evaluation folder in PROBANDA_EVAL")
    found: dict[str, Any] = {}
    for gold in asked.gold or [Path(os.environ["PROBANDA_EVAL"]) / "eval" / "reading"]:
        with progress_bars() as progress:
            measured = evaluate(gold, asked.split, progress)
        print(gold)
        for group in measured.groups:
            print(shown(group))
            found |= entries(group, asked.texts, asked.by, asked.split)
        print(together_shown(measured.groupings) if measured.groupings else "")
    if asked.out != "-":
        out = Path(asked.out)
        known: dict[str, list[dict[str, Any]]] = json.loads(out.read_text("utf-8")) if out.exists() else {}
        for reader, entry in found.items():
            known[reader] = [one for one in known.get(reader, []) if one["texts"] != entry["texts"]] + [entry]
        out.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", "utf-8")
        print(f"Written: {out}")


if __name__ == "__main__":
    main()
