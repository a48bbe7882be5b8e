"""JSON answers."""

from typing import Any, Dict, Optional

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .gathering import answered_at_once
from .json import encoded

_TYPE = (b"content-type", b"application/json")


def json_answer(content: Any, status: int = 200, headers: Optional[Dict[str, str]] = None) -> Response:
    return Response(encoded(content), status, headers, media_type="application/json")


class EncodedAnswer:
    """An answer whose body is JSON already: an ASGI application, with no more around it than that."""

    def __init__(self, body: bytes, status: int = 200) -> None:
        self._body = body
        self._status = status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answered_at_once(scope)
        headers = [(b"content-length", b"%d" % len(self._body)), _TYPE]
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        await send({"type": "http.response.body", "body": self._body})
