"""Servers of files for tests: one file of a web server, and a repository as the Hugging Face hub has it."""

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

COMMIT = "c0ffee" * 6 + "0000"
PAGE = 2


@dataclass
class Files:
    """What a server has, and how it answers.

    `faults` are for the next requests of contents: a status, `cut` after half of the bytes, or blank for none.
    """

    contents: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    faults: deque[int | str] = field(default_factory=deque)
    knows_ranges: bool = True
    token: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def ranges(self) -> list[str]:
        """The ranges of the requests for contents, but for those of a single byte."""
        return [span for path, span in self.asked if not path.startswith("/api/") and span != "bytes=0-0"]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    files: Files

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        files = self.files
        files.asked.append((self.path, self.headers.get("Range", "")))
        files.tokens.append(self.headers.get("Authorization", ""))
        if files.token and self.headers.get("Authorization") != f"Bearer {files.token}":
            self.answer(401, b"who are you?")
        elif self.path.startswith("/api/"):
            self.listing()
        else:
            self.content()

    def answer(self, status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def content(self) -> None:
        path = re.sub(r"^/[\w.-]+/[\w.-]+/resolve/\w+/", "", self.path).lstrip("/").partition("?")[0]
        content = self.files.contents.get(path)
        span = self.headers.get("Range", "")
        fault = self.files.faults.popleft() if self.files.faults and span != "bytes=0-0" else ""
        if isinstance(fault, int):
            self.answer(fault, b"busy", {"Retry-After": "0"})
        elif content is None:
            self.answer(404, b"nothing")
        else:
            self.send(content, span if self.files.knows_ranges else "", fault == "cut")

    def send(self, content: bytes, span: str, cut: bool) -> None:
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", span)
        headers = dict(self.files.headers)
        start, end = 0, len(content)
        if found:
            start, end = int(found[1]), min(len(content), int(found[2] or len(content) - 1) + 1)
            if start >= len(content):
                self.answer(416, b"", {"Content-Range": f"bytes */{len(content)}", **headers})
                return
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
        part = content[start:end]
        if not cut:
            self.answer(206 if found else 200, part, headers)
            return
        self.send_response(206 if found else 200)
        for name, value in {"Content-Length": str(len(part)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(part[: len(part) // 2])
        self.wfile.flush()
        self.close_connection = True

    def listing(self) -> None:
        """Two entries a page, with the address of the next one as the hub writes it."""
        path, _, query = self.path.partition("?")
        if path.endswith("/revision/main"):
            self.answer(200, json.dumps({"sha": COMMIT}).encode())
        elif path.endswith(f"/tree/{COMMIT}"):
            page = int((re.search(r"cursor=(\d+)", query) or ["", "0"])[1])
            entries = [*_entries(self.files.contents)]
            last = (page + 1) * PAGE >= len(entries)
            address = f"{self.files.url}{path}?recursive=true&cursor={page + 1}"
            headers = {} if last else {"Link": f'<{address}>; rel="next"'}
            self.answer(200, json.dumps(entries[page * PAGE : (page + 1) * PAGE]).encode(), headers)
        else:
            self.answer(404, b'{"error": "Repository not found"}')


def _entries(contents: dict[str, bytes]) -> Iterator[dict[str, Any]]:
    """Large files, here from 1,000 bytes on, are LFS objects, named by their SHA-256."""
    for path, content in contents.items():
        entry = {"type": "file", "path": path, "size": len(content), "oid": hashlib.sha1(content).hexdigest()}
        if len(content) >= 1000:
            entry["lfs"] = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}
        yield entry
    yield {"type": "directory", "path": "folder", "size": 0, "oid": "0" * 40}


@contextmanager
def serving(files: Files) -> Iterator[Files]:
    bound = type("BoundHandler", (Handler,), {"files": files})
    server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    server.daemon_threads = True
    files.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=lambda: server.serve_forever(0.02))
    thread.start()
    try:
        yield files
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
