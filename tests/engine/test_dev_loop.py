"""A model on a real engine while it is being written: trained, watched, edited, and with what it has downloaded."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..ports import free_port
from ..runtime.serving import eventually, receiving
from .projects import cogc, docker, project, removed
from .running import asked, left_over, ready, started

pytestmark = pytest.mark.engine

IMAGE = "cogc-tests/dev-loop"
MODELS = """
import os
import sys
import time
from pathlib import Path as Place
from cog import BaseModel, BasePredictor, ConcatenateIterator, Input, Path, streaming
from typing import Iterator

def _pause(step: int) -> None:
    while not Place(f"go{step}").exists():
        time.sleep(0.01)

class Pieces(BasePredictor):
    def predict(self) -> Iterator[str]:
        yield "first"
        _pause(1)
        yield "second"

class Files(BasePredictor):
    def predict(self) -> Iterator[Path]:
        for step in range(2):
            Place(f"/tmp/{step}.txt").write_text(str(step))
            yield Path(f"/tmp/{step}.txt")
            _pause(1)

class Words(BasePredictor):
    @streaming
    def predict(self) -> ConcatenateIterator[str]:
        yield "one "
        _pause(1)
        yield "two"

class Loud(BasePredictor):
    def setup(self) -> None:
        print("reading the weights")
        _pause(1)

    def predict(self) -> str:
        print("thinking", file=sys.stderr)
        _pause(2)
        return "done"

class Weighed(BasePredictor):
    def setup(self, weights: Path = None) -> None:
        self.weights = None if weights is None else weights.read_text()

    def predict(self) -> str:
        return f"weighed with {self.weights}"

class Cached(BasePredictor):
    def predict(self) -> str:
        place = Place(os.environ["HF_HOME"]) / "model.bin"
        if place.exists():
            return place.read_text()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("kept")
        return "downloaded"

class Drawn(BasePredictor):
    def predict(self) -> Path:
        Place("/tmp/drawn.txt").write_text("a picture")
        return Path("/tmp/drawn.txt")

class Trained(BaseModel):
    weights: Path
    loss: float

def train(words: str, steps: int = Input(default=2, ge=1)) -> Trained:
    for step in range(steps):
        print("step", step)
    Place("/tmp/result.bin").write_text(words * steps)
    return Trained(weights=Path("/tmp/result.bin"), loss=0.5)
"""


@pytest.fixture(scope="module", autouse=True)
def _image() -> Iterator[None]:
    with removed(f"{IMAGE}-base"):
        yield


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    assert not left_over(tmp_path / "project")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All projects here have one environment, so that only the first of them builds it."""
    monkeypatch.setenv("COG_CACHE_DIR", str(tmp_path / "cache"))
    return project(tmp_path / "project", {"image": IMAGE}, models__py=MODELS)


def _asking(folder: Path, predictor: str) -> Path:
    return project(folder, {"image": IMAGE, "predict": f"models.py:{predictor}", "train": "models.py:train"})


def test_inputs_come_from_standard_input(folder: Path) -> None:
    said = cogc(folder, "predict", "--json", "@-", stdin='{"name": "Ada"}')
    assert said.stdout == "Hello, Ada!\n"


@pytest.mark.parametrize(
    ("predictor", "first", "whole"),
    [
        ("Pieces", '[\n  "first"', '[\n  "first",\n  "second"\n]\n'),
        ("Words", "one ", "one two\n"),
        ("Files", "Written output to output.0.txt", "Written output to output.1.txt\n"),
    ],
)
def test_pieces_are_shown_as_they_come(folder: Path, predictor: str, first: str, whole: str) -> None:
    with started(_asking(folder, predictor), "predict") as command:
        command.wait_for(first)
        (folder / "go1").touch()
        assert command.ended() == 0
    assert command.text.endswith(whole)


def test_the_log_is_shown_as_it_comes(folder: Path) -> None:
    with started(_asking(folder, "Loud"), "predict") as command:
        command.wait_for("reading the weights\n")
        (folder / "go1").touch()
        command.wait_for("Predicting…\nthinking")
        (folder / "go2").touch()
        assert command.ended() == 0
    assert "thinking" in command.text
    assert command.text.endswith("done\n")


