"""Reports: a dossier built for a scope, read leaf by leaf with every note leading home, taken away, and compared.

Start with `page_of` (the list and the form), then `leaf_page_of` (reading). What was built is a frozen record: these
pages only show it. It is its builder's own, and opens while they still see all that it tells of (`casework.built`).

Looks down to: casework (built, building), reports (page), store, web.desk, web.reporting. Used by: web.pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import File, Redirect, Response
from markupsafe import Markup

from probanda.casework import built
from probanda.casework.built import Asked, Built, Document, SinceBefore
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.reports import leaves
from probanda.reports.differences import Saying, apart
from probanda.reports.leaves import Leaf
from probanda.reports.page import Place, part, style_within
from probanda.reports.record import Dossier, Note
from probanda.reports.words import Words, languages
from probanda.store.projection import HYPOTHESIS
from probanda.web.desk import LANGUAGES, AtDesk, AtForm, Desk
from probanda.web.door import POLICY, SANDBOX
from probanda.web.pages.log import Line, lines_of
from probanda.web.reporting import UnderWay

CLASS = "dossier"
"""What bears the dossier's own style on a page of the workbench."""
AROUND, SAID = 200, 600
"""Characters shown of what did not change around a change, and of what did."""
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True)
class _Here(Place):
    """Where things stand while a dossier is read here: on its leaves, and its words in the reader."""

    address: str
    leaf: int
    own: frozenset[str]
    leaves: dict[str, int]
    home_words: str = ""

    def at(self, target: str) -> str:
        """On this leaf where it is told here too, else on the first that tells it."""
        there = self.leaf if target in self.own else self.leaves.get(target, self.leaf)
        return f"#{target}" if there == self.leaf else f"{self.address}/{there}#{target}"

    def picture(self, note: Note) -> str:
        """The address of the printed words."""
        return f"{self.address}/pictures/{note.number}.png"

    def home(self, note: Note) -> str:
        """The claim in the reader, with its words lit in the text."""
        return f"/claims/{note.claim}" if note.claim else ""


@dataclass(frozen=True, slots=True)
class Reports:
    """The list of one user's builds, and the form for another."""

    builds: tuple[Built, ...]
    under_way: UnderWay
    hypotheses: tuple[tuple[str, str], ...]
    """Id, and person with crime, of each that was opened."""
    called: dict[str, str]
    """The same by id."""
    languages: dict[str, str]
    asked: Asked
    """What the form begins with."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One leaf of a build, read."""

    build: Built
    document: Document
    number: int
    title: str
    kicker: str
    lang: str
    dir: str
    cover: Dossier
    leaf: Leaf
    place: _Here
    may_leave: bool
    """False where it must be built anew before it is handed on."""
    address: str
    """Of this document's leaves, without the leaf's number."""

    def told(self, home_words: str) -> Markup:
        """What stands on the leaf, as HTML; `home_words` is what the link at each note says."""
        place = replace(self.place, home_words=home_words)
        return Markup(part(self.cover, self.leaf, Words(self.lang), place))  # noqa: S704 - escaped by its own template


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """What changed since the build before."""

    build: Built
    before: str
    """Id of the build before; empty where it cannot be opened any more."""
    since: SinceBefore
    decisions: tuple[Line, ...]
    apart: tuple[tuple[str, str, str, str], ...]
    """Of each that says otherwise: what both begin with, what it said, what it says, what both end with; shortened."""
    addresses: dict[str, str]
    """Where each anchor of what is told now is read."""


# --- list and form --------------------------------------------------------------------------------


def page_of(desk: Desk, asked: Asked | None = None) -> Reports:
    """What this user built, what is under way, and what can be chosen."""
    opened = desk.store.of_kind(desk.eyes, HYPOTHESIS)
    called = {
        one.subject: " · ".join(str(one.payload.get(key, "")) for key in ("actor_name", "crime_title"))
        for one in opened
    }
    return Reports(
        builds=tuple(built.of_user(desk.store, desk.eyes)),
        under_way=desk.shop.reporting.state(desk.store, desk.user),
        hypotheses=tuple(called.items()),
        called=called,
        languages={code: LANGUAGES.get(code, code) for code in languages()},
        asked=asked or Asked(lang=_lang(desk.language)),
    )


