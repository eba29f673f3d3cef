"""The API as one application beside the pages, with its OpenAPI document.

Start with `api`. It has no page of its own that explains it: such pages bring scripts from elsewhere.

Looks down to: web.api, web.desk. Used by: web.app.
"""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Litestar, Request, Response, Router, get
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import ASGIApp

from probanda.kernel.errors import ProbandaError
from probanda.web.api import (
    actors,
    chain,
    claims,
    figures,
    incidents,
    items,
    log,
    matrix,
    media,
    overview,
    reports,
    search,
    situation,
    taking_in,
)
from probanda.web.api.asking import MOST_BODY, PREFIX, SECURITY, bodies, exactly
from probanda.web.api.bearer import admitted, desk
from probanda.web.api.problems import broken, of_framework, of_ours
from probanda.web.desk import Shop

VERSION = "1.0"
"""The first number changes when an answer loses a field or a field its meaning, the second when something is added."""
ABOUT = (
    "What the pages of the workbench show and do. Answers are the records that the pages are made of. A token is made "
    "with `probanda token add NAME --scope SCOPE`, sent as `Authorization: Bearer TOKEN`, and is its user's: what that "
    "user does not see is as if it were not there."
)


def api(shop: Shop) -> ASGIApp:
    """The application for all that lies under `/api`."""
    handlers = [
        document, *overview.API, *items.API, *taking_in.API, *media.API, *claims.API, *search.API, *actors.API,
        *incidents.API, *situation.API, *chain.API, *matrix.API, *figures.API, *reports.API, *log.API,
    ]  # fmt: skip
    return Litestar(
        route_handlers=[Router(path=PREFIX, route_handlers=handlers)],
        dependencies={"desk": Provide(desk, sync_to_thread=False)},
        guards=[admitted],
        before_request=exactly,
        state=State({"shop": shop}),
        exception_handlers={ProbandaError: of_ours, HTTPException: of_framework, Exception: broken},
        openapi_config=OpenAPIConfig(
            title="Probanda",
            version=VERSION,
            description=ABOUT,
            use_handler_docstrings=True,
            components=Components(security_schemes={SECURITY: SecurityScheme(type="http", scheme="bearer")}),
            operation_id_creator=lambda handler, _method, _path: handler.handler_name,
            render_plugins=[JsonRenderPlugin()],
            path="/-",
        ),
        request_max_body_size=MOST_BODY,
        logging_config=None,
    )


@get("/openapi.json", include_in_schema=False, sync_to_thread=True)
def document(request: Request[Any, Any, State]) -> Response[dict[str, Any]]:
    """The OpenAPI document; it tells nothing of the case, and needs no token."""
    return Response(_told_exactly(request.app.openapi_schema.to_schema()), media_type="application/json")


def _told_exactly(document: dict[str, Any]) -> dict[str, Any]:
    """The document with bodies told by what reads them, which knows limits inside of lists, and that no other field
    may come."""
    _, exact = msgspec.json.schema_components(bodies(), ref_template="#/components/schemas/{name}")
    schemas = document["components"]["schemas"]
    for operations in document["paths"].values():
        body = operations.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if body:
            key = body["schema"]["$ref"].rpartition("/")[2]
            schemas[key] = exact[schemas[key]["title"]]
    return document
