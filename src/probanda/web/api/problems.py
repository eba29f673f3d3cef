"""Errors of the API as problem details (RFC 9457): what is wrong, what to do, and nothing of the program.

Start with `Problem` and `DECLARED`. Every answer that an operation may give is declared in the OpenAPI document.

Looks down to: access, store, kernel. Used by: web.api, web.app.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi import ResponseSpec

from probanda.access.rules import NotAllowed
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api"


def is_of_api(path: str) -> bool:
    """True for an address of the API."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that stands on what was to be decided."""

    id: str
    what: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An error (RFC 9457)."""

    title: str
    """The name of the status."""
    status: int
    detail: str
    """What is wrong."""
    next: str
    """What to do."""
    type: str = "about:blank"
    standing: tuple[Standing, ...] = ()
    """What stands now, where somebody else decided meanwhile: name these as `seen` to decide over them."""


class Refused(ProbandaError):
    """An error of the API itself, with its status."""

    def __init__(
        self, status: int, problem: str, fix: str, *, standing: tuple[Standing, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(problem, fix)
        self.status, self.standing, self.headers = status, standing, dict(headers or {})


MEANINGS = {
    400: "What was asked cannot be understood.",
    401: "No token, or one that is unknown or over.",
    403: "The token's scopes, or its user's permissions, do not reach so far.",
    404: "Nothing that this user may see has this name.",
    409: "It cannot be done as things stand: somebody else decided meanwhile, or what it rests on is not there.",
    413: "The body is too large.",
    422: "The words are understood, and do not fit together.",
}
"""Status -> when it is given."""
DECLARED = {
    status: ResponseSpec(Problem, generate_examples=False, description=said, media_type=MEDIA_TYPE)
    for status, said in MEANINGS.items()
}


def of_ours(request: Request[Any, Any, Any], error: ProbandaError) -> Response[bytes]:
    """An error of ours."""
    if isinstance(error, Refused):
        return answer(error.status, error.problem, error.fix, error.standing, error.headers)
    status = next((s for kind, s in _STATUS if isinstance(error, kind)), HTTPStatus.CONFLICT)
    return answer(status, error.problem, error.fix)


_STATUS: tuple[tuple[type[ProbandaError], int], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (WrongUsage, HTTPStatus.UNPROCESSABLE_ENTITY),
)


def of_framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework refuses. Which field is wrong is said; how the program looks inside is not."""
    status = error.status_code
    if status == HTTPStatus.NOT_FOUND:
        return answer(status, "There is no such address.", "See /api/openapi.json for all that there are.")
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
        return answer(status, "That is not done at this address.", "See /api/openapi.json.", headers=allowed)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return answer(status, "The body is too large.", "Send less at a time.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return broken(request, error)
    return answer(HTTPStatus.BAD_REQUEST, _wrong(error), "See /api/openapi.json for what is asked for here.")


def _wrong(error: HTTPException) -> str:
    extra = error.extra if isinstance(error.extra, list) else []
    fields = [f"{one.get('key', 'body')}: {one.get('message', '')}" for one in extra if isinstance(one, dict)]
    return "; ".join(["What was sent is not as it should be.", *fields]) if fields else (
        "What was sent is not as it should be."
    )  # fmt: skip


def broken(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A bug of ours: told whole where the server was started, and not at all to the program that asked."""
    traceback.print_exception(error, file=sys.stderr)
    return answer(500, "Something in the program went wrong; nothing was recorded.", "Tell its makers what you did.")


def answer(
    status: int, problem: str, fix: str, standing: tuple[Standing, ...] = (), headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """A problem as an answer."""
    told = body(status, problem, fix, standing)
    return Response(told, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def body(status: int, problem: str, fix: str, standing: tuple[Standing, ...] = ()) -> bytes:
    """A problem as JSON."""
    return msgspec.json.encode(Problem(HTTPStatus(status).phrase, int(status), problem, fix, standing=standing))


__all__ = ["DECLARED", "MEDIA_TYPE", "MediaType", "Problem", "Refused", "Standing", "answer", "body"]
