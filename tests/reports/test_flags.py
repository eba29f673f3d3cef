"""Every flag that the code can put on a claim says something to whoever reads the dossier."""

from __future__ import annotations

import re
from pathlib import Path

from probanda.casework.decide import FROM_MODEL
from probanda.claims.readers import model_answer, sheet, sheet_cells
from probanda.reading.sheets import status_flags
from probanda.reports.parts.notes import FLAGS
from probanda.store import settling

ROOT = Path(__file__).resolve().parents[2] / "src" / "probanda"


def test_every_flag_has_words() -> None:
    known = {
        FROM_MODEL, settling.BY_SEVERAL, settling.CONFLICT, settling.REJECTED_BEFORE, model_answer.SPEAKER_LEFT_OUT,
        model_answer.AUTHOR_OUTSIDE, sheet.NAMELESS, sheet.UNTOLD, sheet_cells.IMPOSSIBLE, sheet_cells.UNCLEAR,
        *status_flags().values(), "garbled",
    }  # fmt: skip
    assert known <= FLAGS.keys()


def test_flags_of_open_questions_are_found_by_their_ending() -> None:
    told = {
        flag
        for path in sorted((ROOT / "claims").rglob("*.py"))
        for flag in re.findall(r'"([a-z]+-open)"', path.read_text("utf-8"))
    }
    assert told
    assert told <= FLAGS.keys()
