"""A language model of the tests' own, on this machine: a server that answers what it is told to, and asking it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from probanda.casework.asking import SecondReading, second_reading
from probanda.casework.model_line import Endpoint
from tests.casework.authority import Answer, listening, sends
from tests.store.desk import Desk

FIRST = "the Northern Brigade killed twelve farmers near the mill"
MODEL = "brolga-7b"


def a_row(**fields: Any) -> dict[str, Any]:
    return {
        "passage": 1, "quote": FIRST, "act": "killed", "act_type": "killing", "modality": "alleged",
        "polarity": "positive", "stance": None, "speakers": ["Residents of Tamrit"],
        "actors": [{"words": "Northern Brigade", "involvement": "direct"}], "victims": ["farmers"],
        "places": ["the mill"], "means": [], "date": "on 4 May", "number": "twelve", "counted": "farmers",
        "cues": ["said"],
    } | fields  # fmt: skip


def says(content: str | Callable[[dict[str, Any]], str]) -> Answer:
    """A server whose model writes this, or what it makes of the evidence it is shown."""

    def answer(request: bytes) -> bytes:
        evidence = json.loads(json.loads(request)["messages"][1]["content"])
        words = content if isinstance(content, str) else content(evidence)
        return json.dumps({"model": "another", "choices": [{"message": {"content": words}}]}).encode()

    return sends(answer)


def tells(*rows: Any, **more: Any) -> Answer:
    return says(json.dumps({"claims": list(rows)} | more))


def endpoint(url: str, *allowed: str) -> Endpoint:
    return Endpoint(url.removesuffix("/tsa") + "/v1", MODEL, allowed)


def asked(desk: Desk, answer: Answer, name: str = "report.txt", **how: Any) -> tuple[SecondReading, list[bytes]]:
    with listening(answer) as (url, got):
        return second_reading(desk.store, desk.eyes, name, endpoint(url), **how), got
