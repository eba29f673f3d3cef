"""Who says so: the chain that the sentence itself gives, else what the sentences around it give.

Start with `speakers_of`; `lead_in` notes that a statement is given in full from here on.

Looks down to: chains, discourse, speakers, syntax. Used by: readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.attributed import Attribution
from probanda.claims.chains import chain_of, with_publication
from probanda.claims.discourse import PERSONAL, PLURAL, Sentence
from probanda.claims.issuer import Issuer
from probanda.claims.letterhead import is_record
from probanda.claims.mentions import clean
from probanda.claims.model import Named
from probanda.claims.readers.quoted import MINE, who_is_quoted
from probanda.claims.readers.voices import NOBODY, Voice
from probanda.claims.roles import Roles
from probanda.kernel.vocabulary import MentionKind

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes

COURT_REACH = 6
"""Sentences over which a court that was named goes on to be the one whose verdicts are told."""


def speakers_of(
    notes: Notes, number: int, sentence: Sentence, said: Attribution, roles: Roles, at: int | None = None
) -> tuple[list[Named], list[str]]:
    """The chain of speakers, outermost first and without the publication, and why; empty for its own voice.

    `at`: where in the sentence the act stands, which may be within a quotation.
    """
    chain, reasons = chain_of(said, notes.talk, sentence)
    if chain and _THEIR_OWN.fullmatch(chain[-1].words) and _a_record(notes):
        floor = notes.talk.said_by if notes.talk.said_paragraph == sentence.paragraph else []
        chain = list(floor) or chain
        reasons.append("their own body, in the record of what they say")
    if sentence.label is not None and not (chain and said.modality not in ("", "link")):
        spoken = _labelled(notes, sentence.label)
        chain = [spoken, *chain] if all(spoken.words not in c.words for c in chain) else chain
        said.modality, said.stance = said.modality or "say", said.stance or "said"
        reasons.append("who speaks, by the record")
    if not chain and said.modality == "adjudicated":
        chain, reason = _court_before(notes)
        reasons += [reason] if reason else []
    chain, beside = with_publication(chain, notes.talk, notes.experts)
    if beside:
        reasons.append(beside)
    if not chain:
        quoted = sentence.quoted or (at is not None and notes.stands_in_quotes(sentence, at))
        chain, reason = who_is_quoted(notes, number, sentence, at or 0) if quoted else ([], "")
        if not chain:
            chain, reason = _from_around(notes, number, sentence)
        if not chain and not quoted and _a_record(notes):
            voice = has_the_floor(notes, sentence)
            chain, reason = list(voice.chain), "who has the floor, by the record"
        hedged = said.stance in _HEDGES and notes.talk.account_whole  # "reportedly", in somebody's speech
        if not chain and (hedged or not said.modality) and not quoted:
            chain, reason = _goes_on(notes, sentence, roles) or _same_account(notes, sentence, roles)
        if not chain and notes.issuer is not None and not sentence.quoted:
            chain, reason = [notes.issuer.named], notes.issuer.reason
            _as_found(notes.issuer, said)
        if reason:
            reasons.append(reason)
        if chain and not said.modality:
            said.modality, said.stance = "say", said.stance or "said"
    if chain and notes.issuer is not None and notes.issuer.outer and not sentence.heading:
        chain = _heard_through(notes.issuer, chain)
    return chain, reasons


def _heard_through(issuer: Issuer, chain: list[Named]) -> list[Named]:
    """Whoever speaks in somebody's report, complaint or release is heard through it."""
    known = {w for n in chain for w in re.findall(r"\w+", n.words.lower())} - {"the", "of", "and"}
    own = set(re.findall(r"\w+", issuer.named.words.lower())) - {"the", "of", "and"}
    initials = "".join(w[0] for w in re.findall(r"\w+", issuer.named.words) if w[0].isupper()).lower()
    return chain if own & known or initials in known else [issuer.named, *chain]


_THEIR_OWN = re.compile(
    r"(?i)(?:his|her|its|their) (?:own )?(?:mission|office|delegation|government|country|panel|team)"
)
_HEDGES = frozenset(["reportedly", "allegedly", "supposedly", "purportedly"])
_THE_WITNESS = re.compile(r"(?i)(?:the )?(?:wit(?:ness)?|a|ans(?:wer)?|deponent|interviewee)\.?")


def _labelled(notes: Notes, label: tuple[int, int, int]) -> Named:
    """Who speaks by the record; "the witness" is the one whom the head of the record names."""
    words = notes.text.words[label[0] : label[1]]
    if _THE_WITNESS.fullmatch(words) and notes.issuer is not None:
        return notes.issuer.named
    return notes.book.named(label[0], label[1], MentionKind.PERSON)


def _as_found(issuer: Issuer, said: Attribution) -> None:
    """What a commission of inquiry tells in its own voice, or believes on reasonable grounds, it has found."""
    if issuer.inquiry and (not said.modality or said.stance == "believe"):
        said.modality, said.stance = "confirmed", said.stance or "found"


ACCOUNT = 3
"""Sentences of a paragraph behind somebody's account in which it may be taken up again."""


