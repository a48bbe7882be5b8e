"""JSON answers."""

from typing import Any, Dict, Optional

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .gathering import send_as_whole
from .json import Parts, encoded

_TYPE = (b"content-type", b"application/json")


def json_answer(content: Any, status: int = 200, headers: Optional[Dict[str, str]] = None) -> Response:
    return Response(encoded(content), status, headers, media_type="application/json")


class EncodedAnswer:
    """An answer whose body is JSON already, in parts: an ASGI application, with no more around it than that."""

    def __init__(self, parts: Parts, status: int = 200) -> None:
        self._parts = parts
        self._status = status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        send_as_whole(scope)
        *before, last = self._parts
        headers = [(b"content-length", b"%d" % sum(map(len, self._parts))), _TYPE]
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        for part in before:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": last})
