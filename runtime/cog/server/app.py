"""The HTTP surface: routes, and the translation between requests and the service."""

import asyncio
import json
from typing import Any, Callable, Dict, List, Optional

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .._version import __version__
from ..signature import render
from .config import Config
from .docs import PAGE
from .errors import Refused
from .fleet import Fleet
from .health import health_report
from .prediction import Prediction
from .request import InvalidRequest
from .service import Service, trace_headers

_PLURAL = {"predict": "predictions", "train": "trainings"}


def json_response(content: Any, status: int = 200, headers: Optional[Dict[str, str]] = None) -> Response:
    body = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    return Response(body, status, headers, media_type="application/json")


class Api:
    """The handlers; `stop` ends the server in order."""

    def __init__(self, config: Config, fleet: Fleet, service: Service, stop: Callable[[], None]) -> None:
        self._config = config
        self._fleet = fleet
        self._service = service
        self._stop = stop

    def routes(self) -> List[Route]:
        return [
            Route("/", self.discover, methods=["GET"]),
            Route("/health-check", self.health, methods=["GET"]),
            Route("/openapi.json", self.openapi, methods=["GET"]),
            Route("/docs", self.docs, methods=["GET"]),
            Route("/shutdown", self.shutdown, methods=["POST"]),
            *self._prediction_routes(),
        ]

    def _prediction_routes(self) -> List[Route]:
        """Only of the mode that is served: the other one's work cannot be done by these workers."""
        plural = _PLURAL[self._config.mode]
        return [
            Route(f"/{plural}", self.create, methods=["POST"]),
            Route(f"/{plural}/{{prediction_id}}", self.create_idempotent, methods=["PUT"]),
            Route(f"/{plural}/{{prediction_id}}/cancel", self.cancel, methods=["POST"]),
        ]

    async def discover(self, request: Request) -> Response:
        nouns = [noun for noun, mode in (("prediction", "predict"), ("training", "train")) if self._has(mode)]
        links = {
            "cog_version": __version__,
            "docs_url": "/docs",
            "openapi_url": "/openapi.json",
            "shutdown_url": "/shutdown",
            "healthcheck_url": "/health-check",
        }
        for noun in nouns:
            links[f"{noun}s_url"] = f"/{noun}s"
            links[f"{noun}s_idempotent_url"] = f"/{noun}s/{{{noun}_id}}"
            links[f"{noun}s_cancel_url"] = f"/{noun}s/{{{noun}_id}}/cancel"
        return json_response(links)

    def _has(self, mode: str) -> bool:
        return mode == self._config.mode or bool(self._config.other)

    async def health(self, request: Request) -> Response:
        return json_response(await health_report(self._fleet))

    async def openapi(self, request: Request) -> Response:
        signatures = self._fleet.signatures
        if not signatures:
            raise HTTPException(503, "the model has not been read yet")
        return json_response(render(signatures.get("predict"), signatures.get("train"), __version__))

    async def docs(self, request: Request) -> Response:
        return HTMLResponse(PAGE)

    async def shutdown(self, request: Request) -> Response:
        self._stop()
        return json_response({})

    async def create(self, request: Request) -> Response:
        return await self._create(request, None)

    async def create_idempotent(self, request: Request) -> Response:
        name = request.path_params["prediction_id"]
        body = await request.body()
        running = self._service.running(name)
        if running is None:
            return await self._create(request, name)
        _check_id(body, name)
        return json_response(running.snapshot(), 202)

    async def _create(self, request: Request, name: Optional[str]) -> Response:
        checked = self._service.parse(await request.body(), name)
        prediction = self._service.submit(checked, name, trace_headers(request.headers))
        if _wants_async(request):
            # One turn of the loop, so that a prediction without downloads is seen as taken by the worker.
            await asyncio.sleep(0)
            return json_response(prediction.snapshot(), 202)
        await self._until_done(request, prediction)
        return json_response(prediction.snapshot())

    async def _until_done(self, request: Request, prediction: Prediction) -> None:
        """A client that hangs up before the end cancels what it has waited for."""
        hung_up = asyncio.ensure_future(_hang_up(request))
        try:
            await asyncio.wait({hung_up, prediction.done}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            hung_up.cancel()
        if not prediction.done.done():
            self._service.cancel(prediction.id)
            await prediction.done

    async def cancel(self, request: Request) -> Response:
        found = self._service.cancel(request.path_params["prediction_id"])
        return json_response({}, 200 if found else 404)


async def _hang_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _wants_async(request: Request) -> bool:
    """RFC 7240: `Prefer` is a list of preferences, in any letter case, perhaps with parameters."""
    preferences = ",".join(request.headers.getlist("prefer")).lower().split(",")
    return any(each.split(";", 1)[0].strip() == "respond-async" for each in preferences)


def _check_id(body: bytes, name: str) -> None:
    """Of a repeated PUT only the id is looked at: it asks for what is running, not for something new."""
    try:
        data = json.loads(body or b"{}")
    except ValueError as error:
        raise InvalidRequest([{"loc": ["body"], "msg": str(error), "type": "json_invalid"}]) from None
    if isinstance(data, dict) and data.get("id") not in (None, name):
        fault = {"loc": ["body", "id"], "msg": "the id is not the one of the address", "type": "value_error"}
        raise InvalidRequest([fault])


async def _on_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return json_response({"detail": error.detail}, error.status)


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidRequest)
    return json_response({"detail": error.detail}, 422)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return json_response({"detail": error.detail}, error.status_code, dict(error.headers or {}))


async def _on_bug(request: Request, error: Exception) -> Response:
    """The log has the traceback; the client learns that it is not to blame."""
    return json_response({"detail": "The server has failed; its log says how"}, 500)


def application(api: Api, lifespan: Any) -> Starlette:
    handlers: Any = {Refused: _on_refused, InvalidRequest: _on_invalid, HTTPException: _on_http, Exception: _on_bug}
    return Starlette(routes=api.routes(), exception_handlers=handlers, lifespan=lifespan)
