"""`probanda serve`: the workbench in a browser, on this machine.

Looks down to: web, casework. Used by: cli.main.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from probanda.cli.shared import opened


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help="Port; 0 takes any that is free.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the link and open nothing.")] = False,
    certificate: Annotated[Path | None, typer.Option("--certificate", help="TLS certificate, as a PEM file.")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="Its private key.")] = None,
    link_for: Annotated[
        list[str] | None, typer.Option("--link-for", metavar="NAME", help="A link for this user too; may be repeated.")
    ] = None,
    unencrypted: Annotated[
        bool, typer.Option("--unencrypted", help="Serve an open address without TLS: the way itself is safe.")
    ] = False,
    base_map: Annotated[
        Path | None, typer.Option("--base-map", metavar="FILE", help="Own base map for the map: raster tiles, PMTiles.")
    ] = None,
    places: Annotated[
        Path | None, typer.Option("--places", metavar="FILE", help="Own list of places with positions, as CSV.")
    ] = None,
) -> None:
    """Open the workbench on this case in a browser; ends with Ctrl-C."""
    from probanda.casework import users
    from probanda.web.atlas import Atlas
    from probanda.web.serve import serve as run

    atlas = Atlas.of(places, base_map)

    said: list[str] = []

    def say(link: str) -> None:
        sys.stdout.write(link + "\n")
        sys.stdout.flush()
        said.append(link)
        if sys.stdout.isatty() and not no_browser and len(said) == 1:  # the first is one's own
            import webbrowser

            webbrowser.open(link)

    with opened(context, writing=True) as case:
        others = [users.found(case.store, name) for name in link_for or ()]
        run(
            case, host, port, say, certificate=certificate, key=key, unencrypted=unencrypted, others=others, atlas=atlas
        )  # fmt: skip
