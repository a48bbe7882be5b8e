"""`predict`, `serve` and `run` on a real engine."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..ports import free_port
from .projects import cogc, project, removed
from .running import asked, left_over, ready, started

pytestmark = pytest.mark.engine

MANY = """
from typing import List
from cog import BasePredictor, ConcatenateIterator, Path

class Files(BasePredictor):
    def predict(self, image: Path, times: int = 1) -> List[Path]:
        content = image.read_bytes()
        for number in range(times):
            with open(f"/tmp/{number}.png", "wb") as file:
                file.write(content)
        return [Path(f"/tmp/{number}.png") for number in range(times)]

class Stream(BasePredictor):
    def predict(self, words: List[str]) -> ConcatenateIterator[str]:
        for word in words:
            yield word + " "

class Fails(BasePredictor):
    def predict(self, text: str) -> str:
        print("about to fail")
        raise ValueError(f"no {text}")

class NeverReady(BasePredictor):
    def setup(self) -> None:
        print("looking for the weights")
        raise FileNotFoundError("weights.bin")

    def predict(self) -> str:
        return ""
"""
IMAGE = "cogc-tests/commands"


@pytest.fixture(scope="module", autouse=True)
def _image() -> Iterator[None]:
    with removed(f"{IMAGE}-base"):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All projects here have one environment, so that only the first of them builds it."""
    return project(tmp_path, {"image": IMAGE}, many__py=MANY)


def _asking(folder: Path, predictor: str) -> Path:
    return project(folder, {"image": IMAGE, "predict": f"many.py:{predictor}"})


@pytest.fixture(autouse=True)
def _nothing_is_left_running(tmp_path: Path) -> Iterator[None]:
    yield
    assert not left_over(tmp_path)


def test_text_goes_to_standard_output(folder: Path) -> None:
    said = cogc(folder, "predict", "-i", "name=Ada")
    assert said.stdout == "Hello, Ada!\n"
    assert not (folder / "__pycache__").exists(), "the container leaves nothing of its own in the project"


def test_an_edit_is_seen_without_a_build(folder: Path) -> None:
    cogc(folder, "predict", "-i", "name=Ada")
    source = folder / "predict.py"
    source.write_text(source.read_text().replace('"Hello"', '"Good day"'))
    said = cogc(folder, "predict", "-i", "name=Ada")
    assert said.stdout == "Good day, Ada!\n"
    assert " s)" not in said.stderr, "no step was repeated"


def test_files_in_and_out(folder: Path) -> None:
    _asking(folder, "Files")
    (folder / "input.png").write_bytes(b"picture")
    said = cogc(folder, "predict", "-i", "image=@input.png", "-i", "times=2")
    assert said.stdout == ""
    assert "Written output to output.0.png\n" in said.stderr
    assert [(folder / f"output.{number}.png").read_bytes() for number in range(2)] == [b"picture"] * 2


def test_pieces_of_text(folder: Path) -> None:
    said = cogc(_asking(folder, "Stream"), "predict", "-i", "words=to", "-i", "words=be")
    assert said.stdout.strip() == "to be"


def test_a_failed_prediction_shows_its_logs(folder: Path) -> None:
    said = cogc(_asking(folder, "Fails"), "predict", "-i", "text=luck", code=1)
    assert said.stdout == ""
    assert "about to fail" in said.stderr
    assert "error[prediction-failed]: the prediction failed: no luck" in said.stderr


def test_a_failed_setup_shows_its_logs(folder: Path) -> None:
    said = cogc(_asking(folder, "NeverReady"), "predict", code=1)
    assert "error[setup-failed]" in said.stderr
    assert "looking for the weights" in said.stderr
    assert "weights.bin" in said.stderr


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (("-i", "nam=Ada"), "did you mean 'name'?"),
        (("-i", "name"), "error[input-format]"),
    ],
)
def test_wrong_inputs_are_told_before_anything_is_built(folder: Path, inputs: tuple[str, ...], message: str) -> None:
    said = cogc(folder, "predict", *inputs, code=1)
    assert message in said.stderr
    assert "Building" not in said.stderr


def test_an_image_that_only_trains_is_not_asked_for_predictions(tmp_path: Path) -> None:
    (tmp_path / "cog.yaml").write_text('build:\n  python_version: "3.12"\ntrain: train.py:train\n')
    (tmp_path / "train.py").write_text("def train(n: int) -> str:\n    return str(n)\n")
    with removed("cogc-tests/only-trains") as image:
        cogc(tmp_path, "build", "-t", image)
        assert "error[no-predictor]: the image has no predictor" in cogc(tmp_path, "predict", image, code=1).stderr


def test_an_image_of_others_is_refused(folder: Path) -> None:
    assert "error[image-not-cog]" in cogc(folder, "predict", "python:3.12-slim", code=1).stderr


def test_run(folder: Path) -> None:
    script = "import os, cog; print(os.getcwd(), os.environ['MORE'], cog.__name__, 'predict.py' in os.listdir())"
    said = cogc(folder, "run", "-e", "MORE=much", "python", "-c", script)
    assert said.stdout == "/src much cog True\n"


def test_run_needs_no_predictor_that_is_right(folder: Path) -> None:
    (folder / "predict.py").write_text("class Predictor(")
    assert cogc(folder, "run", "python", "-c", "print(6 * 7)").stdout == "42\n"


def test_a_command_that_fails(folder: Path) -> None:
    assert "exit code 3" in cogc(folder, "run", "sh", "-c", "exit 3", code=3).stderr


def test_serve_until_it_is_stopped(folder: Path) -> None:
    port = free_port()
    with started(folder, "serve", "-p", str(port)) as command:
        ready(port)
        assert asked(port, name="Ada")["output"] == "Hello, Ada!"
        # To the command alone, as `kill` does it.
        command.process.send_signal(signal.SIGINT)
        assert command.ended() == 0


def test_a_port_that_is_taken(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = cogc(folder, "serve", "-p", str(other.getsockname()[1]), code=1)
    assert "error[port-taken]" in said.stderr
    assert "Building" not in said.stderr, "it is told before anything is built"


@pytest.mark.parametrize(("address", "fault"), [("192.0.2.1", "address of this machine"), ("here", "IP address")])
def test_an_address_of_no_use(address: str, fault: str, folder: Path) -> None:
    said = cogc(folder, "serve", "--host", address, code=1)
    assert f"error[address-absent]: {address} is no {fault}" in said.stderr
    assert "Building" not in said.stderr, "it is told before anything is built"


def test_an_engine_that_does_not_answer(folder: Path) -> None:
    said = cogc(folder, "build", code=1, DOCKER_HOST="unix:///nowhere/docker.sock")
    assert "error[engine-unreachable]" in said.stderr
