"""Asynchronous models: section 7.9 of the reference; see rows.py."""

import concurrent.futures
import functools
import socket
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import Receiver, Served, eventually

ASYNC = {"Prefer": "respond-async"}


@pytest.fixture
def five(shared: Serve) -> Served:
    return shared("aio.py:Sleeper", COG_MAX_CONCURRENCY="5", COG_CANCEL_GRACE="600")


@rows(229, 231, 234)
def test_five_at_a_time(serve: Serve) -> None:
    five = serve("aio.py:Meeting", COG_MAX_CONCURRENCY="5")
    with concurrent.futures.ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda name: five.predict(name=name, people=5), "abcde"))
    for name, answer in zip("abcde", answers, strict=True):
        assert answer["output"] == {"name": name, "same_loop": True}
        assert answer["logs"] == f"begin {name}\nerror {name}\nend {name}\n"
        assert answer["metrics"]["name"] == name
        assert f"begin {name}\n" in five.log.read_text()


@rows(230, 202, 203)
def test_sixth_is_refused_and_others_go_on(five: Served) -> None:
    for name in "abcde":
        body = {"id": name, "input": {"name": name, "seconds": 30}}
        five.post("/predictions", body, 202, Prefer="respond-async")
    five.post("/predictions", {}, 409)
    five.post("/predictions/a/cancel", None)
    five.wait_for("READY")
    assert five.predict(seconds=0)["status"] == "succeeded"
    assert statuses(five, "abcde") == ["canceled"] + ["processing"] * 4
    for name in "bcde":
        five.post(f"/predictions/{name}/cancel", None)
    eventually(lambda: statuses(five, "abcde"), lambda found: found == ["canceled"] * 5)


def statuses(server: Served, names: str) -> list[str]:
    return [server.get(f"/predictions/{name}")["status"] for name in names]


def refused(server: Served) -> int:
    """How many of six predictions find no slot."""
    bodies = [{"id": str(number), "input": {"seconds": 600}} for number in range(6)]
    statuses = [server.client.post("/predictions", json=body, headers=ASYNC).status_code for body in bodies]
    for number in range(statuses.count(202)):
        server.post(f"/predictions/{number}/cancel", None)
    server.wait_for("READY")
    return statuses.count(409)


CONCURRENCY: dict[str, tuple[str, dict[str, str], int]] = {
    "236-decorator": ("aio.py:Decorated", {}, 3),
    "235-no-number": ("aio.py:Sleeper", {"COG_MAX_CONCURRENCY": "many"}, 5),
    "235-zero": ("aio.py:Sleeper", {"COG_MAX_CONCURRENCY": "0"}, 5),
}


@pytest.mark.parametrize("case", CONCURRENCY)
def test_number_of_slots(shared: Serve, case: str) -> None:
    model, environment, expected = CONCURRENCY[case]
    assert refused(shared(model, **environment)) == expected


def test_dead_worker_is_given_nothing_more(serve: Serve) -> None:
    """Three of its slots are free, but only who was there when it died goes down with it."""
    server = serve("aio.py:Mortal", COG_MAX_CONCURRENCY="4")
    for _ in range(3):
        server.wait_for("READY")
        server.post("/predictions", {"input": {"die": True}}, 202, Prefer="respond-async")
        answers = [server.client.post("/predictions", json={}) for _ in range(200)]
        assert [answer.json().get("status") for answer in answers].count("failed") <= 2
        assert {answer.status_code for answer in answers} <= {200, 503}


@rows(168)
def test_chunks_leave_as_they_are_made(shared: Serve, receiver: Receiver, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    body = {"webhook": receiver.url, "webhook_events_filter": ["output", "completed"], "input": {"gate": str(gate)}}
    shared("aio.py:Gated").post("/predictions", body, 202, Prefer="respond-async")
    assert receiver.wait_for(1)[0]["output"] == ["first"]
    gate.touch()
    assert receiver.wait_for_end()[-1]["output"] == ["first", "second"]


def canceled(server: Served, receiver: Receiver, **inputs: Any) -> Any:
    """The last state of a prediction that is cancelled while it runs."""
    body = {"id": "it", "input": inputs, "webhook": receiver.url, "webhook_events_filter": ["completed"]}
    server.post("/predictions", body, 202, Prefer="respond-async")
    server.post("/predictions/it/cancel", None)
    return receiver.wait_for_end()[-1]


@rows(203)
def test_cancel_before_the_model_has_begun(five: Served) -> None:
    """Both requests in one packet, so that the worker often reads them together."""
    for turn in range(50):
        with socket.create_connection(("127.0.0.1", five.port)) as sock:
            sock.sendall(begin_and_cancel(f"early-{turn}"))
            ask = functools.partial(five.client.get, f"/predictions/early-{turn}")
            eventually(ask, lambda answer: '"status":"canceled"' in answer.text)


def begin_and_cancel(name: str) -> bytes:
    body = f'{{"id": "{name}", "input": {{"seconds": 600}}}}'
    head = f"POST /predictions HTTP/1.1\r\nHost: x\r\nPrefer: respond-async\r\nContent-Length: {len(body)}\r\n\r\n"
    cancel = f"POST /predictions/{name}/cancel HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    return (head + body + cancel).encode()


@rows(201)
def test_cancelled_error(shared: Serve, receiver: Receiver) -> None:
    body = {"id": "it", "webhook": receiver.url, "webhook_events_filter": ["logs", "completed"]}
    server = shared("aio.py:Tidy")
    server.post("/predictions", body, 202, Prefer="respond-async")
    eventually(receiver.bodies, lambda states: any("begun" in state["logs"] for state in states))
    server.post("/predictions/it/cancel", None)
    last = receiver.wait_for_end()[-1]
    assert (last["status"], last["logs"]) == ("canceled", "begun\nCancelledError\n")


def test_swallowed_cancel_is_a_cancel(shared: Serve, receiver: Receiver) -> None:
    assert canceled(shared("aio.py:Stubborn"), receiver)["status"] == "canceled"


def test_blocked_loop_is_ended_by_force(shared: Serve, receiver: Receiver) -> None:
    server = shared("aio.py:Blocked", COG_CANCEL_GRACE="0.5")
    assert canceled(server, receiver, block=True)["status"] == "canceled"
    eventually(server.health, lambda found: found["status"] == "READY")
    assert server.predict()["output"] == "free"
