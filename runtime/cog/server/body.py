"""Reading a request: no longer than is allowed, JSON or a form."""

import asyncio
import contextlib
import sys

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from .errors import Refused
from .form import as_json, is_form
from .headers import header
from .inputs import InputFiles
from .interface import Interface
from .request import Body

_LINGER_SECONDS = 5.0


class TooLong(Refused):
    """The connection is closed: what is left of the request cannot be told from a next one."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, f"The request is longer than {limit} bytes", {"Connection": "close"})


async def prediction_body(request: Request, limit: int, interface: Interface, files: InputFiles) -> Body:
    """The JSON of a request of at most `limit` bytes (0 for any number), whatever form it came in.

    Files of a form are attached to `files`. Raises Refused, and HTTPException for a form that is none.
    """
    counted = _Counted(request, limit or sys.maxsize)
    try:
        if is_form(header(request.scope, b"content-type")):
            return await as_json(Request(request.scope, counted), interface.signature, limit, files)
        return await counted.whole()
    except TooLong:
        await counted.discard()
        raise


class _Counted:
    """What a request receives, up to its limit; one that says beforehand that it is longer is not read at all."""

    def __init__(self, request: Request, limit: int) -> None:
        declared = header(request.scope, b"content-length")
        self._receive: Receive = request.receive
        self._limit = limit
        self._declared = int(declared) if declared.isdigit() else 0
        self._read = 0
        self._has_more = True

    async def __call__(self) -> Message:
        self._check(self._declared)
        message = await self._receive()
        self._has_more = message.get("more_body", False)
        self._read += len(message.get("body", b""))
        self._check(self._read)
        return message

    async def whole(self) -> Body:
        """Raises ClientDisconnect. `request.body()` would keep all of it for as long as the request is answered."""
        whole = bytearray()
        while self._has_more:
            message = await self()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            whole += message.get("body", b"")
        return whole

    def _check(self, length: int) -> None:
        if length > self._limit:
            raise TooLong(self._limit)

    async def discard(self) -> None:
        """A client that is still sending when the connection is closed may never see the answer."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._rest(), _LINGER_SECONDS)

    async def _rest(self) -> None:
        while self._has_more:
            self._has_more = (await self._receive()).get("more_body", False)
