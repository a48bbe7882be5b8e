"""What no row of the table speaks of, on every interpreter too: streams, memory, the queue, forms, metrics."""

import pytest

from .conftest import Serve
from .serving import Served
from .watching import watched

pytestmark = pytest.mark.everywhere


@pytest.fixture
def server(serve: Serve) -> Served:
    return serve("streams.py:Ticks", COG_QUEUE_LENGTH="1")


def test_streams_and_memory(server: Served) -> None:
    events = watched(server, "/predictions", {"id": "seen", "input": {"count": 2}})
    assert [event.name for event in events] == ["start", "output", "output", "completed"]
    again = watched(server, "/predictions/seen", None, "GET", **{"Last-Event-ID": "2"})
    assert [event.id for event in again] == ["3", "4"]
    assert server.send("PUT", "/predictions/seen", {}, 200) == server.get("/predictions/seen") == events[-1].data


def test_queue_forms_and_metrics(server: Served) -> None:
    server.post("/predictions", {"input": {"pause": 0.1}}, 202, Prefer="respond-async")
    form = server.client.post("/predictions", files={"count": (None, "1")})
    assert form.json()["output"] == ["tick 0"]
    assert 'cog_predictions_total{status="succeeded"} 2' in server.client.get("/metrics").text
    assert "<title>" in server.client.get("/docs").text


def test_files_of_forms(serve: Serve) -> None:
    answer = serve("forms.py:Form").client.post("/predictions", files={"path": ("a.csv", b"1,2"), "file": ("b", b"b")})
    assert (answer.json()["output"]["path"], answer.json()["output"]["file"]) == ([".csv", "1,2"], "b")
    assert answer.json()["input"]["path"] == "upload:1/a.csv"
