"""Classes that hold themselves, in and out; the models are in `recursive.py`."""

from typing import Any

import pytest

from .conftest import Serve

INNERMOST: dict[str, Any] = {"children": [], "parent": None}


@pytest.mark.everywhere
@pytest.mark.parametrize("model", ["recursive.py:Nodes", "bare.py:Nodes"])
def test_class_within_itself(shared: Serve, model: str) -> None:
    server = shared(model)
    found = {"name": "b", "children": [], "parent": {"name": "c", **INNERMOST}}
    assert server.predict()["output"] == {"name": "a", "children": [found], "parent": None}
    shown = server.get("/openapi.json")["components"]["schemas"]["Output"]["properties"]
    assert (shown["children"]["items"], shown["parent"]["nullable"]) == ({}, True)


@pytest.mark.everywhere
def test_dataclasses_within_each_other(shared: Serve) -> None:
    last = {"next": None, "owner": None}
    expected = {"name": "a", "next": {"name": "b", **last}, "owner": {"items": [{"name": "c", **last}]}}
    assert shared("recursive.py:Items").predict()["output"] == expected


@pytest.mark.everywhere
def test_typed_dict_within_itself(shared: Serve) -> None:
    """What lies within is passed on as JSON."""
    file = "data:text/plain;base64,eA=="
    inner = {"file": file, "leaves": {}}
    answer = shared("recursive.py:Trees").predict(tree={"file": file, "either": inner})
    assert answer["output"] == {"file": file, "either": inner, "leaves": {"read": {"text": "x"}}}, answer["error"]
