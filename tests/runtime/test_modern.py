"""`X | None`, `list[X]` and the like, as models for Python 3.10 and newer write them; see rows.py."""

import os
from typing import Any

import pytest

from .conftest import Serve

pytestmark = pytest.mark.skipif(
    os.environ.get("RUNTIME_PYTHON") in ("3.8", "3.9"), reason="X | None is no type before Python 3.10"
)

FILE = "data:text/plain;base64,eA=="

RECEIVED: dict[str, tuple[str, Any, str]] = {
    "103-text": ("text", "a", "'a'"),
    "99-null": ("text", None, "None"),
    "103-number": ("number", "3", "3"),
    "98-real": ("either", 2.0, "2.0"),
    "98-integer": ("either", 2, "2"),
    "98-text": ("either", "2", "'2'"),
    "105-path": ("path", FILE, "'x'"),
    "107-paths": ("paths", [FILE, FILE], "['x', 'x']"),
    "131-secret": ("token", "hush", "Secret('**********')"),
    "104-texts": ("texts", ["a"], "['a']"),
    "104-null-for-texts": ("texts", None, "None"),
    "108-counts": ("counts", {"a": None, "b": 1}, "{'a': None, 'b': 1}"),
    "106-pair": ("pair", [1, "a"], "(1, 'a')"),
    "108-typed-dict": ("shape", {"sides": None}, "{'sides': None}"),
    "106-unions": ("older", [1, "1"], "[1, '1']"),
}


@pytest.mark.parametrize("case", RECEIVED)
def test_received(shared: Serve, case: str) -> None:
    name, given, received = RECEIVED[case]
    answer = shared("modern.py:Inputs").predict(**{name: given})
    assert (answer["status"], answer["output"][name]) == ("succeeded", received), answer


def test_all_may_be_left_out(shared: Serve) -> None:
    server = shared("modern.py:Inputs")
    given = {name: shown for name, shown in server.predict()["output"].items() if shown != "None"}
    assert given == {"counts": "{}", "older": "[]"}
    assert "required" not in server.get("/openapi.json")["components"]["schemas"]["Input"]


REFUSED: dict[str, tuple[str, Any]] = {
    "89-below": ("number", -1),
    "98-truth": ("either", True),
    "126-no-url": ("path", "/etc/passwd"),
    "106-pair": ("pair", [1.5, "a"]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(shared: Serve, case: str) -> None:
    name, given = REFUSED[case]
    detail = shared("modern.py:Inputs").predict(expect=422, **{name: given})["detail"]
    assert {tuple(fault["loc"][:3]) for fault in detail} == {("body", "input", name)}


POINTS: dict[str, tuple[int, Any]] = {
    "none": (0, None),
    "dataclasses": (2, [{"x": 0, "note": None, "tags": []}, {"x": None, "note": None, "tags": []}]),
}


@pytest.mark.parametrize("case", POINTS)
def test_returned(shared: Serve, case: str) -> None:
    count, expected = POINTS[case]
    assert shared("modern.py:Points").predict(count=count)["output"] == expected
