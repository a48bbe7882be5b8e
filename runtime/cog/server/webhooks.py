"""Webhooks of one prediction: in order, coalesced, off the hot path."""

import asyncio
import contextlib
import logging
from collections import deque
from typing import Any, Deque, Dict, Tuple

from .client import LazyClient, let_go, resent
from .json import encoded
from .prediction import Prediction, Snapshot
from .signing import delivery_headers, new_delivery
from .tracing import Trace

_log = logging.getLogger("cog.webhooks")

_TRIES = 12
_FIRST_PAUSE = 0.1
_MOST_WAITING = 1000
_PASSING = (429, 500, 502, 503, 504)


class WebhookSender:
    """Sends `start` and `completed` at once, the rest at most once per `interval` seconds, newest state only.

    An interval of 0 sends every event, unless the receiver is far behind. With a `key`, calls are signed.
    """

    def __init__(
        self,
        prediction: Prediction,
        client: LazyClient,
        interval: float,
        headers: Dict[str, str],
        key: bytes,
        trace: Trace,
    ) -> None:
        self._prediction = prediction
        self._client = client
        self._interval = interval
        self._headers = {**headers, "Content-Type": "application/json"}
        self._key = key
        self._trace = trace
        self._waiting: Deque[Tuple[str, Snapshot]] = deque()
        self._resting = False
        self._news = asyncio.Event()
        self._ended = asyncio.Event()

    def hear(self, event: str, news: Dict[str, Any]) -> None:
        """The listener of the prediction."""
        if event in self._prediction.request.webhook_events:
            self._enqueue(event)
        if event == "completed":
            self._ended.set()
            self._news.set()

    def _enqueue(self, event: str) -> None:
        if self._waiting and self._is_superseded(self._waiting[-1][0], event):
            self._waiting.pop()
        self._waiting.append((event, self._prediction.snapshot()))
        self._news.set()

    def _is_superseded(self, waiting: str, event: str) -> bool:
        """A state that was held back is part of the newer one; one that was about to leave still does."""
        held_back = self._resting or event != "completed"
        coalesces = self._interval > 0 or len(self._waiting) > _MOST_WAITING
        return coalesces and waiting in ("output", "logs") and held_back

    async def run(self) -> None:
        """Until the prediction has ended and all is sent."""
        while self._waiting or not self._ended.is_set():
            await self._news.wait()
            self._news.clear()
            while self._waiting:
                await self._send_next()

    async def _send_next(self) -> None:
        event, snapshot = self._waiting.popleft()
        if event == "completed":
            await self._send_surely(snapshot)
            return
        await self._send(event, encoded(_trimmed(snapshot)), new_delivery())
        if event != "start" and self._interval:
            await self._rest()

    async def _rest(self) -> None:
        self._resting = True
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._ended.wait(), self._interval)
        self._resting = False

    async def _send_surely(self, snapshot: Snapshot) -> None:
        body, delivery = encoded(_trimmed(snapshot)), new_delivery()
        for attempt in range(_TRIES):
            if not await self._send("completed", body, delivery):
                return
            await asyncio.sleep(_FIRST_PAUSE * 2**attempt)
        _log.error("prediction %s: its terminal webhook was never taken", self._prediction.id)

    async def _send(self, event: str, body: bytes, delivery: str) -> bool:
        """True when another try may help."""
        client = await self._client.get()
        import httpx

        try:
            url = str(self._prediction.request.webhook)
            headers = {**self._headers, **delivery_headers(delivery, body, self._key)}
            with self._trace.call("cog.webhook", event) as trace:
                response = await resent(client, "POST", url, content=body, headers={**headers, **trace})
            let_go(response)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            _log.warning("prediction %s: webhook failed: %s", self._prediction.id, type(error).__name__)
            return isinstance(error, httpx.HTTPError)
        if response.status_code >= 400:
            _log.warning("prediction %s: webhook answered %d", self._prediction.id, response.status_code)
        return response.status_code in _PASSING


def _trimmed(snapshot: Snapshot) -> Dict[str, Any]:
    """Without what is not known yet."""
    return {key: value for key, value in snapshot.items() if value is not None}
