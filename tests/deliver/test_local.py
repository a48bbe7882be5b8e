"""The plan on this machine, without an engine: packages come from the index as they do in an image."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from cogc.backends import host
from cogc.deliver.interpreters import nearest
from cogc.deliver.local import prepare
from cogc.ir.diagnostic import CompileError
from cogc.passes.steps import lower

from ..backends.recipes import plan
from ..engine.projects import cogc, project
from ..engine.running import asked, ready, started
from ..ports import free_port

HERE = ".".join(map(str, sys.version_info[:2]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = {"build": {"python_version": HERE}, "environment": ["GREETING=Good day"]}
    root = project(tmp_path_factory.mktemp("local") / "project", config)
    source = root / "predict.py"
    source.write_text("import os\n" + source.read_text().replace('"Hello"', 'os.environ["GREETING"]'))
    return root


def test_predict(folder: Path) -> None:
    said = cogc(folder, "predict", "--local", "-i", "name=Ada", DOCKER_HOST="unix:///nowhere")
    assert said.stdout == "Good day, Ada!\n"
    assert "note[local-differs]" in said.stderr
    assert f"not that of python:{HERE}-slim" in said.stderr


TRAIN = """
from typing import Iterator
from cog import BasePredictor, File
import io
import os
import sys

def train(param: str) -> File:
    print("learning", end="", file=sys.stderr)
    return io.StringIO("hello " + param)

class Counts(BasePredictor):
    def predict(self) -> Iterator[str]:
        yield os.environ["GREETING"]
        yield os.environ["NAMED"]
"""


def test_train(folder: Path) -> None:
    config = {"build": {"python_version": HERE}, "train": "train.py:train", "predict": "train.py:Counts"}
    (folder / "train.py").write_text(TRAIN)
    (folder / "train.yaml").write_text(json.dumps({**config, "environment": ["GREETING=Good day"]}))
    said = cogc(folder, "train", "--local", "-f", "train.yaml", "-i", "param=train")
    assert (folder / "weights").read_text() == "hello train"
    assert "Training…\nlearning\nWritten" in said.stderr, "a line that has no end is ended"
    said = cogc(folder, "predict", "--local", "-f", "train.yaml", "-e", "NAMED", NAMED="there")
    assert json.loads(said.stdout) == ["Good day", "there"]


def test_the_environment_is_made_once(folder: Path) -> None:
    cogc(folder, "predict", "--local")
    before = _made(folder)
    assert cogc(folder, "predict", "--local", "-e", "GREETING=Hi").stdout == "Hi, World!\n"
    assert _made(folder) == before


def test_the_server_ends_with_the_command(folder: Path) -> None:
    cogc(folder, "predict", "--local")
    running = subprocess.run(["ps", "-eo", "args"], check=True, capture_output=True, text=True).stdout
    assert "ps -eo args" in running
    assert str(folder) not in running


def _made(folder: Path) -> int:
    return (folder / ".cog" / "local" / "made-from").stat().st_mtime_ns


def test_serve_by_the_name_of_a_host(folder: Path) -> None:
    port = free_port()
    with started(folder, "serve", "--local", "--host", "localhost", "-p", str(port)) as command:
        ready(port)
        assert asked(port, name="Ada")["output"] == "Good day, Ada!"
        assert command.interrupt() == 0


def test_serve_where_it_cannot_listen(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert "error[port-taken]" in cogc(folder, "serve", "--local", "-p", port, code=1).stderr
    for absent in ("192.0.2.1", "name.invalid", "a" * 70, ".."):
        said = cogc(folder, "serve", "--local", "--host", absent, code=1)
        assert f"error[address-absent]: {absent} is no address of this machine" in said.stderr


def test_server_and_model_have_packages_of_their_own(folder: Path) -> None:
    cogc(folder, "predict", "--local")
    home = folder / ".cog" / "local"
    listed = json.loads(
        subprocess.run(
            [home / "venv" / "bin" / "python", "-m", "pip", "list", "--format=json"],
            check=True,
            capture_output=True,
            env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        ).stdout
    )
    model = {package["name"] for package in listed}
    assert {"cogc-runtime", "pydantic"} <= model
    assert "starlette" not in model
    assert (home / "server" / "starlette").is_dir()


def test_packages_that_cannot_be_installed_are_told(tmp_path: Path) -> None:
    recipe = lower(plan(base=f"python:{HERE}-slim", lines=("--no-index", "six==0.0.1")))
    with pytest.raises(CompileError) as caught:
        prepare(tmp_path, recipe)
    assert [found.code.id for found in caught.value.diagnostics] == ["local-install-failed"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("3.96", "3.96.4"),
        ("3.96.2", "3.96.2"),
        ("3.97", "3.96.4"),
        ("3.95", "3.94.0"),
        ("3.99", "3.99.0"),
        ("3.120", "3.99.0"),
    ],
)
def test_the_nearest_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, found: str) -> None:
    for version in ("3.94.0", "3.96.4", "3.96.2", "3.99.0", "3.7.1", "3.98-dev"):
        (tmp_path / "versions" / version / "bin").mkdir(parents=True)
        (tmp_path / "versions" / version / "bin" / "python").touch()
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert nearest(wanted, find_uv_bin()).version == found


def test_the_images_variables_are_set(tmp_path: Path) -> None:
    places = host.Places("uv", str(tmp_path), *(str(tmp_path / name) for name in ("files", "venv", "server")))
    found = host.environment(lower(plan(variables=(("A", "b"),))), places)
    assert found["A"] == "b"
    assert found["COG_PREDICT_TYPE_STUB"] == "predict.py:Predictor"
    assert found["COG_SERVER_HOME"] == places.server
