"""Members of a union that JSON does not tell apart, or shows in another form; see rows.py."""

from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import Receiver
from .test_files import data_url
from .test_multipart import Parts, send

FILE = data_url(b"hi")

RECEIVED: dict[str, tuple[str, Any, Any]] = {
    "102-path": ("path_or_text", FILE, "file: hi"),
    "102-text": ("path_or_text", "a word", "a word"),
    "102-name-of-a-file": ("path_or_text", "/etc/passwd", "/etc/passwd"),
    "102-order-is-nothing": ("text_or_path", FILE, "file: hi"),
    "102-text-first": ("text_or_path", "/etc/passwd", "/etc/passwd"),
    "path-not-number": ("path_or_number", FILE, "file: hi"),
    "number-not-path": ("path_or_number", 3, 3),
    "one": ("one_or_more", FILE, "file: hi"),
    "more": ("one_or_more", [FILE, FILE], ["file: hi", "file: hi"]),
    "handle": ("file_or_text", FILE, "handle: hi"),
    "no-handle": ("file_or_text", "/etc/passwd", "/etc/passwd"),
    "items": ("each", [FILE, "/etc/passwd", FILE], ["file: hi", "/etc/passwd", "file: hi"]),
    "values": ("named", {"a": FILE, "b": 1, "c": None}, {"a": "file: hi", "b": 1, "c": None}),
    "pair": ("pair", [FILE, 4], ["file: hi", 4]),
    "shape": ("shape_or_text", {"file": FILE}, {"file": "file: hi"}),
    "no-shape": ("shape_or_text", "/etc/passwd", "/etc/passwd"),
    "date": ("time", "2024-01-02", "datetime.date(2024, 1, 2)"),
    "datetime": ("time", "2024-01-02T03:04", "datetime.datetime(2024, 1, 2, 3, 4)"),
    "number-for-time": ("time", 3, 3),
    "text-for-time": ("time", "tomorrow", "tomorrow"),
    "none-for-time": ("time", None, None),
    "enum": ("color", "red", "<Color.RED: 'red'>"),
    "number-for-enum": ("color", 3, 3),
    "list": ("texts", ["a"], ["a"]),
}


@pytest.mark.everywhere
@pytest.mark.parametrize("case", RECEIVED)
def test_received(shared: Serve, case: str) -> None:
    name, given, received = RECEIVED[case]
    answer = shared("unions.py:Inputs").predict(**{name: given})
    assert (answer["status"], answer["output"][name]) == ("succeeded", received), answer
    assert answer["input"][name] == given


def test_secrets(shared: Serve) -> None:
    """Such a union is hidden as a whole, as its type says; the model gets what `Secret` makes of each text."""
    answer = shared("unions.py:Inputs").predict(secrets=["hush"])
    assert answer["output"]["secrets"] == ["Secret('**********')"]
    assert "hush" not in str(answer)


def test_defaults(shared: Serve) -> None:
    """A text that no member takes is the author's own file."""
    output = shared("unions.py:Inputs").predict()["output"]
    assert (output["path_or_text"], output["packed"], output["color"]) == (
        "plain", "no file: packed.txt", "<Color.RED: 'red'>",
    )  # fmt: skip


def test_remote_files(shared: Serve, receiver: Receiver) -> None:
    url = f"{receiver.url}/a.txt"
    receiver.files["/a.txt"] = b"remote"
    output = shared("unions.py:Inputs").predict(path_or_text=url, each=["a", url], file_or_text=url)["output"]
    assert output["path_or_text"] == "file: remote"
    assert output["each"] == ["a", "file: remote"]
    assert output["file_or_text"] == "handle: remote"


REFUSED: dict[str, tuple[str, Any, str]] = {
    "no-file": ("one_or_more", "/etc/passwd", "Input should be a file or a list (of a file)"),
    "no-files": ("one_or_more", [FILE, "/etc/passwd"], "Input should be a file or a list (of a file)"),
    "no-number": ("path_or_number", "3", "Input should be a file or a whole number"),
    "no-color": ("color", "blue", "Input should be one of 'red' or a whole number"),
    "truth": ("path_or_text", True, "Input should be a file or text"),
    "missing-field": ("shape_or_text", {}, "Input should be Shape (file: a file) or text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(shared: Serve, case: str) -> None:
    name, given, words = REFUSED[case]
    (fault,) = shared("unions.py:Inputs").predict(expect=422, **{name: given})["detail"]
    assert fault == {"loc": ["body", "input", name], "msg": words, "type": "union"}


FORMS: dict[str, tuple[Parts, Any]] = {
    "file": ([("one_or_more", ("a.txt", b"one"))], "file: one"),
    "files": ([("one_or_more", ("a.txt", b"one")), ("one_or_more", ("b.txt", b"two"))], ["file: one", "file: two"]),
    "url": ([("one_or_more", FILE)], "file: hi"),
    "attached": ([("path_or_text", ("a.txt", b"one"))], "file: one"),
    "text": ([("path_or_text", "upload:1/a.txt")], "upload:1/a.txt"),
}


@pytest.mark.parametrize("case", FORMS)
def test_forms(shared: Serve, case: str) -> None:
    parts, received = FORMS[case]
    answer = send(shared("unions.py:Inputs"), parts).json()
    assert answer["output"][parts[0][0]] == received, answer


CONTENT = data_url(b"content")

SENT: dict[str, Any] = {
    "file": CONTENT,
    "files": [CONTENT, CONTENT],
    "named": {"name": "a"},
    "counted": {"count": 1, "file": CONTENT},
    "text": "out.txt",
}


@rows(102)
@pytest.mark.parametrize("which", SENT)
def test_outputs(shared: Serve, which: str) -> None:
    assert shared("unions.py:Outputs").predict(which=which)["output"] == SENT[which]


def test_output_of_no_member(shared: Serve) -> None:
    answer = shared("unions.py:Outputs").predict(which="number")
    assert answer["status"] == "failed"
    members = (
        "a file or a list (of a file) or Named (name: text) or Counted (count: a whole number, file: a file) or text"
    )
    assert answer["error"] == f"the output does not match its type: output: it should be {members}"
