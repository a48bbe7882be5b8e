"""The HTTP surface: the endpoints put together, and what goes wrong turned into answers."""

import logging
from typing import Any, Awaitable, Callable, Dict, Type

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .answers import json_answer
from .errors import Refused
from .predictions import Predictions
from .prometheus import Counts
from .request import InvalidRequest
from .system import System

_log = logging.getLogger("cog.app")

Handler = Callable[[Request, Exception], Awaitable[Response]]


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

    def handlers(self) -> Dict[Type[Exception], Handler]:
        """By the class of the error, the most special first."""
        return {
            Refused: self.refused,
            InvalidRequest: self.invalid,
            HTTPException: self.http,
            ClientDisconnect: self.gone,
            Exception: self.bug,
        }


class Application:
    """Answers requests for a new prediction itself: routing and middleware would cost more than all the rest.

    Everything else is Starlette's.
    """

    def __init__(self, predictions: Predictions, handlers: Dict[Type[Exception], Handler], others: ASGIApp) -> None:
        self._predictions = predictions
        self._handlers = handlers
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] != self._predictions.path:
            await self._others(scope, receive, send)
            return
        # By this Starlette knows that somebody handles its HTTPException.
        scope["app"] = self._others
        request = Request(scope, receive)
        try:
            answer: ASGIApp = await self._predictions.create(request)
        except Exception as error:
            answer = await self._refusal(request, error)
        await answer(scope, receive, send)

    async def _refusal(self, request: Request, error: Exception) -> Response:
        kind = next(each for each in self._handlers if isinstance(error, each))
        if kind is Exception:
            _log.error("a request cannot be answered", exc_info=error)
        return await self._handlers[kind](request, error)


def application(system: System, predictions: Predictions, counts: Counts, lifespan: Any) -> Application:
    handlers = Refusals(counts).handlers()
    routes = [*predictions.routes(), *system.routes()]
    return Application(predictions, handlers, Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan))
