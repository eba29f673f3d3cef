"""The system's words: gettext lookups, patterns filled with pieces, and the words for closed vocabularies.

Start with `Words`. `say` and `count` give plain text, `line` and `line_n` give pieces. English is
the language of the message ids, so it is always complete; other languages are compiled catalogues
in `locale/<language>/LC_MESSAGES/probanda.mo`. `N_` marks a message that is looked up later.

Looks down to: kernel. Used by: every drafting module here, page.
"""

from __future__ import annotations

import gettext
from importlib import resources
from string import Formatter
from typing import Final

from probanda.incidents.model import SourceKind
from probanda.kernel.vocabulary import (
    ActType,
    ContradictionKind,
    Involvement,
    MentionKind,
    Modality,
    Status,
    TieKind,
)
from probanda.matrix.model import CellStatus
from probanda.reports.record import Piece, Pieces, Voice

DOMAIN: Final = "probanda"
RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
PLAIN: Final = frozenset({Voice.WORDS, Voice.STRONG})


def N_(message: str) -> str:
    """Mark a message for the catalogue; it is looked up where it is used."""
    return message


SOURCE: Final[dict[SourceKind, str]] = {
    SourceKind.EYEWITNESS: N_("eyewitness"),
    SourceKind.VICTIM: N_("victim"),
    SourceKind.PERPETRATOR: N_("own words of the accused side"),
    SourceKind.DOCUMENT: N_("document"),
    SourceKind.IMAGE: N_("image or video"),
    SourceKind.SATELLITE: N_("satellite image"),
    SourceKind.OFFICIAL: N_("official"),
    SourceKind.EXPERT: N_("expert reading"),
    SourceKind.HEARSAY: N_("hearsay of unknown depth"),
}

ACT: Final[dict[ActType, str]] = {
    ActType.KILLING: N_("killing"),
    ActType.EXECUTION: N_("execution"),
    ActType.ATTACK_ON_CIVILIANS: N_("attack on civilians"),
    ActType.INDISCRIMINATE_ATTACK: N_("shelling, bombing or other attack"),
    ActType.SIEGE: N_("siege"),
    ActType.TORTURE: N_("torture"),
    ActType.RAPE_SEXUAL_VIOLENCE: N_("rape or other sexual violence"),
    ActType.DETENTION: N_("detention"),
    ActType.ENFORCED_DISAPPEARANCE: N_("enforced disappearance"),
    ActType.ABDUCTION: N_("abduction"),
    ActType.LOOTING_PROPERTY: N_("looting or destruction of property"),
    ActType.DISPLACEMENT: N_("displacement"),
    ActType.HOSTAGE: N_("hostage-taking"),
    ActType.MUTILATION_OF_DEAD: N_("mutilation of the dead"),
    ActType.DENIAL_OF_QUARTER: N_("denial of quarter"),
    ActType.MINE_LAYING: N_("mine-laying"),
    ActType.MASS_GRAVE: N_("mass grave"),
    ActType.RECRUITMENT_CHILDREN: N_("recruitment of children"),
    ActType.OBSTRUCTION_IMPUNITY: N_("obstruction or impunity"),
    ActType.PROCEDURAL: N_("proceeding"),
    ActType.MILITARY_OPERATION: N_("military operation"),
    ActType.POLITICAL_STATEMENT: N_("statement"),
    ActType.OTHER: N_("other act"),
}

MODALITY: Final[dict[Modality, str]] = {
    Modality.ALLEGED: N_("alleged"),
    Modality.REPORTED: N_("reported"),
    Modality.CONFIRMED: N_("confirmed by its source"),
    Modality.ADMITTED: N_("admitted"),
    Modality.DENIED: N_("denied"),
    Modality.ORDERED: N_("an order, as quoted or told"),
    Modality.THREATENED: N_("threatened"),
    Modality.ADJUDICATED: N_("decided by a court, as told"),
    Modality.CALLED_FOR: N_("called for"),
}

