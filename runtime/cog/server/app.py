"""The HTTP surface: the endpoints put together, and what goes wrong turned into answers."""

from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from .answers import json_answer
from .errors import Refused
from .predictions import Predictions
from .prometheus import Counts
from .request import InvalidRequest
from .system import System


class Refusals:
    """Answers to requests that make no prediction, counted."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def _answer(self, detail: Any, status: int, headers: Any = None) -> Response:
        self._counts.refuse(status)
        return json_answer({"detail": detail}, status, dict(headers or {}))

    async def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return self._answer(error.detail, error.status, error.headers)

    async def invalid(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, InvalidRequest)
        return self._answer(error.detail, 422)

    async def http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return self._answer(error.detail, error.status_code, error.headers)

    async def gone(self, request: Request, error: Exception) -> Response:
        """Nobody will read it."""
        return self._answer("The client has hung up", 400)

    async def bug(self, request: Request, error: Exception) -> Response:
        """The log has the traceback; the client learns that it is not to blame."""
        return self._answer("The server has failed; its log says how", 500)


def application(system: System, predictions: Predictions, counts: Counts, lifespan: Any) -> Starlette:
    refusals = Refusals(counts)
    handlers: Any = {
        Refused: refusals.refused,
        InvalidRequest: refusals.invalid,
        HTTPException: refusals.http,
        ClientDisconnect: refusals.gone,
        Exception: refusals.bug,
    }
    routes = [*system.routes(), *predictions.routes()]
    return Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)
