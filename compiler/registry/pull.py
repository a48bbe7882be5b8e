"""Pull: files out of blobs, several ranges at once, verified before they get their names."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Lock

from .client import Registry
from .crew import Task, run_all
from .faults import Corrupt, told
from .part import Part, Span
from .progress import Phase, Progress, Watch, in_turn, unwatched
from .receive import Receipt
from .settings import Settings
from .state import claimed
from .stop import Stop
from .wanted import Wanted


def pull_blobs(
    registry: Registry,
    repository: str,
    wanted: Iterable[Wanted],
    parts: Path,
    settings: Settings,
    watch: Watch = unwatched,
) -> None:
    """Brings files from a repository, each to its path, where nothing is until it is complete and verified.

    `parts` is the folder, in the same file system as the paths, for what is arriving. Raises CompileError, and OSError
    where the disk is full; the same call goes on from there.
    """
    stop = Stop(grace=0.0)  # what has arrived is kept wherever it is cut
    unique = {(item.digest, item.path): item for item in wanted}.values()
    by_size = sorted(unique, key=lambda item: item.size, reverse=True)
    parts.mkdir(parents=True, exist_ok=True)
    told_in_turn = in_turn(watch)
    with ExitStack() as opened:

        def tasks() -> Iterator[Task]:
            for item in by_size:
                arrival = Arrival(registry, repository, item, parts, settings, told_in_turn, stop)
                opened.callback(arrival.close)
                yield from arrival.tasks()

        run_all(tasks(), settings.workers, stop, registry.leave)


class Arrival:
    """One file on its way; it is open from its first task to its last."""

    def __init__(
        self,
        registry: Registry,
        repository: str,
        wanted: Wanted,
        parts: Path,
        settings: Settings,
        watch: Watch,
        stop: Stop,
    ) -> None:
        self.registry, self.repository, self.wanted = registry, repository, wanted
        self.stop = stop
        self._parts, self._settings, self._watch = parts, settings, watch
        self._lock = Lock()
        self._left = self._done = 0
        self._open = ExitStack()

    def close(self) -> None:
        self._open.close()

    def tasks(self) -> Iterator[Task]:
        """One for each range that is missing; one for a file of which nothing is."""
        slot = self._open.enter_context(claimed(self._parts, self.wanted.digest))
        part = Part(self.wanted, slot)
        self._open.callback(part.close)
        self._require_room(part)
        spans = part.missing(self._length()) or (Span(self.wanted.size, self.wanted.size),)
        self._left = len(spans)
        self.moved(part.arrived)
        return (partial(self._run, part, span) for span in spans)

    def moved(self, count: int) -> None:
        """So many more bytes."""
        with self._lock:
            self._done = min(self._done + count, self.wanted.size)
            self._tell("moving")

    def waits(self, note: str) -> None:
        self._tell("waiting", note)

    def _tell(self, phase: Phase, note: str = "") -> None:
        self._watch(Progress(self.wanted.digest, self.wanted.size, self._done, phase, note))

    def _run(self, part: Part, span: Span) -> None:
        """The last range to arrive closes the file."""
        with told(self.registry.host, self.wanted.digest):
            Receipt(self, part, span).receive()
            with self._lock:
                self._left -= 1
                is_last = self._left == 0
            if is_last:
                self._settle(part)
                self.close()

    def _settle(self, part: Part) -> None:
        """What went wrong on the way need not go wrong again, so wrong bytes are fetched once more, whole."""
        try:
            part.settle()
        except Corrupt as fault:
            self._done = 0
            self.waits(f"{fault}; again from the beginning")
            part.reset()
            Receipt(self, part, Span(0, self.wanted.size)).receive()
            self._settle_at_last(part)
        self._done = self.wanted.size
        self._tell("done")

    def _settle_at_last(self, part: Part) -> None:
        try:
            part.settle()
        except Corrupt:
            part.remove()
            raise

    def _length(self) -> int:
        """Bytes of a range."""
        return self._settings.span if self.wanted.size > self._settings.split else max(self.wanted.size, 1)

    def _require_room(self, part: Part) -> None:
        """Better now than after an hour. Raises OSError."""
        if shutil.disk_usage(self._parts).free < self.wanted.size - part.arrived:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._parts))
