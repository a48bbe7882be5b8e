"""As much of HTTP as the soak needs: fast, on asyncio's streams, no more than loopback."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

HOST = "127.0.0.1"


@dataclass
class Connection:
    """One kept-alive connection, made again when it is lost."""

    port: int
    streams: "tuple[asyncio.StreamReader, asyncio.StreamWriter] | None" = None

    async def send(self, path: str, body: Any, headers: str = "") -> asyncio.StreamReader:
        if self.streams is None:
            self.streams = await asyncio.open_connection(HOST, self.port)
        content = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\n{headers}Content-Length: {len(content)}\r\n\r\n"
        self.streams[1].write(head.encode() + content)
        return self.streams[0]

    async def ask(self, path: str, body: Any, headers: str = "") -> tuple[int, Any]:
        """The status and the JSON of the answer."""
        reader = await self.send(path, body, headers)
        first, content = await read_message(reader)
        return int(first.split()[1]), json.loads(content)

    def hang_up(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None


async def read_message(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    """The first line and the body. Raises IncompleteReadError at the end of the stream."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lengths = [line.partition(":")[2] for line in head.lower().split("\r\n") if line.startswith("content-length:")]
    return head.split("\r\n", 1)[0], await reader.readexactly(int(lengths[0]) if lengths else 0)
