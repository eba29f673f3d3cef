"""Commands for what is kept elsewhere: backup and restore, checkpoints on paper, stamps of outside authorities."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from probanda.cli.shared import USER, AsJson, opened
from probanda.cli.talk import progress_bars, say, tell, tell_rows
from probanda.kernel.errors import CaseInUse, WrongUsage

ALTERED = 41
Certificates = Annotated[
    Path | None,
    typer.Option("--certificate", metavar="FILE.pem", help="The authority's root certificate, in PEM form."),
]


def join(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example: probanda -C marsafa backup --out /media/disk/marsafa-backups")(backup)
    app.command(epilog="Example: probanda restore /media/disk/marsafa-backups marsafa-again")(restore)
    app.command(epilog="Example: probanda -C marsafa checkpoint --out checkpoint.html")(checkpoint)
    app.command(epilog="Example: probanda -C marsafa stamp --authority https://tsa.example.org --certificate root.pem")(
        stamp
    )


def backup(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.tar|FOLDER", help="A new file, or a folder that takes many backups."),
    ] = None,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="Leave the keys out: what is restored can then sign nothing.")
    ] = False,
    note: Annotated[
        Path | None,
        typer.Option("--note", metavar="BACKUP", help="Record a backup that was made while another process wrote."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a second copy of the case folder, also while others work in it; a folder is given new items alone.

    Ends with 0; with 40 or 41, and no backup, where the case folder itself is damaged (named).
    """
    from probanda.casework import backup as deed

    folder, user = context.obj or Path(), context.meta.get(USER)
    if (out is None) == (note is None):
        raise WrongUsage("Say where the backup is to go, or which one to note.", "Give --out, or --note.")
    if note is not None:
        told = deed.note(folder, note, user=user)
        say(f"Noted backup {told.id} in the record.")
        return
    assert out is not None  # noqa: S101 - one of the two is there
    with progress_bars() as progress:
        made = deed.backup(folder, out, keys=not without_keys, user=user, progress=progress)
    told = made.backup
    if as_json:
        tell_rows([{**deed.told_of(told), "copied": made.copied, "noted": made.not_noted is None}])
    else:
        for log in told.logs:
            tell(f"{out}: {told.items} items, {log.size} log entries, root {log.root}")
    keys = "It holds no keys." if without_keys else "It holds the keys: guard it as you guard the case folder."
    say(f"{made.copied} items copied. {keys} Nothing in it is encrypted.")
    if made.not_noted is not None:
        say(f"The record does not note this backup: {made.not_noted} Later: probanda backup --note {out}")


def restore(
    where: Annotated[Path, typer.Argument(metavar="BACKUP", help="A backup: a file, a folder, or one of its rounds.")],
    folder: Annotated[Path, typer.Argument(help="Where the case folder is to be; it must not hold anything.")],
    as_json: AsJson = False,
) -> None:
    """Make a case folder from a backup, and verify it before it appears.

    Ends with 0; with 41 where the backup is damaged or incomplete (the file is named), and then makes nothing.
    """
    from probanda.casework import backup as deed

    with progress_bars() as progress:
        told = deed.restore(where, folder, progress=progress)
    if as_json:
        tell_rows([{**deed.told_of(told), "folder": str(folder)}])
    else:
        for log in told.logs:
            tell(f"{folder}: {told.items} items, {log.size} log entries, root {log.root}")
    if not told.keys:
        say("The backup was made without keys: put keys/log.key and keys/mask.key in place before you go on.")
    say(
        f"Restored as it was on {told.made_at}, and verified. The first command that writes in it begins a log of its "
        "own, so that it can be joined with the folder it is a copy of (`probanda import`), should that go on too."
    )


