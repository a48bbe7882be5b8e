"""How commands end on a real engine: by Ctrl-C, with a container that is killed, with a model that crashes."""

import os
import pty
import signal
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ..ports import free_port
from ..runtime.serving import eventually
from .projects import cogc, docker, project, removed
from .running import LIMIT, left_over, started, the_container

pytestmark = pytest.mark.engine

IMAGE = "cogc-tests/endings"
MODELS = """
import ctypes
import time
from typing import Iterator
from cog import BasePredictor

def _for_ever() -> None:
    print("busy", flush=True)
    while True:
        time.sleep(0.01)

class SetsUp(BasePredictor):
    def setup(self) -> None:
        _for_ever()

    def predict(self) -> str:
        return ""

class Predicts(BasePredictor):
    def predict(self) -> str:
        _for_ever()
        return ""

class Breaks(BasePredictor):
    def predict(self) -> Iterator[int]:
        yield 1
        yield 2
        raise RuntimeError("in the middle")

class Crashes(BasePredictor):
    def predict(self) -> str:
        print("about to crash")
        ctypes.string_at(0)
        return ""
"""
SOCKET = os.environ.get("DOCKER_HOST", "").removeprefix("unix://") or "/var/run/docker.sock"
SERVER = "import http.server; http.server.test(http.server.SimpleHTTPRequestHandler, port=8000)"


@pytest.fixture(scope="module", autouse=True)
def _image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Built once, so that what is interrupted here is not the build."""
    with removed(f"{IMAGE}-base"):
        cogc(project(tmp_path_factory.mktemp("first"), {"image": IMAGE}), "run", "true")
        yield


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    assert not left_over(tmp_path)


def _asking(folder: Path, predictor: str) -> Path:
    return project(folder, {"image": IMAGE, "predict": f"models.py:{predictor}"}, models__py=MODELS)


@pytest.mark.parametrize("predictor", ["SetsUp", "Predicts"])
def test_ctrl_c_ends_a_prediction(tmp_path: Path, predictor: str) -> None:
    with started(_asking(tmp_path, predictor), "predict") as command:
        command.wait_for("\nbusy\n")
        assert command.interrupt() == 1
    assert command.text.endswith("Aborted!\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("python", "-c", "import time; print('busy', flush=True); time.sleep(100)"), 130),
        (("sh", "-c", "trap 'exit 7' INT TERM; echo busy; while :; do sleep 0.1; done"), 7),
    ],
    ids=["that ends by it", "that catches it"],
)
def test_ctrl_c_ends_a_command(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    with started(project(tmp_path, {"image": IMAGE}), "run", *words) as command:
        command.wait_for("\nbusy\n")
        assert command.interrupt() == code


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminal_that_is_closed_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    script = "import time; print('busy', flush=True); time.sleep(100)"
    with started(project(tmp_path, {"image": IMAGE}), "run", "python", "-c", script) as command:
        command.wait_for("\nbusy\n")
        command.process.send_signal(number)
        assert command.ended() == 143


def test_a_second_ctrl_c_ends_a_command_that_is_deaf(tmp_path: Path) -> None:
    words = ("sh", "-c", "trap '' INT TERM; echo busy; while :; do sleep 0.1; done")
    with started(project(tmp_path, {"image": IMAGE}), "run", *words) as command:
        command.wait_for("\nbusy\n")
        command.send_interrupt()
        eventually(lambda: _stops(tmp_path), bool, LIMIT)
        assert command.interrupt() == 1


def _stops(folder: Path) -> list[str]:
    """Clients that wait for the container's orderly end."""
    name = docker("ps", "--filter", f"volume={folder}", "--format", "{{.Names}}")
    return [line for line in _running() if line.startswith("docker stop") and name in line]


