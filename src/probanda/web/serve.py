"""Start the workbench and say where it is: one link, alone on its line, good once.

Start with `serve`. Another address than loopback needs a certificate, or the person's own word that the way is safe.

Looks down to: web.app, web.door, casework, kernel. Used by: cli.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn
from litestar.types import ASGIApp

from probanda.casework.case import Case
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.web.app import workbench
from probanda.web.atlas import Atlas
from probanda.web.door import LOOPBACK, Door


def serve(
    case: Case,
    host: str,
    port: int,
    say: Callable[[str], None],
    *,
    certificate: Path | None = None,
    key: Path | None = None,
    unencrypted: bool = False,
    others: Sequence[str] = (),
    atlas: Atlas | None = None,
) -> None:
    """Serve the case until interrupted; `say` gets the one-time link once the server answers.

    `port` 0 takes any that is free. `others`: ids of users who get a link too, each on its line with the name. Maps are
    drawn from `atlas`. Raises
    WrongUsage for an open address without a certificate, ProbandaError where the address is taken.
    """
    if host not in LOOPBACK and certificate is None and not unencrypted:
        raise WrongUsage(
            f"{host} can be reached from other machines, and without a certificate everybody between could read along.",
            "Give --certificate and --key; or leave --host away; or say --unencrypted where the way itself is safe.",
        )
    listening = listen(host, port)
    port = listening.getsockname()[1]
    door = Door.at(host, port)
    app = workbench(case, door, atlas)
    scheme = "https" if certificate else "http"
    shown = f"[{host}]" if ":" in host else host
    names = case.store.users()
    for user in (case.eyes.user, *others):
        name = f"  {names[user]}" if user != case.eyes.user else ""
        say(f"{scheme}://{shown}:{port}/enter/{door.link(user)}{name}")
    try:
        uvicorn.Server(configured(app, certificate, key)).run(sockets=[listening])
    finally:
        listening.close()


def configured(app: ASGIApp, certificate: Path | None = None, key: Path | None = None) -> uvicorn.Config:
    """How the server runs: silent, and without a word of what it is made of."""
    return uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, date_header=False,
        ssl_certfile=str(certificate) if certificate else None, ssl_keyfile=str(key) if key else None,
    )  # fmt: skip


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at this address. Raises ProbandaError where it cannot."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise ProbandaError(
            f"{host}:{port} cannot be listened on: {error.strerror}.",
            "Name another with --port, or 0 for any that is free.",
        ) from error
    listening.listen(64)
    return listening
