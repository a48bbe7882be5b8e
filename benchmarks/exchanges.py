"""Single requests to a server, one after another, each on a connection of its own: streams, files, webhooks."""

import base64
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from typing import Any

from servers import Server

SIZE = 10_000_000
NUMBERS = {"stream": 20, "input": 6, "output": 6, "webhook": 100}
_PAUSE, _PATIENCE = 0.001, 20.0
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Exchange:
    """Seconds: to the first of what was asked for, and to the end."""

    first: float
    total: float


@dataclass(frozen=True)
class Received:
    status: int
    body: bytes
    time: Exchange


def data_url() -> str:
    return "data:application/octet-stream;base64," + base64.b64encode(os.urandom(1000) * (SIZE // 1000)).decode()


def exchanged(server: Server, kind: str) -> list[Exchange]:
    """As many as `NUMBERS` says, after one that is not counted. Raises SystemExit for a wrong answer."""
    asked = server.spec.requests[kind]
    if kind == "webhook":
        with _receiver() as (address, ends):
            return [_until_webhook(server, asked, address, ends) for _ in range(NUMBERS[kind] + 1)][1:]
    data = _request(server.port, asked, {"{file}": data_url()})
    return [_good(server, asked, data).time for _ in range(NUMBERS[kind] + 1)][1:]


def _request(port: int, asked: Mapping[str, Any], values: Mapping[str, str]) -> bytes:
    """All of it. Whole texts of the body are replaced by `values`."""
    body = json.dumps(asked["body"])
    for name, value in values.items():
        body = body.replace(json.dumps(name), json.dumps(value))
    headers = {
        "Host": f"127.0.0.1:{port}",
        "Connection": "close",
        "Content-Type": "application/json",
        "Content-Length": len(body),
        **asked.get("headers", {}),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {asked['path']} HTTP/1.1\r\n{lines}\r\n{body}".encode()


def _good(server: Server, asked: Mapping[str, Any], data: bytes) -> Received:
    """The first answer that is no refusal: some servers need a moment after each prediction."""
    until = time.perf_counter() + _PATIENCE
    while (found := _sent(server.port, data, asked.get("first", "").encode())).status == 409:
        if time.perf_counter() > until:
            break
        time.sleep(_PAUSE)
    if found.status not in (200, 202) or asked.get("contains", "").encode() not in found.body:
        sys.exit(f"{server.spec.name}: {found.status} {found.body[-300:]!r}")
    if len(found.body) < asked.get("least_bytes", 0):
        sys.exit(f"{server.spec.name}: the answer has only {len(found.body)} bytes")
    return found


def _sent(port: int, data: bytes, awaited: bytes) -> Received:
    began, first, answer = time.perf_counter(), 0.0, bytearray()
    with socket.create_connection(("127.0.0.1", port), _PATIENCE) as connection:
        connection.sendall(data)
        while block := connection.recv(_BLOCK):
            answer += block
            if not first and awaited in answer:
                first = time.perf_counter() - began
    total = time.perf_counter() - began
    return Received(int(answer[9:12]), bytes(answer), Exchange(first or total, total))


def _until_webhook(server: Server, asked: Mapping[str, Any], address: str, ends: "SimpleQueue[float]") -> Exchange:
    data = _request(server.port, asked, {"{webhook}": address})
    began = time.perf_counter()
    taken = _good(server, asked, data).time.total
    try:
        return Exchange(taken, ends.get(timeout=_PATIENCE) - began)
    except Empty:
        sys.exit(f"{server.spec.name}: no webhook has come within {_PATIENCE:.0f} s")


@contextmanager
def _receiver() -> Iterator[tuple[str, "SimpleQueue[float]"]]:
    """Its address, and when each end of a prediction has come."""
    ends: SimpleQueue[float] = SimpleQueue()

    class Hook(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if told["status"] == "succeeded":
                ends.put(time.perf_counter())
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as hooks:
        threading.Thread(target=hooks.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{hooks.server_address[1]}/", ends
        hooks.shutdown()
