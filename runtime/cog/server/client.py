"""The HTTP client of the server: downloads, uploads and webhooks."""

import asyncio
import importlib
from typing import TYPE_CHECKING, Optional

from ..types.urls import user_agent

if TYPE_CHECKING:
    import httpx

_CONNECT_SECONDS, _READ_SECONDS = 10.0, 30.0


def let_go(response: "httpx.Response") -> None:
    """Frees what a response that was read still holds.

    Its stream leads back to it, and it to the request and all that was sent: without this, large bodies would stay
    until the collector comes.
    """
    del response.stream


class LazyClient:
    """Made at the first request: many servers never make one, and the import is slow."""

    def __init__(self) -> None:
        self._client: Optional[httpx.AsyncClient] = None

    async def get(self) -> "httpx.AsyncClient":
        if self._client is None:
            # In a thread: other predictions go on meanwhile.
            httpx = await asyncio.get_running_loop().run_in_executor(None, importlib.import_module, "httpx")
            self._client = httpx.AsyncClient(
                headers={"User-Agent": user_agent()},
                timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
                follow_redirects=True,
            )
        return self._client

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
