"""Progress: how far one blob is. Rates and times left are for the one who shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Literal

Phase = Literal["moving", "waiting", "present", "mounted", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `size` bytes, absolute: it falls where a blob has to start again.

    `present` (it was there), `mounted` (from another repository) and `done` are the last of a blob. `note` says why
    it is waiting.
    """

    digest: str
    size: int
    done: int
    phase: Phase
    note: str = ""


Watch = Callable[[Progress], object]


def unwatched(progress: Progress) -> None:
    """For who does not look."""


def in_turn(watch: Watch) -> Watch:
    """Called by one thread at a time."""
    lock = Lock()

    def told(progress: Progress) -> None:
        with lock:
            watch(progress)

    return told
