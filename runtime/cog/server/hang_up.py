"""Noticing that the client of a request is gone."""

import asyncio
from typing import Any, Callable, Optional

from starlette.types import Receive

# The predictions of a quick model have ended before it is worth a task to watch the connection.
_UNWATCHED_SECONDS = 0.05


async def hang_up(receive: Receive) -> None:
    """Until the client is gone. The whole body must have been received."""
    while (await receive())["type"] != "http.disconnect":
        continue


class HangUpWatch:
    """Calls `on_gone` when the client hangs up before `end`, a moment late for one that does so at once."""

    def __init__(self, receive: Receive, on_gone: Callable[[], None]) -> None:
        self._receive = receive
        self._on_gone = on_gone
        self._task: Optional[asyncio.Task[Any]] = None
        self._timer = asyncio.get_running_loop().call_later(_UNWATCHED_SECONDS, self._begin)

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        await hang_up(self._receive)
        self._on_gone()

    def end(self) -> None:
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