SAID: Final[dict[Modality, str]] = {
    Modality.ALLEGED: N_("Alleged, according to {speakers}: {words}"),
    Modality.REPORTED: N_("Reported, according to {speakers}: {words}"),
    Modality.CONFIRMED: N_("Confirmed by its source, according to {speakers}: {words}"),
    Modality.ADMITTED: N_("Admitted, according to {speakers}: {words}"),
    Modality.DENIED: N_("Denied, according to {speakers}: {words}"),
    Modality.ORDERED: N_("Quoted as an order, according to {speakers}: {words}"),
    Modality.THREATENED: N_("Threatened, according to {speakers}: {words}"),
    Modality.ADJUDICATED: N_("Decided by a court, according to {speakers}: {words}"),
    Modality.CALLED_FOR: N_("Called for, according to {speakers}: {words}"),
}

BY: Final[dict[Modality, str]] = {
    Modality.ALLEGED: N_("alleged by {speaker}"),
    Modality.REPORTED: N_("reported by {speaker}"),
    Modality.CONFIRMED: N_("confirmed, as its source says, by {speaker}"),
    Modality.ADMITTED: N_("admitted by {speaker}"),
    Modality.DENIED: N_("denied by {speaker}"),
    Modality.ORDERED: N_("words of an order given by {speaker}"),
    Modality.THREATENED: N_("threatened by {speaker}"),
    Modality.ADJUDICATED: N_("decided, as told by {speaker}"),
    Modality.CALLED_FOR: N_("called for by {speaker}"),
}

ORDER_TOLD_SAID: Final = N_("An order told of, according to {speakers}: {words}")
ORDER_TOLD_BY: Final = N_("an order told of by {speaker}")
"""Where the speaker is not the one who is said to have given the order."""

INVOLVED: Final[dict[Involvement, str]] = {
    Involvement.DIRECT: N_("said to have taken a direct part in: {act}"),
    Involvement.ORDERING: N_("said to have ordered: {act}"),
    Involvement.INCITING: N_("said to have incited: {act}"),
    Involvement.PLANNING: N_("said to have planned: {act}"),
    Involvement.AIDING: N_("said to have aided: {act}"),
    Involvement.COMMAND: N_("said to have commanded those who took part in: {act}"),
    Involvement.KNOWLEDGE: N_("said to have known of: {act}"),
    Involvement.FAILING_TO_ACT: N_("said to have failed to prevent or punish: {act}"),
    Involvement.SHELTERING: N_("said to have sheltered people accused of: {act}"),
    Involvement.BENEFITING: N_("said to have benefited from: {act}"),
    Involvement.UNKNOWN: N_("named in connection with: {act}"),
}

STATUS: Final[dict[Status, str]] = {
    Status.PROPOSED: N_("proposed"),
    Status.CHECKED: N_("checked"),
    Status.CORRECTED: N_("corrected"),
    Status.REJECTED: N_("rejected"),
    Status.UNSURE: N_("unsure"),
}

CELL: Final[dict[CellStatus, str]] = {
    CellStatus.UNSUPPORTED: N_("Unsupported"),
    CellStatus.ONE_ORIGIN: N_("One origin only"),
    CellStatus.HEARSAY: N_("Hearsay only"),
    CellStatus.MIXED: N_("Several origins"),
    CellStatus.CONTRADICTED: N_("Contradicted"),
}

KIND: Final[dict[MentionKind, str]] = {
    MentionKind.PERSON: N_("person"),
    MentionKind.UNIT: N_("armed unit"),
    MentionKind.BODY: N_("body"),
    MentionKind.STATE: N_("State"),
    MentionKind.PLACE: N_("place"),
    MentionKind.GROUP: N_("group without a name of its own"),
}

TIE: Final[dict[TieKind, str]] = {
    TieKind.POSTING: N_("{left} is said to hold a post in {right}"),
    TieKind.SUBORDINATION: N_("{left} is said to stand under {right}"),
    TieKind.MEMBERSHIP: N_("{left} is said to belong to {right}"),
    TieKind.AREA: N_("{left} is said to be present in {right}"),
    TieKind.SUPPORT: N_("{left} is said to support {right}"),
    TieKind.CONTROL: N_("{left} is said to control {right}"),
    TieKind.ATTRIBUTE: N_("of {left} it is said: {right}"),
}

