"""Server-sent events: the form in which a prediction is watched while it runs."""

import asyncio
import contextlib
from typing import Any, Optional

from starlette.types import Receive, Scope, Send

from .events import Event, EventLog, Reader
from .hang_up import hang_up
from .json import encoded

MEDIA_TYPE = "text/event-stream"
_HEADERS = [
    (b"content-type", MEDIA_TYPE.encode()),
    (b"cache-control", b"no-cache"),
    # Proxies that gather a body before they pass it on would undo the streaming.
    (b"x-accel-buffering", b"no"),
]
_KEEPALIVE = b": keepalive\n\n"
_STALLED_SECONDS = 30.0


class EventStream:
    """The answer that is a stream: an ASGI application for one request. Raises Refused when there are too many."""

    def __init__(self, log: EventLog, after: Optional[int], keepalive: float) -> None:
        self._log = log
        self._reader = log.attach(after)
        self._keepalive = keepalive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(hang_up(receive))
        gone.add_done_callback(lambda _: self._reader.wake())
        try:
            # A prediction that has just been accepted begins in this turn of the loop: the worker hears of it before
            # the client hears that it has begun, which then comes together with the headers.
            await asyncio.sleep(0)
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            if not await self._sent(gone, send):
                self._log.leave(self._reader)
        finally:
            gone.cancel()
            self._log.detach(self._reader)

    async def _sent(self, gone: Any, send: Send) -> bool:
        """False when the client has hung up, or takes nothing any more."""
        reader = self._reader
        with contextlib.suppress(asyncio.TimeoutError):
            while not reader.is_done:
                events = await reader.batch(self._keepalive)
                if gone.done():
                    return False
                await _write(send, b"".join(map(_frame, events)) or _KEEPALIVE, True)
            await _write(send, _loss(reader), False)
            return True
        # Whoever was too slow is dropped; that is no hanging up.
        return bool(reader.skipped)


async def _write(send: Send, body: bytes, more: bool) -> None:
    """Raises asyncio.TimeoutError where the client takes nothing.

    Not by `wait_for`: until Python 3.11 it makes a task of each write.
    """
    task: Any = asyncio.current_task()
    stalled = False

    def stop() -> None:
        nonlocal stalled
        stalled = True
        task.cancel()

    timer = asyncio.get_running_loop().call_later(_STALLED_SECONDS, stop)
    try:
        await send({"type": "http.response.body", "body": body, "more_body": more})
    except asyncio.CancelledError:
        if not stalled:
            raise
        raise asyncio.TimeoutError from None
    finally:
        timer.cancel()


def _frame(event: Event) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.number, event.name.encode(), event.data)


def _loss(reader: Reader) -> bytes:
    """Without an `id:`, so that a client that comes again asks for what it has missed."""
    if not reader.skipped:
        return b""
    data = {"error": "events were lost; the prediction is not touched by that", "skipped": reader.skipped}
    return b"event: error\ndata: %s\n\n" % encoded(data)
