"""How far weights are: a bar on a terminal, a line now and then elsewhere; bytes, rate and time left."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

from ..deliver.weights.meter import Meter, Silent
from ..registry.progress import Progress
from ..registry.stop import Stop
from ..store.receive import Advance
from .console import say
from .format_option import chosen_format

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

# Seconds between two lines about one stretch of work.
_EVERY = 10.0
_UNITS = ("B", "kB", "MB", "GB", "TB")


@contextmanager
def meter(*, quiet: bool) -> Iterator[Meter]:
    """For the work of one command."""
    if quiet or chosen_format() != "text":
        yield Silent()
    elif sys.stderr.isatty() and not os.environ.get("CI"):
        with _bars() as bars:
            shown = _Barred(bars)
            yield shown
            shown.finish()
    else:
        lines = _Lined()
        yield lines
        lines.finish()


def size_text(size: float) -> str:
    """`3.5 GB`: three digits or so, in powers of ten."""
    unit = 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.0f} {_UNITS[unit]}" if unit == 0 or size >= 100 else f"{size:.1f} {_UNITS[unit]}"


class _Counted:
    """One stretch of work at a time; `done` of `size` bytes, of which `moved` took time."""

    def __init__(self) -> None:
        self._lock = RLock()
        self.title, self.size, self.done, self.moved = "", 0, 0, 0
        self.start = 0.0
        self._of_blob: dict[str, int] = {}

    def expect(self, title: str, size: int) -> None:
        with self._lock:
            self.finish()
            self.title, self.size, self.done, self.moved = title, size, 0, 0
            self.start = time.monotonic()
            self._of_blob = {}
            self.begun()

    def advancer(self, name: str, stop: Stop) -> Advance:
        def advance(count: int) -> None:
            stop.check()
            self._add(count, count)

        return advance

    def watch(self, progress: Progress) -> None:
        with self._lock:
            step = progress.done - self._of_blob.get(progress.digest, 0)
            self._of_blob[progress.digest] = progress.done
            self._add(step, 0 if progress.phase in ("present", "mounted") else step)
        if progress.phase == "waiting" and progress.note:
            say(f"  {progress.note}")

    def _add(self, done: int, moved: int) -> None:
        with self._lock:
            self.done += done
            self.moved += moved
            self.changed()

    def begun(self) -> None:
        raise NotImplementedError

    def changed(self) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        raise NotImplementedError


class _Lined(_Counted):
    """For logs."""

    _told = 0.0

    def begun(self) -> None:
        self._told = self.start

    def changed(self) -> None:
        now = time.monotonic()
        if now - self._told < _EVERY:
            return
        self._told = now
        rate = self.moved / (now - self.start)
        left = f", {(self.size - self.done) / rate:.0f} s left" if rate else ""
        say(f"  {self.title}: {size_text(self.done)} of {size_text(self.size)}, {size_text(rate)}/s{left}")

    def finish(self) -> None:
        if self.title and self.moved:
            seconds = max(time.monotonic() - self.start, 1e-3)
            say(f"  {self.title}: {size_text(self.moved)} in {seconds:.1f} s, {size_text(self.moved / seconds)}/s")
        self.title = ""


class _Barred(_Counted):
    """For people."""

    def __init__(self, bars: "Bars") -> None:
        super().__init__()
        self._bars = bars
        self._task: object = None

    def begun(self) -> None:
        self._task = self._bars.add_task(self.title, total=self.size) if self.size else None

    def changed(self) -> None:
        if self._task is not None:
            self._bars.update(self._task, completed=self.done)  # type: ignore[arg-type]  # rich's TaskID

    def finish(self) -> None:
        self.changed()


def _bars() -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    return Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True))
