"""Weights, training and the loader: section 7.10 of the reference; see rows.py."""

import base64
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import eventually

HELLO = "data:text/plain;base64," + base64.b64encode(b"hello").decode()


def training(serve: Serve, model: str) -> Any:
    return serve("echo.py:Text", "--x-mode", "train", COG_TRAIN_TYPE_STUB=model)


@rows(243, 245, 246)
def test_train_function(serve: Serve) -> None:
    server = training(serve, "training.py:train")
    answer = server.post("/trainings", {"input": {"param": "train"}})
    assert base64.b64decode(answer["output"].split(",")[1]) == b"hello train"
    assert server.send("PUT", "/trainings/x", {"input": {"param": "y"}}, 200)["id"] == "x"
    server.post("/trainings/x/cancel", None, 404)
    server.post("/trainings", {}, 422)
    server.post("/predictions", {}, 404)
    assert {"TrainingInput", "TrainingOutput", "Input"} <= set(server.get("/openapi.json")["components"]["schemas"])


@rows(244)
def test_training_output_object(serve: Serve) -> None:
    answer = training(serve, "training.py:train_weights").post("/trainings", {"input": {"seed": 3}})
    assert answer["output"] == {"weights": "data:application/octet-stream;base64," + base64.b64encode(b"www").decode()}


@rows(246)
def test_cancel_of_a_class(serve: Serve) -> None:
    server = training(serve, "training.py:Trainer")
    server.send("PUT", "/trainings/x", {}, 202, Prefer="respond-async")
    server.post("/trainings/x/cancel", None)
    eventually(server.health, lambda found: found["status"] == "READY", limit=2)


WEIGHTS: dict[str, tuple[str, str, str]] = {
    "241-path": ("Weighted", HELLO, "hello"),
    "242-none": ("Weighted", "", "none"),
    "242-file": ("WeightedFile", HELLO, "hello"),
    "242-text": ("WeightedText", HELLO, HELLO),
}


@pytest.mark.parametrize("case", WEIGHTS)
def test_weights(serve: Serve, case: str) -> None:
    model, given, received = WEIGHTS[case]
    assert serve(f"training.py:{model}", COG_WEIGHTS=given).predict()["output"] == received


@rows(242)
def test_wrong_weights(serve: Serve) -> None:
    server = serve("training.py:WeightedWrongly", "--await-explicit-shutdown", until="SETUP_FAILED", COG_WEIGHTS="x")
    assert "weights parameter" in server.health()["setup"]["logs"]


TARGETS = {
    "255-subfolder": "package/model.py:Predictor",
    "251-run": "loading.py:Runner",
    "251-default-name": "loading.py",
    "252-inherited-predict": "loading.py:Inherited",
    "248-argv": "loading.py:Argv",
    "113-future-annotations": "loading.py:Future",
    "111-opaque": "loading.py:Through",
}


@pytest.mark.parametrize("case", TARGETS)
def test_target(shared: Serve, case: str) -> None:
    assert shared(TARGETS[case]).predict()["output"] == "fine"
