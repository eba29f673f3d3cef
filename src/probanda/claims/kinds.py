"""What a name denotes: person, unit, body, State or place, by the gazetteer, by the words in it, by what stands beside.

Start with `kind_of_name`. Kinds feed the list of persons on a dossier's cover and the masking of names in restricted
texts, so two errors weigh: a common word listed as a person, and a person who is listed as nothing.

Looks down to: lexicon, names, kernel. Used by: mentions, discourse.
"""

from __future__ import annotations

import re
from functools import lru_cache

from probanda.claims.lexicon import Lexicon, lexicon
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import body_name, is_adjective, state_of
from probanda.names.places import Place, lookup

_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|from|into|around|outside|across|throughout|towards?|within)"
    r"(?: (?:the|southern|northern|eastern|western|central|neighbouring|and|nearby))*"
    r"|\b(?:city|town|village|district|province|region|port|state|camp|suburb|neighbourhood|area|capital|valley|"
    r"island|river)"
    r"(?: of|,)?|\b(?:prison|camp|town|village|site|jail|place|base|barracks),? (?:known as|called|named))[ \n]$",
    re.IGNORECASE,
)
_PERSON_LATER = re.compile(r"^,? (?:who|whose|whom)\b|^,? \d\d,|^ (?:said|says|told|added|testified|recalled)\b")
_OF_PLACE = re.compile(
    r"(?:\b(?:minister|president|king|queen|mayor|governor|emir|sultan|army|armies|navy|government|authorities|"
    r"republic|kingdom|people|"
    r"residents|inhabitants|citizens|prison|outskirts|streets|port|court|chamber|tribunal|ambassador|state|"
    r"forces|parliament|"
    r"north|south|east|west|ruler|embassy|liberation|capture|fall|bombing|shelling|siege|battle|village|town|"
    r"city)|\b[A-Z][\w'’-]+)"
    r"[ \n](?:of|for|to)(?: the)?[ \n]$"
    r"|\b(?:fled|flee|entered|shelled|besieged|seized|recaptured|overran|bombed|bombarded|liberated|encircled|"
    r"left for|road to)(?: the)?[ \n]$"
    r"|\b(?:northern|southern|eastern|western|central|neighbouring|north-\w+|south-\w+)[ \n]$"
    r"|\b(?:walk|fled|flee|went|mov|driv|drove|taken|transfer|deport|travel|return|came|road|march|brought|sent|"
    r"head|way|advance|flight)\w*"
    r"[ \n](?:\w+[ \n]){0,2}to[ \n]$"
)
_PLACE_AFTER = re.compile(
    r"^[ \n](?:province|district|region|city|town|village|camp|valley|river|airport|state|governorate|"
    r"prison|area|suburb|island|hills?)\b",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(r"^[ \n](?:militia|brigade|battalion|rebel|fighter|forces|army|group|insurgent|militant|gunm)")
_BODY_WORDS = frozenset(
    """
    statute convention protocol treaty chamber secretariat registry service accord agreement operation campaign
    initiative doctors lawyers reporters citizens rights prosecution defence defense ministry directorate observers
    mission network channel facebook twitter youtube telegram whatsapp instagram pentagon kremlin vatican interpol
    security justice human amnesty brotherhood embassy consulate senate congress cabinet church bank company
    corporation university hospital college school museum archive library register club academy federation
    confederation wire courier monitor herald chronicle mail gazette journal review dispatch telegraph tribune
    weekly institution authority administration inspectorate taskforce force panel board staff alliance
    """.split()  # noqa: SIM905
)
"""Words that, in a name, make it that of an institution, instrument or enterprise."""
_DIRECTIONS = frozenset(
    [
        "middle",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "upper",
        "lower",
        "central",
        "greater",
        "new",
        "old",
        "fort",
        "port",
        "mount",
        "lake",
        "camp",
        "san",
        "santa",
        "saint",
        "el",
        "la",
        "los",
        "las",
        "tell",
        "wadi",
        "ras",
        "ain",
        "bir",
        "jebel",
        "jabal",
        "hill",
    ]
)
_PLACE_LAST = frozenset(
    [
        "valley",
        "river",
        "lake",
        "island",
        "islands",
        "mountain",
        "mountains",
        "hill",
        "hills",
        "sea",
        "ocean",
        "bay",
        "gulf",
        "desert",
        "road",
        "street",
        "square",
        "bridge",
        "junction",
        "market",
        "checkpoint",
        "crossing",
        "barracks",
        "prison",
        "jail",
        "airport",
        "airfield",
        "base",
        "camp",
        "quarter",
        "heights",
        "plain",
        "coast",
        "delta",
    ]
)
COMMON = frozenset(
    """
    commander denying situation report article articles operation statement annex summary judgment judgement count
    counts chapter section paragraph part figure table background introduction conclusion recommendations contents
    note source nov dec oct sept sep aug jul jun apr mar feb jan text excerpt excerpts passage monday tuesday
    wednesday thursday friday saturday sunday today yesterday tomorrow parliament internet press state states
    government governments court courts prosecutor prosecutors president minister ministers general colonel marshal
    justice peace freedom law laws defence defense interior prosecution nobody somebody everyone everybody anyone
    instability violence came posted friends count night honourable member members mister madam speaker chair
    chairman chairperson excellency god allah lord christmas ramadan easter islam islamist islamists muslim muslims
    christian christians jewish jews arab arabs kurdish kurds english french arabic spanish german russian western
    eastern northern southern international national regional federal independent special military civil political
    foreign annual joint final urgent appeal open letter brig gen col maj capt lt sgt cpl rt hon dr mr mrs ms expert
    experts shells shelling bombs rockets hospital hospitals residents witnesses survivors relatives families
    interviewer interviewee question answer witness published updated posted printed unidentified soldiers rebels
    fighters gunmen militants protesters civilians people children women men officials doctors lawyers activists
    journalists troops forces police army
    """.split()  # noqa: SIM905
)
"""Words that make no name by themselves, however they are capitalised."""


@lru_cache(maxsize=8192)
def places_called(words: str) -> tuple[Place, ...]:
    """As `lookup`; a text names the same places again and again."""
    return lookup(words)


@lru_cache(maxsize=8192)
def place_known(words: str) -> bool:
    """True where the gazetteer holds a place (no State) of this name."""
    return any(p.kind != "state" for p in places_called(words))


@lru_cache(maxsize=8192)
def state_called(words: str) -> str | None:
    """As `state_of`, kept."""
    return state_of(words)


@lru_cache(maxsize=8192)
def of_a_state(word: str) -> bool:
    """As `is_adjective`, kept."""
    return is_adjective(word)


_PERSON_NOUNS = frozenset(
    [
        "journalist",
        "teacher",
        "lawyer",
        "nurse",
        "activist",
        "farmer",
        "spokesman",
        "spokeswoman",
        "photographer",
        "reporter",
        "pharmacist",
        "priest",
        "driver",
        "victim",
        "witness",
        "analyst",
        "witnesses",
        "namely",
        "named",
        "called",
        "identified as",
        "name is",
        "researcher",
        "director",
        "doctor",
    ]
)
"""Words right before a name that tell a person: "the journalist Ana Bel", "brothers Ahmed and ..."."""


@lru_cache(maxsize=4)
def _person_before(language: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """Role nouns right before a name, as a pattern, and the last words that they can have."""
    lex = lexicon(language)
    nouns = sorted(lex.classes["kin"] | lex.classes["officials"] | _PERSON_NOUNS)
    last = {re.split(r"\W", n)[-1] for n in nouns}
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(n) for n in nouns) + r")s?,?[ \n]$", re.IGNORECASE)
    return pattern, frozenset(last | {f"{word}s" for word in last})


