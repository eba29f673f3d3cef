"""Where it was done: the names of an act's places, and the place an account carries on to claims that state none.

Start with `places_of`, called for each act; `carry_places` is called once, when all sentences were read.

Looks down to: when, places, scenes, kinds, mentions, roles, settle, syntax, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger, act_nouns
from probanda.claims.discourse import Sentence
from probanda.claims.kinds import of_a_state, places_called
from probanda.claims.mentions import clean
from probanda.claims.model import Named
from probanda.claims.places import AT, PARTS, SETTLEMENTS, THINGS, TIMES, UNPLACED, Known, centre, stated
from probanda.claims.readers.when import where_written
from probanda.claims.roles import DIRECTIONS, REFERRING, Roles
from probanda.claims.scenes import ANOTHER, Told, carried
from probanda.claims.settle import Draft
from probanda.kernel.vocabulary import ActType, MentionKind

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token

_WHICH = frozenset({"back", "front", "main", "central", "local", "old", "new", "upper", "lower", "separate"})
"""Words that in all-capital copy look like the name of the place that they only describe."""
_CLOSE = 5
"""Words between a thing and the place it stands at that are still one phrase: "a pit on the edge of Orla"."""
RECENT = 200
"""Names of places, with the nouns for their kind, among which "the town" is looked for."""
_PLACES = (MentionKind.PLACE, MentionKind.STATE)


@dataclass(frozen=True, slots=True)
class Where:
    """The places of one act: all of them, those with a name, and whether the words point back to one."""

    places: list[Named]
    stated: tuple[Named, ...]
    points: bool
    reasons: list[str]


def places_of(notes: Notes, sentence: Sentence, trigger: Trigger, kind: ActType, roles: Roles) -> Where:
    """The places of an act, as named, each once; what kind of place a name is goes into the notes."""
    known = _known(notes, sentence)
    named: list[Named] = []
    bare: list[tuple[Token, Named]] = []
    points = _points(trigger)
    reasons: list[str] = []
    for spot in stated(trigger, kind, roles, notes.lex, known):
        token = spot.token
        back = _taken_up(notes, token, known)
        if back is not None:
            named += [back] if back not in named else []
            reasons.append(f"“the {token.text}” read as {back.words}")
            continue
        if _back(token) and not known(token) and token.lemma_.lower() in SETTLEMENTS:
            points = True
            if token.lemma_.lower() not in notes.lex.classes["civilian-places"]:
                continue
        one = _words_of(notes, sentence, token, known)
        if one is None:
            continue
        if known(token) or _is_name(token, notes, sentence):
            if token in roles.victims and not known(token):
                continue  # "the siege starved the Karsians"
            _keep_place(notes, token, one)
            if all(n.words != one.words for n in named):
                named.append(one)
                reasons += [spot.reason] if spot.reason else []
        elif all(n.words != one.words for _, n in bare) and _noun_of_place(notes, token):
            bare.append((token, one))
    worth = [(token, one) for token, one in bare if _worth(token, bool(named))]
    told = named + [one for token, one in worth if token.lemma_.lower() in DIRECTIONS]
    inner = [one for _, one in worth if any(n.words in one.words for n in named)]
    return Where([*inner, *named, *[o for _, o in worth if o not in inner]], tuple(told), points, reasons)


def _noun_of_place(notes: Notes, token: Token) -> bool:
    noun = token.lemma_.lower()
    return noun in THINGS or notes.lex.is_a(noun, "places", "civilian-places")


def _worth(token: Token, beside: bool) -> bool:
    """A place without a name says something where it is one or counted: "the school", "in five villages"."""
    if token.tag_ in ("NNS", "NNPS"):
        counted = any(c.dep_ == "nummod" for c in token.children)
        return counted and not beside and token.dep_ == "pobj" and token.head.lower_ in AT
    if not any(c.dep_ in ("det", "poss", "compound", "amod", "nmod") for c in token.children):
        return False  # "in prison", "from school"
    noun = token.lemma_.lower()
    return noun not in SETTLEMENTS or (noun in PARTS and any(c.lower_ == "of" for c in token.children))


def _is_name(token: Token, notes: Notes, sentence: Sentence) -> bool:
    """Written as a name, though nobody says of what, and where a place is due."""
    return (
        token.tag_ == "NNP"
        and token.text[:1].isupper()
        and not sentence.words.isupper()
        and token.lemma_.lower() not in notes.lex.classes["places"]
        and not _of_people(token)
        and not _counted(token)
        and not _in_name_of_body(sentence, token)
    )


def _in_name_of_body(sentence: Sentence, token: Token) -> bool:
    """ "The Joint Mission in Karsia (JMIK)", "the Front for the Liberation of Orla (FLO)": a body, wherever it acts."""
    return any(start <= token.idx < end for start, end in _bodies_with_places(sentence.words))


@lru_cache(maxsize=64)
def _bodies_with_places(words: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in _BODY_WITH_PLACE.finditer(words)) if "(" in words or " State " in words else ()


_ONE = r"[A-Z][\w’'-]+"
_BODY_WITH_PLACE = re.compile(
    rf"\b(?:{_ONE}[ \n])+(?:in|for|of|on)[ \n](?:the[ \n])?{_ONE}(?:(?:,?[ \n]and|,|[ \n]of|[ \n]in)?(?:[ \n]the)?[ \n]"
    rf"{_ONE}){{0,8}}[ \n]\([A-Z][A-Z-]{{2,}}\)"
    rf"|\bIslamic[ \n]State[ \n](?:in|of)[ \n](?:the[ \n])?{_ONE}(?:[ \n]and[ \n](?:the[ \n])?{_ONE})?"
)
"""A name in capitals that goes on over "in" or "of" to the letters by which it is called."""


def _counted(token: Token) -> bool:
    """ "Thousands of Karsi": those counted."""
    of = token.head
    return token.dep_ == "pobj" and of.lower_ == "of" and (of.head.pos_ == "NUM" or of.head.lemma_.lower() in _MANY)


_MANY = frozenset({"dozen", "score", "hundred", "thousand", "million", "number", "majority", "half", "most", "many"})


def _of_people(token: Token) -> bool:
    """ "the Karsi", one word with its article: people, a party, a paper."""
    first = syntax.phrase(token)[0]
    if token.dep_ in ("compound", "nmod", "poss") or _one_of_several(token):
        return False
    return first == token.i and first > 0 and token.nbor(-1).lower_ == "the" and not places_called(token.text)


def _one_of_several(token: Token) -> bool:
    """ "The Orla and Sella districts": the noun at the end says of each what it is."""
    others = syntax.children(token, "conj", "appos")
    return any(t.tag_ == "NNS" and t.lemma_.lower() in REFERRING | SETTLEMENTS for t in others)


def _back(token: Token) -> bool:
    """ "the town", with nothing that says which."""
    others = [c for c in token.children if c.dep_ in ("amod", "compound", "nmod", "poss", "nummod", "acl", "relcl")]
    definite = any(c.lower_ in ("the", "this", "that") and c.dep_ == "det" for c in token.children)
    return definite and not others and token.tag_ in ("NN", "NNP") and not syntax.prepositional(token, "of", "in")


def _points(trigger: Trigger) -> bool:
    """ "the attack", "these killings", "were killed there"."""
    if trigger.entry.id == "responsible" or any(c.lower_ == "there" for c in trigger.token.children):
        return True
    return trigger.noun and any(
        c.lower_ in ("the", "this", "these", "those", "that") for c in trigger.token.children if c.dep_ == "det"
    )


def _taken_up(notes: Notes, token: Token, known: Known) -> Named | None:
    if known(token) or not _back(token):
        return None
    noun = token.lemma_.lower()
    return next((n for n, kind in reversed(notes.named_places[-RECENT:]) if kind == noun), None)


def _words_of(notes: Notes, sentence: Sentence, token: Token, known: Known) -> Named | None:
    """A place in the text's own words, or None for what only looks like one."""
    first, last = syntax.phrase(token)
    doc = token.doc
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is not None and owner.i < token.i and (places_called(owner.text) or not owner.text[:1].isupper()):
        first = max(t.i for t in owner.subtree) + 1
    if not known(token):  # "the covered market of X", "a sand pit outside X", "the compound of the district head"
        within = [t for t in syntax.prepositional(token, "of", "at", "in", "near", "outside", "behind") if known(t)]
        last = max([last, *[syntax.phrase(t)[1] for t in within if syntax.phrase(t)[0] - last <= _CLOSE]])
    if last == token.i and last + 1 < len(doc) and token.text[:1].isupper() and _its_number(doc[last + 1]):
        last += 1  # "Camp 5"
    while first < token.i and doc[first].lower_ in ("so", "called", "self", "styled", "-"):
        first += 1
    start, end = sentence.start + doc[first].idx, sentence.start + doc[last].idx + len(doc[last])
    if not known(token) and not _may_be_place(notes, token, start, end):
        return None
    trimmed = re.match(r"(.*?)['’]s?$", notes.text.words[start:end], re.DOTALL)
    if trimmed:
        end = start + len(trimmed.group(1).rstrip())
    return notes.book.named(start, end, MentionKind.PLACE)


