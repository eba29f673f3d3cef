"""Stages of reading in which one item ends the process that reads it; workers find them by name."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from probanda.casework import stages

read_files, read_parts = stages.read_files, stages.read_parts
DEADLY = "DO NOT READ"


def files_with_a_deadly_one(reader: stages.FileReader, jobs: Sequence[stages.FileJob]) -> list[stages.FileRead]:
    """As the real one, but a file named `deadly` ends the process."""
    if any("deadly" in job.name for job in jobs):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_files(reader, jobs)


def parts_with_a_deadly_one(readers: stages.ClaimReaders, jobs: Sequence[stages.PartJob]) -> list[stages.PartRead]:
    """As the real one, but an item of no language that has a reader ends the process."""
    if any(job.language == "de" for job in jobs):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_parts(readers, jobs)
