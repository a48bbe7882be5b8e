"""Ports for servers that are started a while later, such as after a build."""

import fcntl
import functools
import itertools
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Below those that systems give to whoever asks for any port: another program would get the one that waits here. Above
# the last that browsers refuse to open (10080, https://fetch.spec.whatwg.org/#port-blocking).
_FIRST, _END = 10_500, 32_000
_BLOCK = 500


def free_port() -> int:
    """Nobody listens on it, on any address of this machine, and no other call returns it soon, in whatever process."""
    return next(port for port in _numbers() if _is_free(port))


@functools.cache
def _numbers() -> Iterator[int]:
    """Of a block that this process has to itself for as long as it lives."""
    folder = Path(tempfile.gettempdir(), f"cogc-ports-{os.getuid()}")
    folder.mkdir(exist_ok=True)
    first = next(first for first in range(_FIRST, _END, _BLOCK) if _is_ours(folder / str(first)))
    return itertools.cycle(range(first, first + _BLOCK))


def _is_ours(lock: Path) -> bool:
    place = os.open(lock, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(place)
        return False
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True
