"""Sentence, and the claim it should give: each hard construction in words of an invented country.

A row passes when one claim has all the fields it names; `None` as expectation means that no claim may arise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from probanda.claims.model import Claim, Reading

Row = tuple[str, dict[str, Any] | None]

PASSIVES: list[Row] = [
    (
        "Nine farmers were killed by the Red Lance brigade in Oren.",
        {
            "type": "killing",
            "actors": ["Red Lance"],
            "victims": ["farmers"],
            "places": ["Oren"],
            "modality": "reported",
            "n": (9, 9),
        },
    ),
    (
        "Soldiers shot two students near the bridge in Sella.",
        {"type": "killing", "actors": ["Soldiers"], "victims": ["students"], "n": (2, 2)},
    ),
    (
        "The militia executed seven captives behind the mill.",
        {"type": "execution", "actors": ["militia"], "victims": ["captives"]},
    ),
    (
        "Jets bombed a hospital in the town of Sella on 4 May 2031.",
        {"type": "attack-on-civilians", "places": ["Sella"], "date": ("2031-05-04", "2031-05-04")},
    ),
    (
        "Rebels ambushed an army convoy, killing four soldiers.",
        {"type": "military-operation", "actors": ["Rebels"], "n": (4, 4)},
    ),
    (
        "The Karsian army besieged Lower Tarn for two months.",
        {"type": "siege", "actors": ["Karsian army"], "places": ["Lower Tarn"]},
    ),
    (
        "Gunmen who had crossed the river kidnapped two nurses.",
        {"type": "abduction", "actors": ["Gunmen"], "victims": ["nurses"]},
    ),
    ("Troops looted shops and burned several houses in Oren.", {"type": "looting-property", "actors": ["Troops"]}),
    ("Fighters planted mines in the orchards around Sella.", {"type": "mine-laying", "actors": ["Fighters"]}),
    ("The army discovered a mass grave outside Sella.", {"type": "mass-grave", "places": ["Sella"]}),
    ("Six bodies were found in a well in Oren.", {"type": "killing", "detail": "bodies-found", "n": (6, 6)}),
    (
        "The Dawn Front recruited boys of twelve in the camps of Varn.",
        {"type": "recruitment-children", "victims": ["boys"]},
    ),
    (
        "Women were raped by fighters at the checkpoint.",
        {"type": "rape-sexual-violence", "actors": ["fighters"], "victims": ["Women"]},
    ),
    (
        "More than 900 families have fled their homes in Oren.",
        {"type": "displacement", "n": (901, None), "victims": ["families"]},
    ),
]

SPEAKERS: list[Row] = [
    (
        "A teacher said that soldiers burned the school in Oren.",
        {"chain": ["teacher"], "modality": "alleged", "actors": ["soldiers"]},
    ),
    (
        "At least 42 people were killed in the shelling, according to the Health Bureau.",
        {"chain": ["Health Bureau"], "modality": "reported", "n": (42, None)},
    ),
    (
        "More than 300 people have been killed in the fighting and over 1,500 wounded, according to the Health Bureau.",
        {"detail": "wounding", "chain": ["Health Bureau"], "n": (1501, None)},
    ),
    (
        "Villagers interviewed by Ember Watch told the NGO they believed Dast’s forces had killed the elders.",
        {"chain": ["Ember Watch", "Villagers"], "actors": ["Dast’s forces"], "modality": "alleged"},
    ),
    (
        "Ember Watch spokeswoman Ila Sorn said that the Karsian army had shelled a clinic in Sella.",
        {"chain": ["Ember Watch", "Ila Sorn"], "actors": ["Karsian army"], "modality": "alleged"},
    ),
    (
        "Ila Sorn, a spokeswoman for Ember Watch, said that gunmen had abducted two nurses.",
        {"chain": ["Ember Watch", "Ila Sorn"], "type": "abduction"},
    ),
    (
        "A doctor who spoke to survivors said there were no deaths.",
        {"chain": ["doctor", "survivors"], "modality": "denied", "polarity": "negative", "n": (0, 0)},
    ),
    (
        "The police tortured two teachers, the union said.",
        {"chain": ["union"], "type": "torture", "actors": ["police"], "victims": ["teachers"]},
    ),
    (
        "Karsia accuses Morland of air raid on refugee camp.",
        {"chain": ["Karsia"], "actors": ["Morland"], "modality": "alleged", "type": "attack-on-civilians"},
    ),
    (
        "The ministry condemned the bombing of a market in Sella.",
        {"chain": ["ministry"], "modality": "reported", "type": "attack-on-civilians"},
    ),
    (
        "Monitors confirmed that 12 people were killed in Oren.",
        {"chain": ["Monitors"], "modality": "confirmed", "n": (12, 12)},
    ),
    (
        "The Oren Herald reported that neighbours had seen soldiers beat a prisoner.",
        {"chain": ["Oren Herald", "neighbours"], "type": "torture", "modality": "alleged"},
    ),
]

ACCUSED: list[Row] = [
    (
        "The union accused the police of torturing two of its members.",
        {"chain": ["union"], "actors": ["police"], "type": "torture", "modality": "alleged"},
    ),
    (
        "Vesh stands accused of executing captives, as well as ordering others to carry out summary executions.",
        {"actors": ["Vesh"], "type": "execution", "modality": "alleged", "involvement": "ordering"},
    ),
    (
        "Colonel Vesh stands accused of executing captives himself.",
        {"actors": ["Vesh"], "type": "execution", "modality": "alleged", "involvement": "direct"},
    ),
    (
        "The government blamed the Red Lance brigade for the killing of ten drivers.",
        {"chain": ["government"], "actors": ["Red Lance"], "n": (10, 10), "modality": "alleged"},
    ),
    (
        "The army and the Red Lance brigade blamed each other for the shelling of the market in Sella.",
        {"chain": ["army"], "actors": ["Red Lance"], "modality": "alleged"},
    ),
    (
        "The army and the Red Lance brigade blamed each other for the shelling of the market in Sella.",
        {"chain": ["Red Lance"], "actors": ["army"], "modality": "alleged"},
    ),
    (
        "The general is suspected of the massacre of forty villagers in Oren.",
        {"actors": ["general"], "modality": "alleged", "type": "killing"},
    ),
    (
        "The court heard that the governor was responsible for the murder of three judges.",
        {"actors": ["governor"], "modality": "alleged", "n": (3, 3)},
    ),
    ("Fighters allegedly looted the museum in Varn.", {"modality": "alleged", "type": "looting-property"}),
    ("Soldiers reportedly raped women in the camp.", {"modality": "alleged", "type": "rape-sexual-violence"}),
]

DENIED_AND_ADMITTED: list[Row] = [
    (
        "The Karsian army denied that it had shelled the town of Sella.",
        {"chain": ["Karsian army"], "modality": "denied", "polarity": "negative"},
    ),
    (
        "The Karsian army denied the killing of farmers in Oren.",
        {"modality": "denied", "type": "killing", "actors": ["Karsian army"]},
    ),
    (
        "Morland has denied bombing Karsian villages.",
        {"modality": "denied", "chain": ["Morland"], "type": "attack-on-civilians"},
    ),
    (
        "The brigade admitted that it had shot six captives.",
        {"chain": ["brigade"], "modality": "admitted", "type": "execution", "actors": ["brigade"]},
    ),
    (
        "The brigade admitted online that its fighters had killed nine prisoners on orders of General Omar Dast.",
        {"chain": ["brigade"], "modality": "admitted", "type": "execution"},
    ),
    (
        "The brigade admitted online that its fighters had killed nine prisoners on orders of General Omar Dast.",
        {"chain": ["brigade"], "modality": "ordered", "actors": ["Omar Dast"], "involvement": "ordering"},
    ),
    (
        "The Dawn Front claimed responsibility for attacks on police posts in Varn.",
        {"modality": "admitted", "actors": ["Dawn Front"]},
    ),
    ("Residents said the soldiers had not killed anyone in Oren.", {"modality": "denied", "polarity": "negative"}),
    (
        "The report of the killing of forty villagers is completely false, the command said.",
        {"modality": "denied", "polarity": "negative"},
    ),
]

ORDERED_AND_DEMANDED: list[Row] = [
    (
        "General Dast ordered his men to shoot the prisoners.",
        {"actors": ["Dast"], "involvement": "ordering", "modality": "alleged", "type": "execution"},
    ),
    ("The chief threatened to kill the family of the judge.", {"modality": "threatened", "type": "killing"}),
    (
        "A lawyers' group called for an investigation into the shelling of Sella.",
        {"modality": "called-for", "type": "procedural"},
    ),
    (
        "In a broadcast Colonel Vesh called for the killing of all traders in Varn.",
        {"involvement": "inciting", "actors": ["Vesh"], "modality": "alleged"},
    ),
    (
        "The prosecutor asked for 20 years imprisonment for Colonel Vesh.",
        {"modality": "called-for", "type": "procedural", "chain": ["prosecutor"]},
    ),
    (
        "“There shall be no mercy. Take no prisoners.” Colonel Vesh told his men before the assault.",
        {"modality": "ordered", "type": "denial-of-quarter", "chain": ["Vesh"], "actors": ["Vesh"]},
    ),
    (
        "The governor failed to stop the killings.",
        {"involvement": "failing-to-act", "modality": "alleged", "actors": ["governor"]},
    ),
    (
        "The governor has given sanctuary in Varn to men suspected of the murders.",
        {"type": "obstruction-impunity", "involvement": "sheltering", "modality": "alleged"},
    ),
    ("The court issued an arrest warrant for Colonel Vesh.", {"type": "procedural", "modality": "reported"}),
    (
        "The judge said that she will excuse herself from the case of Colonel Vesh.",
        {"type": "procedural", "flags": ["garbled"]},
    ),
    ("The tribunal indicted the former minister.", {"type": "procedural", "detail": "charge"}),
]

NUMBERS_AND_TIMES: list[Row] = [
    (
        "Police opened fire on protesters, killing at least 15.",
        {"type": "killing", "n": (15, None), "actors": ["Police"]},
    ),
    ("The blockade has left 300,000 people without food.", {"type": "siege", "n": (300000, 300000)}),
    ("The president warned that anyone who shelters rebels would be killed.", {"modality": "threatened"}),
    ("A spokesman for the rebels claimed responsibility for the attack on the barracks.", {"actors": ["rebels"]}),
    (
        "The court sentenced Ivo Karn to 25 years for the murder of 40 villagers.",
        {"modality": "adjudicated", "n": (40, 40)},
    ),
    ("Between 34 and 44 traders were killed in Oren in March 2030.", {"date": ("2030-03-01", "2030-03-31")}),
    ("Soldiers killed 34 to 44 traders in Oren.", {"n": (34, 44)}),
    (
        "Dozens of villagers were abducted in Oren between 15-17 April 2031.",
        {"n": (20, None), "date": ("2031-04-15", "2031-04-17")},
    ),
    (
        "As many as 1,600 villagers may have been forcibly moved out of Oren.",
        {"type": "displacement", "n": (None, 1600), "modality": "alleged"},
    ),
    ("About 9,000 people were displaced from Sella.", {"type": "displacement", "n": (None, None), "value": 9000}),
    ("Soldiers killed forty-two miners in 1985.", {"n": (42, 42), "date": ("1985-01-01", "1985-12-31")}),
]

NO_CLAIMS: list[Row] = [
    ("Deliberate attacks on civilians amount to war crimes.", None),
    ("According to the Statute, murder means the unlawful killing of a person.", None),
    ("Did the soldiers kill the elders?", None),
    ("If the army shells the town, people will be killed.", None),
    ("The striker shot twice and hit the post in the second half.", None),
    ("The company announced a partnership to improve cold storage.", None),
    ("The prime minister executed a plan to raise taxes.", None),
    ("The coach was fired after the team was beaten by its rival.", None),
    ("The council wants to prevent attacks on schools.", None),
    ("The prices of bread hit a record.", None),
    ("The ministry opened a school in Oren.", None),
    ("Killing is forbidden by every religion.", None),
    ("Heavy rain forced hundreds of families to leave their homes.", None),
    ("Two people died when a bridge collapsed.", None),
    ("The film was shot in Oren in 2029.", None),
    ("Researchers reported that the drug attacked cancer cells in mice.", None),
    ("The minister denied reports that he would resign.", None),
    ("The museum was damaged by an earthquake and 30 people were injured.", None),
    ("The Northern Council called on both sides to end attacks on civilians.", None),
]


def fits(claim: Claim, want: dict[str, Any]) -> bool:
    """True when the claim has every field the row names; names need only be contained."""
    quantity = claim.quantity
    chain = [s.words for s in claim.speakers]
    checks: dict[str, Callable[[Any], bool]] = {
        "type": lambda v: claim.act_type.value == v,
        "detail": lambda v: claim.act_detail == v,
        "modality": lambda v: claim.modality.value == v,
        "polarity": lambda v: claim.polarity.value == v,
        "actors": lambda v: _hold([a.words for a in claim.actors], v),
        "victims": lambda v: _hold([a.words for a in claim.victims], v),
        "places": lambda v: _hold([a.words for a in claim.places], v),
        "involvement": lambda v: v in [a.involvement.value for a in claim.actors],
        "chain": lambda v: (
            chain[0] == "@doc" and len(chain) == len(v) + 1 and all(w in c for w, c in zip(v, chain[1:], strict=True))
        ),
        "n": lambda v: quantity is not None and (quantity.min, quantity.max) == v,
        "value": lambda v: quantity is not None and quantity.value == v,
        "date": lambda v: (claim.date_from, claim.date_to) == v,
        "flags": lambda v: list(claim.flags) == v,
    }
    return all(checks[key](value) for key, value in want.items())


def _hold(have: list[str], want: list[str]) -> bool:
    return all(any(w in h for h in have) for w in want)


ROWS = PASSIVES + SPEAKERS + ACCUSED + DENIED_AND_ADMITTED + ORDERED_AND_DEMANDED + NUMBERS_AND_TIMES + NO_CLAIMS


@pytest.mark.parametrize(("words", "want"), ROWS, ids=[f"{n:02d}-{r[0][:40]}" for n, r in enumerate(ROWS)])
def test_a_sentence_gives_the_claim_it_states(
    words: str, want: dict[str, Any] | None, read: Callable[..., Reading]
) -> None:
    claims = read(words).claims
    for claim in claims:
        assert claim.quote == words[claim.start : claim.end]
        assert claim.start <= claim.act_start < claim.act_end <= claim.end
    if want is None:
        assert not claims, [c.quote for c in claims]
    else:
        assert any(fits(c, want) for c in claims), [
            (
                c.act_type.value,
                c.modality.value,
                [s.words for s in c.speakers],
                [(a.words, a.involvement.value) for a in c.actors],
                [v.words for v in c.victims],
                [p.words for p in c.places],
                c.quantity,
                c.date_from,
                c.flags,
            )
            for c in claims
        ]
