"""What a reader keeps in mind from sentence to sentence: who spoke last, whom "he" and "the group" mean.

Start with `Discourse`. Every answer about an antecedent comes with its reason, because a claim shows it.

Looks down to: mentions, syntax, lexicon, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.attributed import speech_entries
from probanda.claims.kinds import is_role, kind_of_name, place_known
from probanda.claims.lexicon import Lexicon
from probanda.claims.mentions import MentionBook, clean, kind_of_phrase
from probanda.claims.model import Named
from probanda.claims.times import MONTHS, WEEKDAYS
from probanda.kernel.vocabulary import MentionKind

if TYPE_CHECKING:
    from probanda.claims.words import Token

PERSONAL = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
NEUTER = frozenset({"it", "its", "itself"})
_PRONOUNS = PERSONAL | PLURAL | NEUTER
FIRST = frozenset({"we", "i", "us", "our", "my", "me"})
_BACKWARD = {
    "group": (MentionKind.UNIT, MentionKind.BODY),
    "organization": (MentionKind.BODY,),
    "organisation": (MentionKind.BODY,),
    "ngo": (MentionKind.BODY,),
    "agency": (MentionKind.BODY,),
    "movement": (MentionKind.UNIT, MentionKind.BODY),
    "newspaper": (MentionKind.BODY, MentionKind.PERSON),
    "daily": (MentionKind.BODY, MentionKind.PERSON),
    "paper": (MentionKind.BODY, MentionKind.PERSON),
    "court": (MentionKind.BODY,),
    "militia": (MentionKind.UNIT,),
    "brigade": (MentionKind.UNIT,),
    "commissioner": (MentionKind.BODY, MentionKind.PERSON),
    "general": (MentionKind.PERSON,),
    "colonel": (MentionKind.PERSON,),
    "commander": (MentionKind.PERSON,),
    "prosecutor": (MentionKind.PERSON,),
    "president": (MentionKind.PERSON,),
    "spokesman": (MentionKind.PERSON,),
    "spokeswoman": (MentionKind.PERSON,),
    "minister": (MentionKind.PERSON,),
    "command": (MentionKind.UNIT, MentionKind.BODY),
    "network": (MentionKind.BODY,),
    "ministry": (MentionKind.BODY,),
    "commission": (MentionKind.BODY,),
}


@dataclass(slots=True)
class Sentence:
    """One sentence of a passage: local offsets, its parse where it was worth one, and whether it stands in quotes."""

    start: int
    end: int
    words: str
    paragraph: int
    heading: bool
    quoted: bool
    root: Token | None = None
    section: str | None = None
    """ISO day of the date heading above it."""
    label: tuple[int, int, int] | None = None
    """Start and end of the name of who speaks it, in the record of a debate, and where the speech begins."""
    timeline: bool = False
    """The text has several date headings: each dates what follows it."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Someone who was subject, object or speaker a moment ago."""

    named: Named
    kind: MentionKind
    plural: bool
    rank: int
    """2 speaker, 1 subject, 0 elsewhere."""
    sentence: int
    title: str


