"""Where output files go: into the answer as data URLs, or to an HTTP server."""

import asyncio
import pathlib
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple
from urllib.parse import quote, urljoin, urlsplit

from ..types.urls import shown
from .client import LazyClient, let_go, resent
from .errors import FileError

_TRIES = 4
_FIRST_PAUSE = 0.1
_PASSING = (408, 429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Target:
    """`prefix` is the request's own and takes multipart; `url` is the server's and takes raw content."""

    client: LazyClient
    prefix: Optional[str]
    url: Optional[str]
    headers: Dict[str, str]

    @property
    def is_remote(self) -> bool:
        return bool(self.prefix or self.url)

    async def upload(self, path: pathlib.Path, media_type: str) -> str:
        """The URL of the uploaded file without its query. Raises FileError when all tries fail."""
        content = await asyncio.get_running_loop().run_in_executor(None, path.read_bytes)
        try:
            place = _within(self.prefix or self.url or "", path.name)
        except ValueError as error:
            raise FileError(f"the output file cannot be uploaded: {error}") from error
        if self.prefix:
            files = {"file": (path.name, content, media_type)}
            return await self._put(place, {"files": files}, {})
        return await self._put(place, {"content": content}, {"Content-Type": media_type})

    async def _put(self, place: str, body: Dict[str, Any], headers: Dict[str, str]) -> str:
        reason, url = "", ""
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(_FIRST_PAUSE * 2**attempt)
            reason, url = await self._try(place, body, {**self.headers, **headers})
            if not reason:
                return url.split("?", 1)[0]
            if not reason.startswith("again: "):
                break
        raise FileError(f"the output file cannot be uploaded to {shown(place)}: {reason.replace('again: ', '')}")

    async def _try(self, place: str, body: Dict[str, Any], headers: Dict[str, str]) -> Tuple[str, str]:
        """The reason of a failure, `again: ` before one that may pass; then the URL."""
        client = await self.client.get()
        import httpx

        try:
            response = await resent(client, "PUT", place, headers=headers, **body)
            let_go(response)
        except httpx.HTTPError as error:
            return f"again: {type(error).__name__}", ""
        except (httpx.InvalidURL, ValueError) as error:
            return str(error), ""
        if response.status_code in _PASSING:
            return f"again: the server answered {response.status_code}", ""
        if response.status_code >= 400:
            return f"the server answered {response.status_code}", ""
        return "", urljoin(str(response.url), response.headers.get("Location", str(response.url)))


def _within(folder: str, name: str) -> str:
    """The URL of a file in a folder, which may have a query: a signature, for example."""
    parts = urlsplit(folder)
    return parts._replace(path=f"{parts.path.rstrip('/')}/{quote(name)}").geturl()
