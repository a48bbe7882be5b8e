"""Putting the server together and running it to its end."""

import asyncio
import contextlib
import gc
import math
import pathlib
import signal
import sys
from types import FrameType
from typing import Any, AsyncIterator, Awaitable, Callable, List, Optional

import uvicorn.config
import uvicorn.server

from .app import application
from .child import Child
from .client import LazyClient
from .config import Config
from .ending import Ending
from .fleet import Fleet
from .gathering import GatheringHttp
from .health import announce_ready
from .listening import sockets_for
from .logs import model_log, set_up_logging
from .predictions import Predictions
from .reload import reloading
from .scratch import Scratch, remove_abandoned
from .service import Service
from .system import System
from .tracing import traces

_ANSWER_SECONDS = 5
# Longer than the minute for which load balancers keep their idle connections: who closes first must not be we,
# while a request is on its way.
_KEEP_ALIVE_SECONDS = 75
_OBJECTS_BETWEEN_COLLECTIONS = 20_000


class Server(uvicorn.server.Server):
    """The first signal asks for an orderly end, each further one for a quicker one.

    uvicorn's own handler would be undone here: it raises the signal again after the end.
    """

    def __init__(
        self, config: uvicorn.config.Config, deaf: bool, finish: Callable[[], None], hurry: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._deaf = deaf
        self._finish = finish
        self._hurry = hurry

    def handle_exit(self, sig: int, frame: Optional[FrameType]) -> None:
        if self._deaf and sig == signal.SIGTERM:
            return
        if self.should_exit and self.started:
            self._hurry()
        self.should_exit = True

    async def shutdown(self, sockets: Optional[List[Any]] = None) -> None:
        # Begun here and not at the end of the lifespan, for which uvicorn waits until the last request is answered.
        self._finish()
        await super().shutdown(sockets)


class Process:
    """The server's parts and the status with which it will exit."""

    def __init__(self, config: Config, scratch: Scratch, children: List[Child]) -> None:
        self.status = 0
        self._config = config
        self._scratch = scratch
        self._children = children
        settings = uvicorn.config.Config(
            self._entered,
            host=config.host,
            port=config.port,
            http=GatheringHttp,
            ws="none",
            interface="asgi3",
            lifespan="on",
            log_config=None,
            access_log=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=math.ceil(config.shutdown_grace + config.cancel_grace) + _ANSWER_SECONDS,
        )
        self.server = Server(settings, config.await_explicit_shutdown, self._finish, self._hurry)
        self._app: Any = None

    def _entered(self, scope: Any, receive: Any, send: Any) -> Awaitable[None]:
        # Made inside the loop: on Python 3.8 and 3.9, events belong to the loop in which they are made.
        if self._app is None:
            self._app = self._made()
        begun: Awaitable[None] = self._app(scope, receive, send)
        return begun

    def _made(self) -> Any:
        client = LazyClient()
        log = model_log(self._config.json_logs)
        fleet = Fleet(self._config, log, self._scratch, self._children, self._on_ready, self._on_setup_failed)
        spans = traces(self._config.span_exporters)
        service = Service(self._config, fleet, client, self._scratch, spans)
        self._loop = asyncio.get_running_loop()
        self._ending = Ending(self._config, service)
        self._queue = service.queue
        system = System(self._config, fleet, service, self._stop)
        predictions = Predictions(self._config, service)

        @contextlib.asynccontextmanager
        async def lifespan(app: Any) -> AsyncIterator[None]:
            fleet.start()
            self._loop.run_in_executor(None, remove_abandoned)
            async with reloading(self._config, fleet):
                yield
            await self._ending.finish()
            await fleet.stop()
            await self._ending.farewell()
            await client.close()
            await self._loop.run_in_executor(None, spans.close)

        return application(system, predictions, service.counts, lifespan)

    def _on_ready(self) -> None:
        spare_collections()
        self._queue.advance()
        if self._config.ready_file is not None:
            announce_ready(pathlib.Path(self._config.ready_file))

    def _on_setup_failed(self) -> None:
        if not self._config.await_explicit_shutdown and not self._config.reload:
            self.status = 1
            self._stop()

    def _finish(self) -> None:
        self._ending.finish()

    def _hurry(self) -> None:
        """From a signal handler, which may come between any two steps of the loop."""
        self._loop.call_soon_threadsafe(self._ending.hurry)

    def _stop(self) -> None:
        self.server.should_exit = True


def spare_collections() -> None:
    """Predictions leave few cycles behind: to look for some after every few of them would be a part of their time.

    What is there when the first worker is ready stays. Not so when one that has died is replaced: by then there is
    garbage, which would stay, too.
    """
    if not gc.get_freeze_count():
        gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def run(config: Config, scratch: Scratch, children: List[Child]) -> int:
    """Serves until SIGTERM, SIGINT or `POST /shutdown`; returns the exit status.

    `children` are the processes of workers that have been started already; others will be when they are needed.
    """
    set_up_logging(config.log_level, config.json_logs)
    try:
        process = Process(config, scratch, children)
        process.server.run(sockets_for(config.host, config.port))
    except SystemExit:
        # The port cannot be used; uvicorn has said so.
        return 1
    except OSError as error:
        print(f"error: port {config.port} of {config.host} cannot be used: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        scratch.remove()
    return process.status if process.server.started else 1