DISAGREE: Final[dict[ContradictionKind, str]] = {
    ContradictionKind.ATTRIBUTION: N_("Contradicted: who did it"),
    ContradictionKind.NUMBER: N_("Contradicted: how many"),
    ContradictionKind.DENIAL: N_("Contradicted: one side denies it"),
    ContradictionKind.DATE: N_("Contradicted: when"),
    ContradictionKind.PLACE: N_("Contradicted: where"),
    ContradictionKind.IDENTITY: N_("Contradicted: who is meant"),
}

LANGUAGE: Final[dict[str, str]] = {
    "ar": N_("Arabic"),
    "de": N_("German"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fa": N_("Persian"),
    "fr": N_("French"),
    "pt": N_("Portuguese"),
    "ru": N_("Russian"),
    "sw": N_("Swahili"),
    "tr": N_("Turkish"),
    "uk": N_("Ukrainian"),
}

ELEMENT: Final[dict[str, str]] = {
    "conduct": N_("conduct"),
    "consequence": N_("consequence"),
    "circumstance": N_("circumstance"),
    "mental": N_("mental element"),
    "contextual": N_("context"),
}

MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


class Words:
    """The system's words in one language; falls back to English message by message."""

    def __init__(self, language: str = "en", translations: gettext.NullTranslations | None = None) -> None:
        self.language = language
        self.direction = "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
        self.translations = translations or _catalogue(language)

    def say(self, message: str, **values: str) -> str:
        """The message in this language, its fields filled with plain text."""
        found = self.translations.gettext(message)
        return found.format(**values) if values else found

    def count(self, one: str, many: str, n: int, **values: str) -> str:
        """The message for `n` things; `{n}` is the number."""
        return self.translations.ngettext(one, many, n).format(n=number(n), **values)

    def line(self, message: str, **parts: Piece | Pieces | str) -> Pieces:
        """The message as pieces, each `{field}` replaced by its piece, pieces or plain text."""
        return fill(self.translations.gettext(message), parts)

    def line_n(self, one: str, many: str, n: int, **parts: Piece | Pieces | str) -> Pieces:
        """As `line`, for `n` things."""
        return fill(self.translations.ngettext(one, many, n), {"n": number(n), **parts})


def fill(pattern: str, parts: dict[str, Piece | Pieces | str]) -> Pieces:
    """A translated pattern with its fields replaced; neighbouring plain words become one piece."""
    out: list[Piece] = []
    for text, field, _, _ in Formatter().parse(pattern):
        _add(out, words(text))
        if field is not None:
            part = parts[field]
            for piece in (words(part),) if isinstance(part, str) else part if isinstance(part, tuple) else (part,):
                _add(out, piece)
    return tuple(out)


def _add(out: list[Piece], piece: Piece) -> None:
    if out and piece.voice is Voice.WORDS and out[-1].voice is Voice.WORDS:
        out[-1] = words(out[-1].text + piece.text)
    elif piece.text or piece.voice is Voice.BREAK:
        out.append(piece)


def words(text: str) -> Piece:
    """A piece in the system's voice."""
    return Piece(Voice.WORDS, text)


def strong(pieces: Pieces) -> Pieces:
    """The same pieces, with the system's words to be seen first."""
    return tuple(Piece(Voice.STRONG, p.text) if p.voice is Voice.WORDS else p for p in pieces)


def joined(lines: list[Pieces] | tuple[Pieces, ...], between: str) -> Pieces:
    """Runs of pieces with plain text between them."""
    out: list[Piece] = []
    for n, line in enumerate(lines):
        if n:
            _add(out, words(between))
        for piece in line:
            _add(out, piece)
    return tuple(out)


def number(n: int) -> str:
    """A whole number as a person reads it."""
    return f"{n:,}"


def languages() -> tuple[str, ...]:
    """Codes of the languages that there are words of reports in: English first, then each that has a catalogue."""
    folder = resources.files("probanda.reports") / "locale"
    return ("en", *sorted(one.name for one in folder.iterdir() if (one / "LC_MESSAGES" / f"{DOMAIN}.mo").is_file()))


def _catalogue(language: str) -> gettext.NullTranslations:
    folder = resources.files("probanda.reports") / "locale"
    return gettext.translation(DOMAIN, str(folder), languages=[language.replace("-", "_")], fallback=True)
