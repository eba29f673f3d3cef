"""Transcribing recordings with a speech program on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from probanda.cli.shared import AsJson, opened
from probanda.cli.steps import say_left
from probanda.cli.talk import say, tell, tell_rows


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(epilog="Example: probanda -C marsafa transcribe MED-0001 --model ggml-small.bin --language ar")(
        transcribe
    )


def transcribe(
    context: typer.Context,
    item: Annotated[
        list[str] | None, typer.Argument(help="Recordings; all without a machine transcript if left out.")
    ] = None,
    model: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The model of the speech program, as you have it.")
    ] = None,
    program: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="whisper-cli if a model file is named; else pocketsphinx_continuous."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="What is spoken, such as ar; as the program finds if left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write down what is said in recordings, with times, then read it. Needs ffmpeg and a speech program here.

    The words are marked as machine text with program and model; the recording decides. Each transcript is kept at once:
    cut off, the next run goes on at the next recording. Ends with 3 where one could not be transcribed (named).
    """
    from probanda.reading.speech import chosen
    from probanda.store.codec import plain

    with opened(context, writing=True) as case:
        digests = [case.store.item(case.eyes, name).digest for name in item or []]
        done = case.transcribe(chosen(program, model, language), items=digests)
        reading = case.read(items=list(done.digests)) if done.digests else None
    for number, why in done.failed:
        say(f"{number} was not transcribed: {why}. Listen to it, and lay a transcript of your own beside it.")
    if as_json:
        tell_rows([plain(done)])
    elif done.digests:
        many = "1 recording" if len(done.digests) == 1 else f"{len(done.digests)} recordings"
        tell(f"{many} transcribed by {done.maker}. Listen before you accept.")
    elif not done.failed:
        tell("No recording waits for a transcript.")
    if reading is not None:
        if not as_json:
            tell(f"{reading.claims} claims proposed.")
        say_left(reading)
    if done.failed:
        raise typer.Exit(3)
