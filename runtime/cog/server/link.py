"""The server's end of the connections to a worker, and the messages of one prediction on them."""

import asyncio
import math
import socket
from collections import deque
from typing import Any, Callable, Deque, Optional

from pydantic_core import to_json

from .. import wire
from .gathering import GatheringTransport

_MOST_WAITING = 64
_MOST_AT_ONCE = 16
_FIRST = 4


class Link(asyncio.Protocol):
    """Frames over one socket, handed to a function."""

    def __init__(self, on_message: Callable[[wire.Message], None]) -> None:
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._on_message = on_message
        self._decoder = wire.Decoder()
        self._transport: Any = None
        self._listens = True
        self._may_pause = True

    async def join(self, sock: socket.socket) -> None:
        """From now on there are messages, perhaps before this returns."""
        sock.setblocking(False)
        await asyncio.get_running_loop().create_connection(lambda: self, sock=sock)

    def connection_made(self, transport: Any) -> None:
        self._transport = GatheringTransport(transport)

    def data_received(self, data: bytes) -> None:
        for message in self._decoder.feed(data):
            self._on_message(message)

    def connection_lost(self, exc: Optional[Exception]) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def send(self, message: wire.Message, at_once: bool = False) -> None:
        """Raises ValueError for what JSON cannot hold. What is sent to an ended worker is lost.

        With `at_once`, it does not wait for others that may be sent in this turn of the loop.
        """
        self._transport.write(wire.framed(to_json(message, inf_nan_mode="constants")), at_once)

    def listen(self, listens: bool) -> None:
        """While nobody listens, the worker has to wait with what it wants to send."""
        if listens == self._listens or not (listens or self._may_pause) or self._transport.is_closing():
            return
        self._listens = listens
        if listens:
            self._transport.resume_reading()
        else:
            self._transport.pause_reading()

    def hear_out(self) -> None:
        """From now on all is taken: the worker has ended, and what it has sent is all that will come."""
        self.listen(True)
        self._may_pause = False

    def close(self) -> None:
        self._transport.close()


class Call:
    """A prediction inside a worker: its messages in order, ending with `done`.

    A model that makes outputs faster than they can be uploaded is slowed down to that pace: `link` listens
    only while few messages wait here.
    """

    def __init__(self, prediction_id: str, link: Link) -> None:
        self.id = prediction_id
        self.ended = asyncio.get_running_loop().create_future()
        self._link = link
        self._most_waiting: float = _MOST_WAITING
        self._waiting: Deque[wire.Message] = deque()
        self._news: Optional[asyncio.Future[None]] = None
        self._taken = 0

    def put(self, message: wire.Message) -> None:
        self._waiting.append(message)
        if self._news is not None and not self._news.done():
            self._news.set_result(None)
        if len(self._waiting) > self._most_waiting:
            self._link.listen(False)
        if message["type"] == "done" and not self.ended.done():
            self.ended.set_result(None)

    def hear_out(self) -> None:
        """From now on nothing slows the model down: it is to come to its end."""
        self._most_waiting = math.inf
        self._link.listen(True)

    async def next(self) -> wire.Message:
        """The oldest message that has not been taken yet."""
        if not self._waiting:
            self._news = asyncio.get_running_loop().create_future()
            await self._news
        elif self._taken < _FIRST or self._taken % _MOST_AT_ONCE == 0:
            # Whoever watches is to see the first outputs while others still wait here; sending them takes some turns.
            await asyncio.sleep(0)
        self._taken += 1
        message = self._waiting.popleft()
        if not self._waiting:
            self._link.listen(True)
        return message