def test_diagnostics_alone_are_on_standard_error_where_a_program_reads_them(folder: Path) -> None:
    for name in ("go1", "go2"):
        (folder / name).touch()
    said = cogc(_asking(folder, "Loud"), "--format", "json", "predict")
    (log,) = json.loads(said.stderr)["diagnostics"]
    assert said.stdout == "done\n"
    assert (log["code"], log["message"]) == ("model-log", "reading the weights\nthinking")


def test_training_writes_the_weights_and_predicting_reads_them(folder: Path) -> None:
    said = cogc(_asking(folder, "Weighed"), "train", "-i", "words=ab")
    assert (folder / "weights").read_text() == "abab"
    assert json.loads(said.stdout) == {"weights": "weights", "loss": 0.5}
    assert "step 0\nstep 1\n" in said.stderr
    cogc(folder, "train", "-i", "words=c", "-i", "steps=3", "-o", "tuned.bin")
    assert cogc(folder, "predict").stdout == "weighed with abab\n"
    assert cogc(folder, "predict", "-e", "COG_WEIGHTS=tuned.bin").stdout == "weighed with ccc\n"


def test_weights_come_from_a_url(folder: Path) -> None:
    with receiving(_bridge()) as web:
        web.files["/weights.tar"] = b"distance"
        said = cogc(_asking(folder, "Weighed"), "predict", "-e", f"COG_WEIGHTS={web.url}/weights.tar")
    assert said.stdout == "weighed with distance\n"


def test_a_training_of_an_image(folder: Path, tmp_path: Path) -> None:
    with removed(f"{IMAGE}-trained") as image:
        cogc(_asking(folder, "Weighed"), "build", "-t", image)
        cogc(tmp_path, "train", image, "-i", "words=x")
        assert (tmp_path / "weights").read_text() == "xx"
        cogc(project(folder, {"image": IMAGE}), "build", "-t", image)
        assert "error[no-training]" in cogc(tmp_path, "train", image, "-i", "words=x", code=1).stderr


@pytest.mark.parametrize("options", [(), ("--model-cache", "here")])
def test_downloads_are_kept_between_runs(folder: Path, options: tuple[str, ...]) -> None:
    _asking(folder, "Cached")
    assert [cogc(folder, "predict", *options).stdout for _ in range(2)] == ["downloaded\n", "kept\n"]


def test_a_user_of_the_image_keeps_downloads_of_its_own(folder: Path) -> None:
    with removed(f"{IMAGE}-user-base"):
        config = {"build": {"python_version": "3.12", "user": "ada"}, "image": f"{IMAGE}-user"}
        project(folder, {**config, "predict": "models.py:Cached"})
        assert [cogc(folder, "predict").stdout for _ in range(2)] == ["downloaded\n", "kept\n"]


def test_downloads_need_not_be_kept(folder: Path) -> None:
    said = cogc(
        folder, "run", "--model-cache", "none", "sh", "-c", "echo $HF_HOME-$XDG_CACHE_HOME; ls /var/cache/cog", code=2
    )
    assert said.stdout == "-\n"


def test_a_variable_of_the_project_stays(folder: Path) -> None:
    project(folder, {"image": f"{IMAGE}-own", "environment": ["HF_HOME=/mine"]})
    with removed(f"{IMAGE}-own-base"):
        assert cogc(folder, "run", "sh", "-c", "echo $HF_HOME $TORCH_HOME").stdout == "/mine /var/cache/cog/torch\n"


def test_files_are_uploaded(folder: Path) -> None:
    port = free_port()
    with receiving(_bridge()) as web:
        url = f"{web.url}/outputs"
        with started(_asking(folder, "Drawn"), "serve", "-p", str(port), "--upload-url", url) as command:
            ready(port)
            assert asked(port)["output"] == f"{url}/drawn.txt"
            assert command.interrupt() == 0
    assert web.calls[0][4] == b"a picture"


def test_an_edit_is_served_again_and_a_broken_one_is_told(folder: Path) -> None:
    source, port = folder / "predict.py", free_port()
    before = source.read_text()
    with started(folder, "serve", "--reload", "-p", str(port)) as command:
        ready(port)
        source.write_text(before.replace('"Hello"', '"Howdy"'))
        eventually(lambda: asked(port), lambda found: found.get("output") == "Howdy, World!")
        source.write_text("def predict(")
        command.wait_for("SyntaxError")
        source.write_text(before)
        eventually(lambda: asked(port), lambda found: found.get("output") == "Hello, World!")
        assert command.interrupt() == 0


def _bridge() -> str:
    """The address under which containers reach this machine."""
    return docker("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}")
