"""Which crimes a matrix may suggest while nobody has classified the conflict or recorded an amendment's acceptance."""

from __future__ import annotations

import pytest

from probanda.kernel.vocabulary import ActType
from probanda.matrix import set_aside

from .factory import EVERYONE, PACK, VARO, a_claim, by, laid_out


@pytest.mark.parametrize("act_type", list(ActType))
@pytest.mark.parametrize("detail", [None, "property-destruction", "attack-on-protected-object", "wounding"])
def test_c3_no_crime_of_international_conflict_is_laid_out_while_nobody_classified_it(act_type, detail):
    crimes = {s.crime for s in laid_out(a_claim(act_type, by(VARO), detail=detail))}
    assert all(PACK.crime(c).conflict in (None, "NIAC") for c in crimes)


def test_c3_the_pack_holds_what_the_matrix_does_not_suggest():
    assert {c.id for c in PACK.crimes if "killing" in c.acts} > {"8(2)(a)(i)", "8(2)(b)(vi)"}
    crimes = {s.crime for s in laid_out(a_claim(ActType.KILLING, by(VARO)))}
    assert "8(2)(c)(i)-1" in crimes and not {"8(2)(a)(i)", "8(2)(b)(vi)"} & crimes


def test_c4_starvation_is_set_aside_with_the_amendment_as_the_reason():
    claim = a_claim(ActType.SIEGE, by(VARO), detail="starvation-denial-of-aid")
    assert laid_out(claim) == ()
    assert [("2019" in s.reason) for s in set_aside([claim], EVERYONE, PACK)] == [True]
