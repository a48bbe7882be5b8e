"""Reading a request: no longer than is allowed, JSON or a form."""

import asyncio
import contextlib

from starlette.requests import Request
from starlette.types import Message, Receive

from .errors import Refused
from .form import as_json, is_form
from .interface import Interface

_LINGER_SECONDS = 5.0


class TooLong(Refused):
    """The connection is closed: what is left of the request cannot be told from a next one."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, f"The request is longer than {limit} bytes", {"Connection": "close"})


async def prediction_body(request: Request, limit: int, interface: Interface) -> bytes:
    """The JSON of a request of at most `limit` bytes (0 for any number), whatever form it came in.

    Raises Refused, and HTTPException for a form that is none.
    """
    counted = Request(request.scope, _Counted(request, limit)) if limit else request
    try:
        if is_form(request.headers.get("content-type", "")):
            return await as_json(counted, interface.signature, limit)
        return await counted.body()
    except TooLong:
        await _discard(request.receive)
        raise


class _Counted:
    """What a request receives, up to its limit; one that says beforehand that it is longer is not read at all."""

    def __init__(self, request: Request, limit: int) -> None:
        declared = request.headers.get("content-length", "")
        self._receive: Receive = request.receive
        self._limit = limit
        self._declared = int(declared) if declared.isdigit() else 0
        self._read = 0

    async def __call__(self) -> Message:
        self._check(self._declared)
        message = await self._receive()
        self._read += len(message.get("body", b""))
        self._check(self._read)
        return message

    def _check(self, length: int) -> None:
        if length > self._limit:
            raise TooLong(self._limit)


async def _discard(receive: Receive) -> None:
    """A client that is still sending when the connection is closed may never see the answer."""
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(_rest(receive), _LINGER_SECONDS)


async def _rest(receive: Receive) -> None:
    while (await receive()).get("more_body", False):
        continue
