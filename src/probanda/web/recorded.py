"""Sentences and words that the program writes into the case, shown in the language of whoever looks.

Records stay as they were written, in English: they are what was recorded. A page shows them in its own language where
they come from a pattern known here; names and words of sources in them are left as they are. Any other sentence is
shown as written, marked as English. Start with `told` for sentences and `worded` for values of closed vocabularies.

The patterns are those of the writers: `{field}` is what they fill in. Where a writer's words change, tests/web tells.

Looks down to: incidents (titles' words), reports (words), kernel. Used by: web.desk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from markupsafe import Markup, escape

from probanda.claims.model import DOC
from probanda.incidents.families import LABELS as TITLE_ACTS
from probanda.incidents.patterns import UNKNOWN
from probanda.reports.figure_words import CALLED
from probanda.reports.words import MONTHS, SOURCE, Words
from probanda.web.kinds import NAMES


def N_(message: str) -> str:
    """Mark a message for the catalogue."""
    return message


SENTENCES: tuple[str, ...] = (
    # incidents: titles, corroboration, versions
    N_("{act} · {place}, {date}"),
    N_("{act} ({manner})"),
    N_("place not stated"),
    N_("date not stated"),
    N_("no claim asserts it"),
    N_("at most {n} origin ({sources}), {m} untraced; dependence not excluded"),
    N_("at most {n} origins ({sources}), {m} untraced; dependence not excluded"),
    N_("at most {n} origins, {m} untraced; dependence not excluded"),
    N_("attributed to: {who}"),
    N_("attributed to: {who} ({acts})"),
    N_("author not named"),
    N_("nobody asserts it here"),
    N_("place: {words}"),
    N_("date: {first} to {last}"),
    N_("date: {first}"),
    N_("number ({words}): {number}"),
    N_("hit: {status}"),
    N_("civilians"),
    N_("fighters"),
    # incidents: why a claim stands with others
    N_("It stands alone: no other claim is tied to it by place, time, parties or source."),
    N_("The same words in a copy of the same text."),
    N_("The same kind of step, concerning the same person or body."),
    N_("Both rest on the same {what}."),
    N_("The same kind of act at the same place, at times that meet."),
    N_("The same kind of act at times that meet; one place lies in the other, or both name a wide place."),
    N_("The same kind of act on the same day, at places whose names are written in other letters and sound alike."),
    N_("The same kind of act and place, and {why}."),
    N_("the same author"),
    N_("the same people or thing hit"),
    N_("the same number"),
    N_("One denies the same kind of act at the same place that the other alleges."),
    N_("The same kind of act at the same place, in texts of the same weeks; no date speaks against it."),
    N_("The same author and kind of act on the same day; one account names no place."),
    N_("The same victim, by name, and kind of act on the same day; one account names no place."),
    N_("The same author, kind of act and thing hit, in texts of one week; one account names no place."),
    N_("Told in the same sentence."),
    N_("The same text speaks of the same kind of order by the same person."),
    N_("Told side by side in the same text, of the same kind of act."),
    N_("The same text tells of the same kind of act at the same place, or one in it."),
    N_("The same text tells both as one course of events at the same place."),
    N_("The same text tells of the same kind of act shortly before, and names no other place since."),
    N_("The same kind of act, in a text that speaks of one place only."),
    N_("Told as one course of events, in a text that speaks of one place only."),
    N_("Told as one course of events, in a text that speaks of one day only."),
    N_("A demand, joined to the event that its text tells of beside it."),
    N_("A denial, joined to the allegation it stands nearest to in its text."),
    N_("A person decided that it is a part of it."),
    N_("words recognised in the sound by {maker}; the recording decides"),
    N_("A picture of the two is nearly the same: {n} of 128 bits of their shapes differ."),
    N_("Its words say that it happened in the course of it."),
    N_("Its place and its days lie within the place and the days of the other."),
    # contradictions
    N_("Said by {who}, of {whom}; denied by {other}."),
    N_("Said by {who}; denied by {other}."),
    N_("Attributed to {left} by {who}, to {right} by {other}; one side accuses the other."),
    N_("No deaths according to {who}; deaths according to {other}."),
    N_("{left} according to {who}, {right} according to {other} ({words}): no number satisfies both."),
    N_("Dated {left} by {who}, {right} by {other}."),
    N_("the text itself"),
    # figures: why they are not added
    N_("one figure: there is nothing to add"),
    N_("not added, because one speaker may count the same people twice"),
    N_("not added, because {n} speakers may count the same people"),
    # the matrix: what is lacking
    N_("Nothing stands here. {why}"),
    N_("A rule looked and proposes nothing."),
    N_("No rule looks for it."),
    N_("All of it goes back to one origin."),
    N_("All of it is passed on by others, or its origin could not be traced."),
    N_("The account at first hand, or the original."),
    N_("There is something on both sides."),
    N_("What would decide between them."),
    N_("Nothing stands against it, and nobody looked."),
    N_("{n} of {m} name the person by a mention that only a machine linked."),
    N_("Nobody found verified: {words}."),
    N_("a person found that its words do not say this"),
    N_("it is not here, or not to be seen"),
    # names: why a form stands with an actor
    N_("its words begin this group"),
    N_("the same name in one text"),
    N_("the same place name in one text"),
    N_("the same words in one text; no name"),
    N_("the same given and family name in another text"),
    N_("this text gives only the family name; one single person of the situation bears it (to be checked)"),
    N_("named after the same person as in another text ({name}), the only one who bears that name"),
    N_("{why}, and the title agrees"),
    N_("short form of a name in this text: {name}"),
    N_("the initials of the name in full in this text: {name}"),
    N_("the text itself equates the two: {name}"),
    N_("the same name in another text ({name})"),
    N_("spellings of one name ({name} in another text)"),
    N_("spelling of the name in another text ({name}): {why}"),
    N_("agrees with the fuller name in another text ({name}): {why}"),
    N_("in this text, {why}: {name}"),
    N_("another text spells these letters out, all in one way: {name}"),
    N_("every name agrees, in order"),
    N_("a bare family name that the full name bears"),
    N_("a bare given name that the full name bears"),
    N_("one bare name, the same in both"),
    N_("given and family name agree; one leaves out names between them"),
    N_("one family name, and the initial agrees"),
    N_("given and family names differ"),
    N_("one family name, but other given names"),
    N_("one given name, but other family names"),
    N_("same: {why}"),
    N_("compatible: {why}"),
    N_("different: {why}"),
    N_("open: {why}"),
    N_("one is a title without a name"),
    N_("a bare name that stands inside the full name"),
    N_("two bare names that differ: one may be given, one family name"),
    N_("the full name does not bear the bare one"),
    N_("the shorter is the beginning of the longer; its family name is missing"),
    N_("the same names in another order"),
    N_("the first name of one is missing in the other: a parent, or a short form"),
    N_("one family name, but another initial"),
    N_("first and last names agree, but other names stand between them"),
    # command: what does not go together, and what nobody tells
    N_("{who} are each said to head {whom} at this time."),
    N_("{who} are each said to stand over {whom} at this time."),
    N_("Nothing held says who headed {who}."),
    N_("Nothing held says what stood over {who}."),
    N_("Nothing held says who headed {who} on this day; what is held speaks of other times."),
    N_("Nothing held says what stood over {who} on this day; what is held speaks of other times."),
    # items
    N_("taken from a folder"),
    N_("registered as {number} under the name {name}, with {tool}"),
    N_("sent from a browser"),
    N_("arrived only in part, and nothing of it was kept"),
    N_("Send it again; what came whole before it was kept."),
    N_("has a name longer than any file's"),
    N_("Name it otherwise and send it again."),
    N_("is larger than {n} GiB, the most that comes through a browser"),
    N_("Take it in with `probanda add`."),
    N_("could not be kept ({why})"),
    N_("Free space on the disk of the case, then send it again."),
    N_("came with the own number of another file"),
    N_("Send files that bear a number of their own one at a time."),
    N_("was written by a desktop for itself"),
    N_("Nothing needs to be done."),
    N_("taken out of {name}"),
    N_("a line near its beginning, “{words}”"),
    N_("its dateline “{words}”"),
    N_("the line “{words}”"),
    N_("the page's mark {words}: “{number}”"),
    N_("reads like an interview: turns of {words}"),
    N_("reads like an interview: questions and answers in turns"),
    N_("a short line without a full stop before longer text"),
    N_("the first words: {why}"),
    N_("printed in larger letters than the body of the text"),
    N_("in the style “{words}”"),
    N_("number of the page, at its {why}"),
    N_("head"),
    N_("foot"),
    N_("a page number"),
    N_("a photo credit"),
    N_("a separator line"),
    N_("a date alone on its line"),
    N_("a line that comes back {n} times"),
    N_("below “{words}”"),
    N_("name of a sheet"),
    N_("list of what the archive holds"),
    N_("a heading of teasers for other texts"),
    N_("cells of a table"),
    N_("column names"),
    N_("e-mail header"),
    N_("inside {element}"),
)  # fmt: skip
"""Every pattern, most letters of its own first where two fit."""
PARTS: dict[str, frozenset[str]] = {
    "who": frozenset({"the text itself"}),
    "other": frozenset({"the text itself"}),
    "place": frozenset({"place not stated"}),
    "date": frozenset({"date not stated"}),
    "status": frozenset({"civilians", "fighters"}),
}
"""Words of ours that may stand in a field where otherwise words of a source stand. `why` and `act` are always ours."""

VALUES: dict[str, str] = {
    # status and decisions on a claim
    "proposed": N_("proposed"), "checked": N_("checked"), "corrected": N_("corrected"), "rejected": N_("rejected"),
    "unsure": N_("unsure"), "accept": N_("accepted"), "correct": N_("corrected"), "reject": N_("rejected"),
    "positive": N_("affirmed"), "negative": N_("negated"),
    # decisions in the log
    "settle": N_("claim settled"), "add-claim": N_("claim added"), "withdraw": N_("taken back"),
    "identity": N_("who is who"), "register": N_("item taken in"), "acquisition": N_("told later of an item"),
    "label": N_("label"), "protect": N_("name protected"), "user": N_("user"), "user-key": N_("key of a user"),
    "token": N_("token of a user"),
    "key": N_("key"), "settings": N_("settings"), "output": N_("handed out"), "legal-fact": N_("legal fact"),
    "custody": N_("custody"), "second-reading": N_("second reading"), "grade": N_("grade"), "finding": N_("finding"),
    "sheet-part": N_("part of a sheet"), "contradiction": N_("contradiction marked"), "retraction": N_("retraction"),
    "classification": N_("kind of conflict"), "acceptance": N_("amendment accepted"), "threshold": N_("threshold"),
    "law-note": N_("note on law"), "official-copy": N_("own copy of the law"), "law-pack": N_("law pack"),
    "hypothesis": N_("hypothesis opened"), "hypothesis-closed": N_("hypothesis closed"),
    "in-cell": N_("put into a cell"),
    "inference": N_("conclusion"), "contextual-finding": N_("finding on context"), "task": N_("task"),
    "cell-assessment": N_("cell assessed"), "cell-search": N_("cell searched"), "matrix-seen": N_("matrix seen"),
    "task-line": N_("line of a task"), "admissibility": N_("doubt on admissibility"), "join": N_("log taken over"),
    "inquiry": N_("inquiry opened"), "inquiry-look": N_("looked into"), "inquiry-closed": N_("inquiry closed"),
    "wanted": N_("original wanted"), "wanted-found": N_("original found"),
    "wanted-closed": N_("original no longer sought"),
    "model-answer": N_("answer of a model"), "ask-to-destroy": N_("asked to destroy"),
    "destroy-item": N_("item destroyed"), "destroy-words": N_("words destroyed"),
    # contradictions and what persons say of them
    "attribution": N_("who did it"), "number": N_("how many"), "denial": N_("denied"), "date": N_("when"),
    "marked as real": N_("marked as real"),
    "marked as apparent": N_("marked as apparent"),
    # ties and roles
    "posting": N_("holds a post"), "subordination": N_("stands under"), "membership": N_("belongs to"),
    "area": N_("is present in"), "support": N_("supports"), "control": N_("controls"), "attribute": N_("is said to be"),
    "actor": N_("author"), "victim": N_("harmed"), "speaker": N_("speaker"), "from": N_("on one side"),
    "to": N_("on the other side"), "place": N_("place"),
    # how somebody is said to be involved
    "direct": N_("took part"), "ordering": N_("ordered"), "inciting": N_("incited"), "planning": N_("planned"),
    "aiding": N_("aided"), "command": N_("commanded"), "knowledge": N_("knew of it"),
    "failing-to-act": N_("failed to prevent or punish"), "sheltering": N_("sheltered the accused"),
    "benefiting": N_("benefited"), "unknown": N_("not told how"),
    # posts, as `actors/data/posts.yaml` calls them
    "commander": N_("commander"), "commander-in-chief": N_("commander-in-chief"), "leader": N_("leader"),
    "chief of staff": N_("chief of staff"), "head": N_("chief"), "minister": N_("minister"), "emir": N_("emir"),
    # signs of control in fact
    "gave an order": N_("gave an order"), "had command in the act": N_("had command in the act"),
    "knew": N_("knew of it"), "did not act": N_("failed to prevent or punish"),
    "armed, paid or trained": N_("armed, paid or trained"), "controlled": N_("controls"),
    # what lies around a thing, and why one account is taken to come from another
    "text": N_("text"), "incident": N_("incident"), "own voice": N_("in its own voice"),
    "unnamed": N_("not linked to a name"), "held": N_("held"), "not held": N_("cited, not held"),
    "over": N_("said to stand over it"), "under": N_("said to stand under it"), "beside": N_("support or control"),
    "cites": N_("names it as its source"), "copy": N_("the same words, or a translation"),
    "syndication": N_("carries the text of an agency"), "within": N_("told beside it in one text"),
    "voice": N_("of one publisher"), "rests on": N_("rests on it"), "also told": N_("told the other before"),
    "decided": N_("a person decided it"),
    # items
    "public": N_("public"), "internal": N_("internal"), "restricted": N_("restricted"),
    "read": N_("read"), "waits": N_("waits"), "not read": N_("not read"),
    "no claims looked for": N_("no claims looked for"),
    "reference-open": N_("reference open"),
    # languages
    "ar": N_("Arabic"), "de": N_("German"), "en": N_("English"), "es": N_("Spanish"), "fa": N_("Persian"),
    "fr": N_("French"), "pt": N_("Portuguese"), "ru": N_("Russian"), "tr": N_("Turkish"), "uk": N_("Ukrainian"),
}  # fmt: skip
"""Values of closed vocabularies, in words that a person would use."""
MANNERS = (N_("called for"), N_("denied"), N_("ordered"), N_("threatened"))
"""How a title says that an act is spoken of which nobody says has happened."""
ACTS: dict[str, str] = {words: N_(words) for words in TITLE_ACTS.values()} | {
    "Attack on a protected object": N_("Attack on a protected object"),
    "Dead or wounded": N_("Dead or wounded"),
    "Arrest or surrender": N_("Arrest or surrender"),
    "Failure to prevent or punish": N_("Failure to prevent or punish"),
    "Shooting": N_("Shooting"),
    "Flight": N_("Flight"),
    "Forced labour or trafficking": N_("Forced labour or trafficking"),
    "Ill-treatment": N_("Ill-treatment"),
    "Missing persons": N_("Missing persons"),
    "Destruction of property": N_("Destruction of property"),
    "Seizure of property": N_("Seizure of property"),
    "Starvation or denial of aid": N_("Starvation or denial of aid"),
    "Crimes not specified": N_("Crimes not specified"),
    "Charge": N_("Charge"), "Complaint": N_("Complaint"), "Arrest warrant": N_("Arrest warrant"),
    "Demand": N_("Demand"), "Wounding": N_("Wounding"), "Bodies found": N_("Bodies found"),
    "Warrant": N_("Warrant"), "Release": N_("Release"), "Investigation": N_("Investigation"), "Trial": N_("Trial"),
    "Sentence requested": N_("Sentence requested"), "Sentence": N_("Sentence"), "Verdict": N_("Verdict"),
    "Judgment": N_("Judgment"), "Incitement": N_("Incitement"), "Persecution": N_("Persecution"),
    "Prohibited weapon": N_("Prohibited weapon"), "Mutilation": N_("Mutilation"), "Extradition": N_("Extradition"),
    "Excessive force": N_("Excessive force"), "Ambush": N_("Ambush"), "Access": N_("Access"), "Threats": N_("Threats"),
    "Transfer into territory": N_("Transfer into territory"), "Surrender": N_("Surrender"),
    "Suicide attack": N_("Suicide attack"), "Sanctuary": N_("Sanctuary"), "Sanctions": N_("Sanctions"),
    "Recusal": N_("Recusal"), "Military use of civilian place": N_("Military use of civilian place"),
    "Interrogation": N_("Interrogation"), "Civilians trapped": N_("Civilians trapped"), "Attempt": N_("Attempt"),
    "Appointment": N_("Appointment"), "and more": N_("and more"),
}  # fmt: skip
"""Acts as titles call them."""


UNTOLD = tuple(UNKNOWN.values())
"""What a chart says of incidents of which nothing is told."""


def messages() -> set[str]:
    """All that the catalogues have to hold for this file."""
    return {
        *SENTENCES,
        *VALUES.values(),
        *MANNERS,
        *ACTS.values(),
        *SOURCE.values(),
        *MONTHS,
        *CALLED.values(),
        *UNTOLD,
    }


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence that a pattern of ours fits."""

    pattern: str
    fields: tuple[tuple[str, str], ...]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns with fields, the most particular first."""
    open_ones = [p for p in SENTENCES if "{" in p]
    ordered = sorted(open_ones, key=lambda p: -len(re.sub(r"\{\w+\}", "", p)))
    return tuple((p, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(p)), re.DOTALL)) for p in ordered)


@lru_cache(maxsize=8192)
def parsed(sentence: str) -> Parsed | None:
    """The pattern of ours that this sentence is made of; None where there is none."""
    if sentence in SENTENCES:
        return Parsed(sentence, ())
    for pattern, shape in _patterns():
        if (found := shape.fullmatch(sentence)) is not None:
            return Parsed(pattern, tuple(found.groupdict().items()))
    return None


def told(words: Words, sentence: str) -> Markup:
    """The sentence for a page, its fields isolated; one that we do not know as it stands, marked as English."""
    if words.language == "en":
        return escape(sentence)
    made = _said(words, sentence)
    return made if made is not None else Markup('<span lang="en" dir="ltr">{}</span>').format(sentence)


def _said(words: Words, sentence: str) -> Markup | None:
    found = parsed(sentence)
    if found is None:
        return None
    fields = {name: _field(words, name, value) for name, value in found.fields}
    said = escape(words.say(found.pattern))
    return said.format(**fields) if fields else said


def _field(words: Words, name: str, value: str) -> Markup:
    """What stands in a field: words of ours in this language, words of a source as they are, isolated."""
    inner = _said(words, value) if name in ("act", "why") and value not in ACTS else None
    if inner is not None:
        return inner
    if name in ("first", "last"):
        return Markup('<bdi class="num">{}</bdi>').format(value)
    ours = _ours(words, name, value)
    return escape(ours) if ours else Markup("<bdi>{}</bdi>").format(value)


def _ours(words: Words, name: str, value: str) -> str:
    """The words for what stands in a field, where they are ours; else empty."""
    if name == "sources":
        return comma(words).join(_source(words, one) for one in value.split(", "))
    if name == "manner":
        return comma(words).join(words.say(one) if one in MANNERS else one for one in value.split(", "))
    if name == "acts":
        return comma(words).join(words.say(ACTS.get(one, one)) for one in value.split(", "))
    if name == "act":
        return words.say(ACTS[value]) if value in ACTS else ""
    if value in PARTS.get(name, ()):
        return words.say(value)
    return _MONTH.sub(lambda month: words.say(month[0]), value) if name == "date" else ""


def _source(words: Words, counted: str) -> str:
    """`2 own words of the accused side` in this language."""
    n, _, kind = counted.partition(" ")
    return f"{n} {words.say(kind) if kind in SOURCE.values() else kind}"


def known(value: str) -> bool:
    """True for a sentence that a pattern of ours fits."""
    return parsed(value) is not None


def comma(words: Words) -> str:
    """What parts the things of a list in this language."""
    return "، " if words.language == "ar" else ", "


def voice(words: Words, speaker: str) -> str:
    """A speaker by the words of the source; the text's own voice in words of ours."""
    return words.say("the text itself") if speaker == DOC else speaker


_MONTH = re.compile(r"\b(?:" + "|".join(MONTHS) + r")\b")


def worded(words: Words, value: str) -> str:
    """The words for a value of a closed vocabulary; any other value as it is."""
    return words.say(VALUES.get(value) or NAMES[value]) if value in VALUES or value in NAMES else value