def person_stands_before(before: str, lex: Lexicon) -> bool:
    """True where the words that end here are of someone whose name follows: "her daughter ", "the pharmacist "."""
    pattern, last = _person_before(lex.language)
    return _led_by(before) in last and pattern.search(before) is not None


def _led_by(before: str) -> str:
    """The word right before a name, small; empty where another sign than a space or a comma stands between."""
    end = len(before) - (before[-1:] == "\n" and before[-2:-1] in (" ", "\n"))
    if before[end - 1 : end] not in (" ", "\n"):
        return ""
    end -= 1 + (before[end - 2 : end - 1] == ",")
    start = end
    while start > 0 and (before[start - 1].isalnum() or before[start - 1] == "_"):
        start -= 1
    return before[start:end].lower()


_APOSTROPHES = frozenset({"'", "’"})
_PLACE_LED = frozenset(
    """
    in at near from into around outside across throughout toward towards within the southern northern eastern western
    central neighbouring and nearby city town village district province region port state camp suburb neighbourhood area
    capital valley island river of as called named
    """.split()  # noqa: SIM905
)
"""Words with which `_PLACE_BEFORE` can end."""
_OF_LED = frozenset(
    """
    of for to the fled flee entered shelled besieged seized recaptured overran bombed bombarded liberated encircled
    northern southern eastern western central neighbouring
    """.split()  # noqa: SIM905
)
"""Words with which `_OF_PLACE` can end."""


