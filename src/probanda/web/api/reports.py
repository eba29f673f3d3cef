"""Reports: what was built, building one, what changed since the one before, and its files.

Looks down to: web.pages (reports), casework (built). Used by: web.api.app.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody
from litestar.response import File

from probanda.casework import built
from probanda.casework.built import Built
from probanda.casework.tokens import Scope
from probanda.web.api.asking import Named, Sent, deed, look
from probanda.web.desk import AtDesk
from probanda.web.pages import reports as page
from probanda.web.reporting import UnderWay

TAG = "reports"
Short = Annotated[str, msgspec.Meta(max_length=200)]
Why = Annotated[str, msgspec.Meta(max_length=2_000)]


class Wanted(Sent, frozen=True):
    """What a dossier is to tell, as the form and `probanda report` have it."""

    about: Short = ""
    """An actor, a place, an incident."""
    hypothesis: Short = ""
    date_from: Short = ""
    date_to: Short = ""
    only_checked: bool = False
    purpose: Literal["read", "leave"] = "read"
    """`leave`: to be handed on, which masks what must not leave."""
    lang: Short = "en"
    include_restricted: Why = ""
    """Why restricted items are in it; empty where they are not."""
    with_names: Why = ""


@look("/reports", scope=Scope.REPORT, tag=TAG, sync_to_thread=True)
def reports(desk: AtDesk) -> page.Reports:
    """What this user built, what is under way, and what can be chosen."""
    return page.page_of(desk)


@deed("/reports", scope=Scope.REPORT, tag=TAG, status=202, sync_to_thread=True)
def report_build(desk: AtDesk, data: JSONBody[Wanted]) -> UnderWay:
    """Begin to build a dossier, unless one of this user's is under way: `/api/reports` tells how far it is."""
    asked = page.asked_of(
        {
            "about": data.about, "hypothesis": data.hypothesis, "from": data.date_from, "to": data.date_to,
            "only": "checked" if data.only_checked else "", "purpose": data.purpose, "lang": data.lang,
            "include_restricted": data.include_restricted, "with_names": data.with_names,
        }
    )  # fmt: skip
    desk.shop.reporting.start(desk.store, desk.user, asked, desk.shop.writing)
    return desk.shop.reporting.state(desk.store, desk.user)


@look("/reports/{report:str}", scope=Scope.REPORT, tag=TAG, sync_to_thread=True)
def report(desk: AtDesk, report: Named) -> Built:
    """One build: what it tells, its documents, and its files with their digests."""
    return built.opened(desk.store, desk.eyes, report)


@look("/reports/{report:str}/changes", scope=Scope.REPORT, tag=TAG, sync_to_thread=True)
def report_changes(desk: AtDesk, report: Named) -> page.WhatChanged:
    """What changed since the build before of the same scope."""
    return page.changes_page_of(desk, report)


@look("/reports/{report:str}/files/{name:str}", scope=Scope.REPORT, tag=TAG, media_type="application/octet-stream",
      sync_to_thread=True)  # fmt: skip
def report_file(desk: AtDesk, report: Named, name: Named) -> File:
    """One file of it to take away."""
    return page.taken(desk, report, name)


API: tuple[HTTPRouteHandler, ...] = (reports, report_build, report, report_changes, report_file)
