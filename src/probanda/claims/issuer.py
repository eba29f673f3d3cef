"""Whose text it is: the body that issues a statement, a bulletin or a report, and speaks where nobody else is named.

Start with `issuer_of`. A newspaper speaks as the publication; a communique, a petition or a commission's report is
itself the statement of whoever issued it, so what stands in it without a speaker is said by them.

Looks down to: discourse, letterhead, releases, mentions, lexicon, reading, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from probanda.claims.discourse import Sentence
from probanda.claims.letterhead import from_head, is_record
from probanda.claims.lexicon import Lexicon
from probanda.claims.mentions import MentionBook
from probanda.claims.model import Named
from probanda.claims.releases import HEAD as RELEASE_HEAD
from probanda.claims.releases import release_of
from probanda.kernel.vocabulary import MentionKind
from probanda.reading.model import Text

HEAD = 4
"""Lines at the head of a text in which it may say whose it is."""
HEAD_LENGTH = 600
"""Code points that hold them."""
FOOT = 3
"""Passages at its end that may be a signature."""
OFTEN = 3
"""Times that a body is told to say or find something before the whole text counts as an account of its findings."""

_NAME = r"(?:the )?((?:[A-Z][\w’'-]*)(?:[ \n](?:(?:of|for|on|and|in|to)(?:[ \n]the)?[ \n])?[A-Z][\w’'-]*)*)"
_KIND_OF_BODY = (
    r"(?i:collective|association|organi[sz]ation|network|group|union|party|movement|committee|coalition|"
    r"federation|league|"
    r"council|foundation|institute|cent(?:er|re)|society|alliance|front|office|mission|ngo)"
)
_CALLED = re.compile(
    rf"^\W*(?i:(?:a|an|the)[ \n])?(?i:statement|declaration|communiqu[eé]|bulletin|open letter|petition|appeal|"
    rf"report)[ \n]"
    rf"(?i:of|by|from)[ \n](?:the[ \n])?{_KIND_OF_BODY}[ \n]([A-Z“\"][\w’'“”\"-]*(?:[ \n](?:(?:d[aeou]s?|del|la|"
    rf"los|las|el|al|y|e|"
    r"of|for|the|and)[ \n]){0,2}[A-Z][\w’'”\"-]*)*)"
)
""" "Statement of the collective Voz": a name that only the word before it tells to be a body's."""
_OFFICE = re.compile(
    r"^\W*(?i:(?:a|an|the)[ \n])?(?i:(?:\w+[ ]){0,2}(?:statement|remarks|address|speech|report|letter|briefing|"
    r"message|testimony|"
    r"findings|press release|intervention|note verbale|letters?)(?:[ ]dated[ ][^\n]{4,24})?)"
    r"[ \n](?i:of|by|from)[ \n](?:the[ \n])?"
    r"((?:[\w-]+[ ]){0,4}?(?i:mission|commission|rapporteur|experts?|panel|working group|committee|spokes\w+|"
    r"minister|ministry|"
    r"secretary-general|high commissioner|president|ambassador|representative|delegation|delegate|prosecutor|envoy|"
    r"permanent mission|chargé d[’']affaires|coordinator|commissioner|ombudsm[ae]n|inspector|mandate holders?)"
    r"(?:[ ](?:for|of|on)[ ](?:the[ ])?[\w-]+(?:[ ][A-Z][\w-]*)*)?"
    r"(?:,?[ ](?:[A-Z][\w’'-]*)(?:[ ][A-Z][\w’'-]*)*)?)"
)
""" "Report of the Special Rapporteur on torture", "Remarks by Ambassador Bel": an office or a commission."""
_HEADLINED = re.compile(
    rf"^\W*{_NAME}[ ](?:(?:today|strongly|again|has|have)[ ]){{0,2}}(?:condemn|call|urge|demand|express|welcome|"
    rf"denounce|warn|"
    r"deplore|reject|announce|appeal|deny|denie|mourn)\w*\b"
)
""" "The Bar Association condemns ...": the headline of its own release."""
_PREAMBLE = re.compile(
    r"^\W*(?:The |THE )((?:[A-Z][\w’'-]*)(?:[ ](?:(?:of|for|on|and|in|"
    r"to)[ ](?:the[ ])?)?[A-Z][\w’'-]*){0,7}),?\s*\n+\s*"
    r"(?i:having|noting|recalling|considering|acting|pursuant|seized|reaffirming|recogni[sz]ing|guided|bearing|deeply|"
    r"gravely|alarmed|expressing|taking note|welcoming|whereas)\b",
    re.MULTILINE,
)
""" "The Pre-Trial Chamber, / Having examined ...": the form of decisions and resolutions."""
_PAPER = (
    r"(?:communiqu[eé]|statement|declaration|bulletin|press (?:release|statement|note)|open letter|petition|submission|"
    r"memorandum|appeal|dispatch|situation report|update|report|"
    r"briefing|brief|for immediate release|news release)"
)
_SORT = r"(?:(?:press|media|official|military|joint|public|daily|weekly|monthly|annual|final|interim|special)[ \n])?"
_NUMBER = r"(?:[ \n](?i:no\.?|number|nr\.?))?(?:[ \n]\d+)?(?:,[^\n]{0,30})?"
_PAPER_OF = re.compile(
    rf"^\W*(?:(?i:a|an|the)[ \n])?(?i:{_SORT}{_PAPER}){_NUMBER}(?:[ \n](?i:issued))?[ \n](?i:of|by|from)[ \n]{_NAME}"
)
_ITS_PAPER = re.compile(rf"^\W*{_NAME}(?:[’']s)?[ \n,:–—-]+(?i:{_SORT}{_PAPER})\b")
_PAPER_ALONE = re.compile(rf"^\W*(?i:{_SORT}{_PAPER})\b(?![ \n](?i:of|by|from)\b)")
_ALONE = re.compile(rf"^\W*{_NAME}\W*$")
_SIGNED = re.compile(rf"^\W*(?:(?i:signed|issued|for)[ \n:,]+(?i:by[ \n])?)?{_NAME}\W*$")
_SPEAKS = re.compile(
    r"^(?:,[^,.]{1,60},)?[ \n](?:(?:also|further|therefore|has|have|had|today|again)[ \n]){0,2}"
    r"(?:said|says|found|finds|find|concluded|concludes|conclude|reported|reports|believes?|considers?|established|"
    r"recorded|documented|noted|notes|stated|states|added|determined|calls|called|urges?|warned|warns)\b"
)
_OURS = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the text, as named in it, and how that was seen."""

    named: Named
    reason: str
    inquiry: bool
    """A commission, mission or court of inquiry: what it tells in its own voice it has found."""
    outer: bool = True
    """Others who speak in it are heard through them."""


def issuer_of(  # noqa: PLR0911
    text: Text, sentences: list[Sentence], book: MentionBook, lex: Lexicon
) -> Issuer | None:
    """The body whose statement the whole text is; None for what a publication tells."""
    if is_record(text.words):
        return None
    found = _by_title(text, lex) if text.base == 0 else None  # a later part of a large text has no head
    if found is not None and (_speaks_as_we(sentences) or _names_itself(text, found, lex) or _an_office(text, found)):
        return _issuer(text, book, found, "the text is their statement")
    deciding = _PREAMBLE.search(text.words[:RELEASE_HEAD]) if text.base == 0 else None
    if deciding is not None:
        return _issuer(text, book, deciding.span(1), "the text is their decision")
    head = from_head(text.words) if text.base == 0 else None
    if head is not None:
        kind = MentionKind.PERSON if head.person else MentionKind.BODY
        return Issuer(book.named(head.start, head.end, kind), head.reason, False)
    signed = _by_signature(text, lex) if _speaks_as_we(sentences) else None
    if signed is not None:
        return _issuer(text, book, signed, "the text is signed by them")
    release = release_of(text, book, lex) if text.base == 0 else None
    if release is not None:
        issuer = _issuer(text, book, (release.start, release.end), "the text is their release")
        return issuer if release.outer else replace(issuer, outer=False)
    often = _by_findings(text, book, lex)
    if often is not None:
        return _issuer(text, book, often, "the text is an account of what they found")
    return None


def _issuer(text: Text, book: MentionBook, span: tuple[int, int], reason: str) -> Issuer:
    words = text.words[span[0] : span[1]]
    named = book.named(span[0], span[1], MentionKind.BODY)
    return Issuer(
        named, reason, re.search(r"\b(?:commission|mission|panel|inquiry|tribunal)\b", words, re.IGNORECASE) is not None
    )


def _body(words: str, lex: Lexicon) -> bool:
    parts = [w.lower() for w in re.findall(r"\w+", words)]
    known = (lex.classes["bodies-named"] | lex.classes["named-armed"] | lex.classes["armed"] | _BODIES) - lex.classes[
        "publications"
    ]
    return any(p in known or p.rstrip("s") in known for p in parts)


_BODIES = frozenset(
    [
        "army",
        "command",
        "staff",
        "forces",
        "brigade",
        "front",
        "movement",
        "committee",
        "commission",
        "mission",
        "panel",
        "ministry",
        "government",
        "office",
        "union",
        "association",
        "league",
        "watch",
        "network",
        "coalition",
        "council",
        "federation",
        "families",
        "party",
        "mothers",
        "lawyers",
        "bureau",
        "secretariat",
    ]
)
"""Last words of what issues statements, besides the bodies of the word lists."""


def _by_title(text: Text, lex: Lexicon) -> tuple[int, int] | None:
    lines = list(re.finditer(r"[^\n]+", text.words[:HEAD_LENGTH]))[:HEAD]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        called = _CALLED.search(line.group()) or _OFFICE.search(line.group())
        if called is not None and len(line.group()) < 200:
            return line.start() + called.start(1), line.start() + called.end(1)
        if following is not None and _PAPER_ALONE.match(line.group()) and len(line.group()) < 40:
            headlined = _HEADLINED.search(following.group())
            if headlined is not None and _body(headlined.group(1), lex):
                return following.start() + headlined.start(1), following.start() + headlined.end(1)
        found = _PAPER_OF.search(line.group()) or _ITS_PAPER.search(line.group())
        if found is None and following is not None and _PAPER_ALONE.match(following.group()):
            found = _ALONE.match(line.group())
        if found is not None and len(line.group()) < 160 and _body(found.group(1), lex):
            return line.start() + found.start(1), line.start() + found.end(1)
    return None


def _an_office(text: Text, span: tuple[int, int]) -> bool:
    """The title names an office whose report or speech it heads, or is the headline of a body's own release."""
    start = text.words.rfind("\n", 0, span[0]) + 1
    if _HEADLINED.match(text.words[start : span[1] + 40]) is not None:
        return True
    return _OFFICE.search(text.words[start : span[1]]) is not None