@pytest.mark.parametrize("progress", ["auto", "plain"])
def test_ctrl_c_ends_a_build(tmp_path: Path, progress: str) -> None:
    mark = f"33{uuid.uuid4().int % 10**6:06}"
    config = {"build": {"python_version": "3.12", "run": [f"echo building && sleep {mark}"]}, "image": f"{IMAGE}-never"}
    with started(project(tmp_path, config), "run", "--progress", progress, "true") as command:
        eventually(lambda: _sleeps(mark), bool, LIMIT)
        assert command.interrupt() == 1
    eventually(lambda: _sleeps(mark), lambda found: not found)
    left = [path.name for path in (tmp_path / ".cog" / "build" / "0").iterdir()]
    assert left == ["sent.json"], "the build's folder is gone, too"


def _sleeps(mark: str) -> list[str]:
    return [line for line in _running() if line.startswith("sleep") and mark in line]


def _running() -> list[str]:
    return subprocess.run(["ps", "-eo", "args"], check=True, capture_output=True, text=True).stdout.splitlines()


@pytest.mark.parametrize(
    ("predictor", "message"),
    [
        ("SetsUp", "error[setup-failed]: the server ended before the model was ready"),
        ("Predicts", "error[prediction-failed]: the server went away during the prediction"),
    ],
)
def test_a_container_that_is_killed_under_a_prediction(tmp_path: Path, predictor: str, message: str) -> None:
    with started(_asking(tmp_path, predictor), "predict") as command:
        command.wait_for("\nbusy\n")
        docker("kill", the_container(tmp_path))
        assert command.ended() == 1
    assert message in command.text
    assert "Traceback" not in command.text


def test_a_container_that_is_killed_under_a_server(tmp_path: Path) -> None:
    with started(project(tmp_path, {"image": IMAGE}), "serve", "-p", str(free_port())) as command:
        command.wait_for("startup complete")
        docker("kill", the_container(tmp_path))
        assert command.ended() == 1
    assert "error[container-failed]: the server ended with exit code 137; it was killed" in command.text


def test_a_container_that_is_killed_under_a_command(tmp_path: Path) -> None:
    with started(project(tmp_path, {"image": IMAGE}), "run", "sh", "-c", "echo busy; sleep 100") as command:
        command.wait_for("\nbusy\n")
        docker("kill", the_container(tmp_path))
        assert command.ended() == 137


def test_an_engine_that_goes_away(tmp_path: Path) -> None:
    """What stops here is the way to it: others use the engine."""
    with _way_to_the_engine(tmp_path / "engine.sock") as close:
        folder = _asking(tmp_path, "SetsUp")
        with started(folder, "predict", DOCKER_HOST=f"unix://{tmp_path}/engine.sock") as command:
            command.wait_for("\nbusy\n")
            close()
            assert command.ended() == 1
    assert "error[engine-unreachable]: the Docker engine went away" in command.text
    assert len(left_over(tmp_path)) == 1, "which the error says how to remove"


@contextmanager
def _way_to_the_engine(place: Path) -> Iterator[Callable[[], None]]:
    """A socket that leads to the engine's own until it is closed, and with it all that has come this way."""
    open_ones: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(place))
        door.listen()

        def lead() -> None:
            with suppress(OSError):
                while True:
                    client, engine = door.accept()[0], socket.socket(socket.AF_UNIX)
                    engine.connect(SOCKET)
                    open_ones.extend((client, engine))
                    for ends in ((client, engine), (engine, client)):
                        threading.Thread(target=_hand_on, args=ends, daemon=True).start()

        def close() -> None:
            place.unlink(missing_ok=True)
            for each in (door, *open_ones):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

        leader = threading.Thread(target=lead, daemon=True)
        leader.start()
        yield close
        close()
        leader.join()
        for each in open_ones:
            each.close()


def _hand_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_a_model_that_crashes(tmp_path: Path) -> None:
    said = cogc(_asking(tmp_path, "Crashes"), "predict", code=1)
    assert "about to crash" in said.stderr
    assert "error[prediction-failed]: the prediction failed: the worker process ended" in said.stderr
    assert "SIGSEGV" in said.stderr


