"""The keys of a file of facts: what each holds and means. Start with `KEYS`.

The page docs/jurisdiction.md describes the same keys for a lawyer; a test holds the two together. Null stands for "not
known" everywhere, the word `none` for "looked for, and there is none" where a key allows it.

Looks down to: law.facts (kinds of instrument). Used by: law.facts_check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from probanda.law.facts import Kind

NONE_WORDS = ("none", "not yet", "not accepted")
"""Looked for, and there is none."""
PERSON_KINDS = ("natural person", "unit", "body", "State")
STAGES = ("opening an investigation", "warrant of arrest or summons", "confirmation of charges", "conviction")
CASE_STAGES = (
    "investigation", "prosecution", "trial", "closed without prosecution", "convicted", "acquitted", "none found",
)  # fmt: skip
CHALLENGERS = (
    "accused", "person under warrant or summons", "State with jurisdiction", "State whose acceptance is needed",
    "Prosecutor", "victim", "other",
)  # fmt: skip
CONDUCT = ("inaction", "obstruction", "non-cooperation")


class Hold(Enum):
    """What a key holds."""

    TEXT = "a text"
    TEXTS = "a list of texts"
    DAY = "a day, such as 2031-05-03"
    TIME = "a day, month or year (2031-05-03, 2031-05, 2031), or {from, to}"
    TRUTH = "true or false"
    NUMBER = "a whole number from 0"
    CHOICE = "one of a list of words"
    OBJECT = "an object with keys"
    OBJECTS = "a list of objects"
    BY_NAME = "an object with one entry for each name"
    TIMES_BY_NAME = "an object with one date for each name"
    JUDGED = "true or false, or {answer, reason, sources}"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it holds and means."""

    hold: Hold
    meaning: str
    of: str = ""
    """Name in `KEYS` of the object that it holds."""
    choices: tuple[str, ...] = ()
    none: bool = False
    """Whether `none` may stand."""
    must: bool = False