def _by_signature(text: Text, lex: Lexicon) -> tuple[int, int] | None:
    for passage in text.passages[-FOOT:]:
        words = text.words[passage.start : passage.end]
        found = _SIGNED.match(words) if len(words) < 120 else None
        if found is not None and _body(found.group(1), lex):
            return passage.start + found.start(1), passage.start + found.end(1)
    return None


def _speaks_as_we(sentences: list[Sentence]) -> bool:
    return any(not s.quoted and '"' not in s.words and "“" not in s.words and _OURS.search(s.words) for s in sentences)


def _names_itself(text: Text, span: tuple[int, int], lex: Lexicon) -> bool:
    """The body is named again in what follows, if only as "the Commission"."""
    words = [w for w in re.findall(r"\w+", text.words[span[0] : span[1]]) if _body(w, lex)]
    after = text.words[span[1] :]
    return any(re.search(rf"\b{re.escape(w)}\b", after, re.IGNORECASE) for w in words)


def _by_findings(text: Text, book: MentionBook, lex: Lexicon) -> tuple[int, int] | None:
    """The one body that is told again and again to say and find, where no other is half as often."""
    told: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for mention in book.all():
        start, end = mention.start - book.base, mention.end - book.base
        if mention.kind is not MentionKind.BODY or not _SPEAKS.match(text.words[end : end + 100]):
            continue
        key = mention.words.lower()
        told[key] += 1
        first.setdefault(key, (start, end))
    ranked = sorted(told.items(), key=lambda kv: (-kv[1], kv[0]))
    if not ranked or ranked[0][1] < OFTEN or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    words = ranked[0][0].split()
    if any(w in lex.classes["publications"] or w in ("police", "reuters", "afp", "news") for w in words):
        return None
    return first[ranked[0][0]]
