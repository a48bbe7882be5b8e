"""Processes that a model has left behind.

A worker's process group is ended with it, but a daemon has left the group. The mark in its environment
says from which worker it comes. Those that end by themselves are ours to reap when we are PID 1.
"""

import contextlib
import os
import pathlib
import signal
from typing import Container, List

VARIABLE = "COG_WORKER_MARK"
_ROUNDS = 5


def new_mark() -> str:
    """The value of `VARIABLE` for one worker; the processes that it starts inherit it."""
    return os.urandom(16).hex()


def end_strays(mark: str) -> None:
    """Ends every process that carries the mark; in rounds, since one may start another meanwhile."""
    for _ in range(_ROUNDS):
        found = _marked(f"{VARIABLE}={mark}".encode())
        if not found:
            return
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _marked(entry: bytes) -> List[int]:
    places = pathlib.Path("/proc").glob("[0-9]*/environ")
    return [int(place.parent.name) for place in places if entry in _read(place).split(b"\0")]


def _read(place: pathlib.Path) -> bytes:
    """Empty for a process of another user, and for one that has ended meanwhile."""
    try:
        return place.read_bytes()
    except OSError:
        return b""


def reap_adopted(own: Container[int]) -> None:
    """Clears away ended processes, except our `own` children, on which the event loop waits itself."""
    with contextlib.suppress(ChildProcessError):
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        while ended is not None and ended.si_pid not in own:
            os.waitpid(ended.si_pid, 0)
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