def _place_before(before: str, led: str) -> bool:
    return led in _PLACE_LED and _PLACE_BEFORE.search(before) is not None


def _of_place(before: str, led: str) -> bool:
    beside = led in _OF_LED or "north-" in before or "south-" in before
    return beside and _OF_PLACE.search(before) is not None


def is_role(words: str, lex: Lexicon) -> bool:
    """True for words that name an office or nothing at all: "Prosecutor", "Minister of the Interior"."""
    return _is_role(words, lex.language)


@lru_cache(maxsize=8192)
def _is_role(words: str, language: str) -> bool:
    if " for " in words:
        return False
    parts = [p.lower().rstrip(".,") for p in re.split(r"\s+|['’]s\s+|-", words.strip()) if p]
    known = _words_of_roles(language)
    return bool(parts) and all(p in known or p.rstrip("s") in known for p in parts)


_UNITS = frozenset(["army", "brigade", "militia", "battalion", "regiment", "forces", "militias", "wolves", "guards"])
"""Words that, in a name, make it that of a unit."""


@lru_cache(maxsize=4)
def _words_of_roles(language: str) -> frozenset[str]:
    classes = lexicon(language).classes
    small = {"of", "the", "and", "for", "'s", "’s"}
    return COMMON | classes["titles"] | classes["officials"] | classes["speakers"] | small


@lru_cache(maxsize=4)
def _armed_last(language: str) -> frozenset[str]:
    return lexicon(language).classes["named-armed"] - {"command", "police"}


@lru_cache(maxsize=4)
def _bodies(language: str) -> frozenset[str]:
    return lexicon(language).classes["bodies-named"] | _BODY_WORDS


def kind_of_name(text: str, title: str | None, before: str, after: str, lex: Lexicon) -> MentionKind:  # noqa: PLR0911, PLR0912
    """Person, unit, body, State or place, from the words of the name, its title and what stands beside it."""
    words = " ".join(text.split())
    if words[-2:].rstrip("s") in _APOSTROPHES or words[-1:] in _APOSTROPHES:
        words = re.sub(r"['’]s?$", "", words)
    led = _led_by(before)
    parts = words.split(" ")
    last, lowered = parts[-1].lower(), {p.lower() for p in parts}
    if words.lower() in lex.classes["states"] or state_called(words):
        return MentionKind.PLACE if _place_before(before, led) else MentionKind.STATE
    if title:
        return MentionKind.PERSON
    if words[:1] in "WVDS" and re.fullmatch(r"(?:Witness|Victim|Detainee|Survivor) [A-Z0-9][\w-]*", words):
        return MentionKind.PERSON
    if " for " in words:
        return MentionKind.BODY
    if person_stands_before(before, lex) and words[:1].isupper() and len(parts) == 1 and not of_a_state(words):
        return MentionKind.PERSON
    if is_role(words, lex):
        return (
            MentionKind.BODY
            if any(w in lex.classes["bodies-named"] and w not in lex.classes["officials"] for w in lowered)
            else MentionKind.GROUP
        )
    if last in _armed_last(lex.language) or not lowered.isdisjoint(_UNITS):
        return MentionKind.UNIT
    if _UNIT_AFTER.match(after):
        return MentionKind.UNIT
    if last in _PLACE_LAST and len(parts) > 1:
        return MentionKind.PLACE
    if body_name(words).known or lowered & _bodies(lex.language) or last == "command":
        return MentionKind.BODY
    if person_stands_before(before, lex) or (_PERSON_LATER.match(after) and len(parts) > 1):
        return MentionKind.PERSON
    if place_known(words):
        return MentionKind.PLACE
    if last in lex.classes["places"] or _PLACE_AFTER.match(after):
        return MentionKind.PLACE
    if _place_before(before, led) and not (len(parts) > 1 and re.search(r"\bfrom[ \n]$", before)):
        return MentionKind.PLACE
    if _of_place(before, led) and (
        len(parts) == 1 or re.search(r"\b(?:fled|flee|road to|besieged|shelled)[ \n]$", before)
    ):
        return MentionKind.PLACE
    if len(parts) == 1 and words.isupper() and 2 <= len(words) <= 8:
        return MentionKind.BODY
    if parts[0].lower() in _DIRECTIONS:
        return MentionKind.PLACE
    return MentionKind.PERSON
