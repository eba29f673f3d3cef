"""Whether a text tells of armed harm at all, so that words which are harmless elsewhere may be read as part of it.

Start with `tells_of_harm`. A coffin, a bail refused, a door kicked in, rounds that came down: in a text about a raid
they tell of crimes, in a text about a match, a court of petty cases or a beach they do not.

Looks down to: finding. Used by: gate, readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from probanda.claims.finding import Finder, Words, words_of

_DEED = Finder.of(
    (),
    [
        r"\b(?:kill(?:ed|ing|ings|s)?|massacre[ds]?|murder(?:ed|s)?|shot (?!put)|shooting|shelled|shelling|shells|"
        r"rockets?|"
        r"bombed|bombing|bombardment|executed|executions?|tortured?|beaten|beating|raped?|abducted|kidnapped|"
        r"looted|pillaged?|"
        r"arrest(?:ed|s)?|detained|detainees?|detention|disappear(?:ed|ances?)|prisoners?|hostages?|burned|"
        r"burnt|besieged|siege|"
        r"raid(?:ed|s)?|attack(?:ed|s)?|armed clashes|"
        r"expelled|displaced|mass grave|war crimes?|atrocit(?:y|ies)|recruited|"
        r"ambush(?:ed)?|"
        r"gunfire|opened fire|driven from|led away|secret (?:jail|prison)|death squads?|genocide|landmines?|lynched|"
        r"beheaded|blindfolded|handcuffed|whipped|flogged|(?:firing|fired) (?:at|on|into|upon)|pulled the trigger|"
        r"marched us|"
        r"unlawfully confined|confined|interrogat(?:ed|ion|or|ors)|custody|captured|captives?|torched|ransacked|"
        r"ill-treat(?:ed|ment)|persecut(?:ed|ion)|deport(?:ed|ation)|kidnap(?:ped|ping)s?|imprisoned|atrocit\w+|"
        r"crimes against humanity|human rights (?:abuses?|violations?)|"
        r"extrajudicial\w*|airstrikes?|drone strikes?|wounded|slaughter(?:ed)?|"
        r"stabbed|hanged|gunshots?|(?:many|more|heard|hear|fired) (?:\w+ )?shots|bodies|corpses|skeletons|rifles?|"
        r"kalashnikovs?|machine-?guns?|mortars?|ceasefires?|truce|fired (?:through|over|from)|shrapnel|mines|lynching|"
        r"sexual violence|rapes?|looting|abductions?|expulsions?|child soldiers?|crackdown|atrocity|"
        r"bullets?|live (?:ammunition|rounds)|tear ?gas|strangled|strangulation|(?:wrists|hands) (?:bound|tied)|"
        r"forcibly|at gunpoint|enslaved|lashes|land grab|no trace of)\b",
    ],
)
_SIDE = Finder.of(
    (),
    [
        r"\b(?:soldiers?|militia(?:m[ae]n|s)?|rebels?|gunm[ae]n|insurgents?|paramilitar(?:y|ies)|guerrillas?|brigade|"
        r"battalion|regiment|garrison|warlord|mercenar(?:y|ies)|fighters?|troops|army|armed (?:men|groups?|forces)|"
        r"security forces|junta|"
        r"colonel|marshal|captors?|kidnappers?|gendarmes?|division|snipers?|police|guards?|interrogators?|warden|"
        r"liberation front|raiders|attackers?|assailants?|warplanes?|airstrikes?|artillery|intercepts?|barracks|"
        r"tanks?|checkpoints?|jihadists?|separatists?|warlords?|regime|dictatorship|coup|secret police|jailers?|"
        r"gaolers?|"
        r"human rights|armed conflict|war crimes?|crimes against humanity|detention (?:centre|center|facility)s?|"
        r"prison camp|masked men|men (?:with|in) (?:\w+ ){0,2}(?:uniforms?|masks?|headbands?|fatigues|balaclavas|"
        r"camouflage|plain ?clothes)|"
        r"reservists?|militants?|peacekeepers?|front ?lines?|armed forces|civil war|frontline|occupied|blockade|"
        r"gendarmerie|(?:state|national|internal|political) security|plain-?clothes|special forces|riot police|rangers|"
        r"death squads?|vigilantes?|kidnappers?|traffickers|cartel|political prisoners?|human rights (?:watch|council)|"
        r"commander|lieutenant|sergeant|captain|(?-i:(?:Major|General|Brigadier) [A-Z]\w+))\b",
    ],
)
_CALAMITY = Finder.of(
    (),
    [
        r"\b(?:storms?|cyclone|hurricane|typhoon|floods?|flooding|flooded|earthquake|landslide|tornado|"
        r"eruption|wildfires?|gusts?|"
        r"winds?|waves|landfall|magnitude|epicentre|capsized|drowned|rainfall|tsunami|avalanche|forecasters?|"
        r"burst its banks)\b",
    ],
)
_AT_WAR = Finder.of(
    (),
    [
        r"\b(?:militia(?:m[ae]n|s)?|rebels?|gunm[ae]n|insurgents?|paramilitar(?:y|ies)|guerrillas?|fighters?|"
        r"warlord|mercenar(?:y|ies)|"
        r"shells?|shelling|shelled|rockets?|bomb(?:s|ed|ing)?|shot|massacre[ds]?|detainees?|raid(?:ed|s)?|"
        r"tortured?|brigade)\b",
    ],
)
_NOT_OF_NOW = Finder.of(
    (),
    [
        r"\bin (?:the|this|his|her|a) (?:\w+ )?(?:film|novel|play|movie|opera|thriller|saga|ballad|legend)\b",
        r"\b(?:film|novel|play|movie|opera|thriller|ballad|legend) "
        r"(?:opens|tells|follows|ends|begins|depicts|recounts|is about)\b",
        r"\b(?:in|of|since|until|by) (?:1[0-8]\d\d|[5-9]\d\d)\b(?! (?:people|men|women|families|houses|metres|km))",
        r"\b(?:bronze|iron|stone|middle) ages?\b",
        r"\b\d+ (?:bc|bce)\b",
    ],
)
"""Films, plays and legends, and years and ages long ago."""
_CENTURY = re.compile(r"\b(?:\w+th|first|second|third|\w+-first) century\b", re.IGNORECASE)
_OTHER_WORLD = Finder.of(
    (),
    [
        r"\b(?:film|movie|novel|playwright|actors?|actress|audience|box office|chess|recipe|gardeners?|gardening|"
        r"greenfly|"
        r"slugs?|hunting season|video game|orchestra|board game|re-enact\w*|lecture[rds]?|century|bronze age|"
        r"medieval|gardens?|lawn|roses?|compost)\b",
    ],
)
OTHER = 2
"""Different words of stage, game, kitchen garden or learning that make its wars no news."""


CALAMITIES = 3
"""Different words of calamity that make a report of one, where they are more than those of war."""
DEEDS = 3
"""Different deeds of violence that make the setting where no armed side is named."""


def tells_of_harm(sentences: Iterable[str]) -> bool:
    """True where the text names deeds of violence and armed sides, and is of no other world: film, garden, storm."""
    return _setting("\n".join(sentences))[0]


@lru_cache(maxsize=1)
def _setting(text: str) -> tuple[bool, bool]:
    """Whether it tells of armed harm, and of a calamity; kept, for the filter and the reader ask it of one text."""
    words = Words(text)
    calamity = _calamity(words)
    return _harm(words) and not calamity, calamity


def _harm(words: Words) -> bool:
    if not _DEED.meets(words) or not (_SIDE.meets(words) or _different(_DEED, words) >= DEEDS):
        return False
    return _different(_OTHER_WORLD, words) < OTHER


def of_calamity(sentences: Iterable[str]) -> bool:
    """True for a report of a storm, flood or earthquake, which kills, drives out and destroys without an author."""
    return _setting("\n".join(sentences))[1]


def _calamity(words: Words) -> bool:
    found = _different(_CALAMITY, words)
    return found >= CALAMITIES and found > _different(_AT_WAR, words)


def of_war(sentence: str) -> bool:
    """True where the sentence itself names arms or fighters, so that it counts in a report of a calamity too."""
    return _AT_WAR.search(sentence)


def _different(finder: Finder, words: Words) -> int:
    return len({word.rstrip("s") for word in finder.different(words)})


def not_of_now(sentence: str) -> bool:
    """True for a sentence that tells a film, a play or a legend, or wars of long ago: none of its acts is a claim."""
    words = words_of(sentence)
    return _NOT_OF_NOW.meets(words) or ("century" in words.distinct and _CENTURY.search(sentence) is not None)


def names_a_deed(words: str) -> bool:
    """True where the words name a deed of violence."""
    return _DEED.search(words)
