"""Remote files within the limits that the server's operator has set for inputs."""

import os
import time
from typing import IO, Callable, TypeVar

from .urls import SILENCE_SECONDS, open_url, shown

T = TypeVar("T")

_PIECE = 1 << 16


class BoundedStream:
    """The content of a URL; reading more than `most_bytes`, or after `seconds`, raises OSError. 0 is no limit."""

    def __init__(self, url: str, most_bytes: int, seconds: float) -> None:
        self._url = url
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._size = 0
        silence = min(SILENCE_SECONDS, seconds or SILENCE_SECONDS)
        self._stream: IO[bytes] = self._within_time(lambda: open_url(url, silence))

    def read(self, size: int = -1) -> bytes:
        if size >= 0:
            return self._counted(lambda: self._stream.read(size), size)
        return b"".join(iter(lambda: self.read(_PIECE), b""))

    def readline(self, size: int = -1) -> bytes:
        return self._counted(lambda: self._stream.readline(size), size)

    def close(self) -> None:
        self._stream.close()

    def _counted(self, read: Callable[[], bytes], asked: int) -> bytes:
        piece = self._within_time(read)
        self._size += len(piece)
        # What is still to come by `Content-Length`; only a read without a size would raise by itself.
        lacking = getattr(self._stream, "length", None)
        if asked and not piece and lacking:
            raise self._failure(f"it ended {lacking} bytes too early")
        if self._most_bytes and self._size > self._most_bytes:
            raise self._failure(f"it is longer than {self._most_bytes} bytes")
        return piece

    def _within_time(self, do: Callable[[], T]) -> T:
        try:
            return do()
        finally:
            # What fails then fails for this reason.
            if self._seconds and time.monotonic() > self._end:
                raise self._failure(f"it takes longer than {self._seconds:g} seconds")

    def _failure(self, reason: str) -> OSError:
        return OSError(f"the input file {shown(self._url)} cannot be downloaded: {reason}")


def bounded(url: str) -> BoundedStream:
    """By the variables of the server, which has checked them."""
    most_bytes = int(os.environ.get("COG_MAX_DOWNLOAD_BYTES") or 0)
    return BoundedStream(url, most_bytes, float(os.environ.get("COG_DOWNLOAD_TIMEOUT") or 0))
