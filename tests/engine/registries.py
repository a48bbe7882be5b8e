"""Registries of the tests' own: a real one, with a login or without, and a proxy that breaks connections to it."""

import contextlib
import http.server
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest

from ..ports import free_port

USER, PASSWORD = "ada", "s3cret"
# bcrypt of the password, as htpasswd writes it.
_HASH = "$2b$05$abcdefghijklmnopqrstuuLK7U1u6pVRmL7L1BBM2aS35PSZnDXlK"
_PROGRAMS = ("docker-registry", "registry")
_START = 20.0
_PIECE = 65536


@contextmanager
def registry(folder: Path, *, login: bool = False, storage: str = "", room: str = "") -> Iterator[str]:
    """The address of a registry that keeps its files in `folder`; `storage` is what else its configuration says of it.

    With `room`, such as `1m`, they have a file system of their own.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.fail(f"these tests need a registry, the program {' or '.join(_PROGRAMS)}", pytrace=False)
    address = f"127.0.0.1:{free_port()}"
    (folder / "config.yml").write_text(_config(folder, address, storage, login=login))
    (folder / "files").mkdir()
    script = f'mount -t tmpfs -o size={room} none "$0" && exec "$@"'
    mount = ("unshare", "--mount", "sh", "-c", script, folder / "files")
    serve = (program, "serve", folder / "config.yml")
    process = subprocess.Popen([*mount, *serve] if room else [*serve], stderr=subprocess.DEVNULL)
    try:
        _wait(address)
        yield address
    finally:
        process.kill()
        process.wait()


def _config(folder: Path, address: str, more: str, *, login: bool) -> str:
    (folder / "users").write_text(f"{USER}:{_HASH}\n")
    storage = f"{{filesystem: {{rootdirectory: {folder / 'files'}}}, {more}}}"
    auth = f"auth: {{htpasswd: {{realm: tests, path: {folder / 'users'}}}}}\n" if login else ""
    return f"version: 0.1\nlog: {{level: error}}\nstorage: {storage}\nhttp: {{addr: '{address}'}}\n{auth}"


def _wait(address: str) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://{address}/v2/").close()
            return
        except urllib.error.HTTPError:
            return  # it wants a login
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the registry did not start")


@contextmanager
def breaking(target: str, times: int) -> Iterator[tuple[str, list[int]]]:
    """An address that leads to `target`, but cuts the first connections; how many it took stands in the list."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen: list[int] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                seen.append(len(seen))
                if len(seen) <= times:
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # a reset
                    client.close()
                else:
                    host, _, port = target.partition(":")
                    join(client, socket.create_connection((host, int(port))))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}", seen
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def join(client: socket.socket, server: socket.socket) -> threading.Thread:
    """Hands on what each of the two sends, in a thread that ends when both have."""
    there = threading.Thread(target=_pipe, args=(client, server), daemon=True)
    there.start()
    both = threading.Thread(target=_both, args=(server, client, there), daemon=True)
    both.start()
    return both


def _both(server: socket.socket, client: socket.socket, there: threading.Thread) -> None:
    with server, client:
        _pipe(server, client)
        there.join()


def _pipe(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            sink.sendall(piece)
    with contextlib.suppress(OSError):  # whoever has gone without a word has ended, too
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def refusing(status: HTTPStatus, body: bytes) -> Iterator[str]:
    """A registry that answers, but takes nothing."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self, status: HTTPStatus, body: bytes = b"") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self._answer(HTTPStatus.OK)

        def do_HEAD(self) -> None:
            self._answer(HTTPStatus.NOT_FOUND)

        def do_POST(self) -> None:
            self._answer(status, body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