def _its_number(number: Token) -> bool:
    """ "Camp 5", and not "Orla 10 days later", "In Orla two men were shot"."""
    return number.tag_ == "CD" and number.text.isdigit() and number.head.i < number.i


def _may_be_place(notes: Notes, token: Token, start: int, end: int) -> bool:
    """False for what is surely a person, and for words that are neither a name nor a kind of place."""
    mention = notes.book.at(start, end)
    if mention is not None and mention.kind is MentionKind.PERSON:
        return len(mention.words.split()) == 1 and not notes.book.surname(mention.words)
    return mention is not None or _noun_of_place(notes, token) or bool(places_called(notes.text.words[start:end]))


def _known(notes: Notes, sentence: Sentence) -> Known:
    """Whether a token is the head of a name of a place, by the text's own names and the gazetteer."""
    answers: dict[int, bool] = {}

    def known(token: Token) -> bool:
        if token.i not in answers:
            answers[token.i] = _names_place(notes, sentence, token)
        return answers[token.i]

    return known


def _names_place(notes: Notes, sentence: Sentence, token: Token) -> bool:  # noqa: PLR0911
    kinds = notes.lex.classes["places"]
    capital = token.text[:1].isupper()
    if capital and _in_name_of_body(sentence, token):
        return False
    if not capital and token.lemma_.lower() not in kinds:
        return False
    if sentence.words.isupper() and not _sure(notes, token):
        return False
    if not capital:
        if any(c.text[:1].isupper() for c in syntax.children(token, "compound", "nmod")):
            return True
        beside = [c for c in syntax.children(token, "amod") if c.text[:1].isupper() and not of_a_state(c.text)]
        return any(_names_place(notes, sentence, c) for c in beside)
    if token.lemma_.lower() in kinds and token.i + 1 < len(token.doc) and token.nbor().tag_ == "CD":
        return True  # "Camp 5"
    first = syntax.phrase(token)[0]
    return not _no_place(token, first) and _name_of_place(notes, sentence, token, first)