def asked_of(form: dict[str, str]) -> Asked:
    """What a form asks for. Raises WrongUsage for what is no day, and for names without restricted items."""
    told = {key: form.get(key, "").strip() for key in ("about", "hypothesis", "include_restricted", "with_names")}
    if told["with_names"] and not told["include_restricted"]:
        raise WrongUsage(
            "Names of protected persons go with restricted items.", "Say for both why, or leave both empty."
        )
    return Asked(
        **told,
        date_from=_day(form.get("from", ""), "-01-01"),
        date_to=_day(form.get("to", ""), "-12-31"),
        only_checked=form.get("only") == "checked",
        to_leave=form.get("purpose") == "leave",
        lang=_lang(form.get("lang", "")),
    )


def _lang(code: str) -> str:
    """This language where reports are written in it, else English."""
    return code if code in languages() else "en"


def _day(words: str, rest: str) -> str:
    """A day; a year or month stands for its first or last."""
    words = words.strip()
    found = _DAY.fullmatch(words)
    if words and found is None:
        raise WrongUsage(f"{words} is no date.", "Write it as 2031, 2031-05 or 2031-05-03.")
    if found is None or found[3]:
        return words
    return words + (rest if found[2] is None else "-01" if rest == "-01-01" else "-31")


# --- reading --------------------------------------------------------------------------------------


def leaf_page_of(desk: Desk, id_: str, name: str, number: int) -> Reading:
    """One leaf. Raises NotFound."""
    one = built.opened(desk.store, desk.eyes, id_)
    document = _document(one, name)
    cover, leaf = built.cover_of(desk.store, one, document), built.leaf_of(desk.store, one, document, number)
    address = _address(one, document)
    place = _Here(
        address, number, frozenset(leaves.anchors(leaf)), built.places_of(desk.store, one, document)
    )  # fmt: skip
    return Reading(
        build=one,
        document=document,
        number=number,
        title=cover.title,
        kicker=cover.kicker,
        lang=cover.language,
        dir=cover.direction,
        cover=cover,
        leaf=leaf,
        place=place,
        may_leave=built.may_leave(desk.store, desk.eyes, one),
        address=address,
    )


def _document(one: Built, name: str) -> Document:
    found = next((document for document in one.documents if (document.name or "dossier") == name), None)
    if found is None:
        raise NotFound("annex", name, f"/reports/{one.id}")
    return found


def _address(one: Built, document: Document) -> str:
    return f"/reports/{one.id}/{document.name or 'dossier'}"


def changes_page_of(desk: Desk, id_: str) -> WhatChanged:
    """What changed since the build before. Raises NotFound for a first build."""
    one = built.opened(desk.store, desk.eyes, id_)
    since = built.changes_of(desk.store, one)
    if since is None:
        raise NotFound("earlier report of the same scope beside", id_, "/reports")
    addresses = _addresses(desk, one, since)
    decided = desk.store.named_decisions(desk.eyes, since.decisions)
    told = tuple(_shortened(*apart(change.before.words, change.now.words)) for change in since.changes.changed)
    return WhatChanged(one, _still(desk, one.before), since, lines_of(desk, decided), told, addresses)


def _shortened(head: str, was: str, now: str, tail: str) -> tuple[str, str, str, str]:
    """Enough of what both say to know the place, and of what they do not."""
    head = head if len(head) <= AROUND else f"… {head[-AROUND:]}"
    tail = tail if len(tail) <= AROUND else f"{tail[:AROUND]} …"
    return head, was if len(was) <= SAID else f"{was[:SAID]} …", now if len(now) <= SAID else f"{now[:SAID]} …", tail


def _still(desk: Desk, id_: str) -> str:
    try:
        return built.opened(desk.store, desk.eyes, id_).id
    except NotFound:
        return ""