def checkpoint(
    context: typer.Context,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", metavar="FILE", help="As .html a page to print, as .svg the code alone, else the text."),
    ] = None,
    code: Annotated[bool, typer.Option("--qr", help="Draw the QR code on the terminal as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the signed checkpoint, to be kept by somebody else: three lines and a signature, no word of the case.

    Ends with 0. While another process writes, it is the newest one signed so far.
    """
    from probanda.audit.notes import read_note
    from probanda.casework import outside
    from probanda.casework.draft import write

    try:
        with opened(context, writing=True) as case:
            note = outside.checkpoint(case.store)
    except CaseInUse as busy:
        with opened(context, writing=False) as case:
            found = case.store.checkpoint()
        if found is None:
            raise
        note = found
        say(f"{busy.problem} This is the newest checkpoint signed so far.")
    for path in out or ():
        made = {".html": outside.page, ".svg": outside.qr_svg}.get(path.suffix, str)(note)
        write(path, made.encode())
    told = read_note(note)
    if as_json:
        at = told.checkpoint
        tell_rows([{"origin": at.origin, "size": at.size, "root": at.root, "time": told.stamp, "note": note}])
    else:
        tell(note.rstrip("\n"))
    if code:
        say(outside.qr_words(note))


def stamp(
    context: typer.Context,
    authority: Annotated[
        str | None, typer.Option("--authority", metavar="URL", help="Whom to ask, by http or https; nobody else.")
    ] = None,
    certificate: Certificates = None,
    request: Annotated[
        Path | None, typer.Option("--request", metavar="FILE.tsq", help="Write the request, to be carried by hand.")
    ] = None,
    reply: Annotated[
        Path | None, typer.Option("--reply", metavar="FILE.tsr", help="Take in a reply that was carried by hand.")
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Check all stamps kept here; asks nobody.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds an authority has to answer.", min=1)] = 30.0,
    as_json: AsJson = False,
) -> None:
    """Have an outside authority sign the time of a checkpoint (RFC 3161); only its digest leaves, and that is logged.

    Ends with 0; with 1 where no reply came or it was refused (the reason is named); with 41 where --verify finds one
    that no longer holds.
    """
    from probanda.casework import outside

    if sum((authority is not None, request is not None, reply is not None, verify)) != 1:
        raise WrongUsage(
            "Say what to do with a stamp.", "Give one of --authority URL, --request FILE, --reply FILE and --verify."
        )
    trusted = _bytes(certificate, "--certificate") if certificate is not None else None
    if (authority is not None or reply is not None) and trusted is None:
        raise WrongUsage(
            "A reply can only be checked against the authority's certificate.", "Name it with --certificate FILE.pem."
        )
    if verify:
        _verify(context, trusted, as_json)
        return
    answer = _bytes(reply, "--reply") if reply is not None else b""
    with opened(context, writing=True) as case:
        if request is not None:
            name = outside.write_request(case.store, case.eyes, request)
            say(f"Wrote {request} (stamp {name}). Send it to an authority, then: probanda stamp --reply FILE.tsr")
            return
        if authority is not None:
            name, found = outside.ask(case.store, case.eyes, authority, trusted or b"", timeout=timeout)
        else:
            name, found = outside.take_reply(case.store, case.eyes, answer, trusted or b"")
    _show([outside.Looked(name, int(name.split("-")[0]), found, None)], as_json)
    say("Kept in the case folder. Compare the time with your clock; `probanda stamp --verify` checks it again.")


def _verify(context: typer.Context, trusted: bytes | None, as_json: bool) -> None:
    from probanda.casework import outside

    with opened(context, writing=False) as case:
        found = outside.verify(case.store, case.eyes, trusted)
    _show(found, as_json)
    if not found:
        say("No stamps are kept here. Ask for one: probanda stamp --authority URL --certificate FILE.pem")
    if any(one.problem for one in found):
        say("Leave the folder as it is, make a copy, and compare it with a second copy or backup.")
        raise typer.Exit(ALTERED)


def _show(found: list[Any], as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        tell_rows(asdict(one) for one in found)
        return
    for one in found:
        if one.stamp is None:
            tell(f"stamp {one.name}: {one.problem}")
        else:
            tell(f"stamp {one.name}: {one.size} log entries existed by {one.stamp.at}, says {one.stamp.authority}")


def _bytes(path: Path, option: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror}.", f"Name a file with {option}.") from error
