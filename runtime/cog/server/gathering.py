"""Writing to sockets less often: what a turn of the loop writes is sent in one call."""

import asyncio
from typing import Any, List

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# More than this does not wait: who writes without a pause must feel that the other end is slow.
_MOST_WAITING = 1 << 16


class GatheringTransport:
    """A transport in front of another, for which each write is a call to the kernel, as with uvloop."""

    def __init__(self, transport: Any) -> None:
        self.is_closing = transport.is_closing
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._parts: List[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size > _MOST_WAITING:
            self.flush()

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def flush(self) -> None:
        """Sends what waits."""
        parts, self._parts, self._size = self._parts, [], 0
        if parts and not self.is_closing():
            self._transport.writelines(parts)


class GatheringHttp(HttpToolsProtocol):
    """The head and the body of an answer in one call, and all events of a stream that come together."""

    def connection_made(self, transport: Any) -> None:
        self._gathering = GatheringTransport(transport)
        super().connection_made(self._gathering)  # type: ignore[arg-type] # it has all that is used

    def on_response_complete(self) -> None:
        self._gathering.flush()
        super().on_response_complete()