def _name_of_place(notes: Notes, sentence: Sentence, token: Token, first: int) -> bool:
    start, end = sentence.start + token.doc[first].idx, sentence.start + token.idx + len(token)
    mention = notes.book.at(start, end)
    if mention is not None and mention.end - notes.text.base == end and mention.kind in _PLACES:
        return not {w.lower() for w in mention.words.split()} & notes.lex.classes["publications"]
    if mention is not None and mention.kind in (MentionKind.BODY, MentionKind.UNIT):
        return False
    beside = [c for c in syntax.children(token, "compound") if c.text[:1].isupper()]
    if token.lemma_.lower() in notes.lex.classes["places"] and beside:
        return True  # "the Grey House"
    if token.dep_ == "compound" and token.head.lemma_.lower() in act_nouns("en") and token.head.text[:1].islower():
        return first == token.i and not notes.book.surname(token.text) and token.tag_ == "NNP"  # "the X massacre"
    above = syntax.governor(token)
    of_one = above is not None and above.text[:1].islower() and token.head.lower_ == "of"
    if of_one and above is not None and above.lemma_.lower() in notes.lex.classes["places"] and token.tag_[:3] == "NNP":
        return True  # "the market of X"
    return bool(places_called(token.doc.said(first, token.i + 1)))


def _no_place(token: Token, first: int) -> bool:
    """Peoples ("Karsis", "the Karsi"), verbs and pronouns at the head of a sentence, times."""
    if token.tag_[:2] in ("VB", "CD", "PR", "WP", "DT"):
        return True
    if any(t.tag_ == "CD" or t.lower_ in TIMES for t in token.doc[first : token.i + 1]):
        return True
    several = token.tag_ == "NNPS" and token.text.lower().endswith("s") and first == token.i
    return (several and not places_called(token.text)) or _of_people(token)