WHOLE_ACCOUNT = 15
"""The same where the whole paragraph is theirs."""


def _goes_on(notes: Notes, sentence: Sentence, roles: Roles) -> tuple[list[Named], str] | None:
    """An account that goes on in the next sentence of its paragraph.

    Where people told something, a sentence right behind theirs is theirs too when it takes up who was in it: "The
    gunmen then ...", "They beat him". A body's or a paper's statement is not carried on so: what follows it in the
    news is as often the paper's own. In the record of a meeting, and where a witness opens the paragraph, all of it is
    theirs.
    """
    talk = notes.talk
    behind = talk.number - talk.account_number
    reach = WHOLE_ACCOUNT if talk.account_whole else ACCOUNT
    if sentence.heading or sentence.label is not None or not 0 < behind <= reach or not talk.said_by:
        return None
    if MINE.search(sentence.words):
        return None  # "they burned our desks": whoever writes speaks again
    if sentence.paragraph != talk.account_paragraph:
        return None
    if not talk.account_whole and not ((talk.said_one or talk.said_many) and _takes_up(notes, sentence, roles)):
        return None
    talk.account_goes_on = True
    return list(talk.said_by), "the account goes on"


_WITNESSES = frozenset(
    """
    witness complainant author applicant petitioner plaintiff deponent claimant interviewee informant
    """.split()  # noqa: SIM905
)


_DELEGATE = re.compile(
    r"\s*(?:(?:Mr|Mrs|Ms|Dr)\.? |The (?:representative|delegate|observer|delegation) (?:of|for) (?:the )?)"
    r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?: \([^()\n]{2,80}\))?,? "
)
"""How the paragraphs of a record of a meeting begin: whoever is named there has the floor."""


def _a_record(notes: Notes) -> bool:
    return is_record(notes.text.words)


def has_the_floor(notes: Notes, sentence: Sentence) -> Voice:
    """In the record of a meeting, whoever is named at the head of a paragraph."""
    found = _DELEGATE.match(sentence.words) if _a_record(notes) else None
    if found is None:
        return NOBODY
    inside = notes.names.within(sentence.start, sentence.start + found.end())
    return Voice((Named(clean(inside[0].words), inside[0].id),), "the floor", one=True) if inside else NOBODY


def tells_all(notes: Notes, sentence: Sentence, voice: Voice) -> bool:
    """Whether the paragraph that this voice opens is theirs to its end."""
    before = notes.sentences[notes.talk.number - 1] if notes.talk.number else None
    opens = before is None or before.paragraph != sentence.paragraph or re.fullmatch(r"\W*\w{1,5}\W*", before.words)
    if not voice.chain or not opens:
        return False
    heads = [t.lemma_.lower() for t in voice.tokens] + voice.chain[-1].words.lower().split()
    return _a_record(notes) or any(w in _WITNESSES for w in heads)


def _takes_up(notes: Notes, sentence: Sentence, roles: Roles) -> bool:
    if sentence.root is None:
        return False
    before = " ".join(s.words.lower() for s in notes.sentences[notes.talk.account_number : notes.talk.number])
    doers = [t for t, _ in roles.actors]
    if notes.talk.said_one and any(w.lower_ in PERSONAL for t in doers for w in (t, *syntax.children(t, "poss"))):
        return False  # "he declared ...; his men burned": told of who spoke last, not by them
    for token in doers + roles.victims + roles.targets:
        if token.lower_ in PERSONAL | PLURAL:
            return True
        for c in token.children:
            if c.dep_ == "poss" and c.lower_ in PERSONAL | PLURAL:
                return True
            if c.dep_ == "det" and c.lower_ in ("the", "these", "those") and token.lower_.rstrip("s") in before:
                return True
    return False


def _from_around(notes: Notes, number: int, sentence: Sentence) -> tuple[list[Named], str]:
    """Speakers that another sentence names: "this is according to", a statement given in full."""
    following = notes.sentences[number + 1] if number + 1 < len(notes.sentences) else None
    if following is not None and re.match(  # noqa: SIM102
        r"(?:This|That|All this|These (?:claims|allegations)) "
        r"(?:is|was|are|were|comes?|came) (?:all )?(?:according to|from)\b",
        following.words,
    ):
        if following.root is not None:
            for token in following.root.doc:
                if token.lower_ == "according":
                    who = syntax.prepositional(token, "to")
                    if who:
                        return [notes.talk.named(who[0], following)[0]], "the next sentence says according to whom"
    if notes.talk.running and sentence.paragraph <= notes.talk.running_until:
        return list(notes.talk.running), "a statement given in full"
    return [], ""


def _court_before(notes: Notes) -> tuple[list[Named], str]:
    """A verdict told without its court ("was acquitted of ...") is that of the court named before."""
    for known in reversed(notes.talk.memory):
        if notes.talk.number - known.sentence > COURT_REACH:
            break
        if re.search(r"\b(?:court|tribunal|chamber)\b", known.named.words, re.IGNORECASE):
            return [known.named], f"the verdict read as that of {known.named.words}"
    return [], ""


