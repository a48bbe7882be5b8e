"""`Path`: a file on disk, in and out of a model."""

import io
import pathlib
import sys
from typing import Any, Tuple

from .hooks import PydanticField
from .urls import fetch, file_name_of


class Path(pathlib.PosixPath, PydanticField):
    """A `pathlib.Path`. As an input it is a local copy of a URL; as an output its content is sent."""

    @classmethod
    def validate(cls, value: Any) -> Any:
        if isinstance(value, (pathlib.Path, io.IOBase)):
            return value
        if isinstance(value, str):
            return cls(value)
        raise ValueError(f"a path or a file is needed, not {type(value).__name__}")


class URLPath(Path):
    """A path whose content is still to be fetched from `source`; `convert` does it."""

    source: str

    def __new__(cls, source: str) -> "URLPath":
        self = super().__new__(cls, file_name_of(source))
        self.source = source
        return self

    def __init__(self, source: str) -> None:
        # Until 3.11 a path is made by __new__ alone, since 3.12 by __init__.
        if sys.version_info >= (3, 12):
            super().__init__(file_name_of(source))

    def with_segments(self, *segments: Any) -> pathlib.Path:
        return Path(*segments)

    def convert(self) -> Path:
        """Fetches the content into a temporary file. Raises ValueError or OSError when that fails."""
        return Path(fetch(self.source))

    def __reduce__(self) -> Tuple[Any, ...]:
        return URLPath, (self.source,)