def test_an_output_that_breaks_off(tmp_path: Path) -> None:
    said = cogc(_asking(tmp_path, "Breaks"), "predict", code=1)
    assert said.stdout == "[\n  1,\n  2\n", "what came was shown, and its line was ended"
    assert "error[prediction-failed]: the prediction failed: in the middle" in said.stderr


def test_a_module_that_is_not_there(tmp_path: Path) -> None:
    source = f"import nowhere.at_all\n{MODELS}Predictor = Crashes\n"
    folder = project(tmp_path, {"image": IMAGE}, predict__py=source)
    said = cogc(folder, "predict", code=1)
    assert "error[setup-failed]" in said.stderr
    assert "add the package that has `nowhere` to build.python_packages" in said.stderr


def test_a_setup_that_takes_too_long(tmp_path: Path) -> None:
    said = cogc(_asking(tmp_path, "SetsUp"), "predict", "--setup-timeout", "2", code=1)
    assert "error[setup-failed]: the model was not ready after 2 seconds" in said.stderr
    assert "--setup-timeout" in said.stderr


def test_a_gpu_that_is_not_there(tmp_path: Path) -> None:
    said = cogc(project(tmp_path, {"image": IMAGE}), "predict", "--gpus", "all")
    assert said.stdout == "Hello, World!\n"
    assert "no driver for a GPU: going on without one" in said.stderr


def test_a_command_reads_its_standard_input(tmp_path: Path) -> None:
    said = cogc(project(tmp_path, {"image": IMAGE}), "run", "python", "-c", "print(input()[::-1])", stdin="olleh\n")
    assert said.stdout == "hello\n"


def test_a_command_has_the_terminal(tmp_path: Path) -> None:
    """As in the documents: an interactive Python, which Ctrl-D ends."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "cogc", "run", "python"]
    folder = project(tmp_path, {"image": IMAGE})
    process = subprocess.Popen(command, cwd=folder, stdin=inner, stdout=inner, stderr=inner, start_new_session=True)
    os.close(inner)
    try:
        _read_until(outer, ">>> ")
        os.write(outer, b"import sys; 6 * 7 * sys.stdin.isatty()\n")
        assert "42" in _read_until(outer, "\n>>> ")
        os.write(outer, b"\x04")
        assert process.wait(LIMIT) == 0
    finally:
        process.kill()
        process.wait()
        os.close(outer)


def _read_until(terminal: int, text: str) -> str:
    found = ""
    while text not in found.replace("\r", ""):
        found += os.read(terminal, 1024).decode()
    return found


def test_a_port_of_a_command(tmp_path: Path) -> None:
    folder, port = project(tmp_path, {"image": IMAGE}), free_port()
    with started(folder, "run", "-p", f"{port}:8000", "python", "-c", SERVER) as command:
        eventually(lambda: _page(port), lambda page: "cog.yaml" in page, LIMIT)
        taken = cogc(folder, "run", "-p", str(port), "true", code=1)
        command.interrupt()
    assert f"error[port-taken]: port {port} of 127.0.0.1 is taken" in taken.stderr


def _page(port: int) -> str:
    command = ["curl", "--silent", f"http://127.0.0.1:{port}/"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("port", ["x", "0", "70000", "1:2:3", "80:"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert "neither PORT nor HOST_PORT:PORT" in cogc(tmp_path, "run", "-p", port, "true", code=2).stderr


def test_what_a_killed_command_of_ours_leaves_does_not_stand_in_the_way(tmp_path: Path) -> None:
    """SIGKILL cannot be handled: its container goes on, and the next command works beside it."""
    folder = _asking(tmp_path, "Predicts")
    with started(folder, "predict") as command:
        command.wait_for("\nbusy\n")
    assert _says_hello(folder)
    assert len(left_over(tmp_path)) == 1


def _says_hello(folder: Path) -> bool:
    return (
        cogc(project(folder, {"image": IMAGE, "predict": "predict.py:Predictor"}), "predict").stdout
        == "Hello, World!\n"
    )
