"""Whom the head of a text says it is from: a body over its bulletin, complainants who state, a witness who testifies.

Start with `from_head`. `issuer` asks it where a title does not put body and paper in one line. A newspaper's head (a
dateline, "by our correspondent", a headline) says nothing of the kind.

Looks down to: kernel. Used by: issuer, releases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

LINES = 6
"""Lines at the head that are looked at."""
REACH = 1500
"""Code points in which complainants, mothers or a witness say who they are."""
LONGEST_LINE = 120
"""Code points of a line of a letterhead; longer ones are prose."""

_PAPER = re.compile(
    r"\b(?:communiqu[eé]s?|statement|declaration|bulletin|press (?:release|note|notice)|open letter|"
    r"petition|submission|"
    r"memorandum|appeal|situation report|update|report|briefing|note|dossier|findings|extract|annex|"
    r"complaint|indictment|"
    r"for immediate release|newsletter|fact sheet|briefing paper|monitoring|documentation|chapter|"
    r"circular|notification|"
    r"information|advisory|alert|urgent action|judge?ment|ruling|verdict|warrant of arrest)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\((?:[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})\)\s*(?:-|–|—)|\bby our\b|\bfrom our\b|\bcorrespondent\b|\bphoto\b|"
    r"\b(?:wire|herald|gazette|daily|times|post|tribune|chronicle|courier|digest|weekly|blog|posted|"
    r"timeline|chronology)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b([Tt]he (?:complainants?|petitioners?|applicants?|claimants?|plaintiffs?|undersigned|signatories|appellants?|"
    r"relatives|civil parties))\b[^.]{0,240}?\b(?:states?|submits?|declares?|sets? out|brings?|alleges?|respectfully)\b"
)
_WE_THE = re.compile(r"\b[Ww]e,? the (?:undersigned )?((?:\w+ ){0,3}?(?:of )?(?:the )?[\w’'-]+(?: of [A-Z]\w+)?),")
_NAMED = re.compile(
    r"\b(?:[Mm]y name is|I am called|I, the undersigned,?|I,) ([A-Z][\w’'-]+(?: (?:al-|bin |bint )?[A-Z][\w’'-]+){0,3})"
)
_TOLD = re.compile(
    r"^\W*(?:(?i:testimony|statement|deposition|affidavit|account|interview|evidence|hearing|declaration|"
    r"examination|witness statement))\b"
    r"[^\n]*?\b(?i:of|by|with|from)[ ]((?i:(?:a|an|the)[ ])?"
    r"(?i:(?:protected|anonymous|expert|insider|crown)[ ])?(?i:witness|survivor|detainee|farmer|"
    r"nurse|teacher|widow|[a-z]+)?"
    r"[ ]?[A-Z0-9][\w’'-]*(?:[ -][A-Z0-9][\w’'-]*){0,3})"
)
_FORM = re.compile(
    r"^\W*(?i:(?:full )?name(?: of (?:the )?(?:witness|deponent|complainant|interviewee|declarant|applicant))?|"
    r"witness(?: name)?|deponent|interviewee|complainant|declarant|statement of|given by|taken from)\s*[:–—-]\s*"
    r"([A-Z][\w’'-]*(?:[ -][A-Z0-9][\w’'.-]*){0,4})\s*(?:$|[,(;])",
    re.MULTILINE,
)
""" "Name: ...", "Witness: ...": the lines of a form that say who gives a statement."""
_SWORN = re.compile(
    r"([A-Z][\w’'-]+(?: (?:al-|bin )?[A-Z][\w’'-]+){1,3}),? (?:having been|being|was) (?:first )?(?:duly )?"
    r"(?:sworn|affirmed|called as a witness)"
)
_STATEMENT = re.compile(
    r"\b(?:statement|testimony|deposition|affidavit|interview|transcript|evidence|examination|hearing|declaration)\b",
    re.IGNORECASE,
)
_I = re.compile(r"\b(?:I|my|me)\b")
_CHARGES = re.compile(r"\b((?:[Tt]he |THE )?(?:Prosecutor|Prosecution|PROSECUTOR|PROSECUTION)\b)")
_INDICTMENT = re.compile(
    r"\b(?:indictment|statement of charges|document containing the charges|charge sheet)\b", re.IGNORECASE
)
_CAPACITY = re.compile(
    r"\bin (?:my|our) capacit(?:y|ies) as (?:the )?"
    r"([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?: (?:on|of|for|to) (?:the )?[\w’' -]+)?)"
)
""" "I address you in my capacity as Special Rapporteur on ...": the office that writes."""
_SENT = re.compile(
    r"^(?:From|FROM|Sender)\s*:\s*((?:[A-Z][\w’'.-]*)(?: (?:of |for |the )*[A-Z][\w’'.-]*){0,6})", re.MULTILINE
)
""" "From: ...", the head of a letter or memorandum."""
_AGED = re.compile(r"^\W*([A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}), (?:aged )?\d\d\b")
""" "Ana Bel, 44, miller": the line below "Testimony"."""
_SMALL = frozenset(["of", "the", "for", "and", "in", "on", "to", "a", "an", "de", "la", "le", "des", "du", "et"])
_VERB = re.compile(
    r"\b(?:says?|rejects?|accuses?|denies|condemns?|kills?|hits?|finds?|calls?|reports? (?:on|"
    r"grave)|issues?|demands?|wants?|"
    r"urges?|blames?|opens?|warns?|claims?|was|were|is|are|has|have|after|as)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """Who speaks the text, by its head: offsets of the name within it, and whether that is a person."""

    start: int
    end: int
    person: bool
    reason: str


def from_head(words: str) -> Head | None:  # noqa: PLR0911
    """Whom the text is from; None for news and for what does not say."""
    lines = list(re.finditer(r"[^\n]+", words[:REACH]))[:LINES]
    top = "\n".join(m.group() for m in lines[:4] if len(m.group()) < LONGEST_LINE)
    witness = _witness(words, lines)
    if witness is not None:
        return witness
    told = _STATE.search(words[:REACH]) or _WE_THE.search(words[:REACH])
    if told is not None:
        return Head(told.start(1), told.end(1), False, "they state it")
    titles = [m.group() for m in lines if len(m.group()) < LONGEST_LINE and not m.group().rstrip().endswith((".", ":"))]
    charged = _CHARGES.search(words[:REACH]) if _INDICTMENT.search("\n".join(titles)) else None
    if charged is not None:
        return Head(charged.start(1), charged.end(1), False, "the text is their charge")
    office = _CAPACITY.search(words[:REACH])
    if office is not None and not _within_quotes(words, office.start()):
        return Head(office.start(1), office.end(1), False, "the text is the letter of that office")
    sent = _SENT.search(words[:REACH])
    if sent is not None:
        return Head(sent.start(1), sent.end(1), True, "the text is their letter")
    written = _letter(words)
    if written is not None:
        return written if written.end else None
    first = lines[0].group() if lines else ""
    if _NEWS.search(top) or any(_NEWS.search(m.group()[:120]) for m in lines[:3]) or not _PAPER.search(top):
        return None
    if _VERB.search(first) and not _PAPER.search(first):
        return _body_line(lines[1:4])
    return _body_line(lines[:4])


_SALUTATION = re.compile(
    r"^\W*(?:Dear [A-Z][^\n]{0,60}|(?:Your |His |Her )?Excellenc(?:y|ies)[^\n.]{0,50}|"
    r"(?:Honou?rable|Distinguished) [^\n.]{1,50}|(?:Mr|Madam|Sir|Mrs|Ms)\.? ?[A-Z]?[^\n.]{0,30})[,:]\s*$",
    re.MULTILINE,
)
_WRITES = re.compile(
    r"\b(?:on behalf of|we,? (?:as |at )?(?:the )?|I,? as [^.\n]{0,60}? of) ?(?:the )?"
    r"([A-Z][\w’'-]*(?: (?:(?:of|for|on|and|in|to|against) (?:the )?)?[A-Z][\w’'-]*)*)"
)
_OPENS = re.compile(
    r"(?:The |the )?([A-Z][\w’'-]*(?: (?:(?:of|for|on|and|in|to|against) (?:the )?)?[A-Z][\w’'-]*)*)"
    r"(?: \([A-Z]{2,10}\))?,? (?:is|are|has|have|write|writes|wish|wishes|recently|would|"
    r"express|expresses|urge|urges|condemn|condemns)\b"
)


def _letter(words: str) -> Head | None:
    """Who writes a letter: whose behalf it is on, or who opens it; ends at 0 where neither shows it.

    None for what is no letter. The lines above the salutation name whom it is sent to as often as who sends it.
    """
    dear = _SALUTATION.search(words[:REACH])
    if dear is None:
        return None
    body = words[dear.end() :][:REACH].lstrip()
    at = words.index(body, dear.end()) if body else 0
    found = _OPENS.match(body)
    if found is None or not named_body(found[1]):
        found = next((m for m in _WRITES.finditer(body) if named_body(m[1])), None)
    if found is None:
        return Head(0, 0, False, "")
    return Head(at + found.start(1), at + found.end(1), False, "the text is their letter")


def _witness(words: str, lines: list[re.Match[str]]) -> Head | None:  # noqa: PLR0911
    """ "My name is ...", "Testimony of ...", of a text that speaks as I."""
    if not _I.search(words):
        return None
    form = _FORM.search(words[:REACH]) or _SWORN.search(words[:REACH])
    if form is not None and _STATEMENT.search(words[: form.start() + 1] or words[:REACH]):
        return Head(form.start(1), form.end(1), True, "the head names the witness")
    for paper, line in pairwise(lines[:3]):
        aged = _AGED.match(line.group())
        if aged is not None and _STATEMENT.search(paper.group()) and len(paper.group()) < LONGEST_LINE:
            return Head(line.start() + aged.start(1), line.start() + aged.end(1), True, "the text is their testimony")
    if len(_I.findall(words)) < 3:
        return None
    named = _NAMED.search(words[:REACH])
    if named is not None and not _within_quotes(words, named.start()):
        return Head(named.start(1), named.end(1), True, "the witness says who speaks")
    for line in lines[:3]:
        told = _TOLD.match(line.group())
        if told is not None and len(line.group()) < LONGEST_LINE:
            return Head(line.start() + told.start(1), line.start() + told.end(1), True, "the text is their testimony")
    return None


def _within_quotes(words: str, at: int) -> bool:
    return words[:at].count('"') % 2 == 1 or words[:at].count("“") > words[:at].count("”")


_RECORD = re.compile(
    r"\b(?:summary records?|verbatim records?|meeting summar(?:y|ies)|meetings coverage|interactive dialogue|hansard|"
    r"(?:summary|minutes|record|account) of (?:the|a|its) (?:\w+ ){0,2}(?:meeting|session|sitting|debate|hearing)|"
    r"(?:plenary|general) debate|\d+(?:st|nd|rd|th) (?:plenary )?meeting)\b",
    re.IGNORECASE,
)
RECORD_HEAD = 800
"""Code points in which a text says that it is the record of a meeting."""


def is_record(words: str) -> bool:
    """Whether the text is the record of a meeting, in which each one speaks for themselves."""
    return _of_a_meeting(words[:RECORD_HEAD])


@lru_cache(maxsize=64)
def _of_a_meeting(head: str) -> bool:
    """Kept, for every sentence of a text asks it."""
    return _RECORD.search(head) is not None


def is_news(head: str) -> bool:
    """Whether the lines at the head show an agency, a newspaper or a correspondent."""
    lines = [m.group() for m in re.finditer(r"[^\n]+", head)][:LINES]
    return any(_AGENCY.search(line[:120]) for line in lines)


_AGENCY = re.compile(
    r"^\W*[A-Z][^()\n]{2,80} \((?:[A-Z][\w.-]*(?: [A-Z][\w.-]*)?)\)\s*(?:-|–|—|:)|"  # VARN, 3 May (Agency) -
    r"\bby our\b|\bfrom our\b|\bcorrespondent\b|"
    r"^\W*[Bb]y:? [A-Z][\w’'-]+ [A-Z]|^\W*From [A-Z][\w’'-]+ [A-Z][\w’'-]+, [A-Z]|\bnews(?:paper| agency|wire)\b|"
    r"\b(?:wire|herald|gazette|daily|times|tribune|chronicle|courier|blog|posted)\b|"
    r"\b(?:Reuters|AFP|AP|IRIN|DPA|Xinhua|BBC|VOA)\b",
)


def named_body(name: str) -> bool:
    """Whether a name is one of a body, by a word in it, or an acronym."""
    return _BODY.search(name) is not None or re.fullmatch(r"[A-Z]{3,10}", name) is not None


def _body_line(lines: list[re.Match[str]]) -> Head | None:
    """The first line, or part of one before a comma, dash or colon, that is a name of a body and nothing else."""
    for line in lines:
        if len(line.group()) >= LONGEST_LINE:
            break
        for part in re.finditer(r"[^,:–—|(\[]+?(?=\s+-\s|[,:–—|(\[]|$)", line.group()):
            found = re.sub(r"^(?i:in|before) (?i:the) ", "", part.group().strip(" *#-."))  # "IN THE HIGH COURT OF ..."
            by = re.search(r"\b(?:[Bb]y|[Oo]f|[Ff]rom) (?:the )?([A-Z].*)$", found) if _PAPER.search(found) else None
            name = by.group(1) if by else found
            if _is_body(name):
                at = line.start() + line.group().index(name)
                return Head(at, at + len(name), False, "the text is under their name")
    return None


def _is_body(name: str) -> bool:
    parts = re.findall(r"[\w’'-]+", name)
    if not 1 < len(parts) <= 10 or re.search(r"\d", name):
        return False
    if not all(p[:1].isupper() or p.lower() in _SMALL for p in parts):
        return False
    return _BODY.search(name) is not None


_BODY = re.compile(
    r"\b(?:association|committee|commission|mission|panel|office|union|league|watch|network|"
    r"coalition|council|federation|"
    r"command|staff|front|movement|brigade|army|forces|ministry|government|party|mothers|families|lawyers|bureau|"
    r"secretariat|prosecutor|prosecution|observatory|centre|center|group|society|foundation|institute|initiative|forum|"
    r"alliance|nations|rapporteur|tribunal|court|chamber|relief|assembly|collective|diocese|bishops|"
    r"synod|congress|agency|"
    r"organi[sz]ation|ngo|defenders|campaign|trust|fund|club|bar|"
    r"monitor|monitors|team|directorate|clinic|guild|syndicate|board|presidency|embassy|police|guard|expert|experts)\b",
    re.IGNORECASE,
)
