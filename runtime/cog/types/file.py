"""`File`: a file handle, in and out of a model."""

import io
from typing import IO, Any, Optional, Tuple

from .data_url import parse_data_url
from .hooks import PydanticField
from .urls import file_name_of, open_url, scheme_of


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
    """A handle on a remote file that is requested at the first read, and can be pickled before."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = file_name_of(url)
        self._stream: Optional[IO[bytes]] = None

    def _opened(self) -> IO[bytes]:
        if self._stream is None:
            self._stream = open_url(self.url)
        return self._stream

    def readable(self) -> bool:
        return True

    def read(self, size: Optional[int] = -1) -> bytes:
        return self._opened().read() if size is None or size < 0 else self._opened().read(size)

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
