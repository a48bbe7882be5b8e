"""The examples served on the host, by the runtime of this checkout and the packages of the test environment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ..ports import free_port
from .answers import ANSWERS
from .folders import EXAMPLES, RUNTIME
from .model import Model

START, STOP = 60.0, 30.0  # seconds
TARGETS = {
    "hello-world": "predict.py:Predictor",
    "image-blur": "predict.py:Predictor",
    "sentence-embeddings": "predict.py:Predictor",
    "text-stream": "run.py:Runner",
}


@pytest.mark.parametrize("example", TARGETS)
@pytest.mark.usefixtures("weights")
def test_example_answers(example: str) -> None:
    with _served(example) as model:
        ANSWERS[example](model)


@contextmanager
def _served(example: str) -> Iterator[Model]:
    """The server of an example on a free port; it has to end in order."""
    port = free_port()
    environment = os.environ | {
        "COG_PREDICT_TYPE_STUB": TARGETS[example],
        "PORT": str(port),
        "PYTHONPATH": str(RUNTIME),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "cog.server.http", "--host", "127.0.0.1"]
    with subprocess.Popen(command, cwd=EXAMPLES / example, env=environment) as server:
        try:
            model = Model(f"http://127.0.0.1:{port}")
            model.wait_until_ready(START, lambda: server.poll() is None)
            yield model
        finally:
            server.terminate()
            status = server.wait(STOP)
    assert status == 0