SOURCES = {"sources": Key(Hold.TEXTS, "registration numbers, pages, titles: where this stands")}
LIMITED = {
    "start": Key(Hold.TIME, "first day of conduct that it reaches; `none` where it names none", none=True),
    "end": Key(Hold.TIME, "last day of conduct that it reaches; `none` for an open end", none=True),
    "limits": Key(Hold.OBJECTS, "what its text leaves out; `none` where it leaves out nothing", "limit", none=True),
}
KEYS: Mapping[str, Mapping[str, Key]] = {
    "facts": {
        "as_of": Key(Hold.DAY, "the day as known on which the questions are answered; --as-of goes before it"),
        "stage": Key(Hold.CHOICE, "stage whose standard of proof is printed", choices=STAGES),
        "incident": Key(Hold.OBJECT, "what is said to have happened", "incident"),
        "person": Key(Hold.OBJECT, "the person of interest", "person"),
        "states": Key(Hold.BY_NAME, "how each State stands to the Statute, by its name", "state"),
        "instruments": Key(Hold.OBJECTS, "referrals, declarations, own motion", "instrument", none=True),
        "deferrals": Key(Hold.OBJECTS, "requests of the Security Council to pause (art. 16)", "deferral", none=True),
        "notices": Key(Hold.OBJECTS, "notices to States (art. 18)", "notice", none=True),
        "challenges": Key(Hold.OBJECTS, "challenges (art. 19)", "challenge", none=True),
        "rulings": Key(Hold.OBJECTS, "what a Chamber or another body ruled", "ruling", none=True),
        "proceedings": Key(
            Hold.OBJECTS, "proceedings of States, or of the Court (art. 17, 20)", "proceeding", none=True
        ),
        "conduct_of_states": Key(Hold.OBJECTS, "inaction, obstruction, non-cooperation", "conduct of a State"),
        "gravity": Key(Hold.OBJECT, "gravity in four texts (art. 17(1)(d))", "gravity"),
        "trial_began": Key(Hold.TIME, "when the trial before the Court began; `not yet`", none=True),
    },
    "incident": {
        "title": Key(Hold.TEXT, "what it is called"),
        "crimes": Key(Hold.TEXTS, "ids of the law pack, such as 8(2)(e)(x)"),
        "when": Key(Hold.TIME, "when; an interval for an uncertain day or for something that lasted"),
        "places": Key(Hold.OBJECTS, "it happened at one of these: several where it is not known at which", "place"),
        "parts": Key(Hold.OBJECTS, "instead of places: parts of it happened at each of these", "place"),
        "authorised_operation": Key(Hold.TRUTH, "in an operation that the Security Council set up or allowed"),
        "aggression": Key(Hold.OBJECT, "for 8bis alone", "aggression"),
        **SOURCES,
    },
    "place": {
        "name": Key(Hold.TEXT, "its name", must=True),
        "kind": Key(Hold.CHOICE, "territory if left out", choices=("territory", "vessel", "aircraft")),
        "state": Key(Hold.TEXT, "State on whose territory it lies; `none` for none, such as the high seas", none=True),
        "registered_in": Key(Hold.TEXT, "of a vessel or aircraft: State of registration"),
        "within": Key(Hold.TEXTS, "larger places that hold it"),
    },
    "aggression": {
        "by": Key(Hold.TEXT, "State that is said to have attacked"),
        "against": Key(Hold.TEXT, "State that was attacked"),
        "council_found_it": Key(Hold.TIME, "when the Security Council found an act of aggression; `none`", none=True),
        "notified": Key(Hold.TIME, "when the Secretary-General was told of the situation; `none`", none=True),
        "division_authorised": Key(Hold.TIME, "when the Pre-Trial Division authorised; `none`", none=True),
    },
    "person": {
        "name": Key(Hold.TEXT, "name or codename"),
        "kind": Key(Hold.CHOICE, "natural person, or what else", choices=PERSON_KINDS),
        "nationalities": Key(Hold.TEXTS, "all nationalities at the time; [] for none"),
        "born": Key(Hold.TIME, "date of birth, or the bounds of it"),
        "could_direct_state": Key(Hold.TRUTH, "for 8bis: could in fact control or direct what the State did"),
        **SOURCES,
    },
    "state": {
        "party": Key(Hold.TRUTH, "false for a State that never joined"),
        "deposited": Key(Hold.TIME, "when it deposited its ratification or accession"),
        "in_force": Key(Hold.TIME, "from when the Statute bound it; worked out from `deposited` if left out"),
        "withdrawal": Key(Hold.OBJECT, "notice of withdrawal; `none` where there was none", "withdrawal", none=True),
        "amendments": Key(
            Hold.TIMES_BY_NAME, "id of an amendment: when its acceptance was deposited, or `not accepted`", none=True
        ),
        "opted_out_of_aggression": Key(Hold.TIME, "declaration of art. 15 bis (4); `none`", none=True),
        **SOURCES,
    },
    "withdrawal": {
        "notified": Key(Hold.TIME, "when the notice was received"),
        "effect": Key(Hold.TIME, "when it took effect; one year later if left out"),
    },
    "instrument": {
        "from_pack": Key(Hold.TEXT, "id of an instrument that the law pack holds, in place of all other keys"),
        "id": Key(Hold.TEXT, "a short name, used once"),
        "kind": Key(Hold.CHOICE, "what it is", choices=tuple(Kind)),
        "title": Key(Hold.TEXT, "its full name"),
        "by": Key(Hold.TEXT, "Security Council, Prosecutor, or the State that made it"),
        "lodged": Key(Hold.TIME, "when it was adopted, lodged or asked for: not known before"),
        "situation": Key(Hold.TEXTS, "States or places that it speaks of"),
        **LIMITED,
        "authorisation": Key(
            Hold.OBJECT, "of own motion: what the Chamber decided (art. 15(4))", "decision", none=True
        ),
        "reporting": Key(Hold.TEXT, "a duty to report that it lays down"),
        "unchecked": Key(Hold.TEXT, "what nobody has checked about it"),
        **SOURCES,
    },
    "limit": {
        "text": Key(Hold.TEXT, "what is left out, in words", must=True),
        "article": Key(Hold.TEXT, "where in the instrument this stands"),
        "nationals": Key(Hold.OBJECT, "whose nationals are left out", "nationals"),
        "only_in_authorised_operation": Key(
            Hold.TRUTH, "left out only for acts in an operation that the Council allowed"
        ),
        "applies": Key(Hold.TRUTH, "in place of the two keys above: whether it leaves out this incident and person"),
    },
    "nationals": {
        "of": Key(Hold.TEXTS, "of these States"),
        "of_states_not_party": Key(Hold.TRUTH, "of all States that are not Parties"),
        "except": Key(Hold.TEXTS, "save these States"),
    },
    "decision": {
        "decision": Key(Hold.CHOICE, "what was decided", choices=("granted", "refused", "pending")),
        "date": Key(Hold.TIME, "when"),
    },
    "deferral": {
        "id": Key(Hold.TEXT, "a short name, used once", must=True),
        "requested": Key(Hold.TIME, "when the Council asked"),
        "from": Key(Hold.TIME, "first day of the pause"),
        "to": Key(Hold.TIME, "last day of the pause; at most twelve months"),
        "renews": Key(Hold.TEXT, "id of the deferral that it renews"),
        **SOURCES,
    },
    "notice": {
        "id": Key(Hold.TEXT, "a short name, used once", must=True),
        "to": Key(Hold.TEXT, "the State told"),
        "for": Key(Hold.TEXT, "id of the instrument that began it"),
        "received": Key(Hold.TIME, "when the State received it"),
        "answered": Key(Hold.TIME, "when the State answered; `none`", none=True),
        "asks_deferral": Key(Hold.TRUTH, "whether it asked to be left to investigate"),
        "chamber": Key(Hold.OBJECT, "ruling on the Prosecutor's application; `none`", "chamber", none=True),
        "deferred": Key(Hold.TIME, "when the Prosecutor left it to the State; `none`", none=True),
        **SOURCES,
    },
    "chamber": {
        "decision": Key(Hold.CHOICE, "what was decided", choices=("authorised", "refused", "pending")),
        "date": Key(Hold.TIME, "when"),
    },
    "challenge": {
        "id": Key(Hold.TEXT, "a short name, used once", must=True),
        "by": Key(Hold.TEXT, "who"),
        "who": Key(Hold.CHOICE, "in what capacity", choices=CHALLENGERS),
        "ground": Key(Hold.CHOICE, "what it attacks", choices=("jurisdiction", "admissibility")),
        "tried_before": Key(Hold.TRUTH, "whether it rests on an earlier trial (17(1)(c))"),
        "made": Key(Hold.TIME, "when"),
        "earlier": Key(Hold.NUMBER, "how many challenges the same person or State made before; `none`", none=True),
        "leave": Key(Hold.TRUTH, "whether the Court gave exceptional leave"),
        "decided": Key(Hold.TIME, "when the Court decided on it; `none`", none=True),
        **SOURCES,
    },
    "ruling": {
        "body": Key(Hold.TEXT, "the Chamber or other body", must=True),
        "decision": Key(Hold.TEXT, "what it decided", must=True),
        "article": Key(Hold.TEXT, "on which article"),
        "date": Key(Hold.TIME, "when"),
        **SOURCES,
    },
    "proceeding": {
        "id": Key(Hold.TEXT, "a short name, used once", must=True),
        "state": Key(Hold.TEXT, "the State; `the Court` for a judgment of the Court itself"),
        "court": Key(Hold.TEXT, "which authority or court"),
        "stage": Key(Hold.CHOICE, "how far it went", choices=CASE_STAGES),
        "searched": Key(Hold.TEXT, "where was looked, for `none found`"),
        "opened": Key(Hold.TIME, "when it began"),
        "decided": Key(Hold.TIME, "when it was closed or judged"),
        "has_jurisdiction": Key(Hold.JUDGED, "whether the State has jurisdiction over the case", "judged"),
        "same_person": Key(Hold.JUDGED, "whether it is about this person", "judged"),
        "same_conduct": Key(Hold.JUDGED, "whether it is about substantially this conduct", "judged"),
        "shielding": Key(Hold.JUDGED, "to shield the person from responsibility (17(2)(a))", "judged"),
        "delay": Key(Hold.JUDGED, "unjustified delay (17(2)(b))", "judged"),
        "not_independent": Key(Hold.JUDGED, "not independent or impartial (17(2)(c))", "judged"),
        "inability": Key(Hold.JUDGED, "the system has collapsed or cannot be had (17(3))", "judged"),
        **SOURCES,
    },
    "judged": {
        "answer": Key(Hold.TRUTH, "true or false"),
        "reason": Key(Hold.TEXT, "why"),
        **SOURCES,
    },
    "conduct of a State": {
        "state": Key(Hold.TEXT, "which State", must=True),
        "kind": Key(Hold.CHOICE, "of what kind", choices=CONDUCT, must=True),
        "what": Key(Hold.TEXT, "what it did or left undone", must=True),
        "when": Key(Hold.TIME, "when"),
        **SOURCES,
    },
    "gravity": {
        name: Key(Hold.OBJECTS, meaning, "cited")
        for name, meaning in (
            ("scale", "how many, how far, how long"),
            ("nature", "what kind of crimes"),
            ("manner", "how they were committed"),
            ("impact", "what they did to people and places"),
        )
    },
    "cited": {
        "text": Key(Hold.TEXT, "the description, in words", must=True),
        "citations": Key(Hold.TEXTS, "where it stands"),
    },
}


