"""Ports for servers that are started a while later, such as after a build."""

import itertools
import os
import random
import socket
from collections.abc import Iterator

# Below those that systems give to whoever asks for any port: another program would get the one that waits here.
_FIRST, _END = 10_000, 32_000


def _numbers() -> Iterator[int]:
    """Each worker of a run has its own; runs beside each other are unlikely to meet."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    mine = range(_FIRST + worker, _END, workers)
    start = random.randrange(len(mine))
    return itertools.cycle((*mine[start:], *mine[:start]))


_NUMBERS = _numbers()


def free_port() -> int:
    """Nobody listens on it, on any address of this machine, and no other call returns it soon."""
    return next(port for port in _NUMBERS if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True
