"""Each example as a user has it: built by `cogc build`, run by the engine, asked over HTTP."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ..examples.answers import ANSWERS
from ..examples.folders import EXAMPLES, fetch_weights
from ..examples.model import Model

pytestmark = pytest.mark.engine

START = 120.0  # seconds


@pytest.fixture(scope="module", autouse=True)
def _weights() -> None:
    fetch_weights()


@pytest.mark.parametrize("example", ANSWERS)
def test_the_container_answers(example: str) -> None:
    image = f"cogc-examples/{example}"
    subprocess.run([sys.executable, "-m", "cogc", "build", EXAMPLES / example, "-t", image], check=True)
    with _running(image) as model:
        ANSWERS[example](model)


@contextmanager
def _running(image: str) -> Iterator[Model]:
    """A container of the image; when the model does not come up or gives wrong answers, its log is shown."""
    container = _docker("run", "--detach", "--publish", "127.0.0.1::5000", image)
    try:
        model = Model(f"http://{_docker('port', container, '5000/tcp')}")
        model.wait_until_ready(START, lambda: bool(_docker("ps", "--quiet", "--filter", f"id={container}")))
        yield model
    finally:
        subprocess.run(["docker", "logs", container], check=False)
        _docker("rm", "--force", "--volumes", container)
        _docker("image", "rm", image)


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
