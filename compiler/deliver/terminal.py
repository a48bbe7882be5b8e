"""A command that draws on our terminal: what it shows goes there, and is kept."""

import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

_PIECE = 65536


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """Our end of a terminal for a command, and its own, which we close as soon as the command has it."""
    ours, its = os.openpty()
    _resize(ours)
    try:
        yield ours, its
    finally:
        os.close(ours)


def drawn(ours: int) -> Iterator[bytes]:
    """What the command draws, in pieces, each of which is on standard error already; ends when the command does."""
    while piece := _read(ours):
        sys.stderr.buffer.write(piece)
        sys.stderr.flush()
        _resize(ours)
        yield piece


def _read(ours: int) -> bytes:
    try:
        return os.read(ours, _PIECE)
    except OSError:  # how Linux says that nobody has the other end any more
        return b""


def _resize(ours: int) -> None:
    """Whoever draws looks at the size each time."""
    termios.tcsetwinsize(ours, termios.tcgetwinsize(sys.stderr))
