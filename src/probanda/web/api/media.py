"""Pictures and recordings: what is known of one, its transcript, and what persons observe in it.

Looks down to: web.pages (player), casework (observing). Used by: web.api.app.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from probanda.web.api.asking import Named, Offset, Reason, Sent, Value, deed, look
from probanda.web.desk import AtDesk
from probanda.web.pages import player as page

TAG = "items"
Short = Annotated[str, msgspec.Meta(max_length=200)]


class Observation(Sent, frozen=True):
    """What a person saw or heard in a part of a recording, or a region of a picture."""

    words: Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
    at: Short | None = None
    """The part of a recording: `00:01:20-00:01:24`."""
    region: Short | None = None
    """The region of a picture, in pixels: `left,top,width,height`."""
    by: Short | None = None
    """Who observed it; without it, the token's user."""
    language: Annotated[str, msgspec.Meta(pattern="^[a-z]{2}$")] | None = None
    """Of the words, ISO 639-1; without it, as they tell."""
    reason: Reason = ""


class Observed(msgspec.Struct, frozen=True):
    """The item that an observation is."""

    number: str


@look("/items/{number:str}/look", tag=TAG, sync_to_thread=True)
def item_look(desk: AtDesk, number: Named, at: Value = "", transcript: Value = "", line: Offset = 0) -> page.Player:
    """One picture or recording: its transcript from `line` on, and what persons observed in it."""
    return page.page_of(desk, number, at, transcript, line)


@deed("/items/{number:str}/observations", tag=TAG, status=201, sync_to_thread=True)
def item_observed(desk: AtDesk, number: Named, data: JSONBody[Observation]) -> Observed:
    """Record an observation: an item of its own, out of this one, whose claims have that person as speaker."""
    made = page.recorded(
        desk, number, data.words, at=data.at, region=data.region, by=data.by, reason=data.reason,
        language=data.language,
    )  # fmt: skip
    return Observed(made.number)


API: tuple[HTTPRouteHandler, ...] = (item_look, item_observed)