def _same_account(notes: Notes, sentence: Sentence, roles: Roles) -> tuple[list[Named], str]:
    """ "The soldiers" of an attributed account, taken up again without a new speaker: the account goes on."""
    for token, _ in roles.actors:
        if not any(c.lower_ in ("the", "these", "those") for c in token.children if c.dep_ == "det"):
            continue
        for draft in reversed(notes.drafts):
            if sentence.paragraph - draft.sentence.paragraph > 2:
                break
            if draft.speakers and any(
                t.lemma_.lower() == token.lemma_.lower() and t.pos_ == "NOUN" for t, _ in draft.roles.actors
            ):
                return list(draft.speakers), f"the account of “the {token.text}” goes on"
    return [], ""


def lead_in(notes: Notes, sentence: Sentence, spoke: list[Named]) -> None:
    """Whose the words that follow are: "... issued the following statement:", "X wrote:", a heading that says whose.

    A statement and a headed section go on until the next heading, "X wrote:" over two paragraphs and as long as what
    follows is set in from the margin.
    """
    talk = notes.talk
    if sentence.heading or _stands_alone(sentence):
        whose = _headed(notes, sentence)
        if sentence.heading or whose:
            talk.running, talk.running_until = whose, 10**9
    if not re.search(r":[\s\"“]*$", sentence.words):
        return
    whole = _FOLLOWING.search(sentence.words)
    if whole and not spoke and sentence.root is not None:
        subject = syntax.children(sentence.root, "nsubj")
        spoke = [talk.named(t, sentence)[0] for t in subject[:1]]
    elif whole and not spoke:
        spoke = [Named(clean(m.words), m.id) for m in notes.names.within(sentence.start, sentence.end)[:1]]
    if spoke:
        talk.running = spoke
        talk.running_until = 10**9 if whole else sentence.paragraph + 2
        if not whole:
            talk.running_until = max(talk.running_until, _set_in_until(notes, sentence))


_FOLLOWING = re.compile(r"\bfollowing\b.{0,40}\b(?:communique|statement|declaration|announcement)\b", re.IGNORECASE)
HEADING = 120
"""Code points of a line that may be a heading though nothing marks it as one."""
_PARTY = (
    r"(?P<whose>(?i:authors?|complainants?|petitioners?|applicants?|plaintiffs?|claimants?|communicants?|State party|"
    r"government|prosecution|prosecutor|defence|defense|accused|witness(?:es)?(?: [A-Z][\w-]*)?|victims?|survivors?|"
    r"source|relatives|famil(?:y|ies)|civil parties))"
)
_WHOSE = (
    re.compile(
        r"\b(?i:facts?|submissions?|observations?|comments?|claims?|complaints?|case|testimony|testimonies|evidence|"
        r"statements?|accounts?|allegations?|arguments?|version|position|information)\b[^.:]{0,40}?"
        rf"\b(?:by|of|from) (?:the )?{_PARTY}\b"
    ),
    re.compile(
        rf"^\W*(?:[\dA-Za-z]{{1,4}}[.)]\s+)?(?:The )?{_PARTY}[’']s? (?i:submissions?|observations?|comments?|"
        rf"case|claims?|"
        r"evidence|testimony|account|statement|version|position|arguments?|allegations?|complaint|reply|response)\b"
    ),
    re.compile(
        r"^\W*(?i:testimony|account|statement|deposition|affidavit|interview|story)\b(?: (?:no\.? ?)?\d+)?"
        r"(?: (?:of|by|with|from)|\s?[:–—-]) (?:the |an? )?(?P<whose>[A-Z]?[\w’'.-]+(?: [A-Z][\w’'.-]*){0,3})\b"
        r"(?! (?:of|for|on|to|from)\b)"
    ),
)
"""Headings that say whose words stand below: "The facts as submitted by the author", "Testimony of a miller"."""


def _stands_alone(sentence: Sentence) -> bool:
    return len(sentence.words) < HEADING and not sentence.words.rstrip().endswith((".", "?", "!", "”", '"'))


def _headed(notes: Notes, sentence: Sentence) -> list[Named]:
    for pattern in _WHOSE:
        found = pattern.search(sentence.words)
        if found is not None:
            start, end = sentence.start + found.start("whose"), sentence.start + found.end("whose")
            named = re.match(r"[A-Z]", found["whose"]) is not None
            head = found["whose"].split()[-1].lower().rstrip("s")
            known = pattern is not _WHOSE[-1]  # the others list whom they mean
            if not named and not known and not notes.lex.is_a(head, "speakers", "kin", "prisoners", "victims"):
                continue
            return [notes.book.named(start, end, MentionKind.PERSON if named else MentionKind.GROUP)]
    return []


def _set_in_until(notes: Notes, sentence: Sentence) -> int:
    """The last of the paragraphs right behind this one that are set in from the margin; -1 where none is."""
    until = -1
    words = notes.text.words
    for passage in notes.text.passages:
        if passage.start < sentence.end:
            continue
        if passage.paragraph > max(until, sentence.paragraph) + 1:
            break
        line = words[words.rfind("\n", 0, passage.start) + 1 : passage.start + 2]
        if line.startswith(("  ", "\t", ">")):
            until = passage.paragraph
    return until
