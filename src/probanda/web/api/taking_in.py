"""Giving files in, and hearing what became of them.

Looks down to: web.pages (taking_in), web.work. Used by: web.api.app.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, Reference, RequestBody, Schema

from probanda.casework.tokens import Scope
from probanda.kernel.vocabulary import Label
from probanda.web.api.asking import deed, look
from probanda.web.api.problems import Refused
from probanda.web.arriving import MOST_FIELD
from probanda.web.desk import AtDesk
from probanda.web.pages import taking_in as page
from probanda.web.work import Outcome

TAG = "taking in"


@dataclass
class Files(Operation):
    """What a body of files looks like, for the OpenAPI document."""

    def __post_init__(self) -> None:
        """Say it: the framework, which does not read this body, cannot."""
        words = Schema(type=OpenAPIType.STRING, max_length=MOST_FIELD)
        file = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")
        fields: dict[str, Reference | Schema] = {
            "label": Schema(type=OpenAPIType.STRING, enum=[str(one) for one in Label]),
            **dict.fromkeys(("source", "collector", "acquired", "conditions", "number", "path"), words),
            "file": Schema(type=OpenAPIType.ARRAY, items=file, min_items=1),
        }
        form = Schema(type=OpenAPIType.OBJECT, properties=fields, required=["label", "file"])
        self.request_body = RequestBody(content={"multipart/form-data": OpenAPIMediaType(form)}, required=True)


@deed("/items", scope=Scope.TAKE_IN, tag=TAG, operation_class=Files, request_max_body_size=None)
async def items_new(request: Request[Any, Any, State], desk: AtDesk) -> tuple[Outcome, ...]:
    """Files, as `multipart/form-data`, each part with a file name; each is kept the moment it is whole, and then read.

    Fields, before the files: `label` (public, internal, restricted), which must be said, `source`, `collector`,
    `acquired`, `conditions`, `number` (own evidence number, for one file), `path` (name of the next file with its
    folders). A field behind the last file is refused.
    """
    outcomes = await page.taken_in(request, desk, form=False)
    if not outcomes:
        raise Refused(422, "No files were sent.", "Send each as a part with a file name.")
    return tuple(outcomes)


@look("/taking-in", scope=Scope.TAKE_IN, tag=TAG, sync_to_thread=True)
def taking_in(desk: AtDesk) -> page.ArrivedPage:
    """What became of the files that this user sent since the server was started, and how far reading is."""
    return page.arrived_of(desk)


API: tuple[HTTPRouteHandler, ...] = (items_new, taking_in)
