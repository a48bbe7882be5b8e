"""The orderly end of a server: what runs is finished or cancelled, and everybody who wants to know is told."""

import asyncio
import logging
from typing import Any, Iterable, Optional

from .config import Config
from .service import Service

_log = logging.getLogger("cog.webhooks")

_SHORT_SECONDS = 3.0


class Ending:
    """`finish`, then the workers end, then `farewell`; each call of `hurry` ends the waiting of the moment."""

    def __init__(self, config: Config, service: Service) -> None:
        self._config = config
        self._service = service
        self._hurry = asyncio.Event()
        self._finishing: Optional[asyncio.Task[None]] = None

    def hurry(self) -> None:
        self._hurry.set()

    def finish(self) -> "asyncio.Task[None]":
        """Lets what runs end, and cancels what takes longer than the grace time; begins only once."""
        if self._finishing is None:
            self._finishing = asyncio.get_running_loop().create_task(self._finish())
        return self._finishing

    async def _finish(self) -> None:
        await self._settle(self._service.ends(), self._config.shutdown_grace)
        self._service.cancel_all()
        await self._settle(self._service.ends(), self._config.cancel_grace)

    async def farewell(self) -> None:
        """Lets terminal webhooks leave; in a hurry, or after a shorter grace time, they get one short chance."""
        limit = _SHORT_SECONDS if self._hurry.is_set() else max(_SHORT_SECONDS, self._config.shutdown_grace)
        self._hurry.clear()
        await self._settle(self._service.ends(), limit)
        await self._settle(self._service.senders, limit)
        for sender in self._service.senders:
            _log.error("prediction %s: its last webhook was not taken before the end", sender.get_name())

    async def _settle(self, pending: Iterable[Any], limit: float) -> None:
        left = list(pending)
        if not left:
            return
        hurry = asyncio.ensure_future(self._hurry.wait())
        ended: asyncio.Future[Any] = asyncio.gather(*left, return_exceptions=True)
        await asyncio.wait({ended, hurry}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        hurry.cancel()