@dataclass(slots=True)
class Discourse:
    """The memory of one reading; lives no longer than that."""

    book: MentionBook
    lex: Lexicon
    words: str
    memory: list[Remembered] = field(default_factory=list)
    number: int = 0
    year: int | None = None
    year_paragraph: int = -10
    last_day: str | None = None
    said_by: list[Named] = field(default_factory=list)
    """Chain of the last attributed statement, outermost first, without the publication."""
    said_paragraph: int = -1
    doing: frozenset[str] = frozenset()
    """Authors of the act being read, as named."""
    said_number: int = -1
    """Sentence of the last attributed statement."""
    said_one: bool = False
    """The last speaker is one human being, whom "he" or "she" may mean."""
    said_many: bool = False
    """They are several, whom "they" may mean."""
    account_number: int = -1
    """Sentence up to which somebody's account goes."""
    account_paragraph: int = -1
    account_whole: bool = False
    """It goes on to the end of its paragraph."""
    account_goes_on: bool = False
    """The sentence being read was read as part of it."""
    authors: set[tuple[str, int]] = field(default_factory=set)
    """Words and sentence of those told to be authors of an act."""
    running: list[Named] = field(default_factory=list)
    """Chain that governs whole paragraphs, such as a communique that is quoted in full."""
    running_until: int = -1
    """Last paragraph that it governs."""

    def named(  # noqa: PLR0911, PLR0912
        self, token: Token, sentence: Sentence, *, victim: bool = False, author: bool = False
    ) -> tuple[Named, MentionKind, str | None]:
        """The words that fill a role, their kind, and for a pronoun the reason for its antecedent."""
        lower = token.lower_
        if lower in _PRONOUNS:
            found = self.antecedent(token, sentence, victim=victim, author=author)
            if found is not None:
                return found.named, found.kind, f"“{token.text}” read as {found.named.words}"
            return Named(token.text), MentionKind.GROUP, None
        lemma = token.lemma_.lower()
        inner_tokens = token.children
        if token.pos_ == "NOUN":
            for named in inner_tokens:
                if (
                    named.dep_ == "appos"
                    and named.tag_ == "NNP"
                    and token.tag_ == "NN"  # "two journalists, Ana Bel and Ilo Dant" are more than the first of them
                    and self.lex.is_a(lemma, "officials", "speakers", "kin")
                ):
                    return self._phrase(named, sentence)
            for inner in syntax.prepositional(token, "of"):
                for named in syntax.children(inner, "appos"):
                    if named.tag_ == "NNP" and lemma in self.lex.classes["officials"]:
                        return self._phrase(named, sentence)
        if token.tag_ == "NNP":  # "the Minister of the Interior, Ana Bel"
            first, last = syntax.phrase(token)
            if is_role(token.doc.said(first, last + 1), self.lex):
                for inner in [token, *syntax.prepositional(token, "of", "for")]:
                    for named in syntax.children(inner, "appos"):
                        if named.tag_ == "NNP" and named.i > token.i:
                            return self._phrase(named, sentence)
        if (
            lemma in _BACKWARD
            and token.tag_ in ("NN", "NNP")
            and any(c.lower_ in ("the", "this", "that") for c in inner_tokens if c.dep_ == "det")
            and not any(c.dep_ in ("compound", "poss", "nmod", "nummod") for c in inner_tokens)
            and not syntax.prepositional(token, "of")
        ):
            back = self.latest(_BACKWARD[lemma], lemma)
            if back is not None:
                return back.named, back.kind, f"“the {token.text}” read as {back.named.words}"
        return self._phrase(token, sentence)

    def _phrase(self, token: Token, sentence: Sentence) -> tuple[Named, MentionKind, str | None]:
        first, last = syntax.phrase(token)
        doc = token.doc
        why = None
        owner = next((c for c in token.children if c.dep_ == "poss" and c.lower_ in _PRONOUNS), None)
        start, end = sentence.start + doc[first].idx, sentence.start + doc[last].idx + len(doc[last])
        words = None
        if owner is not None and (
            token.lemma_.lower() in ("associate", "commander", "man")
            or self.lex.is_a(token.lemma_.lower(), "armed", "named-armed")
        ):
            whose = self.antecedent(owner, sentence)
            if whose is not None:
                words = f"{whose.named.words}’s {clean(doc.said(owner.i + 1, last + 1))}"
                why = f"“{owner.text}” read as {whose.named.words}"
        head = token.lemma_.lower()
        proper = token.tag_ in ("NNP", "NNPS")
        kind = kind_of_phrase(self.words[start:end], head, self.lex, proper=proper)
        if kind is MentionKind.PERSON:
            before = self.words[max(0, start - 40) : start]
            kind = self.book.kind_known(self.words[start:end]) or kind_of_name(
                self.words[start:end], None, before, "", self.lex
            )
        known = self.book.at(start, end)
        head_end = sentence.start + token.idx + len(token)
        if head_end < end:  # "Ana Bel of Karsia": the name, not what follows it
            person = self.book.at(start, head_end)
            if (
                person is not None
                and person.kind is MentionKind.PERSON
                and person.end - sentence_base(self.book) == head_end
            ):
                return Named(clean(person.words), person.id), MentionKind.PERSON, why
        if (
            known is not None
            and token.tag_ in ("NNP", "NNPS")
            and words is None
            and known.end - sentence_base(self.book) >= end
        ):
            kind = known.kind
            if kind is MentionKind.PERSON:
                return Named(clean(known.words), known.id), kind, why
        unnamed = kind is MentionKind.BODY and not re.search(r"[A-Z]", self.words[start:end])
        return self.book.named(start, end, MentionKind.GROUP if unnamed else kind, words), kind, why

    def antecedent(
        self, token: Token, sentence: Sentence, *, victim: bool = False, author: bool = False
    ) -> Remembered | None:
        """Whom a pronoun means: a subject or speaker of this sentence first, then the latest one that fits.

        Whoever suffers is none of `doing`, the authors of the act being read. "They" who do something are those told
        to have done something just before, and else nobody who was named as victim or witness.
        """
        inside = self._within(token, sentence, author=author)
        if inside is not None:
            return inside
        barred = self.doing if victim else frozenset()
        lower = token.lower_
        if lower in PERSONAL:
            return self._person(token, sentence, victim=victim)
        if lower in PLURAL:
            fits = [
                m
                for m in self.memory
                if (m.plural or m.kind in (MentionKind.UNIT, MentionKind.GROUP))
                and not self._lifeless(m.named.words)
                and m.named.words not in barred
            ]
            if author:
                going_on = self._going_on(fits)
                if going_on is not None:
                    return going_on
                fits = [m for m in fits if not self._harmless(m.named.words)]
        elif lower in NEUTER:
            fits = [
                m
                for m in self.memory
                if m.kind in (MentionKind.UNIT, MentionKind.BODY, MentionKind.STATE)
                and (not m.plural or (m.kind is MentionKind.UNIT and not m.named.words.lower().endswith("s")))
            ]
        else:
            return None
        recent = [m for m in fits if self.number - m.sentence <= 4]
        best = max(recent, key=lambda m: (m.rank > 0, m.sentence, m.rank), default=None)
        if best is not None and best.rank == 2 and lower in PLURAL and not victim:
            # "Residents said the soldiers came at dawn. They shot ...": rather those spoken of than those who speak
            spoken_of = [m for m in recent if m.rank == 1 and m.sentence == best.sentence]
            best = spoken_of[-1] if spoken_of else best
        rivals = [m for m in recent if best and (m.rank > 0, m.sentence) == (best.rank > 0, best.sentence)]
        return None if any(_another(best, m) for m in rivals) else best

    def _going_on(self, fits: list[Remembered]) -> Remembered | None:
        """The one of them that was told to be author in the sentences just before, the latest."""
        told = [n for _, n in self.authors if self.number - AUTHORS_HOLD <= n < self.number]
        latest = {words for words, n in self.authors if told and n == max(told)}
        found = [m for m in fits if m.named.words.lower() in latest]
        return found[-1] if found and len({m.named.words.lower() for m in found}) == 1 else None

    def _harmless(self, words: str) -> bool:
        """Those whom a text names as having suffered or seen something."""
        last = words.lower().split()[-1]
        forms = (last, last.removesuffix("s"), last.removesuffix("es"))
        return any(self.lex.is_a(f, "victims", "civilians", "speakers") for f in forms) and not any(
            self.lex.is_a(f, "armed", "named-armed", "combatants") for f in forms
        )

    def _lifeless(self, words: str) -> bool:
        """Bodies, papers and weapons, which "they" may mean in grammar, but which do nothing and suffer nothing."""
        last = words.lower().split()[-1].rstrip("s")
        return last in ("bodie", "remain", "corpse") or self.lex.is_a(
            last, "bodies", "documents", "munitions", "property"
        )

    def _person(self, token: Token, sentence: Sentence, *, victim: bool) -> Remembered | None:
        """The one person that "he" can mean; None where two compete without a clear winner.

        The nearest sentence that names anyone who fits decides, and nobody is fetched from behind it. Within it an
        author of an act told there comes first, then its subject; two of the same standing leave the pronoun open.
        """
        said = {n.words.lower() for n in self.said_by[-1:]} if sentence.quoted else set()
        fits = [
            m
            for m in self.memory
            if m.kind is MentionKind.PERSON
            and not m.plural
            and 0 <= self.number - m.sentence <= 4
            and m.sentence != self.number
            and not _other_gender(token.lower_, m.title)
            and m.named.words.lower() not in said
        ]
        if not fits:
            return None
        nearest = max(m.sentence for m in fits)
        pool = [m for m in fits if m.sentence == nearest]
        authors = [m for m in pool if self._told_as_author(m)]
        if victim and authors:  # whoever suffers is rather not who was just told to have done it
            names = {m.named.words.lower() for m in authors}
            pool = [m for m in pool if m.named.words.lower() not in names] or pool
            authors = []
        for group in (authors, [m for m in pool if m.rank > 0], pool):
            if group:
                clear = one_person(group)
                rival = [m for m in pool if m.rank > 0] if group is authors else []
                if clear is None or (rival and one_person([clear, *rival]) is None and clear.rank == 0):
                    return None
                return clear
        return None

    def _told_as_author(self, m: Remembered) -> bool:
        return (m.named.words.lower(), m.sentence) in self.authors

    def tell_author(self, words: str) -> None:
        """Someone was named as author of an act, or as answerable for one, in the sentence being read."""
        self.authors.add((words.lower(), self.number))

    def _within(self, token: Token, sentence: Sentence, *, author: bool = False) -> Remembered | None:  # noqa: PLR0912
        lower = token.lower_
        telling = _tellers(token) if author else frozenset()
        candidates = []
        beside, unquoted = _of_the_same_verb(token), not _in_marks(token)
        for other in token.doc[: token.i]:
            if other.i in beside or other.i in telling or (unquoted and _in_marks(other)):
                continue  # "They shot my husband," she said
            if other.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "appos") or other.pos_ not in ("NOUN", "PROPN"):
                continue
            if (other.is_ancestor(token) and token.dep_ != "poss") or other.lemma_.lower() in TIMES:
                continue
            first, last = syntax.phrase(other)
            words = other.doc.said(first, last + 1)
            kind = kind_of_phrase(words, other.lemma_.lower(), self.lex, proper=other.tag_ in ("NNP", "NNPS"))
            known = self.book.at(sentence.start + other.doc[first].idx, sentence.start + other.idx + len(other))
            kind = known.kind if known is not None and other.tag_.startswith("NNP") else kind
            plural = other.tag_ in ("NNS", "NNPS") or kind is MentionKind.UNIT or (author and _by_its_letters(other))
            if lower in PERSONAL and (plural or not self._human(other, kind)):
                continue
            speaks = other.dep_ == "nsubj" and bool(speech_entries(other.head)) and kind is not MentionKind.PERSON
            if lower in PLURAL and not (plural or speaks):
                continue
            if (
                lower in PLURAL
                and not other.tag_.startswith("NNP")
                and not self.lex.is_a(
                    other.lemma_.lower(),
                    "victims",
                    "armed",
                    "speakers",
                    "officials",
                    "kin",
                    "bodies-named",
                    "named-armed",
                )
            ):
                continue
            if lower in PLURAL and other.lemma_.lower() in ("body", "report", "state", "office", "statement"):
                continue
            if lower in NEUTER and kind not in (MentionKind.UNIT, MentionKind.BODY, MentionKind.STATE):
                continue
            candidates.append(other)
        candidates = [c for c in candidates if not any(o.dep_ == "appos" and o.head.i == c.i for o in candidates)]
        if author:
            spoken_of = [c for c in candidates if self._may_have_done(c) and not _says_it(c, token)]
            candidates = spoken_of or candidates  # "residents said that the gunmen came and that they shot ..."
        if not candidates:
            return None
        # subjects before objects, the outer clause before the inner, the nearer before the farther
        chosen = min(candidates, key=lambda t: (t.dep_ not in ("nsubj", "nsubjpass"), len(list(t.ancestors)), -t.i))
        if lower in PERSONAL and chosen.dep_ not in ("nsubj", "nsubjpass") and len(candidates) > 1:
            return None  # two objects, no subject: open
        if chosen.i >= token.i:
            return None
        named, kind, _ = self.named(chosen, sentence)
        return Remembered(named, kind, chosen.tag_ in ("NNS", "NNPS"), 1, self.number, "")

    def _may_have_done(self, token: Token) -> bool:
        """What is told of them, or armed: "condemned the conduct of the soldiers as they attacked"."""
        armed = self.lex.is_a(token.lemma_.lower(), "armed", "named-armed", "combatants") or _by_its_letters(token)
        return token.dep_ in ("nsubj", "nsubjpass") or armed

    def _human(self, token: Token, kind: MentionKind) -> bool:
        if token.tag_.startswith("NNP"):
            return kind is MentionKind.PERSON
        lemma = token.lemma_.lower()
        return lemma in self.lex.classes["officials"] or (
            self.lex.is_a(lemma, "speakers", "victims", "combatants", "kin")
            and not self.lex.is_a(lemma, "bodies-named", "documents", "publications", "named-armed")
            and lemma
            not in ("authority", "opposition", "source", "agency", "brigade", "militia", "regime", "state", "side")
        )

    def latest(self, kinds: tuple[MentionKind, ...], lemma: str) -> Remembered | None:
        """The latest one of these kinds; of persons, one whose title has the word."""
        for m in sorted(self.memory, key=lambda m: (m.sentence, m.rank), reverse=True):
            if m.kind in kinds and m.kind is not MentionKind.PERSON and not _named_so(m.named.words, lemma):
                continue
            if m.kind in kinds and (
                m.kind is not MentionKind.PERSON
                or lemma in m.title.lower()
                or (lemma in self.lex.classes["publications"] and m.rank)
            ):
                return m
        return None

    def remember(self, named: Named, kind: MentionKind, *, plural: bool, rank: int, title: str = "") -> None:
        """Keep someone in mind."""
        self.memory.append(Remembered(named, kind, plural, rank, self.number, title))
        if len(self.memory) > 200:
            del self.memory[:100]


