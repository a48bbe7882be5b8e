"""Making predictions: section 7.2 of the reference; see rows.py."""

import concurrent.futures
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import Served, eventually


@pytest.fixture
def text(shared: Serve) -> Served:
    return shared("echo.py:Text")


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "gate"


@pytest.fixture
def unruly(shared: Serve) -> Served:
    return shared("echo.py:Unruly")


KEYS = {
    "id",
    "status",
    "input",
    "output",
    "error",
    "logs",
    "metrics",
    "version",
    "created_at",
    "started_at",
    "completed_at",
}


@rows(11, 38, 43, 52)
def test_answer_has_every_key(text: Served) -> None:
    answer = text.predict(text="you")
    assert set(answer) == KEYS
    assert answer["status"] == "succeeded"
    assert answer["output"] == "hello you"
    assert answer["input"] == {"text": "you"}
    assert answer["error"] is None
    assert answer["logs"] == ""
    assert answer["metrics"]["predict_time"] > 0
    assert answer["created_at"] <= answer["started_at"] <= answer["completed_at"]
    assert len(answer["id"]) == 26


BODIES: dict[str, tuple[str, bytes | None, dict[str, str]]] = {
    "39-no-body": ("echo.py:NoInput", None, {}),
    "40-empty-object": ("echo.py:NoInput", b"{}", {}),
    "41-empty-input": ("echo.py:NoInput", b'{"input": {}}', {}),
    "41-null-input": ("echo.py:NoInput", b'{"input": null}', {}),
    "48-function": ("echo.py:function", b"{}", {}),
    "49-no-base-class": ("echo.py:NoInput", b"{}", {}),
    "53-unknown-key": ("echo.py:NoInput", b'{"what": 1}', {}),
    "54-unknown-input": ("echo.py:NoInput", b'{"input": {"what": 1}}', {}),
    "75-form-type": ("echo.py:NoInput", b"{}", {"Content-Type": "application/x-www-form-urlencoded"}),
    "76-charset": ("echo.py:NoInput", b"{}", {"Content-Type": "application/json; charset=utf-8"}),
}


