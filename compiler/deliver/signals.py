"""Signals of this process."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

# SIGHUP comes when the terminal is closed, or the connection to the machine is lost.
_ENDS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stops_as_interrupt() -> Iterator[None]:
    """What tells us to end does so as Ctrl-C does: in order, with nothing left running."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {each: signal.getsignal(each) for each in _ENDS}
    for each, handler in before.items():
        if handler is not signal.SIG_IGN:  # as nohup sets it: who wants that keeps it
            signal.signal(each, interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
