"""The examples of the Prediction API document, as printed."""

import os
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve, Shared
from .serving import MODELS
from .test_files import data_url

OCTETS = "application/octet-stream"
PICTURE = data_url(b"12", "image/png")
NEW_LISTS = os.environ.get("RUNTIME_PYTHON") != "3.8"

EXAMPLES: dict[str, tuple[str, dict[str, Any], Any]] = {
    "base-predictor": ("WithSetup", {"image": PICTURE}, data_url(b"3.0")),
    "base-predictor-scale": ("WithSetup", {"image": PICTURE, "scale": 2}, data_url(b"4.0")),
    "stream-of-files": ("StreamsFiles", {}, [data_url(str(n).encode()) for n in range(3)]),
    "stream-of-text": ("StreamsText", {}, ["The ", "quick ", "brown ", "fox "]),
    "input": ("Bounded", {"image": PICTURE, "scale": 10}, PICTURE),
    "plain-defaults": ("PlainDefaults", {"iterations": 2}, "default prompt" * 2),
    "output": ("Text", {}, "hello"),
    "object": ("Object", {}, {"file": data_url(b"hello", OCTETS), "text": "hello"}),
    "optional-score": ("OptionalProperties", {"condition": True}, {"score": 1.5, "file": None}),
    "optional-file": ("OptionalProperties", {"condition": False}, {"score": None, "file": data_url(b"hello", OCTETS)}),
    "file": ("Handles", {"source_image": PICTURE}, data_url(b"1212", OCTETS)),
    "path": ("Paths", {"image": PICTURE}, data_url(b"1212", "image/png")),
    "secret": ("Secretive", {"api_token": "hush"}, None),
}


@pytest.fixture(scope="module", autouse=True)
def warm(shared: Shared) -> None:
    shared.warm_up(f"documented/prediction.py:{model}" for model in {model for model, *_ in EXAMPLES.values()})


def ask(shared: Serve, model: str, **inputs: Any) -> Any:
    return shared(f"documented/prediction.py:{model}").predict(**inputs)


@pytest.mark.parametrize("case", EXAMPLES)
def test_example(shared: Serve, case: str) -> None:
    model, inputs, expected = EXAMPLES[case]
    answer = ask(shared, model, **inputs)
    assert (answer["status"], answer["output"]) == ("succeeded", expected), answer


OUT_OF_BOUNDS = {0.5: "greater than or equal to 1", 11: "less than or equal to 10"}


@pytest.mark.parametrize("scale", OUT_OF_BOUNDS)
def test_bounds(shared: Serve, scale: float) -> None:
    server = shared("documented/prediction.py:Bounded")
    (fault,) = server.predict(expect=422, image=PICTURE, scale=scale)["detail"]
    assert (fault["loc"][-1], OUT_OF_BOUNDS[scale] in fault["msg"]) == ("scale", True)


def test_file_is_deleted_after_it_was_returned(shared: Serve) -> None:
    path = Path(ask(shared, "Paths", image=PICTURE)["logs"].strip())
    assert (path.name, path.exists()) == ("upscaled.png", False)


def test_secret_does_not_print_itself(shared: Serve) -> None:
    assert ask(shared, "Secretive", api_token="hush")["logs"] == "**********\nhush\n"
    document = shared("documented/prediction.py:Secretive").get("/openapi.json")
    schema = document["components"]["schemas"]["Input"]["properties"]["api_token"]
    printed = {"type": "string", "format": "password", "x-cog-secret": True}
    assert printed.items() <= schema.items()


@pytest.mark.skipif(not NEW_LISTS, reason="the document writes list[Path], which Python 3.8 has not")
def test_lists(shared: Serve) -> None:
    files = shared("documented/lists.py:Files").predict()["output"]
    assert files == [data_url(word) for word in (b"foo", b"bar", b"baz")]
    texts = [data_url(b"test1\n"), data_url(b"test2\n")]
    assert shared("documented/lists.py:Contents").predict(paths=texts)["output"] == "test1\ntest2\n"


def test_misprint_is_explained(serve: Serve, tmp_path: Path) -> None:
    """An argument without a default cannot follow one with a default: printed so, but not Python."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "predict.py").write_text((MODELS / "documented" / "misprinted.txt").read_text())
    server = serve("predict.py:Predictor", "--await-explicit-shutdown", until="SETUP_FAILED", cwd=project)
    logs = server.health()["setup"]["logs"]
    assert [words for words in ("predict.py", "SyntaxError", "default") if words not in logs] == [], logs
