"""How a handler of the API asks and answers: looks and deeds, pages of lists, and what words may come in.

Start with `look` and `deed`. A list answers with `Paged`: the page's record, and where the next one begins.

Looks down to: web.api (problems, bearer), casework (tokens). Used by: web.api.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter

from probanda.casework.tokens import Scope
from probanda.web.api import problems
from probanda.web.api.bearer import SCOPE
from probanda.web.api.problems import DECLARED, PREFIX, Refused

T = TypeVar("T")
SECURITY = "token"
LONGEST = 200
"""Characters of a name, an id or a value."""
LARGEST = 2**53 - 1
"""Of whole numbers: what every reader of JSON understands."""
MOST_BODY = 1_000_000
"""Bytes of a body that is no file."""

Named = Annotated[str, PathParameter(max_length=LONGEST)]
"""A number, id or name in an address."""
Value = Annotated[str, QueryParameter(max_length=LONGEST)]
"""A value by which a list is narrowed; empty for any."""
Words = Annotated[str, QueryParameter(max_length=2_000)]
Offset = Annotated[int, QueryParameter(ge=0, le=LARGEST)]
"""A place in a text, in code points."""
Cursor = Annotated[
    str, QueryParameter(max_length=LONGEST * 2, pattern="^[A-Za-z0-9_-]*$", description="`next` of the page before.")
]

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
Reason = Annotated[str, msgspec.Meta(max_length=10_000)]
"""Why; kept with the decision."""
Place = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a program sends with a deed: a field that there is not is refused, not passed over."""


def bodies(of: type[Sent] = Sent) -> list[type[Sent]]:
    """All kinds of what may be sent."""
    return [one for kind in of.__subclasses__() for one in (kind, *bodies(kind))]


async def exactly(request: Request[Any, Any, Any]) -> None:
    """Takes a body as it is told: 0 is no false, and "5" no number. Raises Refused 400."""
    field = request.route_handler.parsed_data_field
    if field is None:
        return
    try:
        msgspec.convert(_whole(msgspec.json.decode(await request.body())), type=field.annotation)
    except (ValueError, RecursionError) as wrong:  # msgspec's own are ValueErrors; a thousand brackets nest too deep
        raise Refused(
            400, f"What was sent is not as it should be: {wrong}.", "See /api/openapi.json for what is asked for here."
        ) from wrong


def _whole(told: Any) -> Any:
    """The same with 42.0 as 42: to JSON both are one whole number."""
    if isinstance(told, dict):
        return {key: _whole(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_whole(value) for value in told]
    return int(told) if isinstance(told, float) and told.is_integer() else told


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list."""

    page: T
    next: str | None
    """Where the next page begins: send it as `after`. Its letters mean nothing to anybody else; null at the end."""


Handler = Callable[[Any], HTTPRouteHandler]


def look(path: str, *, tag: str, scope: Scope | str | None = Scope.READ, **more: Any) -> Handler:
    """A handler that shows something."""
    return get(path, **_told(scope, tag), **more)


def deed(path: str, *, tag: str, scope: Scope | str = Scope.DECIDE, status: int = 200, **more: Any) -> Handler:
    """A handler that does something."""
    return post(path, status_code=status, **_told(scope, tag), **more)


def _told(scope: Scope | str | None, tag: str) -> dict[str, Any]:
    return {"opt": {SCOPE: scope}, "tags": [tag], "responses": DECLARED, "security": [{SECURITY: []}]}


# --- where a page begins --------------------------------------------------------------------------


def paged(record: T, after: str) -> Paged[T]:
    """A page, and the cursor of the place behind which the next begins; `after` is empty at the end."""
    return Paged(record, cursor_of(after) if after else None)


def cursor_of(after: str) -> str:
    """A place in a list as a cursor."""
    return base64.urlsafe_b64encode(after.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def after_of(cursor: str) -> str:
    """The place that a cursor tells; empty for the beginning. Raises Refused 422 for what is no cursor of ours."""
    try:
        after = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        after = ""
    if cursor and cursor_of(after) != cursor:
        raise Refused(422, "`after` is no cursor of this API.", "Send `next` of the page before, as it is, or nothing.")
    return after


__all__ = ["PREFIX", "Cursor", "Paged", "Sent", "deed", "look", "paged", "problems"]