_TELLING = frozenset({"allege", "depose", "recount", "testify"})
"""Verbs of those who tell what others did: "the printer testified that he had beaten her" is no confession."""


def _tellers(token: Token) -> frozenset[int]:
    verbs = [t for t in token.ancestors if t.pos_ == "VERB" and t.lemma_.lower() in _TELLING]
    found = [t for verb in verbs for t in syntax.subjects(verb)]
    return frozenset(one.i for t in found for one in (t, *syntax.children(t, "appos")))


def _says_it(subject: Token, token: Token) -> bool:
    """The subject of the verb of saying in whose words the token stands."""
    verb = subject.head
    return verb.is_ancestor(token) and bool(speech_entries(verb))


def _by_its_letters(token: Token) -> bool:
    """ "The NFM ... as they attacked civilians": a force known by its letters is several."""
    return token.tag_ == "NNP" and token.text.isupper() and 3 <= len(token.text) <= 6 and not place_known(token.text)


def _of_the_same_verb(token: Token) -> frozenset[int]:
    """Subjects of the verb whose object the pronoun is: "the police beat them" does not mean the police."""
    if token.dep_ not in ("dobj", "nsubjpass", "pobj") or token.lower_.endswith(("self", "selves")):
        return frozenset()
    verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or (token.dep_ == "pobj" and token.head.head.i != verb.i):
        return frozenset()
    return frozenset(t.i for t in (syntax.agents(verb) if syntax.passive(verb) else syntax.subjects(verb)))


