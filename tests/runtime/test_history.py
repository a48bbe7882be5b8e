"""Predictions that are read back, while they run and for a while after: see rows.py."""

from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import Served, eventually


@pytest.fixture
def counter(shared: Serve) -> Served:
    return shared("echo.py:Counter")


@pytest.fixture
def unruly(shared: Serve) -> Served:
    return shared("echo.py:Unruly")


def put(server: Served, name: str, expect: int = 200, **inputs: Any) -> Any:
    return server.send("PUT", f"/predictions/{name}", {"input": inputs}, expect)


def test_finished_prediction_is_read_back(counter: Served) -> None:
    answer = counter.predict()
    assert counter.get(f"/predictions/{answer['id']}") == answer


def test_running_prediction_is_read(unruly: Served) -> None:
    unruly.post("/predictions", {"id": "runs", "input": {"act": "sleep"}}, 202, Prefer="respond-async")
    found = eventually(lambda: unruly.get("/predictions/runs"), lambda state: state["logs"] == "before\n")
    assert (found["status"], found["completed_at"]) == ("processing", None)
    unruly.post("/predictions/runs/cancel", None)
    unruly.wait_for("READY")
    assert unruly.get("/predictions/runs")["status"] == "canceled"


UNKNOWN = ["nobody", "nobody/stream", "%2e%2e", "x" * 300]


@rows(8)
@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_prediction(counter: Served, name: str) -> None:
    assert counter.get(f"/predictions/{name}", 404)["detail"]


@rows(7)
def test_list_is_not_given(counter: Served) -> None:
    answer = counter.client.get("/predictions")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@rows(7)
def test_methods_of_one_prediction(counter: Served) -> None:
    answer = counter.client.delete("/predictions/x")
    assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD", "PUT"})


@rows(66)
def test_repeated_put_gets_the_remembered_answer(counter: Served) -> None:
    first = put(counter, "again")
    assert put(counter, "again") == first
    assert counter.send("PUT", "/predictions/again", {}, 200, Prefer="respond-async") == first
    assert counter.predict()["output"] == first["output"] + 1


def test_failures_are_remembered_too(unruly: Served) -> None:
    first = put(unruly, "fails", act="fail")
    assert first["status"] == "failed"
    assert put(unruly, "fails", act="nothing") == first


def test_post_of_a_known_id_runs_again(counter: Served) -> None:
    first = counter.post("/predictions", {"id": "posted"})
    second = counter.post("/predictions", {"id": "posted"})
    assert second["output"] == first["output"] + 1
    assert counter.get("/predictions/posted") == second


def test_other_id_in_a_repeated_body(counter: Served) -> None:
    put(counter, "mine")
    faults = counter.send("PUT", "/predictions/mine", {"id": "yours"}, 422)["detail"]
    assert faults[0]["loc"] == ["body", "id"]


def test_memory_is_short(shared: Serve) -> None:
    server = shared("echo.py:Counter", COG_HISTORY_SECONDS="2")
    first = put(server, "short")
    assert put(server, "short") == first
    eventually(lambda: server.client.get("/predictions/short").status_code, lambda status: status == 404)
    assert put(server, "short")["output"] == first["output"] + 1


@rows(66)
def test_memory_can_be_off(shared: Serve) -> None:
    server = shared("echo.py:Counter", COG_HISTORY_SECONDS="0")
    first = put(server, "off")
    server.get("/predictions/off", 404)
    assert put(server, "off")["output"] == first["output"] + 1


def test_memory_is_bounded_in_number(shared: Serve) -> None:
    server = shared("echo.py:Counter")
    put(server, "oldest")
    for _ in range(1000):
        server.predict()
    server.get("/predictions/oldest", 404)


def test_memory_is_bounded_in_bytes(shared: Serve) -> None:
    server = shared("echo.py:Text")
    text = "x" * (10 << 20)
    names = [f"large{number}" for number in range(5)]
    for name in names:
        server.post("/predictions", {"id": name, "input": {"text": text}})
    kept = [name for name in names if server.client.head(f"/predictions/{name}").status_code == 200]
    assert kept == names[-3:]


def test_secrets_are_masked_in_what_is_kept(shared: Serve) -> None:
    server = shared("files.py:Secretive")
    server.post("/predictions", {"id": "secret", "input": {"token": "hush-hush"}})
    found = server.client.get("/predictions/secret")
    assert found.json()["status"] == "succeeded"
    assert "hush-hush" not in found.text
