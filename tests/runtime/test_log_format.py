"""The log of a server: plain text, or one JSON object a line that names its prediction."""

import concurrent.futures
import json
from typing import Any

import pytest

from .conftest import Serve
from .serving import Served, eventually


def events(server: Served) -> list[Any]:
    return [json.loads(line) for line in server.log.read_text().splitlines()]


def of(server: Served, prediction_id: str, count: int) -> list[Any]:
    """The model's lines of one prediction, once there are as many."""
    return eventually(
        lambda: [event for event in events(server) if event.get("prediction_id") == prediction_id],
        lambda found: len(found) >= count,
    )


def test_each_line_is_an_object(shared: Serve) -> None:
    server = shared("logging_.py:Writer", LOG_FORMAT="json")
    server.post("/predictions", {"id": "it"})
    lines = of(server, "it", 6)
    assert {event["message"] for event in lines} >= {"by print", "by stderr", "by child", "by logging"}
    assert {(event["severity"], event["logger"]) for event in lines} == {("INFO", "cog.model")}
    assert {event["stream"] for event in lines if event["message"] == "by stderr"} == {"stderr"}
    assert all(event["timestamp"].endswith("+00:00") for event in events(server))


def test_predictions_at_the_same_time(shared: Serve) -> None:
    server = shared("aio.py:Sleeper", COG_MAX_CONCURRENCY="5", LOG_FORMAT="json")
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda name: server.post("/predictions", {"id": name, "input": {"name": name}}), "abc"))
    for name in "abc":
        assert [event["message"] for event in of(server, name, 3)] == [f"begin {name}", f"error {name}", f"end {name}"]


def test_handlers_made_at_import_are_routed(shared: Serve) -> None:
    server = shared("aio.py:Logged", COG_MAX_CONCURRENCY="5")
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda name: server.predict(name=name), "abc"))
    assert [answer["logs"] for answer in answers] == [f"logged {name}\n" for name in "abc"]


LEVELS = {"debug": True, "info": False, "warning": False, "nonsense": False}


@pytest.mark.parametrize("level", LEVELS)
def test_level(shared: Serve, level: str) -> None:
    server = shared("echo.py:Text", COG_LOG_LEVEL=level, LOG_FORMAT="json")
    server.post("/predictions", {"id": "it", "input": {"text": "x"}})
    told = [event for event in events(server) if event.get("prediction_id") == "it"]
    assert bool(told) == LEVELS[level]
    assert any(event["logger"] == "uvicorn.error" for event in events(server)) == (level != "warning")


def test_traceback_of_the_server_is_one_object(shared: Serve) -> None:
    server = shared("echo.py:Unruly", LOG_FORMAT="json")
    server.post("/predictions", {"id": "it", "input": {"act": "fail"}})
    messages = [event["message"] for event in of(server, "it", 3)]
    assert (messages[0], messages[-1]) == ("before", "ValueError: it broke")