def schema() -> dict[str, Any]:
    """The keys as a JSON Schema (draft 2020-12), for editors and other programs."""
    definitions = {name: _schema_of(keys) for name, keys in KEYS.items()}
    iso = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
    bounds = {"type": "object", "properties": {"from": iso, "to": iso}, "additionalProperties": False}
    definitions["time"] = {"anyOf": [iso, bounds]}
    top = definitions.pop("facts")
    title = "Facts for `probanda law jurisdiction`"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **top, "$defs": definitions}


def _schema_of(keys: Mapping[str, Key]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "type": "object",
        "properties": {name: {"description": key.meaning, **_held(key)} for name, key in keys.items()},
        "additionalProperties": False,
    }
    required = [name for name, key in keys.items() if key.must]
    return out | {"required": required} if required else out


def _held(key: Key) -> dict[str, Any]:
    below = {"$ref": f"#/$defs/{key.of}"}
    time = {"$ref": "#/$defs/time"}
    held: dict[Hold, dict[str, Any]] = {
        Hold.TEXT: {"type": "string"},
        Hold.TEXTS: {"type": "array", "items": {"type": "string"}},
        Hold.DAY: {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        Hold.TIME: time,
        Hold.TRUTH: {"type": "boolean"},
        Hold.NUMBER: {"type": "integer", "minimum": 0},
        Hold.CHOICE: {"enum": list(key.choices)},
        Hold.OBJECT: below,
        Hold.OBJECTS: {"type": "array", "items": below},
        Hold.BY_NAME: {"type": "object", "additionalProperties": below},
        Hold.TIMES_BY_NAME: {"type": "object", "additionalProperties": {"anyOf": [time, {"enum": list(NONE_WORDS)}]}},
        Hold.JUDGED: {"anyOf": [{"type": "boolean"}, below]},
    }
    none: list[dict[str, Any]] = [{"enum": list(NONE_WORDS)}] if key.none else []
    return {"anyOf": [held[key.hold], *none, {"type": "null"}]}
