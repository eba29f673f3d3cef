"""Taking the key frames of videos."""

from __future__ import annotations

from typing import Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.talk import say, tell, tell_rows


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(epilog="Example: probanda -C marsafa frames MED-0001")(frames)


def frames(
    context: typer.Context,
    item: Annotated[list[str] | None, typer.Argument(help="Videos; all that have no key frames if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take key frames of videos: where the scene changes, and at regular times. Needs ffmpeg on this machine.

    Each becomes an item of its own, marked as made by a program, with its time in the video; they are compared where
    pictures that look alike are proposed. The frames of a video are kept together: cut off, the next run goes on at the
    next video. Ends with 3 where a video gave none (named).
    """
    from probanda.store.codec import plain

    with opened(context, writing=True) as case:
        digests = [case.store.item(case.eyes, name).digest for name in item or []]
        done = case.frame(items=digests)
        if done.digests:
            case.read(items=list(done.digests))
    for number, reason, fix in done.failed:
        say(f"{number}: {reason} {fix}")
    for number, why in done.stopped:
        say(f"{number}: not gone through to its end: {why}.")
    if as_json:
        tell_rows([plain(done)])
    elif done.items:
        videos = "1 video" if done.items == 1 else f"{done.items} videos"
        tell(f"{len(done.digests)} key frames taken of {videos}, by {done.maker}.")
    elif not done.failed:
        tell("No video waits for key frames.")
    if done.failed:
        raise typer.Exit(3)
