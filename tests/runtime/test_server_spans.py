"""Spans that the server makes itself, seen through the SDK's own console exporter."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import uv

from .conftest import Serve
from .serving import Receiver, Served, eventually

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "0xb7ad6b7169203331"
FROM_REQUEST = {"traceparent": f"00-{TRACE}-{PARENT[2:]}-01"}
STEPS = {"cog.queue", "cog.inputs", "cog.run"}


@pytest.fixture(scope="module")
def equipped(chosen_place: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """OpenTelemetry among the packages of the server, beside which the model's are no help to it."""
    if not chosen_place:
        return {}
    home = tmp_path_factory.mktemp("equipped") / "server"
    shutil.copytree(chosen_place["COG_SERVER_HOME"], home, symlinks=True)
    target = ["--python", chosen_place["python"], "--target", str(home)]
    packages = ["opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http"]  # those of docs/http.md
    subprocess.run([uv.find_uv_bin(), "-q", "pip", "install", *target, *packages], check=True)
    return {**chosen_place, "COG_SERVER_HOME": str(home)}


@pytest.fixture
def traced(serve: Serve, equipped: dict[str, str]) -> Any:
    return lambda model, **more: serve(model, **{**equipped, "OTEL_TRACES_EXPORTER": "console", **more})


def spans(server: Served) -> dict[str, Any]:
    """Those of an ended server, by name and, for webhooks, event."""
    assert server.end() == 0
    return {name_of(span): span for span in objects(server.log.read_text()) if "span_id" in span.get("context", {})}


def name_of(span: Any) -> str:
    return " ".join(filter(None, [span["name"], span["attributes"].get("cog.event")]))


def objects(text: str) -> Iterator[Any]:
    """The JSON objects in a log, each of which begins at the start of a line."""
    decoder, at = json.JSONDecoder(), text.find("{\n")
    while at >= 0:
        found, end = decoder.raw_decode(text, at)
        yield found
        at = text.find("{\n", end)


def test_from_request_to_webhook(traced: Any, receiver: Receiver) -> None:
    server = traced("echo.py:Text")
    body = {
        "id": "it",
        "input": {"text": "x"},
        "webhook": receiver.url,
        "webhook_events_filter": ["start", "completed"],
    }
    server.post("/predictions", body, **FROM_REQUEST)
    receiver.wait_for_end()
    found = spans(server)
    assert set(found) == {"cog.prediction", *STEPS, "cog.webhook start", "cog.webhook completed"}
    assert {span["context"]["trace_id"] for span in found.values()} == {f"0x{TRACE}"}
    root = found.pop("cog.prediction")
    assert (root["parent_id"], root["kind"]) == (PARENT, "SpanKind.SERVER")
    assert (root["attributes"], root["status"]["status_code"]) == (
        {"cog.prediction_id": "it", "cog.status": "succeeded"},
        "UNSET",
    )
    assert {span["parent_id"] for span in found.values()} == {root["context"]["span_id"]}
    assert sent_with(receiver) == [
        found[name]["context"]["span_id"][2:] for name in ("cog.webhook start", "cog.webhook completed")
    ]


def sent_with(receiver: Receiver) -> list[str]:
    """The spans that the receiver was told of."""
    return [call[3]["traceparent"].split("-")[2] for call in receiver.calls]


def test_model_continues_the_run(traced: Any) -> None:
    server = traced("traced.py:Traced")
    server.post("/predictions", {"id": "first"}, **FROM_REQUEST)
    (model,) = server.predict()["output"]
    found = [span for span in objects_of_ended(server) if span["name"] == "cog.run"]
    assert (model["trace"], model["parent"]) == (TRACE, found[0]["context"]["span_id"][2:])


def objects_of_ended(server: Served) -> list[Any]:
    assert server.end() == 0
    return list(objects(server.log.read_text()))


def test_failure(traced: Any) -> None:
    server = traced("echo.py:Unruly")
    server.predict(act="fail")
    root = spans(server)["cog.prediction"]
    assert root["status"] == {"status_code": "ERROR", "description": "it broke"}
    assert (root["parent_id"], root["attributes"]["cog.status"]) == (None, "failed")


def test_waiting_in_the_queue(traced: Any) -> None:
    server = traced("echo.py:Unruly", COG_QUEUE_LENGTH="1")
    server.post("/predictions", {"input": {"act": "sleep", "seconds": 0.3}}, 202, Prefer="respond-async")
    server.post("/predictions", {"id": "waits"}, 202, Prefer="respond-async")
    server.post("/predictions/waits/cancel", None)
    eventually(lambda: server.get("/predictions/waits")["status"], lambda status: status == "canceled")
    names = [span["name"] for span in objects_of_ended(server)]
    assert sorted(names) == sorted(["cog.prediction", "cog.queue", "cog.prediction", *STEPS])


def test_an_endpoint_is_all_that_is_needed(serve: Serve, equipped: dict[str, str], receiver: Receiver) -> None:
    """With the packages that the documents name; the protocol is a part of the exporter's name there."""
    server = serve("echo.py:Text", **equipped, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.url)
    assert server.predict(text="x")["status"] == "succeeded"
    assert server.end() == 0
    (call,) = receiver.calls
    _, _, path, headers, body = call
    kinds = [value for name, value in headers.items() if name.lower() == "content-type"]
    assert (path, kinds, b"cog.prediction" in body) == ("/v1/traces", ["application/x-protobuf"], True)


def test_packages_that_are_not_there(serve: Serve, equipped: dict[str, str]) -> None:
    server = serve("echo.py:Text", **equipped, OTEL_TRACES_EXPORTER="nowhere")
    assert server.predict(text="x")["status"] == "succeeded"
    assert "no spans are made, although an exporter is asked for" in server.log.read_text()
