"""A single file of a web server."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from ...ir.codes.store import SOURCE_ANSWER
from ...ir.diagnostic import CompileError
from ..receive import UNKNOWN
from .source import Found, Inventory
from .web import Web, shown, validator_of


@dataclass(frozen=True, slots=True)
class HttpSource:
    """The file's name is the last part of the address. Its ETag is its version, or else the time of its change."""

    url: str
    web: Web = field(default_factory=Web)

    @property
    def place(self) -> str:
        return self.url

    def inventory(self) -> Inventory:
        name = unquote(urlsplit(self.url).path).rpartition("/")[2]
        if not name:
            message = f"{shown(self.url)} names no file: it ends in a slash"
            raise CompileError(
                [SOURCE_ANSWER.bare(message, help="name a file; for a folder use s3://, gs:// or hf://")]
            )
        headers = self.web.head(self.url, {})
        version = validator_of(headers)
        kind = "etag" if "ETag" in headers else "timestamp"
        found = Found(name, _size(headers.get("Content-Range", ""), headers.get("Content-Length", "")), "", version)
        return Inventory((found,), f"{kind}:{version}" if version else "")

    def read(self, found: Found, offset: int) -> Iterator[bytes]:
        return self.web.read(self.url, offset, {}, found.version)

    def close(self) -> None:
        self.web.client.close()


def _size(content_range: str, content_length: str) -> int:
    """Servers that know no ranges tell the length of the whole."""
    told = content_range.rpartition("/")[2] if content_range else content_length
    return int(told) if told.isdigit() else UNKNOWN
