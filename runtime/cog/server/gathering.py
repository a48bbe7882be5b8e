"""Writing to sockets less often: what a turn of the loop writes is sent in one call."""

import asyncio
from typing import Any, List, Optional

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# More than this does not wait: who writes without a pause must feel that the other end is slow.
_MOST_WAITING = 1 << 16
_KEY = "cog.gathering"


class GatheringTransport:
    """A transport in front of another, for which each write is a call to the kernel, as with uvloop."""

    def __init__(self, transport: Any) -> None:
        self.is_closing = transport.is_closing
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._parts: List[bytes] = []
        self._is_held = False
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def hold(self) -> None:
        """Until `flush`, which the caller sees to, nothing goes out because a turn of the loop has ended."""
        self._is_held = True

    def write(self, data: bytes, at_once: bool = False) -> None:
        if not self._parts and not self._is_held and not at_once:
            self._loop.call_soon(self.flush)
        self._parts.append(data)
        self._size += len(data)
        if at_once or self._size > _MOST_WAITING:
            self.flush()

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def flush(self) -> None:
        """Sends what waits."""
        parts, size = self._parts, self._size
        self._parts, self._size, self._is_held = [], 0, False
        if not parts or self.is_closing():
            return
        if size > _MOST_WAITING:
            self._transport.writelines(parts)
        else:
            # Cheaper than what uvloop does for several.
            self._transport.write(b"".join(parts))


def send_as_whole(scope: Scope) -> None:
    """Says that all of the answer follows now: its end sends it, and no turn of the loop is needed for that."""
    transport: Optional[GatheringTransport] = scope.get(_KEY)
    if transport is not None:
        transport.hold()


class GatheringHttp(HttpToolsProtocol):
    """The head and the body of an answer in one call, and all events of a stream that come together."""

    def connection_made(self, transport: Any) -> None:
        self._gathering = GatheringTransport(transport)
        super().connection_made(self._gathering)  # type: ignore[arg-type] # it has all that is used

    def on_message_begin(self) -> None:
        super().on_message_begin()
        scope: Any = self.scope
        scope[_KEY] = self._gathering

    def on_response_complete(self) -> None:
        self._gathering.flush()
        super().on_response_complete()
