"""Requests and servers that mean no good."""

import http.server
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Serve
from .serving import LIMIT_SECONDS, MODELS, Served


@pytest.fixture
def text(shared: Serve) -> Served:
    return shared("echo.py:Text")


def raw(server: Served, data: bytes) -> bytes:
    """What the server answers before it closes, or within a second."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=1) as sock:
        sock.sendall(data)
        try:
            return sock.recv(1 << 16)
        except TimeoutError:
            return b""


MALFORMED: dict[str, tuple[bytes, bytes]] = {
    "no-http": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
    "bad-length": (b"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", b"400"),
    "two-lengths": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", b"400"),
    "length-and-chunks": (
        b"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"4",
    ),
    "nul-in-header": (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n", b"400"),
    "long-header": (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\n", b""),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_http(text: Served, case: str) -> None:
    data, status = MALFORMED[case]
    assert status in raw(text, data)[:30]
    assert text.predict(text="x")["status"] == "succeeded"


def test_half_a_request_holds_nobody_up(text: Served) -> None:
    with socket.create_connection(("127.0.0.1", text.port)) as sock:
        sock.sendall(b"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert text.predict(text="x")["status"] == "succeeded"


def test_requests_sent_ahead_are_answered_in_order(text: Served) -> None:
    """HTTP pipelining: none of the answers waits for the next request, or goes out before the one it follows."""
    request = b'POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: 25\r\n\r\n{"input": {"text": "%d"}}\n'
    with socket.create_connection(("127.0.0.1", text.port), LIMIT_SECONDS) as sock:
        sock.sendall(b"".join(request % number for number in range(4)))
        received = b""
        while received.count(b"HTTP/1.1 200 OK") < 4 or not received.endswith(b"}"):
            piece = sock.recv(1 << 16)
            assert piece, f"the server has closed after {received!r}"
            received += piece
    assert re.findall(rb'"output":"hello (\d)"', received) == [b"0", b"1", b"2", b"3"]


BODIES: dict[str, bytes] = {
    "deep": b'{"input": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep-objects": b'{"input": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
    "not-utf-8": b'{"input": {"text": "\xff\xfe"}}',
    "lone-surrogate": rb'{"input": {"text": "\ud800"}}',
    "huge-number": b'{"input": {"text": ' + b"9" * 10_000 + b"}}",
    "infinity": b'{"input": {"text": 1e999}}',
    "bom-of-utf-16": b"\xff\xfe{\x00}\x00",
}


@pytest.mark.parametrize("case", BODIES)
def test_hostile_body(text: Served, case: str) -> None:
    answer = text.client.post("/predictions", content=BODIES[case])
    assert (answer.status_code, bool(answer.json()["detail"])) == (422, True)
    assert text.predict(text="x")["status"] == "succeeded"


def test_deep_value_for_anything(shared: Serve) -> None:
    """Deep within what JSON parsers take: the worker's own limit must not end it."""
    server = shared("echo.py:Typed")
    body = b'{"input": {"anything": ' + b"[" * 150 + b"]" * 150 + b"}}"
    assert server.client.post("/predictions", content=body).status_code in (200, 422)
    assert server.predict()["status"] == "succeeded"


IDS = ["../../etc", "x" * 300, "/absolute", "ünïcode", "a\nb", "%2e%2e", "a b", "{}", "\U0001f600"]


@pytest.mark.parametrize("name", IDS)
def test_hostile_id(text: Served, name: str) -> None:
    assert text.post("/predictions", {"id": name, "input": {"text": "x"}})["id"] == name
    above = text.log.parent.parent
    assert not Path("/absolute").exists()
    assert not (above / "etc").exists()
    assert not (text.log.parent / "etc").exists()
    assert list(MODELS.glob("xxxx*")) == []


def test_id_does_not_reach_the_headers_of_an_upload(serve: Serve) -> None:
    server = serve("files.py:Out", "--upload-url", "http://127.0.0.1:9/")
    answer = server.post("/predictions", {"id": "it\r\nX-A: b", "input": {"kind": "png"}})
    assert answer["status"] == "failed"
    assert server.predict(kind="left_out")["status"] == "succeeded"


# Bytes, ten of them a second.
DRIPS = {"/drip": 15, "/endless": 6000}


