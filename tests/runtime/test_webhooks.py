"""Webhooks: section 7.6 of the reference; see rows.py."""

import re
from typing import Any

import httpx
import pytest

from .conftest import Serve
from .rows import rows
from .serving import Receiver, Served, eventually, receiving


def begin(server: Served, receiver: Receiver, inputs: Any = None, **more: Any) -> None:
    body = {"input": inputs or {}, "webhook": receiver.url + "/hook", **more}
    server.post("/predictions", body, 202, Prefer="respond-async")


@rows(173, 186, 190, 189)
def test_order_of_events(shared: Serve, receiver: Receiver) -> None:
    begin(shared("outputs.py:BreaksOff"), receiver)
    states = receiver.wait_for_end()
    assert (states[0]["status"], states[0]["logs"]) == ("processing", "")
    assert {state["status"] for state in states[:-1]} == {"processing"}
    last = states[-1]
    assert (last["status"], last["error"], last["output"]) == ("failed", "no more", ["one"])
    assert last["logs"].startswith("starting\nTraceback")
    assert last["metrics"]["predict_time"] > 0
    assert re.fullmatch(r"cogc-runtime/\d+\.\d+\.\d+", receiver.calls[0][3]["User-Agent"])


FILTERS: dict[str, tuple[list[str], list[str]]] = {
    "174-two": (["start", "completed"], ["processing", "succeeded"]),
    "175-one": (["completed"], ["succeeded"]),
    "192-output": (["output", "completed"], ["processing", "succeeded"]),
}


@pytest.mark.parametrize("row", FILTERS)
def test_filter(shared: Serve, receiver: Receiver, row: str) -> None:
    events, statuses = FILTERS[row]
    begin(shared("echo.py:function"), receiver, webhook_events_filter=events)
    states = receiver.wait_for_end()
    assert [state["status"] for state in states] == statuses
    assert states[-1]["output"] == "hello world"
    assert all(state["output"] == "hello world" for state in states if "output" in events)


@rows(176)
def test_filter_without_end(shared: Serve, receiver: Receiver) -> None:
    server = shared("echo.py:function")
    begin(server, receiver, webhook_events_filter=["start"])
    begin_again = {"webhook": receiver.url, "webhook_events_filter": None}
    eventually(lambda: server.client.post("/predictions", json=begin_again).status_code, lambda code: code == 200)
    states = receiver.wait_for_end()
    assert [state["status"] for state in states].count("succeeded") == 1


@rows(178)
def test_the_end_waits_for_no_interval(shared: Serve, receiver: Receiver) -> None:
    """Here what is held back would come after ten minutes."""
    server = shared("outputs.py:Texts", COG_THROTTLE_RESPONSE_INTERVAL="600")
    begin(server, receiver, {"count": 10}, webhook_events_filter=["output", "completed"])
    states = receiver.wait_for_end()
    assert (states[-1]["status"], len(states[-1]["output"])) == ("succeeded", 10)
    assert len(states) <= 3


@rows(177)
def test_many_outputs_make_few_calls(shared: Serve, receiver: Receiver) -> None:
    begin(shared("paced.py:Paced"), receiver, webhook_events_filter=["output", "completed"])
    states = receiver.wait_for_end()
    assert len(states) <= 4
    assert len(states[-1]["output"]) == 100


@rows(179)
def test_interval_of_zero_sends_everything(shared: Serve, receiver: Receiver) -> None:
    server = shared("outputs.py:Texts", COG_THROTTLE_RESPONSE_INTERVAL="0")
    begin(server, receiver, {"count": 10}, webhook_events_filter=["output", "completed"])
    states = receiver.wait_for_end()
    assert [len(state["output"]) for state in states] == [*range(1, 11), 10]


RETRIES: dict[str, tuple[list[int], int]] = {
    "180-too-many": ([429, 429, 200], 3),
    "181-error": ([500, 200], 2),
    "182-client-error": ([400, 200], 1),
    "182-not-found": ([404, 200], 1),
}


@pytest.mark.parametrize("case", RETRIES)
def test_terminal_retry(shared: Serve, receiver: Receiver, case: str) -> None:
    answers, calls = RETRIES[case]
    receiver.answers = list(answers)
    server = shared("echo.py:function")
    begin(server, receiver, webhook_events_filter=["completed"])
    receiver.wait_for(calls)
    begin_next = {"webhook": receiver.url + "/next", "webhook_events_filter": ["completed"]}
    receiver.answers = []
    server.post("/predictions", begin_next)
    eventually(lambda: [call[2] for call in receiver.calls], lambda paths: paths[-1] == "/next")
    assert [call[2] for call in receiver.calls].count("/hook") == calls


