"""The API asked at random, as its OpenAPI document says and as it does not, by schemathesis.

Start with `probed`. Names in addresses and bodies are now and then those of the case, so that what lies behind the
first look is met too. The same seed asks the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode

from probanda.casework import hypothesizing, tokens
from probanda.casework.case import Case
from probanda.web.api.asking import cursor_of
from probanda.web.app import workbench
from probanda.web.door import Door

MEANT = ["2xx", 401, 403, 404, 409, 422]
"""What may be answered to words that are as the document says: 422 where they do not fit together."""
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": MEANT}}}


@dataclass(slots=True)
class Asked:
    """What was asked of the operations, and what was wrong with the answers."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)
    """One of each kind: operation and kind of failure -> what was asked and answered."""


class Probe:
    """The API of one case, asked as its owner."""

    def __init__(self, case: Case) -> None:
        self.case, self.app = case, workbench(case, Door(frozenset({"testserver"})))
        config = SchemathesisConfig.from_dict(CONFIG)
        self.schema = schemathesis.openapi.from_asgi("/api/openapi.json", self.app, config=config)
        self.operations = {op.definition.raw["operationId"]: op for op in map(_ok, self.schema.get_all_operations())}
        self.known = _known(case)
        self._header = self._fresh()

    def _fresh(self) -> dict[str, str]:
        scopes, name = list(tokens.Scope), f"probe {self.case.store.decision_count}"
        return {"Authorization": f"Bearer {tokens.made(self.case.store, self.case.eyes, name, scopes)[1]}"}

    def probed(self, name: str, examples: int, number: int) -> Asked:
        """Ask one operation so many times, as the document says and as it does not."""
        asked, operation = Asked(), self.operations[name]
        for mode in GenerationMode:
            if mode is GenerationMode.NEGATIVE and name == "items_new":
                continue  # each field of such a body is text: none can be of a wrong type
            real = self._real() if mode is GenerationMode.POSITIVE else st.just({})

            @seed(number)
            @settings(
                max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(operation.as_strategy(generation_mode=mode), real)
            def ask(case: Any, told: dict[str, Any]) -> None:
                for where in (case.path_parameters, case.query, case.body):
                    if isinstance(where, dict):  # where what stands there is of the same kind
                        where.update({k: v for k, v in told.items() if k in where and isinstance(where[k], type(v))})
                self._ask(name, case, asked)

            ask()
        return asked

    def _real(self) -> st.SearchStrategy[dict[str, Any]]:
        """Names of the case for some fields of a request."""
        each = {key: st.sampled_from(values) for key, values in self.known.items() if values}
        return st.one_of(st.just({}), st.fixed_dictionaries(each), st.fixed_dictionaries({}, optional=each))

    def _ask(self, name: str, case: Any, asked: Asked) -> None:
        headers = self._fresh() if name == "end_token" else self._header
        answer = case.call(headers=headers, timeout=300)  # a busy machine is no fault
        asked.statuses[int(answer.status_code)] += 1
        try:
            case.validate_response(answer, headers=headers)
        except (FailureGroup, Failure) as failure:
            for one in getattr(failure, "exceptions", [failure]):
                told = f"{case.method} {case.formatted_path} {case.query} {str(case.body)[:300]}"
                asked.wrong.setdefault(
                    f"{name}: {type(one).__name__}", f"{told}\n{answer.status_code} {answer.content[:300]!r}\n{one}"
                )


def _ok(found: Any) -> Any:
    return found.ok()


def _known(case: Case) -> dict[str, list[Any]]:
    store, eyes = case.store, case.eyes
    actors, incidents = [one.id for one in case.actors()], [one.id for one in case.incidents().incidents]
    claims = [one.id for one in store.claims(eyes)]
    suggested = [one.id for one in case.matrix()]
    opened = [hypothesizing.open_(store, eyes, "to be asked about", suggestion=one) for one in suggested[:4]]
    return {
        "number": [one.number for one in store.items(eyes)],
        "claim": claims,
        "actor": actors,
        "other": [*actors, *incidents, *claims],
        "incident": incidents,
        "decision": [one.id for one in store.decisions(eyes)],
        "page": [1, 2],
        "item": [one.number for one in store.items(eyes)],
        "after": [cursor_of(one) for one in ("MAR-0002", claims[3], actors[3], incidents[3])],
        "q": ["market", '"fish market"', "mark* OR school -stock", "MAR-0002"],
        "kind": ["text/plain", "person", "settle", "token"],
        "claims": [claims[:1], claims[:2]],
        "seen": [[]],
        "form": [one.name for one in case.actors()],
        "fields": [{"act_type": "killing", "modality": "reported"}],
        "changes": [{}, {"modality": "alleged"}],
        "hypothesis": [*opened, suggested[-1]],
        "suggestion": suggested,
        "element": ["1", "2", "m1"],
        "what": [claims[:1], claims[5:7]],
        "basis": [claims[:1]],
        "to": ["for", "out"],
        "on": ["2031-05-11"],
        "start": [0, 10],
        "end": [20, 40],
    }


@contextmanager
def probe(folder: Any) -> Iterator[Probe]:
    """The API of the case in this folder."""
    with Case.open(folder, writing=True) as case:
        yield Probe(case)
