"""The result depends on the claims alone, and large collections stay within reach."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.incidents.factory import a_claim, a_doc, exactly

from probanda.claims.model import Claim
from probanda.incidents import consolidate
from probanda.incidents.model import Doc
from probanda.kernel.vocabulary import ActType

TYPES = (ActType.KILLING, ActType.EXECUTION, ActType.LOOTING_PROPERTY, ActType.DETENTION, ActType.PROCEDURAL)


def a_world(seed: int, claims: int, towns: int, days: int) -> tuple[list[Claim], list[Doc]]:
    """Claims strewn over texts, towns and days; every fifth text is a copy of the one before."""
    pick = random.Random(seed)  # noqa: S311 - not a secret
    texts = max(2, claims // 10)
    docs: list[Doc] = []
    for n in range(texts):
        words = " ".join(f"w{pick.randrange(3000)}" for _ in range(150))
        docs.append(a_doc(f"t{n:05}", f"{docs[-1].words} end" if n % 5 == 4 else words, dated_from="2031-05-01"))
    made = []
    for n in range(claims):
        day = (date(2031, 1, 1) + timedelta(pick.randrange(days))).isoformat()
        town = pick.randrange(towns)
        made.append(
            a_claim(
                f"c{n:05}",
                f"t{pick.randrange(texts):05}",
                act_type=pick.choice(TYPES),
                by=[f"Brigade {pick.choice('ABCDEF')}"] if pick.random() < 0.6 else [],
                of=[pick.choice(["fishermen", "prisoners", "students"])] if pick.random() < 0.5 else [],
                at=[f"Town {chr(65 + town % 26)}{chr(97 + town // 26)}"] if pick.random() < 0.7 else [],
                on=day if pick.random() < 0.6 else None,
                speakers=[f"Speaker {chr(65 + pick.randrange(20))}"] if pick.random() < 0.6 else [],
                denied=pick.random() < 0.15,
                count=exactly(pick.randrange(2, 30)) if pick.random() < 0.3 else None,
                paragraph=pick.randrange(20),
                quote=f"quote {pick.randrange(50)}",
            )
        )
    return made, docs


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_claims_and_texts_changes_nothing(seed, shuffle):
    claims, docs = a_world(seed, claims=60, towns=3, days=6)
    first = consolidate(claims, docs, {}, {})
    shuffle.shuffle(claims)
    shuffle.shuffle(docs)
    assert consolidate(claims, docs, {}, {}) == first


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
@example(seed=703)  # one core stands for claims of two texts
def test_no_incident_of_any_world_holds_two_days_of_one_text_or_two_towns(seed):
    claims, docs = a_world(seed, claims=60, towns=4, days=40)
    by_id = {c.id: c for c in claims}
    for incident in consolidate(claims, docs, {}, {}).incidents:
        held = [by_id[c] for c in incident.claims]
        assert len({p.words for c in held for p in c.places}) <= 1
        days = {(c.item, c.date_from) for c in held if c.date_from}
        assert len({item for item, _ in days}) == len(days)


@pytest.mark.slow
@pytest.mark.parametrize(("towns", "days"), [(40, 365), (1, 3)])
def test_ten_thousand_claims_each_stand_in_one_incident(towns, days):
    claims, docs = a_world(1, claims=10_000, towns=towns, days=days)
    result = consolidate(claims, docs, {}, {})  # five to ten seconds; all pairs would take hours
    assert sum(len(i.claims) for i in result.incidents) == 10_000