@pytest.mark.parametrize("case", BODIES)
def test_accepted_body(shared: Serve, case: str) -> None:
    model, body, headers = BODIES[case]
    answer = shared(model).client.post("/predictions", content=body, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (200, "succeeded"), answer.text


REFUSED: dict[str, tuple[str, bytes, list[Any]]] = {
    "42-missing-input": ("echo.py:Text", b"{}", ["body", "input", "text"]),
    "42-no-body": ("echo.py:Text", b"", ["body", "input", "text"]),
    "74-broken-json": ("echo.py:Text", b'{"input":', ["body"]),
    "74-array": ("echo.py:Text", b"[]", ["body"]),
    "74-input-is-text": ("echo.py:Text", b'{"input": "x"}', ["body", "input"]),
    "117-webhook": ("echo.py:NoInput", b'{"webhook": "not a url"}', ["body", "webhook"]),
    "118-event": ("echo.py:NoInput", b'{"webhook_events_filter": ["what"]}', ["body", "webhook_events_filter", 0]),
    "51-created-at": ("echo.py:NoInput", b'{"created_at": "yesterday"}', ["body", "created_at"]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_body(shared: Serve, case: str) -> None:
    model, body, place = REFUSED[case]
    answer = shared(model).client.post("/predictions", content=body)
    assert answer.status_code == 422, answer.text
    assert [fault["loc"] for fault in answer.json()["detail"]] == [place]
    assert all(fault["msg"] and fault["type"] for fault in answer.json()["detail"])


@rows(50, 51)
def test_id_and_time_are_echoed(text: Served) -> None:
    body = {"input": {"text": "x"}, "id": "abc", "created_at": "2024-01-02T03:04:05Z"}
    answer = text.post("/predictions", body)
    assert (answer["id"], answer["created_at"]) == ("abc", "2024-01-02T03:04:05Z")


@rows(55)
def test_extra_inputs(shared: Serve) -> None:
    assert shared("echo.py:Extra").predict(other="x")["output"] == {"known": 1, "other": "x"}


@rows(77)
def test_context(shared: Serve) -> None:
    answer = shared("echo.py:Context").post("/predictions", {"context": {"who": "me"}})
    assert answer["output"] == {"who": "me"}


FAILURES = {"fail": "it broke", "fail_silently": "ValueError", "leave": "the model called sys.exit(3)"}


@rows(44, 45, 46, 47, 237)
@pytest.mark.parametrize("act", FAILURES)
def test_failure_is_told_and_survived(unruly: Served, act: str) -> None:
    answer = unruly.predict(act=act)
    assert (answer["status"], answer["error"], answer["output"]) == ("failed", FAILURES[act], None)
    assert answer["metrics"]["predict_time"] > 0
    assert answer["logs"].startswith("before\nTraceback")
    assert f"in {act}\n" in answer["logs"]
    assert "cog/worker" not in answer["logs"]
    assert unruly.predict()["output"] == "fine"


@rows(56, 58, 64, 65, 12)
def test_async_answer(unruly: Served) -> None:
    started = unruly.send("PUT", "/predictions/one", {"input": {"act": "sleep"}}, 202, Prefer="respond-async")
    assert (started["id"], started["status"]) == ("one", "processing")
    again = unruly.send("PUT", "/predictions/one", {"input": {"act": "fail"}}, 202)
    assert again["input"]["act"] == "sleep"
    unruly.send("PUT", "/predictions/two", {}, 409)
    assert "detail" in unruly.post("/predictions", {}, 409)
    unruly.post("/predictions", {"id": "one"}, 409)
    assert unruly.health()["status"] == "BUSY"
    unruly.post("/predictions/one/cancel", None)
    unruly.wait_for("READY")


@rows(63)
def test_repeated_creation_runs_once(shared: Serve, gate: Path) -> None:
    server = shared("slots.py:Held")
    before = server.predict()["output"]
    for _ in range(3):
        server.send("PUT", "/predictions/repeated", {"input": {"until": str(gate)}}, 202, Prefer="respond-async")
    gate.touch()
    done = eventually(lambda: server.get("/predictions/repeated"), lambda found: found["status"] == "succeeded")
    assert done["output"] == before + 1
    assert server.predict()["output"] == before + 2


@rows(67)
def test_same_id_twice_where_two_would_fit(shared: Serve) -> None:
    server = shared("aio.py:Sleeper", COG_MAX_CONCURRENCY="5")
    body = {"id": "twin", "input": {"seconds": 30}}
    server.post("/predictions", body, 202, Prefer="respond-async")
    assert "twin" in server.post("/predictions", body, 409)["detail"]
    server.post("/predictions", {**body, "id": "other"}, 202, Prefer="respond-async")
    for name in ("twin", "other"):
        server.post(f"/predictions/{name}/cancel", None)
    ends = eventually(
        lambda: [server.get(f"/predictions/{name}")["status"] for name in ("twin", "other")],
        lambda statuses: "processing" not in statuses,
    )
    assert ends == ["canceled", "canceled"]


PREFERENCES = {
    "respond-async": 202,
    "Respond-Async": 202,
    "wait=5, respond-async": 202,
    "respond-async; x=1": 202,
    "wait=5": 200,
}


@rows(78)
@pytest.mark.parametrize("prefer", PREFERENCES)
def test_prefer_is_a_list(text: Served, prefer: str) -> None:
    text.post("/predictions", {"input": {"text": "x"}}, PREFERENCES[prefer], Prefer=prefer)
    text.wait_for("READY")


@rows(60, 61, 62, 66, 73)
def test_idempotent_creation(shared: Serve) -> None:
    counter = shared("echo.py:Counter")
    first = counter.send("PUT", "/predictions/abc", {"input": {}}, 200)
    again = counter.send("PUT", "/predictions/abc", {"input": {}, "id": "abc"}, 200)
    other = counter.send("PUT", "/predictions/def", {"input": {}}, 200)
    assert (again, other["id"], other["output"] - first["output"]) == (first, "def", 1)
    refused = counter.send("PUT", "/predictions/abc", {"id": "other"}, 422)
    assert refused["detail"][0]["loc"] == ["body", "id"]


@rows(59)
def test_never_a_false_409(text: Served) -> None:
    assert {text.predict(text=str(turn))["status"] for turn in range(300)} == {"succeeded"}


@rows(58)
def test_second_one_at_a_time_is_refused(shared: Serve, gate: Path) -> None:
    client, body = shared("slots.py:Held").client, {"input": {"until": str(gate)}}
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(client.post, "/predictions", json=body) for _ in range(3)]
        eventually(lambda: [each.done() for each in asked].count(True), lambda done: done == 2)
        gate.touch()
    assert sorted(each.result().status_code for each in asked) == [200, 409, 409]


DEATHS = {"die": "exit code 3", "crash": "SIGSEGV", "kill": "out of memory"}


@rows(238, 239)
@pytest.mark.parametrize("act", DEATHS)
def test_dead_worker_is_replaced(shared: Serve, act: str) -> None:
    server = shared("echo.py:Unruly", DEATHS="1")
    answer = server.predict(act=act)
    assert answer["status"] == "failed"
    assert DEATHS[act] in answer["error"]
    assert "before" in answer["logs"]
    server.post("/predictions", {}, 503)
    assert server.health()["status"] == "STARTING"
    server.wait_for("READY")
    assert server.predict()["output"] == "fine"


HOSTILE_IDS = ["../../etc", "x" * 300, "/absolute", "ünïcode", "a\u0000b", "%2e%2e"]


@pytest.mark.parametrize("name", HOSTILE_IDS)
def test_hostile_id_is_only_a_name(text: Served, name: str) -> None:
    assert text.post("/predictions", {"id": name, "input": {"text": "x"}})["id"] == name


@rows(71)
def test_large_values(text: Served) -> None:
    big = "x" * 9 * 2**20
    answer = text.predict(text=big)
    assert answer["output"] == "hello " + big


@rows(205)
def test_hang_up_cancels(unruly: Served) -> None:
    import socket

    body = b'{"id": "left", "input": {"act": "sleep", "seconds": 600}}'
    with socket.create_connection(("127.0.0.1", unruly.port)) as sock:
        head = f"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        sock.sendall(head.encode() + body)
        unruly.wait_for("BUSY")
    unruly.wait_for("READY")
    assert unruly.get("/predictions/left")["status"] == "canceled"
