"""Weights, training and the loader: section 7.10 of the reference; see rows.py."""

import base64
from pathlib import Path
from typing import Any

import pytest

from cogc.frontend.files import MemoryFiles
from cogc.frontend.signature import read_signature
from cogc.ir.source import Source, Span
from cogc.ir.spec import Reference

from .conftest import Serve, Shared
from .rows import rows
from .serving import Receiver

HELLO = "data:text/plain;base64," + base64.b64encode(b"hello").decode()


def training(serve: Serve, model: str, **environment: str) -> Any:
    return serve("echo.py:Text", "--x-mode", "train", COG_TRAIN_TYPE_STUB=model, **environment)


@rows(245)
def test_idempotent_training(serve: Serve) -> None:
    server = training(serve, "training.py:Trainer")
    done = server.send("PUT", "/trainings/done", {"input": {"seconds": 0}}, 200)
    assert server.send("PUT", "/trainings/done", {"input": {"seconds": 9}}, 200) == done
    begun = [server.send("PUT", "/trainings/runs", {}, 202, Prefer="respond-async") for _ in range(2)]
    assert [state["id"] for state in begun] == ["runs", "runs"]
    server.send("PUT", "/trainings/more", {}, 409)
    server.post("/trainings/runs/cancel", None)


@rows(243, 246)
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
    server = training(serve, "training.py:Trainer", COG_CANCEL_GRACE="600")
    server.send("PUT", "/trainings/x", {}, 202, Prefer="respond-async")
    server.post("/trainings/x/cancel", None)
    server.wait_for("READY")
    assert server.get("/trainings/x")["status"] == "canceled"


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
    "defaults-of-its-own-calls": "loading.py:Rehearsed",
    "251-run-of-a-predictor": "loading.py:Renamed",
    "248-argv": "loading.py:Argv",
    "113-future-annotations": "loading.py:Future",
    "111-opaque": "loading.py:Through",
}


@pytest.fixture(scope="module", autouse=True)
def warm(shared: Shared) -> None:
    shared.warm_up(TARGETS.values())


@pytest.mark.parametrize("case", TARGETS)
def test_target(shared: Serve, case: str) -> None:
    assert shared(TARGETS[case]).predict()["output"] == "fine"


@rows(111)
@pytest.mark.parametrize("thing", [{"a": [1, None, {"b": "x"}]}, [1], "text", 2.5])
def test_opaque_value_arrives_as_it_is(shared: Serve, thing: Any) -> None:
    assert shared("loading.py:Given").predict(thing=thing)["output"] == thing


WARNED = {"loading.py:Inherited": True, "loading.py:Runner": False}


@rows(252)
@pytest.mark.parametrize("model", WARNED)
def test_older_name_of_the_method(shared: Serve, model: str) -> None:
    """For those who ask Python for warnings of this kind: it hides them by default."""
    logs = shared(model, PYTHONWARNINGS="default::PendingDeprecationWarning").health()["setup"]["logs"]
    assert ("PendingDeprecationWarning: " in logs) == WARNED[model]
    assert "Warning" not in shared(model).health()["setup"]["logs"]


@rows(241)
def test_weights_from_a_server(serve: Serve, receiver: Receiver) -> None:
    receiver.files["/weights.bin"] = b"remote"
    assert serve("training.py:Weighted", COG_WEIGHTS=receiver.url + "/weights.bin").predict()["output"] == "remote"


@rows(249)
def test_variable_overrides_the_configuration(serve: Serve, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "cog.yaml").write_text("predict: predict.py:Nobody\n")
    (project / "predict.py").write_text("def there(text: str) -> str:\n    return text\n")
    assert serve("predict.py:there", cwd=project).predict(text="x")["output"] == "x"


@rows(250)
def test_schema_without_importing_the_model() -> None:
    """The compiler reads the source; the model imports what no machine has."""
    source = "import no_such_package\nfrom cog import Path\n\ndef predict(text: str) -> Path: ...\n"
    config = Source("cog.yaml", "predict.py:predict")
    reference = Reference("predict.py", "predict", Span(config, 0, len(config.text)))
    signature, faults = read_signature(MemoryFiles({"predict.py": source}), reference, "predict")
    assert (faults, signature is not None and signature.output.kind) == ((), "path")
