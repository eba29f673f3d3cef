"""What runs in a worker: receive batches, apply the stage's function, send back what came out.

Start with `main`. A thread takes in what the parent sends, so that the parent never waits to hand out work. When the
parent closes the channel, or is killed, that thread sees the end of it, closes the actor and ends the process: no
worker outlives the run it works for.

Looks down to: nothing (the stage's function comes by name). Used by: pool.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

READY, DONE, FAILED = "ready", "done", "failed"


def main() -> None:
    """Serve the channel whose descriptor is the first argument, until the parent closes it."""
    channel: Connection = Connection(int(sys.argv[1]))
    with contextlib.ExitStack() as actors:
        try:
            sys.path[:] = channel.recv()
            fn, factory = channel.recv()
            inbox: SimpleQueue[Any] = SimpleQueue()
            threading.Thread(target=_receive, args=(channel, inbox, actors), daemon=True).start()
            actor = actors.enter_context(factory())
            channel.send((READY, None))
            while True:
                batch = inbox.get()
                if isinstance(batch, BaseException):
                    raise batch
                channel.send((DONE, list(fn(actor, batch))))
        except BaseException:
            with contextlib.suppress(OSError):  # the parent has gone already
                channel.send((FAILED, traceback.format_exc()))


def _receive(channel: Connection, inbox: SimpleQueue[Any], actors: contextlib.ExitStack) -> None:
    while True:
        try:
            inbox.put(channel.recv())
        except (EOFError, OSError):
            try:
                actors.close()
            finally:
                os._exit(0)
        except BaseException as fault:  # a row that cannot be put together again: told by the other thread
            inbox.put(fault)


if __name__ == "__main__":
    main()