def _addresses(desk: Desk, one: Built, since: SinceBefore) -> dict[str, str]:
    """Where the sayings of now stand; of a dossier with annexes, in the first document that has the anchor."""
    now: list[Saying] = [*since.changes.added, *(change.now for change in since.changes.changed)]
    wanted = {saying.anchor for saying in now if saying.anchor}
    found: dict[str, str] = {}
    for document in one.documents:
        places = built.places_of(desk.store, one, document)
        for anchor in sorted(wanted & set(places)):
            found.setdefault(anchor, f"{_address(one, document)}/{places[anchor]}#{anchor}")
    return dict.fromkeys(["", *wanted], "") | found


# --- handlers -------------------------------------------------------------------------------------


@get("/reports", sync_to_thread=True)
def reports(desk: AtDesk, about: FromQuery[str] = "", hypothesis: FromQuery[str] = "") -> Response[str]:
    """The list and the form; other pages lead here with what they are about."""
    asked = Asked(about=about, hypothesis=hypothesis, lang=_lang(desk.language))
    return desk.answer("reports.html", page_of(desk, asked), "reports")


@post("/reports/build", status_code=303, sync_to_thread=True)
def build(desk: AtDesk, form: AtForm) -> Redirect:
    """Have one built."""
    desk.shop.reporting.start(desk.store, desk.user, asked_of(form), desk.shop.writing)
    return Redirect("/reports", status_code=303)


@get("/reports/style.css", sync_to_thread=True)
def style(desk: AtDesk) -> Response[str]:
    """The dossier's own style, for what is shown of it here."""
    return Response(style_within(CLASS), media_type="text/css; charset=utf-8")


@get("/reports/{report:str}", sync_to_thread=True)
def first(desk: AtDesk, report: FromPath[str]) -> Redirect:
    """The first leaf of a build."""
    one = built.opened(desk.store, desk.eyes, report)
    return Redirect(f"{_address(one, one.documents[0])}/1")


@get("/reports/{report:str}/changes", sync_to_thread=True)
def changes(desk: AtDesk, report: FromPath[str]) -> Response[str]:
    """What changed since the build before."""
    return desk.answer("report-changes.html", changes_page_of(desk, report), "reports")


@get("/reports/{report:str}/{document:str}/{leaf:int}", sync_to_thread=True)
def leaf(desk: AtDesk, report: FromPath[str], document: FromPath[str], leaf: FromPath[int]) -> Response[str]:
    """One leaf of a document."""
    return desk.answer("report.html", leaf_page_of(desk, report, document, leaf), "reports")


@get("/reports/{report:str}/{document:str}/pictures/{name:str}", sync_to_thread=True)
def picture(desk: AtDesk, report: FromPath[str], document: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """The printed words of one note."""
    one = built.opened(desk.store, desk.eyes, report)
    found = re.fullmatch(r"([1-9]\d{0,6})\.png", name, re.ASCII)
    if found is None:
        raise NotFound("picture", name, f"/reports/{one.id}")
    data = built.picture_of(desk.store, one, _document(one, document), int(found[1]))
    return Response(data, media_type="image/png", headers={POLICY: SANDBOX})


@get("/reports/{report:str}/files/{name:str}", sync_to_thread=True)
def take(desk: AtDesk, report: FromPath[str], name: FromPath[str]) -> File:
    """One form to take away."""
    return taken(desk, report, name)


def taken(desk: Desk, report: str, name: str) -> File:
    """One form as an attachment: never shown by us, so that a page of it is no page of ours. Raises NotFound."""
    one = built.opened(desk.store, desk.eyes, report)
    path = built.form_of(desk.store, one, name)
    if not built.may_leave(desk.store, desk.eyes, one):
        raise ProbandaError(
            "This report is not given out any more: since then something in it was closed, or somebody was protected.",
            "Build it anew.",
        )
    headers: dict[str, Any] = {POLICY: SANDBOX}
    return File(path, filename=name, media_type="application/octet-stream", headers=headers)


@post("/reports/{report:str}/throw-away", status_code=303, sync_to_thread=True)
def throw_away(desk: AtDesk, form: AtForm, report: FromPath[str]) -> Redirect:
    """Remove one build; nothing is decided by it."""
    with desk.deed() as store:
        built.throw_away(store, desk.eyes, report)
    return Redirect("/reports", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (reports, build, style, first, changes, leaf, picture, take, throw_away)
