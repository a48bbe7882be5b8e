"""Putting the server together and running it to its end."""

import asyncio
import contextlib
import logging
import signal
import sys
from types import FrameType
from typing import Any, AsyncIterator, Callable, Optional

import uvicorn

from .app import Api, application
from .client import LazyClient
from .config import Config
from .fleet import Fleet
from .health import announce_ready
from .service import Service

_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}


class Server(uvicorn.Server):
    """The first signal asks for an orderly end, the second for a quick one.

    uvicorn's own handler would be undone here: it raises the signal again after the end.
    """

    def __init__(self, config: uvicorn.Config, deaf: bool, hurry: Callable[[], None]) -> None:
        super().__init__(config)
        self._deaf = deaf
        self._hurry = hurry

    def handle_exit(self, sig: int, frame: Optional[FrameType]) -> None:
        if self._deaf and sig == signal.SIGTERM:
            return
        if self.should_exit:
            self._hurry()
        self.should_exit = True


class Process:
    """The server's parts and the status with which it will exit."""

    def __init__(self, config: Config) -> None:
        self.status = 0
        self._config = config
        settings = uvicorn.Config(
            self._entered,
            host=config.host,
            port=config.port,
            interface="asgi3",
            lifespan="on",
            log_config=None,
            access_log=False,
        )
        self.server = Server(settings, config.await_explicit_shutdown, self._hurry)
        self._service: Optional[Service] = None
        self._app: Any = None

    async def _entered(self, scope: Any, receive: Any, send: Any) -> None:
        # Made inside the loop: on Python 3.8 and 3.9, events belong to the loop in which they are made.
        if self._app is None:
            self._app = self._made()
        await self._app(scope, receive, send)

    def _made(self) -> Any:
        client = LazyClient()
        fleet = Fleet(self._config, self._on_ready, self._on_setup_failed)
        service = self._service = Service(self._config, fleet, client)
        self._loop = asyncio.get_running_loop()
        api = Api(self._config, fleet, service, self._stop)

        @contextlib.asynccontextmanager
        async def lifespan(app: Any) -> AsyncIterator[None]:
            fleet.start()
            yield
            await service.drain()
            await fleet.stop()
            await client.close()

        return application(api, lifespan)

    def _on_ready(self) -> None:
        if self._config.kubernetes:
            announce_ready()

    def _on_setup_failed(self) -> None:
        if not self._config.await_explicit_shutdown:
            self.status = 1
            self._stop()

    def _hurry(self) -> None:
        """From a signal handler, which may come between any two steps of the loop."""
        if self._service is not None:
            self._loop.call_soon_threadsafe(self._service.hurry)

    def _stop(self) -> None:
        self.server.should_exit = True


def run(config: Config) -> int:
    """Serves until SIGTERM, SIGINT or `POST /shutdown`; returns the exit status."""
    level = config.log_level if config.log_level in _LEVELS else "INFO"
    for stream in (sys.stdout, sys.stderr):
        # What a model prints must not depend on the locale of the container.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # text streams
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    process = Process(config)
    try:
        process.server.run()
    except SystemExit:
        # The port cannot be used; uvicorn has said so.
        return 1
    return process.status if process.server.started else 1
