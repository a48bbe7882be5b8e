"""Fetching remote input files, within limits of size and time."""

import asyncio
import pathlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, AsyncIterator, Optional

from ..types.urls import shown
from .client import LazyClient
from .errors import FileError

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True)
class Fetcher:
    """`most_bytes` bounds each file, 0 does not; `seconds` bounds the whole of each download, None does not."""

    client: LazyClient
    most_bytes: int
    seconds: Optional[float]

    async def fetch(self, url: str, target: pathlib.Path) -> None:
        """Raises FileError; what has come until then may be in `target`."""
        client = await self.client.get()
        import httpx

        try:
            await asyncio.wait_for(self._store(client, url, target), self.seconds)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _failure(url, _reason(error)) from error
        except asyncio.TimeoutError as error:
            raise _failure(url, f"it takes longer than {self.seconds:g} seconds") from error
        except OSError as error:
            raise FileError(f"the input file {shown(url)} cannot be stored: {error.strerror}") from error

    async def _store(self, client: "httpx.AsyncClient", url: str, target: pathlib.Path) -> None:
        async with client.stream("GET", url) as response:
            response.raise_for_status()
            self._check(url, _declared(response))
            with target.open("wb") as file:
                await self._copy(url, response.aiter_bytes(), file)

    async def _copy(self, url: str, chunks: AsyncIterator[bytes], file: Any) -> None:
        """Counts what comes: a stated length may be a lie, and says nothing of compressed content."""
        size = 0
        async for chunk in chunks:
            size += len(chunk)
            self._check(url, size)
            file.write(chunk)

    def _check(self, url: str, size: int) -> None:
        if self.most_bytes and size > self.most_bytes:
            raise _failure(url, f"it is longer than {self.most_bytes} bytes")


def _declared(response: "httpx.Response") -> int:
    text = response.headers.get("content-length", "")
    return int(text) if text.isdigit() else 0


def _failure(url: str, reason: str) -> FileError:
    return FileError(f"the input file {shown(url)} cannot be downloaded: {reason}")


def _reason(error: Any) -> str:
    response = getattr(error, "response", None)
    return f"the server answered {response.status_code}" if response is not None else _name(error)


def _name(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
