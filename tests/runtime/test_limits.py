"""Requests that are too large, too deep or broken off: issue 4."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import Serve
from .serving import Receiver, Served

LIMIT = 2000


@pytest.fixture
def small(shared: Serve) -> Served:
    return shared("echo.py:Text", COG_MAX_BODY_BYTES=str(LIMIT))


def body_of(length: int) -> bytes:
    empty = json.dumps({"input": {"text": ""}}).encode()
    return json.dumps({"input": {"text": "x" * (length - len(empty))}}).encode()


def in_chunks(body: bytes) -> Iterator[bytes]:
    """Sent without a Content-Length."""
    for start in range(0, len(body), 700):
        yield body[start : start + 700]


LENGTHS = {LIMIT: 200, LIMIT + 1: 413, 50 * LIMIT: 413, 5 << 20: 413}


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("length", LENGTHS)
def test_body_limit(small: Served, method: str, length: int) -> None:
    path = "/predictions" if method == "POST" else f"/predictions/limit{length}"
    answer = small.client.request(method, path, content=body_of(length))
    assert answer.status_code == LENGTHS[length]
    assert LENGTHS[length] == 200 or answer.json()["detail"] == "The request is longer than 2000 bytes"
    assert small.predict(text="again")["status"] == "succeeded"


@pytest.mark.parametrize("length", LENGTHS)
def test_body_limit_without_length(small: Served, length: int) -> None:
    answer = small.client.post("/predictions", content=in_chunks(body_of(length)))
    assert answer.status_code == LENGTHS[length]
    assert small.predict(text="again")["status"] == "succeeded"


def test_form_limit(small: Served) -> None:
    answer = small.client.post("/predictions", files={"text": ("x.txt", b"x" * 3000)})
    assert answer.status_code == 413


def test_flag_and_no_limit(serve: Serve) -> None:
    server = serve("echo.py:Text", "--max-body-bytes", "0", COG_MAX_BODY_BYTES="10")
    assert server.predict(text="x" * 1000)["status"] == "succeeded"


def test_not_a_number(serve: Serve) -> None:
    with pytest.raises(AssertionError, match="COG_MAX_BODY_BYTES is 'much'; set it to a whole number"):
        serve("echo.py:Text", COG_MAX_BODY_BYTES="much")


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def with_anything(text: str) -> str:
    return '{"input": {"anything": ' + text + "}}"


DEPTHS = {20: 200, 1000: 422, 100_000: 422}


@pytest.mark.parametrize("depth", DEPTHS)
def test_deep_input(shared: Serve, depth: int) -> None:
    server = shared("echo.py:Typed")
    body = with_anything(nested(depth))
    for method, path in (("POST", "/predictions"), ("PUT", f"/predictions/deep{depth}")):
        answer = server.client.request(method, path, content=body)
        assert answer.status_code == DEPTHS[depth], answer.text[:500]
    assert server.predict()["status"] == "succeeded"


def test_deep_body_for_a_known_id(shared: Serve) -> None:
    server = shared("echo.py:function")
    server.send("PUT", "/predictions/known", {}, 200)
    assert server.client.put("/predictions/known", content=nested(100_000)).status_code == 422


@pytest.mark.parametrize("depth", [50, 500, 5000, 100_000])
def test_deep_output(shared: Serve, depth: int) -> None:
    server = shared("deep.py:Deep")
    answer = server.predict(depth=depth)
    assert answer["status"] == "succeeded" or "the output" in answer["error"], answer["error"]
    assert server.predict(depth=1)["output"] == [None]


LEVELS = {250: "succeeded", 251: "failed", 255: "failed", 300: "failed", 330: "failed"}


@pytest.mark.parametrize("depth", LEVELS)
@pytest.mark.parametrize("model", ["Deep", "DeepPieces"])
def test_levels_of_an_output(shared: Serve, receiver: Receiver, model: str, depth: int) -> None:
    """What the worker lets through, the server can write: into answers, webhooks and the memory of ended ones."""
    server = shared(f"deep.py:{model}")
    body = {"id": f"{model}{depth}", "input": {"depth": depth}, "webhook": receiver.url}
    answer = server.post("/predictions", body)
    error = None if LEVELS[depth] == "succeeded" else "the output is nested deeper than 250 levels"
    assert (answer["status"], answer["error"]) == (LEVELS[depth], error)
    assert server.get(f"/predictions/{model}{depth}") == answer
    assert receiver.wait_for_end()[-1].get("output") == answer["output"]


def test_levels_of_a_metric(shared: Serve) -> None:
    server = shared("deep.py:DeepMetric")
    assert server.predict(depth=200)["status"] == "succeeded"
    assert server.predict(depth=201)["error"] == "metric 'a.b.c.d': nested deeper than 200 levels"


NUMBERS = ["NaN", "Infinity", "-Infinity"]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_that_json_has_not(shared: Serve, number: str) -> None:
    server = shared("echo.py:Typed")
    answer = server.client.post("/predictions", content=with_anything(number))
    assert answer.status_code == 422, answer.text
    assert server.predict()["status"] == "succeeded"


def test_client_that_breaks_off_its_request(shared: Serve) -> None:
    server = shared("echo.py:function")
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.port)) as sock:
            sock.sendall(b"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    assert server.predict()["status"] == "succeeded"
    assert "Traceback" not in server.log.read_text()


MALFORMED: dict[str, bytes] = {
    "no-http": b"\x00\x01\x02\r\n\r\n",
    "bad-length": b"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n{}",
    "two-lengths": b"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}",
    "long-header": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_http(shared: Serve, case: str) -> None:
    server = shared("echo.py:function")
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as sock:
        sock.sendall(MALFORMED[case])
        sock.shutdown(socket.SHUT_WR)
        answer = answered(sock)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
    assert not answer.startswith(b"HTTP/1.1 5")
    assert server.predict()["status"] == "succeeded"


def answered(sock: Any) -> bytes:
    try:
        return bytes(sock.recv(1000))
    except ConnectionResetError:
        return b""
