"""The examples of the Training API document, from the server's command on; `train` is tried in tests/engine."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .serving import Receiver, Served, served
from .test_files import data_url

DATA = data_url(b"facts")
WEIGHTS = data_url(b"facts 0.0001 42", "application/octet-stream")

EXAMPLES: dict[str, tuple[str, dict[str, Any], Any]] = {
    "first": ("train", {"param": "train"}, data_url(b"hello train", "application/octet-stream")),
    "inputs": ("with_inputs", {"train_data": DATA}, "facts 0.0001 None"),
    "all-inputs": ("with_inputs", {"train_data": DATA, "learning_rate": 0, "seed": 3}, "facts 0.0 3"),
    "object": ("with_object", {"train_data": DATA}, {"weights": WEIGHTS}),
}


@pytest.fixture(scope="module")
def trainers(tmp_path_factory: pytest.TempPathFactory, chosen_place: dict[str, str]) -> Iterator[dict[str, Served]]:
    """One server for each function."""
    with contextlib.ExitStack() as stack:

        def start(name: str) -> Served:
            options: dict[str, Any] = {**chosen_place, "COG_TRAIN_TYPE_STUB": f"documented/train.py:{name}"}
            folder = tmp_path_factory.mktemp("trainer")
            return stack.enter_context(served("", folder, "--x-mode", "train", **options))

        yield {name: start(name) for name in dict.fromkeys(name for name, *_ in EXAMPLES.values())}


@pytest.mark.parametrize("case", EXAMPLES)
def test_example(trainers: dict[str, Served], case: str) -> None:
    name, inputs, expected = EXAMPLES[case]
    answer = trainers[name].post("/trainings", {"input": inputs})
    assert (answer["status"], answer["output"]) == ("succeeded", expected), answer


def test_bound(trainers: dict[str, Served]) -> None:
    (fault,) = trainers["with_inputs"].post("/trainings", {"input": {"train_data": DATA, "learning_rate": -1}}, 422)[
        "detail"
    ]
    assert fault["loc"] == ["body", "input", "learning_rate"]


def test_trained_weights_for_predictions(serve: Serve, receiver: Receiver, tmp_path: Path) -> None:
    receiver.files["/pbxt/xyz/weights.tar"] = b"facts"
    server = serve("documented/train.py:Tuned", COG_WEIGHTS=receiver.url + "/pbxt/xyz/weights.tar")
    assert server.predict(prompt="a photo of TOK")["output"] == "a photo of TOK by facts"
