"""The examples of the HTTP API document, request by request as they go over the wire."""

import base64
import json
import uuid
from typing import Any

import pytest

from .conftest import Serve
from .serving import Receiver, Served, eventually
from .test_files import data_url

ONION = "A picture of an onion with sunglasses"
PNG = data_url(ONION.encode(), "image/png")
TYPE = {"Content-Type": "application/json; charset=utf-8"}
ASYNC = {**TYPE, "Prefer": "respond-async"}


@pytest.fixture
def painter(shared: Serve) -> Served:
    return shared("documented/onions.py:Painter")


def send(server: Served, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
    text = body if isinstance(body, str) else json.dumps(body, indent=4)
    answer = server.client.request(method, path, content=text, headers=headers)
    assert answer.headers["content-type"] == "application/json"
    return answer.status_code, answer.json()


WAYS: dict[str, tuple[str, str, dict[str, str], int, tuple[str, ...]]] = {
    "synchronous": ("POST", "/predictions", TYPE, 200, ("succeeded",)),
    "asynchronous": ("POST", "/predictions", ASYNC, 202, ("starting", "processing")),
    "idempotent": ("PUT", "/predictions/wjx3whax6rf4vphkegkhcvpv6a", TYPE, 200, ("succeeded",)),
    "idempotent-asynchronous": ("PUT", "/predictions/other", ASYNC, 202, ("starting", "processing")),
}


@pytest.mark.parametrize("way", WAYS)
def test_creation(painter: Served, way: str) -> None:
    method, path, headers, status, states = WAYS[way]
    found, answer = send(painter, method, path, {"input": {"prompt": ONION}}, headers)
    assert (found, answer["status"] in states) == (status, True), answer
    assert answer["output"] == (PNG if status == 200 else None)
    assert method == "POST" or answer["id"] == path.rsplit("/", 1)[1]
    painter.wait_for("READY")


def test_image_and_text(shared: Serve, receiver: Receiver) -> None:
    receiver.files["/image.jpg"] = b"onion:"
    body = {"input": {"image": receiver.url + "/image.jpg", "text": "Hello world!"}}
    _, answer = send(shared("documented/onions.py:Captioner"), "POST", "/predictions", body, TYPE)
    assert (answer["status"], answer["output"]) == ("succeeded", data_url(b"onion: Hello world!", "image/png"))


def test_webhooks_of_all_events(shared: Serve, receiver: Receiver) -> None:
    body = {"input": {"prompt": ONION}, "webhook": receiver.url + "/webhook/prediction"}
    server = shared("documented/onions.py:Narrator")
    assert send(server, "POST", "/predictions", body, ASYNC)[0] == 202
    states = receiver.wait_for_end()
    assert states[0]["status"] in ("starting", "processing")
    assert [len(state["output"]) for state in states] == sorted(len(state["output"]) for state in states)
    between = [call[0] for call in receiver.calls[1:-1]]
    assert 1 <= len(between) <= 2 + 2 * (between[-1] - between[0]), "no more than one in half a second"
    assert (states[-1]["status"], len(states[-1]["output"])) == ("succeeded", 8)


def test_webhooks_of_some_events(painter: Served, receiver: Receiver) -> None:
    body = {"input": {"prompt": ONION}, "webhook": receiver.url, "webhook_events_filter": ["start", "completed"]}
    assert send(painter, "POST", "/predictions", body, ASYNC)[0] == 202
    assert len(receiver.wait_for_end()) == 2


def test_recommended_id(painter: Served) -> None:
    name = base64.b32encode(uuid.uuid4().bytes).decode("utf-8").lower().rstrip("=")
    status, answer = send(painter, "PUT", f"/predictions/{name}", {"input": {"prompt": ONION}}, TYPE)
    assert (status, answer["id"], len(name)) == (200, name, 26)


def test_upload(painter: Served, receiver: Receiver) -> None:
    body = {"input": {"prompt": ONION}, "output_file_prefix": receiver.url + "/upload"}
    _, answer = send(painter, "POST", "/predictions", body, TYPE)
    assert (answer["status"], answer["output"]) == ("succeeded", receiver.url + "/upload/image.png")
    ((_, method, path, headers, content),) = receiver.calls
    assert (method, path) == ("PUT", "/upload/image.png")
    assert headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'Content-Disposition: form-data; name="file"; filename="image.png"\r\nContent-Type: image/png' in content
    assert ONION.encode() in content


def test_upload_that_fails(painter: Served, receiver: Receiver) -> None:
    receiver.answers = [403]
    body = {"input": {"prompt": ONION}, "output_file_prefix": receiver.url + "/upload"}
    _, answer = send(painter, "POST", "/predictions", body, TYPE)
    assert (answer["status"], answer["output"], "403" in answer["error"]) == ("failed", None, True)


MISPRINTS = [
    '{\n    "input": {"prompt": "An onion"},\n}',
    '{\n    "id": "abcd1234",\n    "input": {"prompt": "An onion"},\n}',
]


@pytest.mark.parametrize("body", MISPRINTS)
def test_misprint_is_explained(painter: Served, body: str) -> None:
    """Three examples end with a comma, which JSON does not allow."""
    status, answer = send(painter, "POST", "/predictions", body, TYPE)
    assert (status, "trailing comma at line" in answer["detail"][0]["msg"]) == (422, True)


def test_cancel(shared: Serve, receiver: Receiver) -> None:
    server = shared("documented/onions.py:predict")
    body = {"id": "abcd1234", "input": {"image": "data:,x"}, "webhook": receiver.url}
    assert send(server, "POST", "/predictions", body, ASYNC)[0] == 202
    eventually(lambda: server.get("/predictions/abcd1234")["logs"], lambda logs: "at work" in logs)
    assert server.client.post("/predictions/abcd1234/cancel").status_code == 200
    last = receiver.wait_for_end()[-1]
    assert (last["status"], "cleaned up" in last["logs"]) == ("canceled", True)
    assert server.client.post("/predictions/abcd1234/cancel").status_code == 404
    assert server.health()["status"] == "READY"


def test_same_id_while_it_runs(shared: Serve) -> None:
    server = shared("documented/onions.py:Narrator")
    body = {"input": {"prompt": ONION}}
    answers = [send(server, "PUT", "/predictions/once", body, ASYNC) for _ in range(2)]
    assert [(status, answer["id"]) for status, answer in answers] == [(202, "once")] * 2
    eventually(lambda: server.get("/predictions/once")["status"], lambda status: status == "succeeded")
    assert send(server, "PUT", "/predictions/once", body, ASYNC)[0] == 200
