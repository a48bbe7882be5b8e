"""The queue for a free slot, which is off unless asked for: issue 4."""

import concurrent.futures
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import Receiver, Served, eventually

ASYNC = {"Prefer": "respond-async"}


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """When it is there, the prediction that has the slot ends."""
    return tmp_path / "gate"


@pytest.fixture
def two(shared: Serve) -> Served:
    """One slot, and two may wait for it, for as long as they like."""
    server = shared("slots.py:Held", COG_QUEUE_LENGTH="2", COG_QUEUE_SECONDS="600")
    server.wait_for("READY")
    return server


@pytest.fixture
def impatient(shared: Serve) -> Served:
    server = shared("slots.py:Held", COG_QUEUE_LENGTH="2", COG_QUEUE_SECONDS="0.5")
    server.wait_for("READY")
    return server


def begin(server: Served, name: str, until: Path | None = None, expect: int = 202) -> Any:
    inputs = {} if until is None else {"until": str(until)}
    return server.post("/predictions", {"id": name, "input": inputs}, expect, **ASYNC)


def waits(server: Served, name: str) -> None:
    eventually(lambda: server.client.get(f"/predictions/{name}").text, lambda text: '"status":"starting"' in text)


def ended(server: Served, name: str) -> Any:
    return eventually(lambda: server.get(f"/predictions/{name}"), lambda state: state["completed_at"] is not None)


def test_those_who_wait_come_in_order(two: Served, gate: Path) -> None:
    first = begin(two, "order-1", gate)
    waiting = [begin(two, f"order-{number}") for number in (2, 3)]
    assert [first["status"], *(state["status"] for state in waiting)] == ["processing", "starting", "starting"]
    gate.touch()
    turns = [ended(two, f"order-{number}")["output"] for number in (1, 2, 3)]
    assert turns == sorted(turns)


def test_synchronous_requests_wait(two: Served, gate: Path) -> None:
    begin(two, "held", gate)
    names = ["sync-1", "sync-2"]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(two.send, "PUT", f"/predictions/{name}", {}, 200) for name in names]
        for name in names:
            waits(two, name)
        gate.touch()
        assert [answer.result()["status"] for answer in answers] == ["succeeded"] * 2


def test_no_more_than_the_length(two: Served, gate: Path) -> None:
    for name in ("full-1", "full-2", "full-3"):
        begin(two, name, gate)
    assert "2 wait" in begin(two, "full-4", gate, 409)["detail"]
    two.get("/predictions/full-4", 404)
    gate.touch()
    assert ended(two, "full-3")["status"] == "succeeded"


def test_no_longer_than_the_limit(impatient: Served, receiver: Receiver, gate: Path) -> None:
    begin(impatient, "long", gate)
    impatient.post("/predictions", {"id": "waits", "webhook": receiver.url}, 202, **ASYNC)
    assert "0.5 seconds" in impatient.predict(expect=409)["detail"]
    last = receiver.wait_for_end()[-1]
    assert (last["status"], last["error"]) == ("failed", "No slot became free within 0.5 seconds")
    assert "started_at" not in last
    gate.touch()
    assert ended(impatient, "long")["status"] == "succeeded"


def test_refused_id_may_try_again(impatient: Served, gate: Path) -> None:
    begin(impatient, "holder", gate)
    impatient.send("PUT", "/predictions/retried", {}, 409)
    assert impatient.get("/predictions/retried")["status"] == "failed"
    gate.touch()
    impatient.wait_for("READY")
    assert impatient.send("PUT", "/predictions/retried", {}, 200)["status"] == "succeeded"


def test_put_of_one_that_waits(two: Served, gate: Path) -> None:
    begin(two, "holds", gate)
    begin(two, "waits")
    assert two.send("PUT", "/predictions/waits", {}, 202)["status"] == "starting"
    gate.touch()
    assert ended(two, "waits")["status"] == "succeeded"


def test_one_that_waits_can_be_cancelled(two: Served, gate: Path) -> None:
    begin(two, "keeps", gate)
    begin(two, "given-up")
    two.post("/predictions/given-up/cancel", None)
    assert two.get("/predictions/given-up")["status"] == "canceled"
    begin(two, "next-1")
    begin(two, "next-2")
    gate.touch()
    assert ended(two, "next-2")["status"] == "succeeded"


def test_hang_up_gives_the_place_up(two: Served, gate: Path) -> None:
    begin(two, "stays", gate)
    body = json.dumps({"id": "leaves"})
    head = f"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", two.port)) as sock:
        sock.sendall((head + body).encode())
        waits(two, "leaves")
    assert ended(two, "leaves")["status"] == "canceled"
    begin(two, "second")
    begin(two, "third")
    gate.touch()
    assert ended(two, "third")["status"] == "succeeded"


def test_flag(serve: Serve, gate: Path) -> None:
    server = serve("slots.py:Held", "--queue-length", "1")
    begin(server, "a", gate)
    begin(server, "b")
    gate.touch()
    assert ended(server, "b")["status"] == "succeeded"


@rows(58)
def test_nobody_waits_by_default(shared: Serve, gate: Path) -> None:
    server = shared("slots.py:Held")
    begin(server, "only", gate)
    begin(server, "refused", expect=409)
    gate.touch()
    server.wait_for("READY")
