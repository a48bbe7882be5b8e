"""The HTTP client of the server: downloads, uploads and webhooks."""

import asyncio
import importlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Dict, Optional

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


async def resent(
    client: "httpx.AsyncClient", method: str, url: str, headers: Dict[str, str], **body: Any
) -> "httpx.Response":
    """The answer to a request that goes where it is redirected to, whole. Raises httpx.HTTPError.

    By itself httpx makes a GET without a body of it after 301 and 302, as browsers do, which delivers nothing. After
    303 too, but that says that all has been taken. To another server no authorization goes along.
    """
    for _ in range(client.max_redirects + 1):
        response = await client.request(method, url, headers=headers, follow_redirects=False, **body)
        following = response.next_request
        if following is None or response.status_code == HTTPStatus.SEE_OTHER:
            return response
        let_go(response)
        url = str(following.url)
        if "Authorization" not in following.headers:
            headers = {name: value for name, value in headers.items() if name != "Authorization"}
    import httpx

    raise httpx.TooManyRedirects("more redirects than are followed", request=following)


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