AUTHORS_HOLD = 3
"""Sentences behind an act in which "they" are still those who did it."""


def _in_marks(token: Token) -> bool:
    """Within quotation marks of its sentence."""
    opened = sum(t.text in ('"', "“", "``") for t in token.doc[: token.i])
    closed = sum(t.text in ("”", "''") for t in token.doc[: token.i])
    straight = sum(t.text == '"' for t in token.doc[: token.i])
    return straight % 2 == 1 if straight else opened > closed


def _another(best: Remembered | None, other: Remembered) -> bool:
    """Two candidates of one standing whose names share no word: the pronoun could mean either."""
    if best is None or best.rank != other.rank:
        return False
    a, b = set(best.named.words.lower().split()), set(other.named.words.lower().split())
    return not a & b


def _named_so(words: str, lemma: str) -> bool:
    """A body taken up by "the court" is a named one, and one that is called so; "the group" fits any named one."""
    if not any(w[:1].isupper() for w in words.split()):
        return lemma in words.lower()
    return lemma not in _SAID_IN_NAMES or lemma in words.lower() or words.isupper()


_SAID_IN_NAMES = frozenset(
    {"agency", "brigade", "command", "commission", "commissioner", "court", "militia", "ministry", "network"}
)
"""Words that stand in the names of the bodies they mean."""


_MALE = frozenset({"mr", "sir", "king", "father", "brother", "sheikh", "sheik", "lord", "prince", "son", "husband"})
_FEMALE = frozenset(
    {"mrs", "ms", "miss", "lady", "madam", "queen", "sister", "mother", "spokeswoman", "daughter", "wife", "princess"}
)


def _other_gender(pronoun: str, title: str) -> bool:
    words = {w.strip(".,").lower() for w in title.split()}
    if pronoun in ("she", "her", "herself"):
        return bool(words & _MALE)
    return bool(words & _FEMALE)


def one_person(found: list[Remembered]) -> Remembered | None:
    """The fullest of these when all can be one person (the last words of their names agree), else None."""
    fullest = max(found, key=lambda m: (len(m.named.words.split()), m.rank))
    full = [w.lower() for w in fullest.named.words.split()]
    same = all(m.named.words.lower().split()[-1] in full for m in found)
    return fullest if same else None


TIMES = frozenset(MONTHS) | frozenset(WEEKDAYS)


def sentence_base(book: MentionBook) -> int:
    """Code points before the part that the book's offsets are local to."""
    return book.base
