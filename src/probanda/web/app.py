"""The workbench as one application: pages joined, the door before them, errors in plain words behind them.

Start with `workbench`. Evidence never reaches a browser as anything but escaped text or a picture drawn by us.

Looks down to: web.pages, web.door, web.desk, casework, kernel. Used by: web.serve.
"""

from __future__ import annotations

import sys
import threading
import traceback
from typing import Any

from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.response.base import ASGIResponse
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from probanda.casework.case import Case
from probanda.kernel.errors import NotFound, ProbandaError
from probanda.web.api import problems
from probanda.web.api.app import api
from probanda.web.api.problems import MEDIA_TYPE, is_of_api
from probanda.web.atlas import Atlas
from probanda.web.desk import LANGUAGES, THEMES, AtDesk, AtForm, Desk, Shop, environment, speaking
from probanda.web.door import COOKIE, HEADERS, POLICY, SANDBOX, Door, from_elsewhere, same
from probanda.web.packing import FOREVER, STATIC, may_be_kept, packed
from probanda.web.pages import PAGES

YEAR = 365 * 24 * 3600


def workbench(case: Case, door: Door, atlas: Atlas | None = None) -> ASGIApp:
    """The application on a case that is open for writing; `door` decides who comes in, maps are drawn from `atlas`."""
    shop = Shop(case, threading.Lock(), atlas=atlas or Atlas())
    pages = Litestar(
        route_handlers=[
            enter, leave, choose, create_static_files_router(path="/static", directories=[STATIC]), *PAGES,
        ],
        dependencies={"desk": Provide(desk, sync_to_thread=False), "form": Provide(form)},
        state=State({"door": door, "shop": shop}),
        exception_handlers={ProbandaError: told, HTTPException: refused, Exception: broken},
        on_shutdown=[shop.work.stop],
        openapi_config=None,
        logging_config=None,
    )  # fmt: skip
    return guarded(packed(_parted(pages, api(shop))), door)


