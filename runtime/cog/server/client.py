"""The HTTP client of the server: downloads, uploads and webhooks."""

from typing import TYPE_CHECKING, Optional

from ..types.urls import user_agent

if TYPE_CHECKING:
    import httpx

_CONNECT_SECONDS, _READ_SECONDS = 10.0, 30.0


class LazyClient:
    """Made at the first request: many servers never make one, and the import is slow."""

    def __init__(self) -> None:
        self._client: Optional[httpx.AsyncClient] = None

    def get(self) -> "httpx.AsyncClient":
        if self._client is None:
            self._client = _client()
        return self._client

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()


def _client() -> "httpx.AsyncClient":
    import httpx

    return httpx.AsyncClient(
        headers={"User-Agent": user_agent()},
        timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
        follow_redirects=True,
    )
