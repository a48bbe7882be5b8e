"""Forms in place of JSON: issue 4."""

from typing import Any

import pytest

from .conftest import Serve
from .serving import Receiver, Served

Parts = list[tuple[str, Any]]


@pytest.fixture
def form(shared: Serve) -> Served:
    return shared("forms.py:Form")


def send(server: Served, parts: Parts, method: str = "POST", path: str = "/predictions", **headers: str) -> Any:
    """Plain values become fields, tuples become files; always multipart."""
    files = [(name, value if isinstance(value, tuple) else (None, value)) for name, value in parts]
    return server.client.request(method, path, files=files, headers=headers)


GIVEN: dict[str, tuple[Parts, dict[str, Any]]] = {
    "text": ([("text", "a b\nü")], {"text": "a b\nü"}),
    "text-like-json": ([("text", "[1]")], {"text": "[1]"}),
    "empty-text": ([("text", "")], {"text": ""}),
    "number": ([("number", "3")], {"number": 3}),
    "empty-number": ([("number", "")], {"number": 0}),
    "real": ([("real", "2.5")], {"real": 2.5}),
    "truth": ([("truth", "on")], {"truth": True}),
    "choice": ([("choice", "2")], {"choice": 2}),
    "texts": ([("texts", "a"), ("texts", "b")], {"texts": ["a", "b"]}),
    "one-text": ([("texts", "a")], {"texts": ["a"]}),
    "texts-as-json": ([("texts", '["a", "b"]')], {"texts": ["a", "b"]}),
    "numbers": ([("numbers", "1"), ("numbers", "2")], {"numbers": [1, 2]}),
    "mapping": ([("mapping", '{"a": [1]}')], {"mapping": {"a": [1]}}),
    "either-number": ([("either", "3")], {"either": 3}),
    "either-text": ([("either", "three")], {"either": "three"}),
    "secret": ([("token", "hush")], {"token": "hush"}),
    "file": ([("file", ("a.txt", b"content"))], {"file": "content"}),
    "path": ([("path", ("a.csv", b"1,2", "text/csv"))], {"path": [".csv", "1,2"]}),
    "path-type-by-name": ([("path", ("a.csv", b"1,2", "application/octet-stream"))], {"path": [".csv", "1,2"]}),
    "path-as-url": ([("path", "data:text/plain;base64,aGk=")], {"path": [".txt", "hi"]}),
    "paths": ([("paths", ("a", b"one")), ("paths", ("b", b"two"))], {"paths": ["one", "two"]}),
    "no-file": ([("file", ("", b""))], {"file": None}),
    "file-as-text": ([("text", ("prompt.txt", b"from a file"))], {"text": "from a file"}),
    "whole-input": ([("input", '{"text": "x", "number": 1}'), ("number", "2")], {"text": "x", "number": 2}),
    "unknown": ([("nobody", "x")], {}),
}


@pytest.mark.parametrize("case", GIVEN)
def test_inputs(form: Served, case: str) -> None:
    parts, expected = GIVEN[case]
    answer = send(form, parts)
    assert answer.status_code == 200, answer.text
    nothing = send(form, [("number", "0")]).json()["output"]
    assert answer.json()["output"] == {**nothing, **expected}


FAULTS: dict[str, tuple[Parts, list[str]]] = {
    "number": ([("number", "three")], ["number"]),
    "choice": ([("choice", "3")], ["choice"]),
    "two": ([("number", "x"), ("real", "y")], ["number", "real"]),
    "path": ([("path", "/etc/passwd")], ["path"]),
    "mapping": ([("mapping", "x")], ["mapping"]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_faults(form: Served, case: str) -> None:
    parts, places = FAULTS[case]
    answer = send(form, parts)
    assert answer.status_code == 422, answer.text
    assert [fault["loc"] for fault in answer.json()["detail"]] == [["body", "input", place] for place in places]


def test_whole_input_that_is_no_object(form: Served) -> None:
    answer = send(form, [("input", "[1]")])
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "input"]


def test_other_parts_of_a_request(form: Served, receiver: Receiver) -> None:
    parts = [("text", "x"), ("id", "formed"), ("webhook", receiver.url)]
    parts += [("webhook_events_filter", "start"), ("webhook_events_filter", "completed")]
    assert send(form, parts, Prefer="respond-async").json()["id"] == "formed"
    assert [state["status"] for state in receiver.wait_for_end()] == ["processing", "succeeded"]


def test_put(form: Served) -> None:
    first = send(form, [("text", "x")], "PUT", "/predictions/put-form")
    assert (first.status_code, first.json()["id"]) == (200, "put-form")
    assert send(form, [("text", "y")], "PUT", "/predictions/put-form").json() == first.json()


def test_any_name_reaches_a_model_that_takes_all(shared: Serve) -> None:
    answer = send(shared("echo.py:Extra"), [("known", "2"), ("other", "x")])
    assert answer.json()["output"] == {"known": 2, "other": "x"}


BROKEN: dict[str, tuple[str, bytes]] = {
    "no-boundary": ("multipart/form-data", b"--x\r\n"),
    "no-form": ("multipart/form-data; boundary=x", b"what is this"),
    "no-name": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--\r\n"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_form(form: Served, case: str) -> None:
    content_type, body = BROKEN[case]
    answer = form.client.post("/predictions", content=body, headers={"Content-Type": content_type})
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["detail"]


HOSTILE = ["../../etc/passwd", "x" * 2000, "ü\u202e.txt", 'a".txt', "a\\b", "\x00"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_name(form: Served, name: str) -> None:
    answer = send(form, [("path", (name, b"content"))])
    assert answer.json()["output"]["path"][1] == "content"


def test_bytes_that_are_no_text(form: Served) -> None:
    answer = send(form, [("text", ("x", b"\xff\xfe\xed\xa0\x80"))])
    assert answer.status_code == 200, answer.text
