"""Meter: who is told how far bytes are; what it shows is its own affair."""

from typing import Protocol

from ...registry.progress import Progress
from ...registry.stop import Stop
from ...store.receive import Advance


class Meter(Protocol):
    """`expect` opens a stretch of work of so many bytes; the calls that follow belong to it."""

    def expect(self, title: str, size: int) -> None: ...

    def advancer(self, name: str, stop: Stop) -> Advance: ...

    def watch(self, progress: Progress) -> object: ...


class Silent:
    """For who does not look."""

    def expect(self, title: str, size: int) -> None:
        """Nothing is shown."""

    def advancer(self, name: str, stop: Stop) -> Advance:
        return lambda count: stop.check()

    def watch(self, progress: Progress) -> object:
        return None
