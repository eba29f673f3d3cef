"""Words that label a line of a form or memo name nobody; speakers of a transcript do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.claims.model import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize("label", ["Date", "Location", "Interviewer"])
def test_a_label_before_a_colon_names_nobody(read: Read, label: str) -> None:
    found = read(f"Memo of the relief office\n\n{label}: Rasmina, 19 May\n\nSoldiers shelled the mill of Oren.")
    assert label not in {m.words for m in found.mentions}


def test_a_speaker_of_a_transcript_stays_a_name(read: Read) -> None:
    found = read("Hearing of 3 May\n\nTamer: I was there.\n\nJudge: When did he come?\n\nTamer: In the morning.")
    assert "Tamer" in {m.words for m in found.mentions}