def _parted(pages: ASGIApp, programs: ASGIApp) -> ASGIApp:
    """Pages for people, the API for programs; each with its own way in and its own errors."""

    async def one_of_them(scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == ScopeType.HTTP and is_of_api(scope["path"])
        await (programs if asked else pages)(scope, receive, send)

    return one_of_them


# --- the door -------------------------------------------------------------------------------------


def guarded(app: ASGIApp, door: Door) -> ASGIApp:
    """Refuses what is not for us or comes from elsewhere, before any page, and puts the headers on every answer."""

    async def at_the_door(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if k.decode().lower() not in HEADERS]
                no_page = (POLICY.encode(), SANDBOX.encode()) in message["headers"]
                lasting = message["status"] == 200 and _may_be_kept(scope)
                ours = HEADERS | ({POLICY: SANDBOX} if no_page else {})
                ours |= {"cache-control": FOREVER} if lasting else {}
                message["headers"] = [*kept, *((k.encode(), v.encode()) for k, v in ours.items())]
            await send(message)

        refusal = _refusal(scope, door) if scope["type"] == ScopeType.HTTP else None
        if refusal is None:
            await app(scope, receive, with_headers)
        else:
            await refusal(scope, receive, with_headers)

    return at_the_door


def _may_be_kept(scope: Scope) -> bool:
    return scope["type"] == ScopeType.HTTP and may_be_kept(scope["path"], scope["query_string"].decode("latin-1"))


def _refusal(scope: HTTPScope, door: Door) -> ASGIApp | None:
    """The answer to a request that no page may see; None where it may come in."""
    told = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
    host = told.get("host", "")
    if not door.is_ours(host):
        return _no(scope, 421, "This server has another name.", "Ask it by the address that `probanda serve` printed.")
    changes = scope["method"] not in ("GET", "HEAD")
    if changes and from_elsewhere(told.get("origin"), told.get("sec-fetch-site"), host):
        return _no(scope, 403, "Not from another page.", "Open the workbench and do it there.")
    return None


def _no(scope: HTTPScope, status: int, problem: str, fix: str) -> ASGIApp:
    if is_of_api(scope["path"]):
        return ASGIResponse(body=problems.body(status, problem, fix), status_code=status, media_type=MEDIA_TYPE)
    return ASGIResponse(body=f"{problem}\n".encode(), status_code=status, media_type="text/plain")


@get("/enter/{secret:str}")
async def enter(request: Request[Any, Any, State], secret: FromPath[str]) -> Redirect | Response[str]:
    """Spend a one-time link."""
    visit = request.app.state.door.enter(secret)
    if visit is None:
        return _plain(
            request, 403, "This link was used before, or is of an earlier start.",
            "Start `probanda serve` again, or ask whoever runs it for a link: each works once.",
        )  # fmt: skip
    answer = Redirect("/")
    answer.set_cookie(key=COOKIE, value=visit, httponly=True, samesite="lax", path="/")
    return answer


@post("/leave", status_code=303)
async def leave(request: Request[Any, Any, State], desk: AtDesk, form: AtForm) -> Response[str]:
    """End this visit."""
    request.app.state.door.leave(request.cookies.get(COOKIE))
    return _plain(request, 200, "You have left.", "Start `probanda serve` again for a new link.")


@post("/choose", status_code=303)
async def choose(desk: AtDesk, form: AtForm) -> Redirect:
    """Language of the workbench, or light and dark; kept in the browser."""
    answer = Redirect(_own(form.get("back", "/")), status_code=303)
    if form.get("lang") in LANGUAGES:
        answer.set_cookie(key="lang", value=form["lang"], max_age=YEAR, samesite="lax", path="/")
    if form.get("theme") in THEMES:
        answer.set_cookie(key="theme", value=form["theme"], max_age=YEAR, samesite="lax", path="/")
    return answer


def _own(path: str) -> str:
    """A path of ours to go back to; never another host's."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def desk(request: Request[Any, Any, State]) -> Desk:
    """The desk of this request. Raises HTTPException 403 for a browser that did not come in."""
    visit = request.app.state.door.visit(request.cookies.get(COOKIE))
    if visit is None:
        raise HTTPException(status_code=403, detail="closed")
    query = f"?{request.url.query}" if request.url.query else ""
    return Desk(
        request.app.state.shop,
        visit.user,
        visit.token,
        _language(request),
        _theme(request),
        request.url.path + query,
    )


def _theme(request: Request[Any, Any, State]) -> str:
    """Light or dark, as this browser chose; empty where it chose neither."""
    theme = request.cookies.get("theme", "")
    return theme if theme in THEMES else ""


def _language(request: Request[Any, Any, State]) -> str:
    """The language that this browser chose; English where it chose none of ours."""
    lang = request.cookies.get("lang", "en")
    return lang if lang in LANGUAGES else "en"


async def form(request: Request[Any, Any, State]) -> dict[str, str]:
    """The fields of a form of ours. Raises HTTPException 403 where it does not bear the visit's token."""
    visit = request.app.state.door.visit(request.cookies.get(COOKIE))
    sent = await request.form()
    if visit is None or not same(sent.get("token"), visit.token):
        raise HTTPException(status_code=403, detail="stale")
    fields: dict[str, str] = {}
    for key, value in sent.multi_items():
        if isinstance(value, str):  # boxes ticked under one name: ids, parted by spaces
            fields[key] = f"{fields[key]} {value}" if key in fields else value
    return fields


# --- errors, in plain words and without internals -------------------------------------------------


def told(request: Request[Any, Any, State], error: ProbandaError) -> Response[str]:
    """An error of ours: what is wrong, then what to do."""
    return _plain(request, 404 if isinstance(error, NotFound) else 409, error.problem, error.fix)


def refused(request: Request[Any, Any, State], error: HTTPException) -> Response[str]:
    """What the framework refuses, and closed doors."""
    problem, fix = {
        "closed": ("You have not come in.", "Open the link that `probanda serve` printed; each works once."),
        "stale": ("This form is of an earlier visit; nothing was recorded.", "Load the page anew and do it again."),
    }.get(error.detail, ("", ""))  # fmt: skip
    if not problem:
        problem, fix = "There is no such page.", "Go to the overview and look from there."
        if error.status_code not in (404, 405):
            problem, fix = "The page was not asked for as it should be.", "Go back and try again."
    return _plain(request, error.status_code, problem, fix)


def broken(request: Request[Any, Any, State], error: Exception) -> Response[str]:
    """A bug of ours: told whole where the server was started, and not at all to the browser."""
    traceback.print_exception(error, file=sys.stderr)
    return _plain(
        request, 500, "Something in the program went wrong; nothing was recorded.", "Tell its makers what you did."
    )


def _plain(request: Request[Any, Any, State], status: int, problem: str, fix: str) -> Response[str]:
    lang = _language(request)
    told = {"problem": problem, "fix": fix, "lang": lang, "dir": speaking(lang).direction, "theme": _theme(request)}
    page = environment(lang).get_template("error.html").render(told)
    return Response(page, status_code=status, media_type="text/html; charset=utf-8")