class Trap(http.server.BaseHTTPRequestHandler):
    """Redirects in circles, to other schemes, or gives a byte now and then."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path in DRIPS:
            self._drip(DRIPS[self.path])
            return
        self.send_response(302)
        self.send_header(
            "Location", {"/file": "file:///etc/passwd", "/gopher": "gopher://x/"}.get(self.path, self.path)
        )
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self, count: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(count):
            self.wfile.write(b"x")
            time.sleep(0.1)
        self.close_connection = True

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def trap() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("place", ["/circle", "/file", "/gopher"])
@pytest.mark.parametrize("model", ["files.py:PathIn", "files.py:FileIn"])
def test_redirect_to_nowhere(shared: Serve, trap: str, model: str, place: str) -> None:
    answer = shared(model).predict(file=trap + place)
    assert answer["status"] == "failed"
    assert "root:" not in str(answer)


def test_slow_download_can_be_cancelled(shared: Serve, trap: str) -> None:
    server = shared("files.py:PathIn")
    body = {"id": "it", "input": {"file": trap + "/endless"}}
    server.post("/predictions", body, 202, Prefer="respond-async")
    server.post("/predictions/it/cancel", None)
    server.wait_for("READY")


def test_download_that_breaks_off(shared: Serve, trap: str) -> None:
    answer = shared("files.py:PathIn", COG_PREDICT_TIMEOUT="20").predict(file=trap + "/drip")
    assert (answer["status"], "cannot be downloaded" in answer["error"]) == ("failed", True)


NAMES = ["/%0d%0aX-A:b", "/a%00b", "/..", "/%2e%2e%2f%2e%2e", "/" + "%F0%9F%98%80" * 100, "/%ff%fe", "/-rf", "/~"]


@pytest.mark.parametrize("place", NAMES)
def test_hostile_file_name(shared: Serve, trap: str, place: str) -> None:
    """No file is given under it; what matters is that it is only a name."""
    answer = shared("files.py:Paths").predict(paths=["data:text/plain;base64,eA==", trap + place])
    assert answer["status"] == "failed"
    assert shared("files.py:Paths").predict(paths=["data:text/plain;base64,eA=="])["output"] == "x"


def test_password_and_signature_of_a_url_stay_out_of_errors(shared: Serve) -> None:
    server = shared("files.py:PathIn")
    answer = server.predict(file="http://user:hush@127.0.0.1:9/x?signature=hush")
    assert (answer["status"], "hush" in answer["error"]) == ("failed", False)
    assert "hush" not in server.log.read_text()


NO_URLS = [
    "http://127.0.0.1:70000/",
    "http://exa mple/",
    "http://xn--/p",
    "http://a\x7fb/p",
    "http://a/\x01",
    "http://:80/",
    "http://",
    " http://a/",
    "http://[::1/",
    "ftp://a/",
]


@pytest.mark.parametrize("name", ["webhook", "output_file_prefix"])
@pytest.mark.parametrize("url", NO_URLS)
def test_url_that_leads_nowhere(shared: Serve, name: str, url: str) -> None:
    detail = shared("echo.py:Anything").post("/predictions", {name: url}, 422)["detail"]
    assert [(fault["loc"], fault["msg"]) for fault in detail] == [(["body", name], "an http or https URL is needed")]


URLS = [
    "http://[::1]:9/",
    "http://user:p@127.0.0.1:9/a b?c=d",
    "https://xn--bcher-kva.example/",
    "HTTP://bücher.example",
]


@pytest.mark.parametrize("url", URLS)
def test_url_that_may_lead_somewhere(shared: Serve, url: str) -> None:
    shared("echo.py:Anything").post("/predictions", {"output_file_prefix": url})


OVERFLOWS = [
    '"value": 1e400',
    '"value": [[1, {"a": -1e400}]]',
    '"record": {"a": 1e999}',
    '"either": [1e400]',
    '"either": {"more": 1e400}',
    '"more": 1e400',
]


@pytest.mark.parametrize("inputs", OVERFLOWS)
def test_number_that_becomes_infinity(shared: Serve, inputs: str) -> None:
    server = shared("echo.py:Anything")
    answer = server.client.post("/predictions", content='{"input": {' + inputs + "}}")
    assert answer.status_code == 422, answer.text


def test_byte_order_mark(shared: Serve) -> None:
    server = shared("echo.py:Anything")
    answer = server.client.post("/predictions", content=b'\xef\xbb\xbf{"input": {"value": 1}}')
    assert answer.json()["output"][0] == 1
    assert server.client.post("/predictions", content=b"\xef\xbb\xbf").json()["status"] == "succeeded"
