"""`python weights_sink.py PORT`: a registry that takes everything, looks at nothing and keeps nothing.

With it in place of a real one, which digests and stores on the same processors, the time of a push is the client's.
"""

import hashlib
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MIB = 1 << 20


class Sink(BaseHTTPRequestHandler):
    """The requests of a push: nothing is there, and all is welcome. An upload's address tells how far it is."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(200 if self.path == "/v2/" else 404)

    def do_HEAD(self) -> None:
        self._answer(404)

    def do_POST(self) -> None:
        self._body()
        self._answer(202, Location="/v2/upload/0", Range="0-0")

    def do_PATCH(self) -> None:
        reached = int(self.path.rpartition("/")[2]) + self._body()[0]
        self._answer(202, Location=f"/v2/upload/{reached}", Range=f"0-{reached - 1}")

    def do_PUT(self) -> None:
        _, digest = self._body()
        if "/manifests/" not in self.path:
            digest = self.path.rpartition("digest=")[2].replace("%3A", ":")
        self._answer(201, **{"Location": self.path, "Docker-Content-Digest": digest})

    def _body(self) -> tuple[int, str]:
        """Its length, and the digest of one that is short, as manifests are."""
        room, size, head = bytearray(MIB), 0, b""
        for length in self._lengths():
            left = length
            while left:
                got = self.rfile.readinto(memoryview(room)[: min(left, MIB)])
                if not got:
                    return size, ""
                head = bytes(room[:got]) if not size else head
                size, left = size + got, left - got
        return size, f"sha256:{hashlib.sha256(head).hexdigest()}"

    def _lengths(self) -> Iterator[int]:
        """Of what follows: the whole body, or each of its chunks."""
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            yield int(self.headers.get("Content-Length", 0))
            return
        while length := int(self.rfile.readline(), 16):
            yield length
            self.rfile.readline()
        self.rfile.readline()

    def _answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Sink).serve_forever()