@rows(183)
def test_other_events_are_not_retried(shared: Serve, receiver: Receiver) -> None:
    receiver.answers = [429]
    begin(shared("echo.py:function"), receiver, webhook_events_filter=["start", "completed"])
    assert [state["status"] for state in receiver.wait_for_end()] == ["processing", "succeeded"]


@rows(184, 185)
def test_unreachable_receiver_holds_nobody_up(shared: Serve) -> None:
    server = shared("echo.py:function")
    body = {"webhook": "http://127.0.0.1:9/"}
    for _ in range(10):
        server.post("/predictions", body, 200)
    assert server.health()["status"] == "READY"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_take_the_body_along(shared: Serve, receiver: Receiver, status: int) -> None:
    receiver.answers.append(status)
    receiver.headers["Location"] = "/moved"
    body = {"webhook": f"{receiver.url}/hook", "webhook_events_filter": ["completed"]}
    shared("echo.py:NoInput").post("/predictions", body)
    first, second = receiver.wait_for(2)
    assert first == second
    assert [(method, path) for _, method, path, _, _ in receiver.calls] == [("POST", "/hook"), ("POST", "/moved")]


def test_see_other_says_that_it_is_taken(shared: Serve, receiver: Receiver) -> None:
    receiver.answers.append(303)
    receiver.headers["Location"] = "/elsewhere"
    server = shared("echo.py:NoInput")
    server.post("/predictions", {"webhook": f"{receiver.url}/hook", "webhook_events_filter": ["completed"]})
    receiver.wait_for(1)
    server.post("/predictions", {"webhook": f"{receiver.url}/next", "webhook_events_filter": ["completed"]})
    receiver.wait_for(2)
    assert [path for _, _, path, _, _ in receiver.calls] == ["/hook", "/next"]


def test_no_token_for_another_server(serve: Serve, receiver: Receiver) -> None:
    with receiving("localhost") as other:
        receiver.answers.append(307)
        receiver.headers["Location"] = other.url
        server = serve("echo.py:NoInput", WEBHOOK_AUTH_TOKEN="hush")
        server.post("/predictions", {"webhook": receiver.url, "webhook_events_filter": ["completed"]})
        other.wait_for(1)
        assert "hush" in receiver.calls[0][3]["Authorization"]
        assert "Authorization" not in other.calls[0][3]


def test_circle_of_redirects_ends(shared: Serve, receiver: Receiver) -> None:
    receiver.answers.extend([302] * 21)
    receiver.headers["Location"] = "/again"
    body = {"webhook": f"{receiver.url}/hook", "webhook_events_filter": ["start"]}
    server = shared("echo.py:NoInput")
    assert server.post("/predictions", body)["status"] == "succeeded"
    receiver.wait_for(21)
    eventually(server.log.read_text, lambda found: "webhook failed: TooManyRedirects" in found)


@rows(187, 188, 191)
def test_headers(shared: Serve, receiver: Receiver) -> None:
    server = shared("echo.py:function", WEBHOOK_AUTH_TOKEN="hush")
    body = {"webhook": receiver.url, "webhook_events_filter": ["start", "completed"]}
    server.post("/predictions", body, traceparent="00-1-2-01", tracestate="a=b")
    assert len(receiver.wait_for_end()) == 2
    for _, _, _, headers, _ in receiver.calls:
        assert headers["Authorization"] == "Bearer hush"
        assert (headers["traceparent"], headers["tracestate"]) == ("00-1-2-01", "a=b")


def test_trace_headers_that_are_none_are_left_out(shared: Serve, receiver: Receiver) -> None:
    server = shared("echo.py:NoInput")
    body = {"webhook": receiver.url, "webhook_events_filter": ["completed"]}
    headers = [(b"traceparent", "é".encode()), (b"tracestate", b"a=b"), (b"content-type", b"application/json")]
    answer = httpx.post(f"http://127.0.0.1:{server.port}/predictions", json=body, headers=headers)
    assert answer.json()["status"] == "succeeded"
    receiver.wait_for_end()
    sent = {name.lower(): value for name, value in receiver.calls[0][3].items()}
    assert ("traceparent" in sent, sent["tracestate"]) == (False, "a=b")
