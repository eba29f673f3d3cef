"""Whose program asks: the token of a request, and the desk of the user it stands for.

Start with `admitted`. Cookies open nothing here, so that no page of another site can ask with a visitor's; a token
stands in a header alone, never in an address, where histories and logs would keep it.

Looks down to: casework (tokens), web.desk. Used by: web.api.app.
"""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from probanda.casework import tokens
from probanda.casework.tokens import Scope, Token
from probanda.web.api.problems import Refused
from probanda.web.desk import Desk

SCOPE = "scope"
"""Where a handler says what scope it needs; without it, none is."""
_HELD = "token"


async def admitted(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Lets in a token of the scope that this handler needs, with questions that it knows. Raises Refused 400, 401 or
    403."""
    needed = handler.opt.get(SCOPE)
    if needed is None:
        return
    shop = connection.app.state.shop
    kind, _, words = connection.headers.get("authorization", "").partition(" ")
    shown = words.strip() if kind.lower() == "bearer" else ""
    held = await asyncio.to_thread(tokens.holder, shop.case.store, shown)
    if held is None:
        raise Refused(
            401,
            "This needs a token that is good." if shown else "This needs a token.",
            "Make one with `probanda token add NAME --scope SCOPE` and send it as `Authorization: Bearer TOKEN`.",
            headers={"www-authenticate": 'Bearer realm="probanda"'},
        )
    if needed and not held.gives(Scope(needed)):
        raise Refused(
            403,
            f"This token is not for that: it needs the scope `{needed}`.",
            f"Make one that has it: `probanda token add NAME --scope {needed}`.",
            headers={"www-authenticate": f'Bearer realm="probanda", error="insufficient_scope", scope="{needed}"'},
        )
    unknown = sorted(set(connection.query_params) - _asked(handler))
    if unknown:
        raise Refused(
            400,
            f"There is no `{unknown[0][:80]}` to ask by here.",
            "See /api/openapi.json; what is spelled otherwise would narrow nothing.",
        )
    connection.scope["state"][_HELD] = held


def _asked(handler: BaseRouteHandler) -> set[str]:
    """Names of what may be asked in the address behind its question mark."""
    told = handler.parsed_fn_signature.parameters.items()
    return {name for name, field in told if isinstance(field.kwarg_definition, QueryParameter)}


def held_in(request: Request[Any, Any, Any]) -> Token:
    """The token that this request came in with."""
    found: Token = request.scope["state"][_HELD]
    return found


def desk(request: Request[Any, Any, Any]) -> Desk:
    """The desk of the user whose token it is; in English, whatever a browser chose."""
    return Desk(request.app.state.shop, held_in(request).user, token="", path=request.url.path)
