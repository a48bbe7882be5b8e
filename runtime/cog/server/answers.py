"""JSON answers."""

from typing import Any, Dict, Optional

from starlette.responses import Response

from .json import encoded


def json_answer(content: Any, status: int = 200, headers: Optional[Dict[str, str]] = None) -> Response:
    return encoded_answer(encoded(content), status, headers)


def encoded_answer(body: bytes, status: int = 200, headers: Optional[Dict[str, str]] = None) -> Response:
    """`body` is JSON already."""
    return Response(body, status, headers, media_type="application/json")
