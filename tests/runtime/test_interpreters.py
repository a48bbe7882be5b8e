"""The server and the SDK on every interpreter of this machine, in the layout of an image."""

import base64
from pathlib import Path
from typing import Any

import pytest

from .interpreters import VERSIONS, Place, place
from .serving import Receiver, Served, eventually, served
from .watching import watched

pytestmark = pytest.mark.interpreters

REQUIREMENTS = ("pydantic>=1.9,<3", "typing_extensions")
URL = "data:text/plain;base64," + base64.b64encode(b"hi").decode()

CASES: dict[str, tuple[str, dict[str, Any], Any]] = {
    "text": ("echo.py:Text", {"text": "you"}, "hello you"),
    "function": ("echo.py:function", {}, "hello world"),
    "extra": ("echo.py:Extra", {"other": "x"}, {"known": 1, "other": "x"}),
    "paths": ("files.py:Paths", {"paths": [URL, URL]}, "hihi"),
    "lazy-file": ("files.py:UnusedFile", {"file": "http://127.0.0.1:9/x"}, "not read"),
    "file-model": ("files.py:Out", {"kind": "left_out"}, {"score": 1.5, "file": None}),
    "nested-model": ("outputs.py:Typed", {}, {"inner": {"n": 1}, "more": [], "absent": None}),
    "iterator": ("outputs.py:Texts", {"count": 2}, ["piece 0", "piece 1"]),
    "concatenate": ("outputs.py:Pieces", {}, ["The ", "fox"]),
    "async": ("aio.py:Sleeper", {"seconds": 0}, {"name": "x", "same_loop": True}),
    "async-iterator": ("outputs.py:AsyncTexts", {}, ["a", "b"]),
    "subfolder": ("package/model.py:Predictor", {}, "fine"),
    "opaque": ("loading.py:Through", {}, "fine"),
    "metrics": ("logging_.py:Metrics", {}, "done"),
}


@pytest.fixture(params=VERSIONS)
def there(request: pytest.FixtureRequest) -> Place:
    cache = Path(request.config.cache.mkdir("cogc-interpreters"))
    return place(request.param, REQUIREMENTS, cache)


def start(there: Place, model: str, folder: Path, **environment: Any) -> Any:
    return served(model, folder, python=there.python, COG_SERVER_HOME=there.home, **environment)


@pytest.mark.parametrize("case", CASES)
def test_prediction(there: Place, tmp_path: Path, case: str) -> None:
    model, inputs, expected = CASES[case]
    with start(there, model, tmp_path) as server:
        answer = server.predict(**inputs)
        assert (answer["status"], answer["output"]) == ("succeeded", expected), answer
        assert server.get("/openapi.json")["components"]["schemas"]["Output"]
        assert server.end() == 0


def test_inputs(there: Place, tmp_path: Path) -> None:
    with start(there, "echo.py:Typed", tmp_path) as server:
        answer = server.predict(i="3", optional=None, text_or_texts=["a"], mixed=1, literal="m", coded="a-1x")
        assert answer["output"] == answer["input"]
        faults = server.predict(expect=422, i="x", bounded=0, word="c")["detail"]
        assert [fault["loc"][-1] for fault in faults] == ["i", "bounded", "word"]


def test_hard_life(there: Place, tmp_path: Path, receiver: Receiver) -> None:
    """Failure, cancel, death and webhooks."""
    with start(there, "echo.py:Unruly", tmp_path) as server:
        assert "Traceback" in server.predict(act="fail")["logs"]
        cancel(server, receiver)
        assert "exit code 3" in server.predict(act="die")["error"]
        server.wait_for("READY")
        assert server.predict()["output"] == "fine"


def test_http_surface(there: Place, tmp_path: Path) -> None:
    """Streams, memory, the queue, forms, metrics and the page."""
    with start(there, "streams.py:Ticks", tmp_path, COG_QUEUE_LENGTH="1") as server:
        events = watched(server, "/predictions", {"id": "seen", "input": {"count": 2}})
        assert [event.name for event in events] == ["start", "output", "output", "completed"]
        again = watched(server, "/predictions/seen", None, "GET", **{"Last-Event-ID": "2"})
        assert [event.id for event in again] == ["3", "4"]
        assert server.send("PUT", "/predictions/seen", {}, 200) == server.get("/predictions/seen") == events[-1].data
        server.post("/predictions", {"input": {"pause": 0.1}}, 202, Prefer="respond-async")
        form = server.client.post("/predictions", files={"count": (None, "1")})
        assert form.json()["output"] == ["tick 0"]
        assert 'cog_predictions_total{status="succeeded"} 3' in server.client.get("/metrics").text
        assert "<title>" in server.client.get("/docs").text


def cancel(server: Served, receiver: Receiver) -> None:
    body = {"id": "it", "input": {"act": "sleep"}, "webhook": receiver.url, "webhook_events_filter": ["completed"]}
    server.post("/predictions", body, 202, Prefer="respond-async")
    server.post("/predictions/it/cancel", None)
    assert receiver.wait_for_end()[-1]["status"] == "canceled"
    eventually(server.health, lambda found: found["status"] == "READY")
