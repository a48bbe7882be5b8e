"""A package index on this machine, which serves wheels that the test makes."""

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from zipfile import ZipFile


@dataclass
class Site:
    """Files by their path; `ranges` and `metadata` say what the server offers beside whole files."""

    files: dict[str, bytes] = field(default_factory=dict)
    listings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    ranges: bool = True
    metadata: bool = True
    asked: list[str] = field(default_factory=list)

    def add(self, name: str, requires: tuple[str, ...] = (), **entry: Any) -> None:
        """A wheel by its file name, with what its metadata requires."""
        project, version, *_ = name.split("-")
        extras = sorted(set(re.findall(r'extra == "([\w-]+)"', " ".join(requires))))
        lines = ["Metadata-Version: 2.3", f"Name: {project}", f"Version: {version}"]
        lines += [f"Provides-Extra: {extra}" for extra in extras] + [f"Requires-Dist: {text}" for text in requires]
        metadata = "\n".join(lines).encode()
        self.files[f"/files/{name}"] = _wheel(f"{project}-{version}.dist-info/METADATA", metadata)
        if self.metadata:
            self.files[f"/files/{name}.metadata"] = metadata
        listing = {"filename": name, "url": f"../../files/{name}", "core-metadata": self.metadata, **entry}
        self.listings.setdefault(project.replace("_", "-"), []).append(listing)

    def answer(self, path: str) -> bytes | None:
        project = path.removeprefix("/simple/").strip("/")
        if path.startswith("/simple/") and project in self.listings:
            return json.dumps({"meta": {"api-version": "1.1"}, "files": self.listings[project]}).encode()
        return self.files.get(path)


def _wheel(place: str, metadata: bytes) -> bytes:
    """Larger than what is read at once from the end and in one piece."""
    found = io.BytesIO()
    with ZipFile(found, "w") as wheel:
        wheel.writestr("first.bin", b"1" * 300_000)
        wheel.writestr(place, metadata)
        wheel.writestr("last.bin", b"2" * 300_000)
    return found.getvalue()


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The URL of its Simple API."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            site.asked.append(self.path)
            found = site.answer(self.path)
            span = re.fullmatch(r"bytes=(-?\d+)-?(\d*)", self.headers.get("Range", ""))
            if found is None:
                self.send_error(404)
            elif span and site.ranges:
                self._send(206, *_part(found, int(span[1]), span[2]))
            else:
                self._send(200, found, "")

        def _send(self, status: int, body: bytes, content_range: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if content_range:
                self.send_header("Content-Range", content_range)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _part(whole: bytes, start: int, last: str) -> tuple[bytes, str]:
    begin = max(len(whole) + start, 0) if start < 0 else start
    end = min(int(last) + 1, len(whole)) if last else len(whole)
    return whole[begin:end], f"bytes {begin}-{end - 1}/{len(whole)}"
