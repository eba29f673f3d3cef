"""Whose release a text is that speaks of its issuer in the third person: "Reed Watch said today", "UN experts urged".

Start with `release_of`. A newspaper writes "Reed Watch said on Tuesday" and "condemned"; a body that sends out its
own text writes "said today" below a date, "condemns", "is alarmed". What a correspondent or an agency sent is news.

Looks down to: letterhead, lexicon, mentions, reading, kernel. Used by: issuer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from probanda.claims.letterhead import is_news, named_body
from probanda.claims.lexicon import Lexicon
from probanda.claims.mentions import MentionBook
from probanda.kernel.vocabulary import MentionKind
from probanda.reading.model import Text

HEAD = 1500
"""Code points in which a release says whose it is."""

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{1,2}} {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}})"
_DATELINE = re.compile(
    r"\([A-Z][\w’'. -]{1,40}(?:,[^()\n]{2,40})?\)\s*(?:--?|–|—)\s"  # (Varn, 3 May 2031) –
    rf"|^\W*{_DAY}\W*$"  # the day in a line of its own
    rf"|^\W*(?:[A-Z][\w’'/. -]{{1,40}},? ?)?\(?{_DAY}\)?\s*(?:--?|–|—)\s",  # VARN (3 May 2031) –
    re.MULTILINE,
)
_REST = r"(?P<rest>(?:[ ](?:(?:of|for|on|and|in|to|against)[ ](?:the[ ])?)?[A-Z][\w’'-]*)*)"
"""What a name goes on with that was read in part: "the International Federation" "of Journalists"."""
_TODAY = re.compile(
    _REST
    + r"(?:\W{0,2}\([A-Z]{2,10}\))?(?:,[^,.]{1,60},)?[ \n](?:has[ \n])?(?:said|says|announced|warned|reported|found|"
    r"revealed|concluded|stated)(?:[ \n](?:today|on[ \n]\w+day)\b|[ \n]in[ \n](?:a|an|its)[ \n](?:[\w-]+[ \n]){0,3}"
    r"(?:report|statement|briefing|update|investigation)\b[^.]{0,40}\b(?:today|released|published|out))"
)
_PERFORMS = re.compile(
    _REST + r"(?:\W{0,2}\([A-Z]{2,10}\))?(?:,[^,.]{1,80},)?[ \n](?:(?:strongly|firmly|again|also|hereby|unequivocally|"
    r"categorically|therefore|urgently)[ \n]){0,2}"
    r"(?:condemns?|calls?[ \n](?:up)?on|calls?[ \n]for|urges?|demands?|deplores?|denounces?|expresses|express|"
    r"reiterates?|welcomes?|mourns?|appeals?[ \n](?:to|for)|reminds?|regrets?|protests?|considers?|joins?[ \n]|"
    r"notes?[ \n]with|follows?[ \n]with|fears?[ \n]|holds?|(?:is|are)[ \n](?:(?:deeply|gravely|extremely|seriously|"
    r"very|profoundly)[ \n])?(?:concerned|alarmed|shocked|saddened|appalled|dismayed|outraged|disturbed|worried))\b"
)
""" "condemns", "is gravely concerned": what a body does in the present tense by issuing the text."""
_EXPERTS = re.compile(
    r"\b((?:(?:[Aa]|[Aa]n|[Tt]he|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en)[ ])?"
    r"(?:[Gg]roup[ ]of[ ])?(?:[Ii]ndependent[ ])?"
    r"(?:U\.?N\.?|United[ ]Nations)(?:[ ](?:independent|human|rights|appointed|top|special)){0,4}[ ]"
    r"(?:experts?|rapporteurs?|Special[ ]Rapporteurs?|Working[ ]Group))\*{0,2}[ \n](?:"
    r"(?:(?:strongly|again)[ \n])?(?:said|warned)[ \n]today|today[ \n]|(?:have|has)[ \n]|reiterate|urge|condemn|call|"
    r"express|welcome|are[ \n]|is[ \n])"
)
_CLOSED = re.compile(r"^\W*(?:ENDS?|ends)\W*$|^###\s*$|^\W*(?:Media|Press) contacts?\b", re.MULTILINE)
_ACTION = re.compile(r"\A\W*(?:[^\n]{0,60}\n+){0,2}?[^\n]{0,40}\b(?:URGENT ACTION|Urgent [Aa]ction|UA:? ?\d)")


@dataclass(frozen=True, slots=True)
class Release:
    """Who issues it, as offsets of the text; whether others who speak in it are heard through them."""

    start: int
    end: int
    outer: bool


def release_of(text: Text, book: MentionBook, lex: Lexicon) -> Release | None:
    """The body, or the experts, whose release the text is; None where nothing shows it."""
    head = text.words[:HEAD]
    if is_news(head):
        return None
    dated = _DATELINE.search(head) is not None or _CLOSED.search(text.words) is not None
    experts = _EXPERTS.search(head[: _end_of_first_sentence(head)]) if dated else None
    if experts is not None:
        return Release(*experts.span(1), outer=False)
    first = _end_of_first_sentence(head)
    action = _ACTION.match(head) is not None
    for mention in book.all():
        start, end = mention.start - book.base, mention.end - book.base
        if end > (len(text.words) if action else len(head)):
            break
        if mention.kind is not MentionKind.BODY or any(
            w.lower() in lex.classes["publications"] for w in mention.words.split()
        ):
            continue
        after = text.words[end : end + 160]
        opens = start < first and _opens(head, start) and named_body(mention.words)
        found = _TODAY.match(after) if dated and end <= len(head) else None
        found = found or (_PERFORMS.match(after) if action or opens else None)
        if found is not None:
            return Release(start, end + len(found["rest"]), outer=True)
    return None


def _end_of_first_sentence(head: str) -> int:
    """Where the first sentence of prose ends: the first line long enough, or closed by a full stop."""
    for line in re.finditer(r"[^\n]+", head):
        stop = re.search(r"(?<![A-Z])\.(?=[\s”\"]|$)", line.group())
        if stop is not None and stop.start() > 40:  # a shorter one ends an abbreviation or a heading
            return line.start() + stop.end()
    return 0


def _opens(head: str, start: int) -> bool:
    """The name opens its sentence, after a dateline at most."""
    before = head[head.rfind("\n", 0, start) + 1 : start]
    return re.fullmatch(r"\W*(?:[^.\n]{0,60}(?:--?|–|—)\s*)?(?:(?:The|the|We, the)\s)?\W*", before) is not None
