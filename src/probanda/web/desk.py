"""What every page needs: the case, whose eyes look, in which language, and how a page is put on paper.

Start with `Desk`, one for each request. The case is open once for the whole server; deeds are done one at a time.

Looks down to: casework, store, vault, access, reports (words), web.work, web.kinds, kernel. Used by: web.
"""

from __future__ import annotations

import gettext
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib import resources
from io import BytesIO
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response import Response
from markupsafe import Markup

from probanda.access.eyes import Eyes
from probanda.casework.case import Case
from probanda.reports.dates import spoken
from probanda.reports.words import ACT, KIND, MODALITY, Words, number
from probanda.store.store import Store
from probanda.vault.finding import shown
from probanda.web import kinds, recorded
from probanda.web.atlas import Atlas
from probanda.web.checking import Checking
from probanda.web.gathering import Gathered, Gathering
from probanda.web.kept import Kept
from probanda.web.notes import Notes
from probanda.web.packing import address_of
from probanda.web.reporting import Reporting
from probanda.web.work import Work

LANGUAGES = {"en": "English", "fr": "Français", "ar": "العربية"}
"""Languages of the workbench, by code, each in its own words. What has no translation yet stands in English."""
COUNTED = 1_001
"""Counts of lists stop here: "more than 1,000"."""
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Shop:
    """What the server keeps for as long as it runs."""

    case: Case
    writing: threading.Lock
    """Held while a deed is done: one at a time, as the record's own lock asks of processes."""
    gathering: Gathering = field(default_factory=Gathering)
    """What gathers names and incidents anew, one at a time."""
    work: Work = field(default_factory=Work)
    """What reads files that were taken in."""
    checking: Checking = field(default_factory=Checking)
    """The run of `verify` that is under way."""
    reporting: Reporting = field(default_factory=Reporting)
    """What builds dossiers."""
    atlas: Atlas = field(default_factory=Atlas)
    """What maps are drawn from besides the case."""
    kept: Kept = field(default_factory=Kept)
    """What took long to count."""
    visits: dict[str, Any] = field(default_factory=dict)
    """Where each visit's user stood when it began, by the visit's token."""
    asked: set[tuple[str, str]] = field(default_factory=set)
    """Recordings that somebody asked to be played: the visit's token, the item's digest."""

    @property
    def notes(self) -> Notes:
        """What the server keeps for itself."""
        return Notes(self.case.store.folder)


@dataclass(frozen=True)
class Desk:
    """One request: through whose eyes, in which language."""

    shop: Shop
    user: str
    token: str
    language: str = "en"
    theme: str = ""
    path: str = "/"

    @property
    def case(self) -> Case:
        """The case that is open."""
        return self.shop.case

    @property
    def store(self) -> Store:
        """The record; every call takes `eyes`."""
        return self.shop.case.store

    @cached_property
    def eyes(self) -> Eyes:
        """The eyes of whoever looks, as they are now: a wall put up a moment ago is up. What waits to be read by this
        user a second time is shown as nobody had decided on it."""
        return self.store.eyes(self.user).blinded()

    @cached_property
    def names(self) -> dict[str, str]:
        """User id to name."""
        return self.store.users()

    @cached_property
    def words(self) -> Words:
        """The system's words in the language of whoever looks."""
        return speaking(self.language)

    @contextmanager
    def deed(self) -> Iterator[Store]:
        """The record, for one deed at a time."""
        with self.shop.writing:
            yield self.store

    @property
    def rests_on(self) -> tuple[object, ...]:
        """What all that this user sees rests on: the same while nothing is decided, read, gathered or laid out."""
        made = [self.store.made(stage, self.eyes.sight) for stage in ("consolidation", "suggestions")]
        runs = tuple((one.maker, one.input, one.output) if one else None for one in made)
        return (
            self.user,
            self.eyes.sight,
            runs,
            tuple(sorted(self.store.log_sizes().items())),
            self.store.mark(self.eyes),
        )

    def gathered(self) -> Gathered:
        """How what is gathered stands to what was decided."""
        return self.shop.gathering.state(self.store, self.eyes)

    def gather(self) -> None:
        """After a decision on what is the same: gather anew where that is quick; pages tell where it is not."""
        if self.shop.gathering.is_quick(self.store, self.eyes):
            with self.shop.writing:
                self.case.incidents()

    def page(self, template: str, record: object, here: str = "") -> str:
        """The page as HTML: `record` is all that the template sees besides the frame."""
        frame = {
            "case": self.store.settings.situation,
            "prefix": self.store.settings.prefix,
            "me": self.names.get(self.user, ""),
            "lang": self.language,
            "dir": self.words.direction,
            "languages": LANGUAGES,
            "theme": self.theme,
            "here": here,
            "path": self.path,
            "token": self.token,
        }
        return environment(self.language).get_template(template).render(p=record, frame=frame)

    def answer(self, template: str, record: object, here: str = "", *, status: int = 200) -> Response[str]:
        """The page as an answer; `here` names the place in the frame's list of pages that is lit."""
        html = self.page(template, record, here)
        return Response(html, status_code=status, media_type="text/html; charset=utf-8")


@cache
def speaking(language: str) -> Words:
    """The system's words in this language."""
    return Words(language, catalogue(language))


@cache
def environment(language: str = "en") -> Environment:
    """The templates' environment in one language: escaping on, missing names refused.

    One for each language, since two people look at once; templates are compiled once in each.
    """
    words = speaking(language)
    env = Environment(
        loader=PackageLoader("probanda.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.filters["number"] = number
    env.filters["moment"] = moment
    env.filters["shown"] = shown
    env.filters["static"] = address_of
    env.filters["told"] = partial(recorded.told, words)
    env.filters["worded"] = partial(recorded.worded, words)
    env.tests["recorded"] = recorded.known
    env.filters["voice"] = partial(recorded.voice, words)
    env.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(vocabulary(words))
    env.globals.update(comma=recorded.comma(words), semicolon="؛ " if language == "ar" else "; ")
    return env


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The words of this language, of pages and of records; messages it lacks stand in English."""
    folder = resources.files("probanda.web") / "locale"
    files = [folder / f"{language}{of}.po" for of in ("", ".records")]
    if not all(file.is_file() for file in files):
        return gettext.NullTranslations()
    import polib

    pages, records = (polib.pofile(file.read_text("utf-8")) for file in files)
    pages.extend(records)
    return gettext.GNUTranslations(BytesIO(pages.to_binary()))


def vocabulary(words: Words) -> dict[str, Callable[[str], str]]:
    """Functions from a value of a closed vocabulary to its words, for templates."""

    def said(table: Mapping[Any, str]) -> Callable[[str], str]:
        return lambda value: words.say(table[value]) if value in table else value

    return {"act_words": said(ACT), "modality_words": said(MODALITY), "kind_words": said(KIND),
            "media_words": said(kinds.NAMES), "said": words.say}  # fmt: skip


def moment(at: str) -> Markup:
    """A UTC time as people read it, to the minute: the day first, also on a page that runs from right to left."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(f"{at[:10]} {at[11:16]}" if len(at) > 16 else at)


def period(words: Words, start: str | None, end: str | None) -> str:
    """A span of days in the words of reports; empty where there is none."""
    return spoken(words, start, end) if start or end else ""


AtDesk = NamedDependency[SkipValidation[Desk]]
"""How a handler asks for its desk."""
AtForm = NamedDependency[SkipValidation[dict[str, str]]]
"""How a handler asks for the fields of a form of ours."""
