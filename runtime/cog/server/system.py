"""The endpoints around predictions: discovery, health, metrics, the interface and the end."""

from typing import Any, Callable, Dict, List

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .._version import __version__
from ..signature import render
from .answers import json_answer
from .config import Config
from .errors import Refused
from .fleet import Fleet
from .health import health_report
from .page import HEADERS, page
from .predictions import PLURAL
from .prometheus import MEDIA_TYPE, exposition
from .service import Service

_CAN_PREDICT = ("READY", "BUSY")


class System:
    """`stop` ends the server in order."""

    def __init__(self, config: Config, fleet: Fleet, service: Service, stop: Callable[[], None]) -> None:
        self._config = config
        self._fleet = fleet
        self._service = service
        self._stop = stop

    def routes(self) -> List[Route]:
        return [
            Route("/", self.discover, methods=["GET"]),
            Route("/health-check", self.health, methods=["GET"]),
            Route("/health/live", self.live, methods=["GET"]),
            Route("/health/ready", self.ready, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
            Route("/openapi.json", self.openapi, methods=["GET"]),
            Route("/docs", self.docs, methods=["GET"]),
            Route("/shutdown", self.shutdown, methods=["POST"]),
        ]

    async def discover(self, request: Request) -> Response:
        links = {
            "cog_version": __version__,
            "docs_url": "/docs",
            "openapi_url": "/openapi.json",
            "shutdown_url": "/shutdown",
            "healthcheck_url": "/health-check",
        }
        for noun, mode in (("prediction", "predict"), ("training", "train")):
            links.update(_links(noun) if self._has(mode) else {})
        return json_answer(links)

    def _has(self, mode: str) -> bool:
        return mode == self._config.mode or bool(self._config.other)

    async def health(self, request: Request) -> Response:
        return json_answer(await health_report(self._fleet))

    async def live(self, request: Request) -> Response:
        """What only a new process can help is a setup that has failed."""
        return json_answer({"live": not self._fleet.failed}, 503 if self._fleet.failed else 200)

    async def ready(self, request: Request) -> Response:
        status = (await health_report(self._fleet))["status"]
        return json_answer({"status": status}, 200 if status in _CAN_PREDICT else 503)

    async def metrics(self, request: Request) -> Response:
        service = self._service
        text = exposition(service.counts, self._fleet, service.number_running, len(service.queue))
        return Response(text, media_type=MEDIA_TYPE)

    async def openapi(self, request: Request) -> Response:
        return json_answer(self._document())

    def _document(self) -> Dict[str, Any]:
        signatures = self._fleet.signatures
        if not signatures:
            raise Refused(503, "The model has not been read yet")
        return render(signatures.get("predict"), signatures.get("train"), __version__)

    async def docs(self, request: Request) -> Response:
        return HTMLResponse(page(PLURAL[self._config.mode]), headers=HEADERS)

    async def shutdown(self, request: Request) -> Response:
        self._stop()
        return json_answer({})


def _links(noun: str) -> Dict[str, str]:
    return {
        f"{noun}s_url": f"/{noun}s",
        f"{noun}s_idempotent_url": f"/{noun}s/{{{noun}_id}}",
        f"{noun}s_cancel_url": f"/{noun}s/{{{noun}_id}}/cancel",
    }
