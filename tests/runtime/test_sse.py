"""Server-sent events: section 7.8 of the reference; see rows.py."""

import itertools
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import Served, eventually
from .watching import ACCEPT, watched, watching

TICKS = ("streams.py:Ticks", "streams.py:AsyncTicks")


def names(events: list[Any]) -> list[str]:
    return [event.name for event in events]


@rows(207, 209)
@pytest.mark.parametrize("model", TICKS)
def test_events_of_a_prediction(shared: Serve, model: str) -> None:
    events = watched(shared(model), "/predictions", {"id": "it", "input": {"count": 3}})
    assert names(events) == ["start", "output", "output", "output", "completed"]
    assert events[0].data == {"id": "it", "status": "processing"}
    assert [event.data for event in events[1:-1]] == [{"chunk": f"tick {n}", "index": n} for n in range(3)]
    last = events[-1].data
    assert (last["id"], last["status"], last["output"]) == ("it", "succeeded", ["tick 0", "tick 1", "tick 2"])
    assert last["metrics"]["predict_time"] > 0
    assert [event.id for event in events] == ["1", "2", "3", "4", "5"]


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "gate"


@pytest.mark.parametrize("model", ["streams.py:Gated", "streams.py:AsyncGated"])
def test_chunks_come_as_they_are_made(shared: Serve, model: str, gate: Path) -> None:
    with watching(shared(model), "/predictions", {"input": {"gate": str(gate)}}) as events:
        assert names([next(events) for _ in range(3)]) == ["start", "output", "output"]
        gate.touch()
        assert names(list(events)) == ["output", "output", "completed"]


@rows(210, 211)
def test_logs_and_metrics(shared: Serve) -> None:
    events = watched(shared("streams.py:Talker"), "/predictions", {})
    found = [event.data for event in events if event.name == "log"]
    assert {"source": "stdout", "data": "to stdout\n"} in found
    assert {"source": "stderr", "data": "to stderr\n"} in found
    metrics = [event.data for event in events if event.name == "metric"]
    assert metrics == [{"name": "pieces", "value": 1, "mode": "incr"}]


ENDS = {"end": ("succeeded", None), "fail": ("failed", "it broke"), "die": ("failed", "exit code 3")}


@rows(212)
@pytest.mark.parametrize("act", ENDS)
def test_end(shared: Serve, act: str) -> None:
    server = shared("streams.py:Talker")
    server.wait_for("READY")
    last = watched(server, "/predictions", {"input": {"act": act}})[-1]
    status, error = ENDS[act]
    assert (last.name, last.data["status"], last.data["output"]) == ("completed", status, ["one ", "two"])
    assert error is None or error in last.data["error"]
    server.wait_for("READY")


@rows(212)
def test_cancel_is_told(shared: Serve) -> None:
    server = shared("streams.py:Talker")
    server.wait_for("READY")
    with watching(server, "/predictions", {"id": "stop", "input": {"act": "wait"}}) as events:
        while next(events).data.get("index") != 1:
            continue
        server.post("/predictions/stop/cancel", None)
        last = list(events)[-1]
    assert (last.name, last.data["status"]) == ("completed", "canceled")


REFUSED: dict[str, tuple[str, str, dict[str, str], int]] = {
    "208": ("streams.py:Plain", "{}", ACCEPT, 406),
    "208-in-a-list": ("streams.py:Plain", "{}", {"Accept": "text/html, text/event-stream;q=0.9"}, 406),
    "219": ("streams.py:Ticks", '{"input": {"count": "many"}}', ACCEPT, 422),
    "219-broken": ("streams.py:Ticks", "{", ACCEPT, 422),
}