def _sure(notes: Notes, token: Token) -> bool:
    """In all-capital copy: the gazetteer has it, the text repeats it, or a word for its kind stands beside it."""
    kinds = notes.lex.classes["places"]
    first = syntax.phrase(token)[0]
    above = syntax.governor(token)
    own = [t for t in token.doc[first : token.i + 1] if t.text[:1].isupper() and t.lower_ not in _WHICH | kinds]
    return bool(
        places_called(token.doc.said(first, token.i + 1))
        or any(notes.book.count(t.text.upper()) > 1 for t in own)
        or (any(t.tag_ == "NNP" for t in own) and token.lemma_.lower() in kinds)
        or (above is not None and token.head.lower_ == "of" and above.lemma_.lower() in SETTLEMENTS)
    )


def _keep_place(notes: Notes, token: Token, named: Named | None) -> None:
    """Remember what kind of place a name is, so that "the town" can be read as it later."""
    if named is None:
        return
    nouns = {token.lemma_.lower()}
    above = syntax.governor(token)
    if above is not None and token.head.lower_ == "of":
        nouns.add(above.lemma_.lower())
    nouns |= {c.lemma_.lower() for c in syntax.children(token, "appos")}
    for place in places_called(named.words):
        nouns.add(place.kind)
    places = notes.lex.classes["places"]
    for noun in sorted(n for n in nouns if n in REFERRING or n in places):
        notes.named_places.append((named, noun))


# -- once all is read ------------------------------------------------------------------------------------------


def carry_places(notes: Notes) -> None:
    """Give claims without a place that of the account they belong to, with the reason; never one nobody told."""
    sections = _sections(notes)
    persons = frozenset(m.id for m in notes.book.all() if m.kind is MentionKind.PERSON)
    rows: list[tuple[int, int, Draft | None, Told]] = [
        (draft.act_start, 1, draft, _told(notes, draft, sections[draft.sentence.start], persons))
        for draft in notes.drafts
    ]
    for sentence, centred in notes.centres:
        at = sentence.start
        rows.append((at, 0, None, Told(at, sentence.paragraph, sections[at], (centred,), claim=False)))
    rows.sort(key=lambda row: (row[0], row[1]))
    answers = carried([row[3] for row in rows], _title(notes))
    for (_, _, claim, _told_of), answer in zip(rows, answers, strict=True):
        if claim is not None and answer is not None:
            place, reason = answer
            claim.places = [place, *[p for p in claim.places if p.words != place.words]]
            claim.why.append(reason)


def _told(notes: Notes, draft: Draft, section: int, persons: frozenset[str]) -> Told:
    date = draft.date
    sentence = draft.sentence
    return Told(
        draft.sentence.start,
        draft.sentence.paragraph,
        section,
        draft.stated,
        date.first if date else None,
        date.last if date else None,
        date is not None,
        draft.act_type not in UNPLACED,
        draft.points,
        others=_names_in(notes, sentence),
        apart=bool(ANOTHER.search(sentence.words)),
        act=draft.act_type.value,
        doers=tuple(a.words for a in draft.actors),
        persons=tuple(a.words for a in draft.actors if a.mention in persons),
    )


def _names_in(notes: Notes, sentence: Sentence) -> tuple[str, ...]:
    """Places a sentence names, narrower than a State: known to the gazetteer, or led in as a place is."""
    if sentence.words.isupper():
        return ()  # any word may look like a name
    words, base = notes.text.words, notes.text.base
    found: list[str] = []
    for mention in notes.names.within(sentence.start, sentence.end):
        called = places_called(mention.words)
        before = words[max(sentence.start, mention.start - base - 40) : mention.start - base]
        kind = _KIND_BEFORE.search(before)
        led_in = _AT.search(before) or (kind is not None and kind.group(1).lower() in notes.lex.classes["places"])
        if mention.kind is MentionKind.PLACE and (called or led_in):
            found += [] if any(p.kind == "state" for p in called) else [clean(mention.words)]
    return tuple(found)


