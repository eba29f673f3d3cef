"""One family of errors: each names the thing, the reason and the next step, and has its exit code.

Exit codes (DESIGN section 7): 0 done; 1 error; 2 wrong usage; 3 done, but some files could not be
taken in or read; 40 an item altered; 41 log, checkpoint or record altered; 42 case folder in use;
130 interrupted.
"""

from __future__ import annotations


class ProbandaError(Exception):
    """Any error a user may see: what is wrong, then what to do."""

    exit_code = 1

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(f"{problem}\n{fix}")
        self.problem, self.fix = problem, fix


class WrongUsage(ProbandaError):
    """The command's words do not fit together."""

    exit_code = 2


class NotACaseFolder(ProbandaError):
    """The folder named holds no case."""

    exit_code = 2

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} is not a case folder: it holds no case.toml.",
            "Make one with `probanda new PATH`, or name another with `-C PATH`.",
        )


class NotFound(ProbandaError):
    """Nothing that this user may see has the id or number asked for."""

    def __init__(self, what: str, name: str, see: str) -> None:
        super().__init__(f"No {what} {name} here.", f"See what there is with `{see}`.")


class ItemAltered(ProbandaError):
    """The bytes of a preserved item no longer match its digest."""

    exit_code = 40

    def __init__(self, item: str, expected: str, found: str) -> None:
        self.item, self.expected, self.found = item, expected, found
        super().__init__(
            f"Item {item} has changed: its digest was {expected[:12]} and is now {found[:12]}.",
            "Leave the file as it is, run `probanda verify` for the whole picture, and restore it from a second copy.",
        )


class RecordAltered(ProbandaError):
    """Log, checkpoint or record is not what was written."""

    exit_code = 41


class CaseInUse(ProbandaError):
    """Another process is writing in this case folder."""

    exit_code = 42

    def __init__(self, folder: str, holder: str) -> None:
        super().__init__(
            f"The case folder {folder} is in use by {holder}.",
            "Wait until it has ended and run the command again; nothing was changed.",
        )
