"""The log: who decided what, when and why; taking a decision back; verify, for owners.

Looks down to: web.pages (log, verifying). Used by: web.api.app.
"""

from __future__ import annotations

from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from probanda.web.api.asking import Cursor, Named, Paged, Reason, Sent, Value, after_of, deed, look, paged
from probanda.web.desk import AtDesk
from probanda.web.pages import log as page
from probanda.web.pages import verifying

TAG = "log"


class TakeBack(Sent, frozen=True):
    """Why a decision is taken back."""

    reason: Reason = ""


class Run(Sent, frozen=True):
    """How `verify` is run."""

    quick: bool = False
    """True to compare sizes alone, and not each byte."""


@look("/log", tag=TAG, sync_to_thread=True)
def log(desk: AtDesk, by: Value = "", kind: Value = "", after: Cursor = "") -> Paged[page.Log]:
    """Decisions, the newest first; of one user (`by`, an id of `people`) or one kind."""
    found = page.page_of(desk, after_of(after), by, kind)
    return paged(found, found.before)


@deed("/log/{decision:str}/undo", tag=TAG, status=204, sync_to_thread=True)
def log_undo(desk: AtDesk, decision: Named, data: JSONBody[TakeBack]) -> None:
    """Take a decision back, by an entry of its own. Refused where others stand on it: undo those first."""
    page.take_back(desk, decision, data.reason)


@look("/verify", tag=TAG, sync_to_thread=True)
def verify(desk: AtDesk) -> verifying.Verifying:
    """How far a run of `verify` is, and what the last one found. For whoever manages the case."""
    return verifying.page_of(desk)


@deed("/verify", scope="read", tag=TAG, status=202, sync_to_thread=True)
def verify_run(desk: AtDesk, data: JSONBody[Run]) -> verifying.Verifying:
    """Begin to compare items, log and record, in the background; it changes nothing."""
    verifying.begin(desk, quick=data.quick)
    return verifying.page_of(desk)


API: tuple[HTTPRouteHandler, ...] = (log, log_undo, verify, verify_run)
