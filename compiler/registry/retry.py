"""Trying again: when, how often, and after how long."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from .faults import Fault
from .stop import Stop

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """Waits `first` seconds, then twice as long each time up to `longest`; each is shortened by chance, up to half.

    What a server asks for (`Retry-After`) is waited for in full, up to `limit`.
    """

    tries: int = 6
    first: float = 0.5
    longest: float = 30.0
    limit: float = 300.0

    def pause(self, failures: int, asked: float) -> float:
        """Seconds to wait after so many failures in a row."""
        grown = min(self.first * 2.0 ** (failures - 1), self.longest)
        return max(min(asked, self.limit), grown * random.uniform(0.5, 1.0))


def retried(
    action: Callable[[], T],
    patience: Patience,
    stop: Stop,
    *,
    mark: Callable[[], object] = lambda: None,
    waiting: Callable[[Fault, float], object] = lambda fault, seconds: None,
) -> T:
    """What the action gives, after as many passing faults as patience allows.

    A failure after progress (a `mark` that changed) is a first one: what moves on may fail as often as it needs.
    Raises the last Fault.
    """
    failures, before = 0, mark()
    while True:
        try:
            return action()
        except Fault as fault:
            failures, before = (failures + 1 if mark() == before else 1), mark()
            if not fault.passing or failures >= patience.tries:
                raise
            seconds = patience.pause(failures, fault.wait)
            waiting(fault, seconds)
        stop.sleep(seconds)


def retry_after(text: str) -> float:
    """Seconds that a `Retry-After` header asks for, in either of its forms; 0 where it says nothing."""
    if text.strip().isdigit():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
