"""The English reader: word lists, a parse and rules, from a text to proposed claims and mentions.

Start with `EnglishReader.read`. `notes.Notes` holds the state of one reading and nothing after it; `drafting` makes
claims of one act word; beside it each question has its own file: what, who, told_by, where, when, how_many.

Looks down to: the files beside it, the room's other files, reading. Used by: claims.
"""

from __future__ import annotations

from probanda.claims.acts import triggers
from probanda.claims.discourse import Sentence
from probanda.claims.gate import worth_parsing
from probanda.claims.issuer import issuer_of
from probanda.claims.lexicon import digest_of
from probanda.claims.model import Reading
from probanda.claims.parse import model_version, parsed
from probanda.claims.prepare import NamesByPlace, Window, common_words, of_sport, prepared
from probanda.claims.readers.blame import with_blame
from probanda.claims.readers.carried_days import carry_days
from probanda.claims.readers.drafting import drafts_of
from probanda.claims.readers.folding import folded
from probanda.claims.readers.leaning import settled
from probanda.claims.readers.memory import after, remember_experts
from probanda.claims.readers.notes import Notes
from probanda.claims.readers.standing import find_ties
from probanda.claims.readers.where import carry_places, note_place
from probanda.claims.setting import names_a_deed, not_of_now, of_calamity, of_war, tells_of_harm
from probanda.claims.settle import Draft, claims_of, distinct
from probanda.claims.worlds import World, is_read, names_a_killing, world_of
from probanda.reading.model import Text

_ARMS = ("armed", "named-armed", "munitions", "weapons", "prisoners", "bodies")
_OF_EVERYDAY = ("investigation",)
"""Proceedings that are about crimes only where crimes are told."""
NAME = "rules-en 0.1"


class EnglishReader:
    """Proposes claims for English texts."""

    name = NAME

    @property
    def maker(self) -> str:
        """Reader, digest of its word lists, and model: a derived row is rebuilt when this changes."""
        return f"{NAME}; words {digest_of('en')[:16]}; {model_version()}"

    def get_ready(self) -> None:
        """Load word lists and model now, so that the first text does not wait for them."""
        worth_parsing(["It rained."])
        parsed(["It rained."])

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one text (or part), in order of place."""
        return _all(Notes.of(text))


def _all(notes: Notes) -> Reading:
    """Read every sentence, then settle ids."""
    common = common_words(notes.text, notes.lex)
    notes.sentences = prepared(notes.text, notes.book, notes.lex, common)
    notes.names = NamesByPlace(notes.book, notes.text.base)
    notes.issuer = issuer_of(notes.text, notes.sentences, notes.book, notes.lex)
    notes.of_sport = of_sport(notes.text)
    words = [s.words for s in notes.sentences]
    harm, calamity, world = tells_of_harm(words), of_calamity(words), world_of(words)
    wanted = _read_in(world, notes.sentences)
    window = Window(notes.sentences, common)
    for number, sentence in enumerate(notes.sentences):
        window.move_to(number)
        notes.talk.number = number
        if sentence.root is not None and wanted[number]:
            _sentence(notes, number, sentence, harm=harm, calamity=calamity)
        after(notes, sentence)
        note_place(notes, sentence)
    carry_places(notes)
    carry_days(notes)
    claims = tuple(claims_of(notes.text, notes.drafts, notes.ties, notes.lex, NAME))
    _let_go(notes)
    return Reading(claims=claims, mentions=notes.book.all(), reader=NAME)


def _let_go(notes: Notes) -> None:
    """The parses are of no more use."""
    roots = [s.root for s in notes.sentences if s.root is not None]
    parsed = {id(t.doc): t.doc for t in (*roots, *(d.trigger.token for d in notes.drafts))}
    for tokens in parsed.values():
        tokens.let_go()


def _read_in(world: World, sentences: list[Sentence]) -> list[bool]:
    """For each sentence whether it is worth reading in a text of this world (`worlds`)."""
    out: list[bool] = []
    told = -1
    for sentence in sentences:
        if world is World.FIGURATIVE and names_a_killing(sentence.words):
            told = sentence.paragraph
        out.append(sentence.paragraph == told or is_read(world, sentence.words))
    return out


def _sentence(notes: Notes, number: int, sentence: Sentence, *, harm: bool, calamity: bool) -> None:
    root = sentence.root
    if root is None:
        return
    doc = root.doc
    if notes.of_sport and not any(notes.lex.is_a(t.lemma_.lower(), *_ARMS) for t in doc):
        return
    if not_of_now(sentence.words) or (calamity and not of_war(sentence.words)):
        return
    found = triggers(doc, harm=harm)
    if not harm:
        found = [t for t in found if t.entry.id not in _OF_EVERYDAY or names_a_deed(sentence.words)]
    plain = [t for t in found if not t.entry.setting]
    blamed = with_blame(notes, plain, root, sentence)
    found = blamed if len(blamed) > len(plain) else settled(notes, found, sentence)
    drafts: list[Draft] = []
    for trigger in found:
        if folded(trigger, found):
            continue
        drafts += drafts_of(notes, number, sentence, trigger, found)
    notes.drafts += distinct(drafts)
    for draft in drafts:
        for actor in draft.actors:
            notes.talk.tell_author(actor.words)
    remember_experts(notes, root, sentence)
    find_ties(notes, number, sentence, root)
