"""Stop: the wish that a transfer ends, which its threads look at."""

import math
from threading import Event
from time import monotonic

# Seconds that a part of an upload has to arrive whole: many registries give up an upload that is cut within a part.
_GRACE = 10.0


class Stopped(Exception):
    """Ends a thread that was told to."""


class Stop:
    """Shared by the threads of one transfer."""

    def __init__(self, grace: float = _GRACE) -> None:
        self.grace = grace
        self._asked = Event()
        self._due = math.inf

    def ask(self) -> None:
        if not self._asked.is_set():
            self._due = monotonic() + self.grace
            self._asked.set()

    def check(self) -> None:
        """Raises Stopped for what may end anywhere."""
        if self._asked.is_set():
            raise Stopped

    def check_late(self) -> None:
        """Raises Stopped for what had better come to its end, once the grace is over."""
        if monotonic() >= self._due:
            raise Stopped

    @property
    def is_over(self) -> bool:
        """Whether nobody who was asked to end is waited for any longer."""
        return monotonic() >= self._due + 1.0

    def sleep(self, seconds: float) -> None:
        """Raises Stopped as soon as it is asked for."""
        if self._asked.wait(seconds):
            raise Stopped