@pytest.mark.parametrize("row", REFUSED)
def test_refused(shared: Serve, row: str) -> None:
    model, body, headers, status = REFUSED[row]
    answer = shared(model).client.post("/predictions", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    assert answer.json()["detail"]


@rows(218)
def test_no_stream_of_trainings(serve: Serve) -> None:
    server = serve("", "--x-mode", "train", COG_TRAIN_TYPE_STUB="streams.py:train")
    assert server.client.post("/trainings", json={}, headers=ACCEPT).status_code == 406
    assert server.post("/trainings", {})["output"] == ["0", "1"]


ACCEPTED = {
    "text/event-stream": "text/event-stream",
    "application/json;q=0.5, Text/Event-Stream": "text/event-stream",
    "application/json": "application/json",
    "*/*": "application/json",
}


@pytest.mark.parametrize("accept", ACCEPTED)
def test_accept_is_a_list(shared: Serve, accept: str) -> None:
    answer = shared("streams.py:Ticks").client.post("/predictions", json={}, headers={"Accept": accept})
    assert answer.headers["content-type"] == ACCEPTED[accept]


def test_who_takes_both_gets_json_where_nothing_streams(shared: Serve) -> None:
    headers = {"Accept": "text/event-stream, application/json"}
    answer = shared("streams.py:Plain").client.post("/predictions", json={}, headers=headers)
    assert answer.json()["output"] == ["tick 0", "tick 1"]


def begun(server: Served, name: str, **inputs: Any) -> None:
    server.wait_for("READY")
    server.post("/predictions", {"id": name, "input": inputs}, 202, Prefer="respond-async")


LATE = {"PUT": "213-put", "GET": "213-get"}


@rows(213)
@pytest.mark.parametrize("method", LATE)
def test_late_client_gets_replay_then_live(shared: Serve, method: str, gate: Path) -> None:
    server = halfway(shared("streams.py:Gated"), method, gate)
    with watching(server, f"/predictions/{method}", None, method) as events:
        assert [next(events).data for _ in range(3)][1:] == [{"chunk": n, "index": n} for n in range(2)]
        gate.touch()
        assert names(list(events)) == ["output", "output", "completed"]


def halfway(server: Served, name: str, gate: Path) -> Served:
    """With a prediction that has given two of its four pieces."""
    begun(server, name, gate=str(gate))
    eventually(lambda: server.get(f"/predictions/{name}")["output"], lambda output: output == [0, 1])
    return server


RESUMED = {
    "": ["1", "2", "3", "4", "5"],
    "0": ["1", "2", "3", "4", "5"],
    "3": ["4", "5"],
    "what": ["1", "2", "3", "4", "5"],
}


@pytest.mark.parametrize("last", RESUMED)
def test_last_event_id(shared: Serve, last: str) -> None:
    server = shared("streams.py:Ticks")
    begun(server, f"resumed{last}", count=3)
    server.wait_for("READY")
    events = watched(server, f"/predictions/resumed{last}", None, "GET", **{"Last-Event-ID": last})
    assert [event.id for event in events] == RESUMED[last]


def test_nothing_is_left_after_the_end(shared: Serve) -> None:
    server = shared("streams.py:Ticks")
    begun(server, "over", count=3)
    server.wait_for("READY")
    headers = {**ACCEPT, "Last-Event-ID": "5"}
    assert server.client.get("/predictions/over", headers=headers).status_code == 204


@rows(214)
def test_ring_too_small_for_the_replay(shared: Serve) -> None:
    server = shared("streams.py:Ticks", COG_STREAM_HISTORY_CAPACITY="2")
    begun(server, "small", count=3, pause=0.1)
    server.wait_for("READY")
    events = watched(server, "/predictions/small", None, "GET")
    assert names(events) == ["error"]
    assert (events[0].data["skipped"], events[0].id) == (3, "")
    resumed = watched(server, "/predictions/small", None, "GET", **{"Last-Event-ID": "3"})
    assert [event.id for event in resumed] == ["4", "5"]


@rows(215)
def test_capacity_of_zero_is_live_only(shared: Serve, gate: Path) -> None:
    server = shared("streams.py:Ticks", COG_STREAM_HISTORY_CAPACITY="0")
    assert names(watched(server, "/predictions", {"input": {"count": 2}})) == ["start", "output", "output", "completed"]
    gated = halfway(shared("streams.py:Gated", COG_STREAM_HISTORY_CAPACITY="0"), "live", gate)
    with watching(gated, "/predictions/live", None, "GET") as events:
        gate.touch()
        assert names(list(events)) == ["output", "output", "completed"]


def raw(server: Served, body: Any, *headers: str) -> socket.socket:
    """A client that has sent its request for events and reads nothing."""
    content = json.dumps(body).encode()
    lines = ["POST /predictions HTTP/1.1", "Host: x", "Connection: close", f"Content-Length: {len(content)}"]
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect(("127.0.0.1", server.port))
    sock.sendall("\r\n".join([*lines, "Accept: text/event-stream", *headers, "", ""]).encode() + content)
    return sock


@rows(216)
def test_slow_reader_is_dropped(shared: Serve) -> None:
    server = shared("streams.py:Flood")
    with raw(server, {"id": "flood"}) as sock:
        server.wait_for("BUSY")
        server.wait_for("READY")
        found = server.get("/predictions/flood")
        assert (found["status"], len(found["output"])) == ("succeeded", 30_000)
        sock.settimeout(10)
        received = b"".join(iter(lambda: sock.recv(1 << 20), b""))[-2000:]
    assert b"event: error\n" in received
    assert b"event: completed" not in received


def test_who_takes_nothing_for_half_a_minute_has_left(serve: Serve) -> None:
    """Its connection is still there, and the prediction would run for minutes for nobody."""
    server = serve("streams.py:Flood")
    with raw(server, {"id": "stalled", "input": {"count": 15_000, "rest": 300.0}}):
        server.wait_for("BUSY")
        eventually(lambda: server.health()["status"], lambda status: status == "READY", limit=90)
    assert server.get("/predictions/stalled")["status"] == "canceled"


HANG_UPS: dict[str, tuple[tuple[str, ...], str]] = {
    "217-leaves": ((), "canceled"),
    "217-detached": (("Prefer: respond-async",), "succeeded"),
}


@pytest.mark.parametrize("case", HANG_UPS)
def test_client_leaves(shared: Serve, case: str) -> None:
    headers, status = HANG_UPS[case]
    server = shared("streams.py:Ticks")
    server.wait_for("READY")
    with raw(server, {"id": case, "input": {"count": 10, "pause": 0.1}}, *headers):
        server.wait_for("BUSY")
    server.wait_for("READY")
    assert server.get(f"/predictions/{case}")["status"] == status


@rows(217)
def test_one_leaves_and_another_listens(shared: Serve) -> None:
    server = shared("streams.py:Ticks")
    server.wait_for("READY")
    first = raw(server, {"id": "two", "input": {"count": 8, "pause": 0.1}})
    server.wait_for("BUSY")
    with watching(server, "/predictions/two", None, "GET") as events:
        next(events)
        first.close()
        last = list(events)[-1]
    assert (last.name, last.data["status"]) == ("completed", "succeeded")


@rows(217)
def test_the_last_one_leaves(shared: Serve) -> None:
    server = shared("streams.py:Ticks")
    server.wait_for("READY")
    first = raw(server, {"id": "last", "input": {"count": 100, "pause": 0.1}})
    server.wait_for("BUSY")
    with watching(server, "/predictions/last", None, "GET") as events:
        next(events)
        first.close()
        for _ in range(4):
            next(events)
    server.wait_for("READY")
    assert server.get("/predictions/last")["status"] == "canceled"


def test_too_many_watch(shared: Serve) -> None:
    server = shared("streams.py:Talker")
    server.wait_for("READY")
    with watching(server, "/predictions", {"id": "crowd", "input": {"act": "wait"}}) as events:
        next(events)
        socks = [raw_get(server, "/predictions/crowd") for _ in range(64)]
        answers = [sock.recv(100).split(b"\r\n")[0] for sock in socks]
        for sock in socks:
            sock.close()
    assert answers == [b"HTTP/1.1 200 OK"] * 63 + [b"HTTP/1.1 429 Too Many Requests"]
    server.wait_for("READY")


def raw_get(server: Served, path: str) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", server.port))
    sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n".encode())
    return sock


def test_silence_is_filled(shared: Serve, gate: Path) -> None:
    server = shared("streams.py:Gated", COG_STREAM_KEEPALIVE="0.1")
    body = {"input": {"gate": str(gate)}}
    with server.client.stream("POST", "/predictions", json=body, headers=ACCEPT) as answer:
        lines = answer.iter_lines()
        comments = itertools.islice((line for line in lines if line.startswith(":")), 3)
        assert list(comments) == [": keepalive"] * 3
        gate.touch()
        assert "event: completed" in list(lines)


def test_stream_ends_with_its_server(serve: Serve) -> None:
    server = serve("streams.py:Ticks")
    with watching(server, "/predictions", {"input": {"count": 5, "pause": 0.1}}) as events:
        next(events)
        server.process.terminate()
        last = list(events)[-1]
    assert (last.name, last.data["status"]) == ("completed", "succeeded")
    assert server.process.wait(10) == 0


def test_events_that_are_not_wanted(shared: Serve) -> None:
    server = shared("streams.py:Ticks")
    for unwanted in ("text/event-stream;q=0", "text/event-stream; a=b ; q=0.00, */*"):
        answer = server.client.post("/predictions", json={"input": {"count": 1}}, headers={"Accept": unwanted})
        assert answer.headers["content-type"] == "application/json"
    wanted = {"Accept": "application/json;q=0.5, text/event-stream;q=0.01"}
    answer = server.client.post("/predictions", json={"input": {"count": 1}}, headers=wanted)
    assert answer.headers["content-type"].startswith("text/event-stream")
