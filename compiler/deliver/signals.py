"""Signals of this process."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stops_as_interrupt() -> Iterator[None]:
    """SIGTERM ends us as Ctrl-C does: in order, with nothing left running."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
