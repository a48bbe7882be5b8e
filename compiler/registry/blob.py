"""BlobSource: where the bytes of a blob come from, at any offset, as often as needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from ..ir.codes.registry import BLOB_CHANGED
from ..ir.diagnostic import CompileError

_BLOCK = 1 << 20


class Stream(Protocol):
    """What an open file can do."""

    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class BlobSource:
    """`size` in bytes. `open` gives a stream that begins at an offset; several threads never share one.

    `mounts` are repositories of the same registry that may have the blob already.
    """

    digest: str
    size: int
    media_type: str
    open: Callable[[int], Stream]
    mounts: tuple[str, ...] = ()


class Body:
    """The bytes of a source from `start` to `end`, as a request's body; `moved` hears the offset that was reached.

    The file's own faults leave as CompileError, so that nobody takes them for the network's.
    """

    def __init__(
        self, source: BlobSource, start: int, end: int, check: Callable[[], None], moved: Callable[[int], object]
    ) -> None:
        self._source, self._at, self._end = source, start, end
        self._length = end - start
        self._check, self._moved = check, moved
        self._stream: Stream = _Unopened(lambda: source.open(start), self._use)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        """requests takes for a stream what can be iterated, and then reads it."""
        return iter(partial(self.read, _BLOCK), b"")

    def close(self) -> None:
        self._stream.close()

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes; blank at the end. Raises CompileError (`blob-changed`), Stopped."""
        self._check()
        self._moved(self._at)
        left = self._end - self._at
        if left == 0:
            return b""
        block = self._read(left if size < 0 else min(size, left))
        self._at += len(block)
        return block

    def _read(self, size: int) -> bytes:
        try:
            block = self._stream.read(size)
        except OSError as error:
            raise self._changed(str(error)) from error
        if not block:
            raise self._changed(f"it ends after {self._at} of {self._source.size} bytes")
        return block

    def _changed(self, why: str) -> CompileError:
        return CompileError(
            [BLOB_CHANGED.bare(f"{self._source.digest} can no longer be read: {why}", help="import it again")]
        )

    def _use(self, stream: Stream) -> None:
        self._stream = stream


@dataclass(frozen=True, slots=True)
class _Unopened:
    """A request that is refused at once opens no file."""

    open: Callable[[], Stream]
    use: Callable[[Stream], None]

    def read(self, size: int, /) -> bytes:
        stream = self.open()
        self.use(stream)
        return stream.read(size)

    def close(self) -> None:
        """Nothing was opened."""
