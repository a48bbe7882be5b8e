"""What a build can reach on this machine: a package index, plain or with TLS and a password, and a proxy."""

import base64
import io
import ipaddress
import ssl
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from .projects import docker


@dataclass
class Served:
    """A server's address as builds see it, and the paths that it was asked for."""

    address: str
    asked: list[str] = field(default_factory=list)


def gateway() -> str:
    """This machine's address on the engine's own network; nothing outside the machine has it."""
    return docker("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}")


def wheel(name: str) -> bytes:
    info, content = f"{name}-1.0.dist-info", io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"{name}.py", "here = True\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return content.getvalue()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with status, type and content."""

    def answer(self) -> tuple[int, str, bytes]:
        raise NotImplementedError

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.wfile.write(self._head())

    def do_HEAD(self) -> None:
        self._head()

    def _head(self) -> bytes:
        status, kind, content = self.answer()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return content


@contextmanager
def index(package: str, *, authority: trustme.CA | None = None, login: str = "") -> Iterator[Served]:
    """An index with one package; `login` is `name:password`."""
    pages = {
        f"/simple/{package}/": f'<a href="/files/{package}-1.0-py3-none-any.whl">x</a>'.encode(),
        f"/files/{package}-1.0-py3-none-any.whl": wheel(package),
    }
    wanted = f"Basic {base64.b64encode(login.encode()).decode()}"

    class Index(_Handler):
        def answer(self) -> tuple[int, str, bytes]:
            served.asked.append(self.path)
            if login and self.headers["Authorization"] != wanted:
                return 401, "text/plain", b"who are you?"
            if self.path not in pages:
                return 404, "text/plain", b"nothing there"
            return 200, "text/html" if self.path.startswith("/simple") else "binary/octet-stream", pages[self.path]

    with _listening(Index) as server:
        if authority is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(gateway()).configure_cert(context)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        served = Served(f"{gateway()}:{server.server_port}")
        yield served


@contextmanager
def proxy() -> Iterator[Served]:
    """A proxy for plain HTTP."""

    class Proxy(_Handler):
        def answer(self) -> tuple[int, str, bytes]:
            served.asked.append(self.path)
            return _fetched(self.path)

    with _listening(Proxy) as server:
        served = Served(f"{gateway()}:{server.server_port}")
        yield served


def _fetched(url: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, "text/plain", b""


@contextmanager
def _listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[ThreadingHTTPServer]:
    assert ipaddress.ip_address(gateway()).is_private
    server = ThreadingHTTPServer((gateway(), 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
