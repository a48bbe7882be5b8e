"""The queue for a free slot, which is off unless asked for: issue 4."""

import concurrent.futures
import time
from typing import Any

import httpx
import pytest

from .conftest import Serve
from .rows import rows
from .serving import Receiver, Served, eventually

ASYNC = {"Prefer": "respond-async"}


@pytest.fixture
def two(shared: Serve) -> Served:
    """One slot, and two may wait for it."""
    server = shared("slots.py:Slow", COG_QUEUE_LENGTH="2", COG_QUEUE_SECONDS="1.5")
    server.wait_for("READY")
    return server


def begin(server: Served, name: str, seconds: float, expect: int = 202) -> Any:
    return server.post("/predictions", {"id": name, "input": {"seconds": seconds}}, expect, **ASYNC)


def ended(server: Served, name: str) -> Any:
    return eventually(lambda: server.get(f"/predictions/{name}"), lambda state: state["completed_at"] is not None)


def test_those_who_wait_come_in_order(two: Served) -> None:
    first = begin(two, "order-1", 0.2)
    waiting = [begin(two, f"order-{number}", 0.1) for number in (2, 3)]
    assert [first["status"], *(state["status"] for state in waiting)] == ["processing", "starting", "starting"]
    turns = [ended(two, f"order-{number}")["output"] for number in (1, 2, 3)]
    assert turns == sorted(turns)


def test_synchronous_requests_wait(two: Served) -> None:
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: two.predict(seconds=0.2), range(3)))
    assert [answer["status"] for answer in answers] == ["succeeded"] * 3


def test_no_more_than_the_length(two: Served) -> None:
    for name in ("full-1", "full-2", "full-3"):
        begin(two, name, 0.2)
    assert "2 wait" in begin(two, "full-4", 0.2, 409)["detail"]
    two.get("/predictions/full-4", 404)
    assert ended(two, "full-3")["status"] == "succeeded"


def test_no_longer_than_the_limit(two: Served, receiver: Receiver) -> None:
    begin(two, "long", 2.5)
    body = {"id": "impatient", "webhook": receiver.url}
    two.post("/predictions", body, 202, **ASYNC)
    began = time.monotonic()
    assert "1.5 seconds" in two.predict(expect=409)["detail"]
    assert 1 < time.monotonic() - began < 2.4
    last = receiver.wait_for_end()[-1]
    assert (last["status"], last["error"]) == ("failed", "No slot became free within 1.5 seconds")
    assert "started_at" not in last
    two.wait_for("READY")


def test_refused_id_may_try_again(two: Served) -> None:
    begin(two, "holder", 2)
    two.send("PUT", "/predictions/retried", {}, 409)
    assert two.get("/predictions/retried")["status"] == "failed"
    two.wait_for("READY")
    assert two.send("PUT", "/predictions/retried", {}, 200)["status"] == "succeeded"


def test_put_of_one_that_waits(two: Served) -> None:
    begin(two, "holds", 0.5)
    begin(two, "waits", 0)
    assert two.send("PUT", "/predictions/waits", {}, 202)["status"] == "starting"
    assert ended(two, "waits")["status"] == "succeeded"


def test_one_that_waits_can_be_cancelled(two: Served) -> None:
    begin(two, "keeps", 0.5)
    begin(two, "given-up", 0)
    two.post("/predictions/given-up/cancel", None)
    assert two.get("/predictions/given-up")["status"] == "canceled"
    begin(two, "next-1", 0)
    begin(two, "next-2", 0)
    assert ended(two, "next-2")["status"] == "succeeded"


def test_hang_up_gives_the_place_up(two: Served) -> None:
    begin(two, "stays", 0.6)
    with pytest.raises(httpx.TimeoutException):
        two.client.post("/predictions", json={}, timeout=0.2)
    begin(two, "second", 0)
    begin(two, "third", 0)
    assert ended(two, "third")["status"] == "succeeded"


def test_flag(serve: Serve) -> None:
    server = serve("slots.py:Slow", "--queue-length", "1")
    begin(server, "a", 0.3)
    begin(server, "b", 0)
    assert ended(server, "b")["status"] == "succeeded"


@rows(58)
def test_nobody_waits_by_default(shared: Serve) -> None:
    server = shared("slots.py:Slow")
    begin(server, "only", 0.3)
    begin(server, "refused", 0, 409)
    server.wait_for("READY")
