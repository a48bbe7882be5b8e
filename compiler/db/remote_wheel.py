"""The metadata inside a wheel that lies on a server, read without fetching the wheel."""

import io
from collections.abc import Callable
from zipfile import BadZipFile, ZipFile

# Bytes from start to end, and the size of the whole file; a negative start asks for the last bytes.
Fetch = Callable[[int, int], tuple[bytes, int]]
_TAIL = 64 * 1024  # holds the list of files of most wheels
_BLOCK = 256 * 1024


def metadata_in(fetch: Fetch) -> bytes:
    """The METADATA of the wheel; blank when it is none."""
    try:
        with ZipFile(_RemoteFile(fetch)) as wheel:
            names = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
            name = next(names, None)
            return wheel.read(name) if name else b""
    except BadZipFile:
        return b""


class _RemoteFile(io.RawIOBase):
    """A file that is fetched block by block, where it is read; each block once."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._tail, self._size = fetch(-_TAIL, 0)
        self._blocks: dict[int, bytes] = {}
        self._position = 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(base + offset, 0)
        return self._position

    def read(self, size: int = -1) -> bytes:
        end = self._size if size < 0 else min(self._position + size, self._size)
        found = self._between(self._position, end)
        self._position = max(end, self._position)
        return found

    def _between(self, start: int, end: int) -> bytes:
        first = self._size - len(self._tail)
        if start >= first:
            return self._tail[start - first : end - first]
        blocks = range(start // _BLOCK, -(-end // _BLOCK))
        joined = b"".join(self._block(number) for number in blocks)
        offset = blocks.start * _BLOCK
        return joined[start - offset : end - offset]

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            start = number * _BLOCK
            self._blocks[number], _ = self._fetch(start, min(start + _BLOCK, self._size))
        return self._blocks[number]
