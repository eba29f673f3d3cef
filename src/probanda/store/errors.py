"""What can go wrong with a record, in words that name the thing and the next step.

Looks down to: kernel. Used by: store, casework.
"""

from __future__ import annotations

from collections.abc import Sequence

from probanda.kernel.errors import ProbandaError, WrongUsage


class NotEmpty(WrongUsage):
    """A case was to be made where something else lies already."""

    def __init__(self, folder: str, found: str) -> None:
        super().__init__(
            f"{folder} is not empty (it holds {found}) and is not a case folder.",
            "Name a folder that does not exist yet, or an empty one; nothing was changed.",
        )


class AlreadyACase(WrongUsage):
    """A case was to be made where there is one."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} holds a case already.",
            "Work in it with `-C PATH`, or name another folder for the new case; nothing was changed.",
        )


class DecidedMeanwhile(ProbandaError):
    """A deed replaces what no longer stands, or does not name what does."""

    def __init__(self, subject: str, standing: Sequence[str], said: str) -> None:
        self.subject, self.standing = subject, tuple(standing)
        super().__init__(
            f"{said} Nothing was recorded.",
            "Look at what stands now with `probanda claims show ID`, and decide again if you still want to.",
        )


class BeingRead(ProbandaError):
    """A claim was to be decided on anew while it waits for a second person to read it."""

    def __init__(self, claim: str, readers: Sequence[str]) -> None:
        self.claim = claim
        super().__init__(
            f"Claim {claim[:12]} was drawn to be read by a second person, and nobody edits it until then; nothing was "
            "recorded.",
            f"Wait for the second reading (by {' or '.join(readers)}). Where it cannot come, an owner ends it: "
            f"`probanda claims second {claim[:12]} --end --reason TEXT`.",
        )


class StillStoodOn(ProbandaError):
    """A decision cannot be taken back while others stand on it."""

    def __init__(self, decision: str, by: Sequence[str]) -> None:
        self.decision, self.by = decision, tuple(by)
        super().__init__(
            f"Decision {decision} cannot be undone yet: {', '.join(by)} stand on it.",
            "Undo those first, latest first; nothing was changed.",
        )


class CannotWrite(ProbandaError):
    """The disk or the folder's permissions refused a write."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            f"Cannot write in the case folder {folder}: {reason}.",
            "Make room on the disk or give yourself the right to write there, then run the command again; "
            "what was recorded before is whole.",
        )


class ReadOnly(ProbandaError):
    """A store opened for reading was asked to write."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"The case folder {folder} was opened for reading.", "Open it for writing, and try again.")


class OlderRecord(ProbandaError):
    """The tables are of another version than this program."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"The record in {folder} was written by another version of Probanda.",
            "Run any command that writes, such as `probanda read`, once: it brings the tables up to date.",
        )


class SeveralItems(WrongUsage):
    """A registration number that two devices gave to different items before their folders were joined."""

    def __init__(self, number: str, marked: Sequence[str]) -> None:
        super().__init__(
            f"The number {number} is that of {len(marked)} items: two devices had given it before they were joined.",
            f"Name one with its device's mark: {', '.join(marked)}.",
        )
