"""Noticing that the client of a request is gone."""

import asyncio
from typing import Any, Callable, Optional, Set

from starlette.types import Receive

# The predictions of a quick model have ended before it is worth a task to watch the connection.
_UNWATCHED_SECONDS = 0.05


async def hang_up(receive: Receive) -> None:
    """Until the client is gone. The whole body must have been received."""
    while (await receive())["type"] != "http.disconnect":
        continue


class Watch:
    """Calls `on_gone` when the client hangs up between `begin` and `end`."""

    def __init__(self, receive: Receive, on_gone: Callable[[], None]) -> None:
        self._receive = receive
        self._on_gone = on_gone
        self._task: Optional[asyncio.Task[Any]] = None

    def begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        await hang_up(self._receive)
        self._on_gone()

    def end(self) -> None:
        """Lets go of the task, whose traceback leads back here: all of the request would wait for the collector."""
        if self._task is not None:
            self._task.cancel()
            self._task = None


class HangUps:
    """Watches begin a moment late: all that one tick finds, and the one before has found, too. One timer for all."""

    def __init__(self) -> None:
        self._new: Set[Watch] = set()
        self._found: Set[Watch] = set()
        self._is_ticking = False

    def watch(self, receive: Receive, on_gone: Callable[[], None]) -> Watch:
        """Calls `on_gone` when the client hangs up before the watch is given to `end`."""
        watch = Watch(receive, on_gone)
        self._new.add(watch)
        if not self._is_ticking:
            self._wait()
        return watch

    def end(self, watch: Watch) -> None:
        self._new.discard(watch)
        self._found.discard(watch)
        watch.end()

    def _wait(self) -> None:
        self._is_ticking = True
        asyncio.get_running_loop().call_later(_UNWATCHED_SECONDS, self._tick)

    def _tick(self) -> None:
        for watch in self._found:
            watch.begin()
        self._found, self._new = self._new, set()
        self._is_ticking = False
        if self._found:
            self._wait()