def _sections(notes: Notes) -> dict[int, int]:
    """Number of the heading, or date heading, that each sentence stands under, by its start."""
    out: dict[int, int] = {}
    number, before, day = 0, False, None
    for sentence in notes.sentences:
        if (sentence.heading and not before) or sentence.section != day:
            number += 1
        before, day = sentence.heading, sentence.section
        out[sentence.start] = number
    return out


def _title(notes: Notes) -> Named | None:
    """The one place that the heading of the text names, and its body too; States are too wide to say where."""
    first = next((s for s in notes.sentences), None)
    if first is None or not first.heading:
        return None
    body = {m.words.lower() for m in notes.names.within(first.end, len(notes.text.words)) if m.kind in _PLACES}
    found: list[Named] = []
    for sentence in notes.sentences:
        if not sentence.heading:
            break
        for mention in notes.names.within(sentence.start, sentence.end):
            wide = any(p.kind == "state" for p in places_called(mention.words))
            if mention.words.lower() in body and not wide and all(mention.words != n.words for n in found):
                found.append(Named(clean(mention.words), mention.id))
    return found[0] if len(found) == 1 else None


_AT = re.compile(
    r"(?<!said )(?:^|\b)(?:in|at|near|outside|inside|around|across|(?:residents|inhabitants|people|villagers) of)"
    r"[ \n](?:the[ \n])?(?:[a-z\-]+[ \n]){0,3}?(?:of[ \n])?(?:the[ \n])?$",
    re.IGNORECASE,
)


_KIND_BEFORE = re.compile(r"\bthe[ \n](?:[a-z\-]+[ \n])?([a-z]+)[ \n]of[ \n]$", re.IGNORECASE)


def note_place(notes: Notes, sentence: Sentence) -> None:
    """Keep the place that a sentence speaks of; the line that says where it was written is none."""
    if sentence.heading:
        return
    after = where_written(sentence.words)
    if sentence.root is None:
        named = _plainly(notes, sentence, after)
    else:
        known = _known(notes, sentence)
        for token in sentence.root.doc:
            if known(token):
                _keep_place(notes, token, _mentioned(notes, sentence, token))
        middle = centre(sentence.root.doc, notes.lex, known)
        named = None
        if middle is not None and middle.idx >= after:
            named = _mentioned(notes, sentence, middle) or _words_of(notes, sentence, middle, known)
    if named is not None:
        notes.centres.append((sentence, named))


def _mentioned(notes: Notes, sentence: Sentence, token: Token) -> Named | None:
    """The name that ends with this token, where the text's names hold it."""
    first = syntax.phrase(token)[0]
    mention = notes.book.at(sentence.start + token.doc[first].idx, sentence.start + token.idx + len(token))
    return Named(clean(mention.words), mention.id) if mention is not None else None


def _plainly(notes: Notes, sentence: Sentence, after: int) -> Named | None:
    """As `centre`, for a sentence that was not worth a parse: by the words before the name alone."""
    found = None
    words, base = notes.text.words, notes.text.base
    for mention in notes.names.within(sentence.start + after, sentence.end):
        start, end = mention.start - base, mention.end - base
        behind = re.match(r"[ \n]([a-z]+)", words[end : end + 24])
        of_act = behind is not None and behind.group(1) in act_nouns(notes.lex.language)
        led_by_of = words[start - 3 : start - 1].lower() == "of" if start - sentence.start > 2 else False
        kind = _KIND_BEFORE.search(words[max(sentence.start, start - 30) : start]) if led_by_of else None
        if kind is not None and kind.group(1).lower() in notes.lex.classes["places"]:
            notes.named_places.append((Named(clean(mention.words), mention.id), kind.group(1).lower()))
        placed = mention.kind is MentionKind.PLACE and _AT.search(words[max(sentence.start, start - 40) : start])
        if placed or (of_act and mention.kind in (*_PLACES, MentionKind.PERSON) and " " not in mention.words):
            found = Named(clean(mention.words), mention.id)
    return found
