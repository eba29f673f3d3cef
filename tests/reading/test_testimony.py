"""Texts that read like a testimony, an interview or a chat are proposed as restricted; news that quotes witnesses is not."""

# ruff: noqa: E501 (texts in tables stand on one line)

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.making_texts import LONG, text_of

STORY = (
    "I was asleep when I heard shots in the yard. I ran to the window and saw three men drag my brother out. "
    "They beat him until he was bleeding. We hid under the stairs all night. In the morning I found his body by the well."
)
HELD_BACK = {
    "chat": "[12/03/2031, 14:02] Mira: are you safe\n[12/03/2031, 14:03] Sam: they are at the gate\n"
    "[12/03/2031, 14:05] Mira: do not go out\n",
    "chat in another form": "3/12/31, 2:02 PM - Mira Toth: are you safe\n3/12/31, 2:03 PM - Sam: at the gate\n3/12/31, 2:05 PM - Sam: go\n",
    "questions and answers": "Q: Where were you?\nA: At home.\nQ: Who came?\nA: Men in green.\n",
    "numbered questions": "Q1. Where were you?\nA1. At home.\nQ2. Who came?\nA2. Men in green.\n",
    "interviewer": "Interviewer: What did you see?\nWitness: Two cars.\nInterviewer: And then?\nWitness: They fired.\n",
    "French interview": "Enquêteur : Qu'avez-vous vu ?\nTémoin : Deux voitures.\nEnquêteur : Et puis ?\nTémoin : Ils ont tiré.\n",
    "Arabic interview": "المحقق: ماذا رأيت؟\nالشاهد: سيارتين.\nالمحقق: ثم ماذا؟\nالشاهد: أطلقوا النار.\n",
    "statement": f"WITNESS STATEMENT\n\nTaken at Orvane.\n\n{LONG}\n",
    "undersigned": f"I, the undersigned, Mira Toth, state:\n\n{LONG}\n",
    "French statement": "Je soussignée Mira Toth déclare ce qui suit.\n\nDeux voitures sont arrivées à l'aube.\n",
    "Arabic statement": "أنا الموقع أدناه سامي أورلان أشهد بما يلي.\n\nوصلت سيارتان عند الفجر.\n",
    "form": "Witness code: OR-12\nDate of interview: 3 May 2031\nInterpreter: yes\n\nTwo cars came at dawn.\n",
    "story in the first person": STORY + "\n",
    "French story": "J'étais à la maison quand j'ai entendu des cris. Ils ont frappé mon frère devant moi. "
    "J'ai vu le sang sur le mur. Nous avons caché mes enfants dans la cave. Ils m'ont emmené le matin.\n",
    "Arabic story": "كنت في البيت عندما سمعت صوت رصاص. رأيت ثلاثة رجال في الساحة. ضربوني وأخذوا أخي معهم. هربت مع أمي في الليل. بقيت هناك يومين.\n",
}
NOT_HELD_BACK = {
    "news that quotes a witness": f"Shells on Orvane\n\n{LONG}\n\n“I heard shots and I saw my brother fall. They beat me. We hid. I ran. I saw blood,” "
    f"said Mira Toth, 34, a teacher.\n\n{LONG}\n",
    "a report of interviews": f"Human Orvane Watch interviewed nine witnesses.\n\n{LONG}\n\nWitness accounts agree that the men were shot.\n",
    "a published story": f"ORVANE, 3 May 2031 (KNA) -- {STORY}\n",
    "a statement by an office": "Statement by the Council\n\nWe condemn the attack on the harbour. We call on all sides to keep the truce. "
    "Our staff will stay. We thank the province.\n",
    "an opinion": "I think the truce will fail. I have said so before. My view is that the province must act. I may be wrong.\n",
    "a timetable": "10:00 Opening: the mayor speaks\n11:00 Break\n12:00 Closing: the choir sings\n",
    "a complaint": f"Complaint to the Court\n\n{LONG}\n\nThe complainant accuses the general of ordering that no one be spared.\n",
    "one question in the text": f"{LONG}\n\nQuestion: who gave the order?\n\n{LONG}\n",
}


@pytest.mark.parametrize("kind", sorted(HELD_BACK))
def test_it_is_proposed_as_restricted_with_a_reason(tmp_path: Path, kind: str) -> None:
    reason = text_of(tmp_path, HELD_BACK[kind]).restricted_reason
    assert reason is not None and len(reason.split()) >= 3


@pytest.mark.parametrize("kind", sorted(NOT_HELD_BACK))
def test_it_is_not_held_back(tmp_path: Path, kind: str) -> None:
    assert text_of(tmp_path, NOT_HELD_BACK[kind]).restricted_reason is None
