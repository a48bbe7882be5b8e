"""`File`: a file handle, in and out of a model."""

import io
from typing import Any, Optional, Tuple

from .bounded import BoundedStream, bounded
from .data_url import parse_data_url
from .hooks import PydanticField
from .urls import file_name_of, scheme_of


class File(io.IOBase, PydanticField):
    """An annotation for file handles; `File(handle)` is the handle itself."""

    def __new__(cls, handle: Any) -> Any:
        return handle

    @classmethod
    def validate(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return io.BytesIO(parse_data_url(value).content) if scheme_of(value) == "data" else URLFile(value)


class URLFile(io.BufferedIOBase):
    """A handle on a remote file that is requested at the first read, and can be pickled before.

    The limits of the server for inputs, `COG_MAX_DOWNLOAD_BYTES` and `COG_DOWNLOAD_TIMEOUT`, count from there.
    Reading raises OSError.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = file_name_of(url)
        self._stream: Optional[BoundedStream] = None

    def _opened(self) -> BoundedStream:
        if self._stream is None:
            self._stream = bounded(self.url)
        return self._stream

    def readable(self) -> bool:
        return True

    def read(self, size: Optional[int] = -1) -> bytes:
        return self._opened().read(-1 if size is None else size)

    def read1(self, size: int = -1) -> bytes:
        return self.read(size)

    def readline(self, size: Optional[int] = -1) -> bytes:
        return self._opened().readline(-1 if size is None else size)

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
        super().close()

    def __reduce__(self) -> Tuple[Any, ...]:
        if self._stream is not None:
            raise TypeError("a URLFile cannot be pickled after its first read")
        return URLFile, (self.url,)

    def __repr__(self) -> str:
        return f"URLFile({self.url[:80]!r})"
