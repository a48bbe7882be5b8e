"""Builds that cannot succeed, on a real engine: what went wrong is told with its place and what to try."""

import contextlib
import os
import select
import socket
import socketserver
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cogc.backends.buildkit import plain

from .projects import cogc, project, removed

pytestmark = pytest.mark.engine


@pytest.fixture
def image(request: pytest.FixtureRequest) -> Iterator[str]:
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name.lower()).strip("-")
    with removed(f"cogc-tests/{name}") as image:
        yield image


FILLS = "dd if=/dev/zero of=/dev/shm/full bs=1M"


@pytest.mark.parametrize(
    ("build", "code", "told"),
    [
        ({"python_packages": ["six==1.16.0", "cowpy==99.1"]}, "package-unavailable", '"cowpy==99.1"'),
        ({"python_packages": ["psutil==5.6.0"]}, "tool-missing", "build-essential"),
        ({"python_packages": ["git+https://127.0.0.1:9/a/b"]}, "tool-missing", "add `git` to build.system_packages"),
        ({"python_packages": [f"idna==3.7 --hash=sha256:{'0' * 64}"]}, "hash-mismatch", "not the one that was pinned"),
        ({"system_packages": ["tree", "no-such-package"]}, "system-package-unavailable", '"no-such-package"'),
        ({"system_packages": ["tree=99"]}, "system-package-unavailable", "version of tree out"),
        ({"run": ["echo one", FILLS]}, "disk-full", "docker system df"),
        ({"run": ["curl -sS http://nowhere.invalid/"]}, "network-unreachable", "Could not resolve host"),
        ({"run": ["no-such-tool --help"]}, "tool-missing", "`no-such-tool`"),
        ({"run": ["echo last words && exit 3"]}, "build-failed", "last words"),
        ({"base_image": "127.0.0.1:5000/cogc-tests/nothing:1"}, "base-unavailable", "127.0.0.1:5000/cogc-tests"),
    ],
)
def test_a_step_that_fails(tmp_path: Path, image: str, build: dict[str, Any], code: str, told: str) -> None:
    folder = project(tmp_path, {"build": {"python_version": "3.12", **build}})
    said = cogc(folder, "build", "-t", image, code=1).stderr
    assert f"error[{code}]: the build failed at: " in said
    assert told in said
    assert "--> cog.yaml:1:" in said
    assert "^^^" in said


def test_the_engines_own_display_is_followed_by_what_went_wrong(tmp_path: Path, image: str) -> None:
    command = f"echo {uuid.uuid4()} last words && exit 3"
    folder = project(tmp_path, {"build": {"python_version": "3.12", "run": [command]}})
    argv = [sys.executable, "-m", "cogc", "build", "-t", image, "--progress", "tty"]
    ours, its = os.openpty()
    with subprocess.Popen(argv, cwd=folder, stdout=its, stderr=its) as build:
        os.close(its)
        drawn = plain(b"".join(iter(lambda: _drawn(ours), b"")).decode())
    os.close(ours)
    assert build.returncode == 1
    assert "[+] Building" in drawn
    assert drawn.index("ERROR: failed to solve") < drawn.index("error[build-failed]: the build failed at: Command")
    assert "--> cog.yaml:1:" in drawn


def _drawn(ours: int) -> bytes:
    try:
        return os.read(ours, 65536)
    except OSError:  # how Linux tells the end
        return b""


def test_a_project_on_a_full_disk(tmp_path: Path, image: str) -> None:
    """A small file system of its own, which only this test's process and its children see."""
    (tmp_path / "small").mkdir()
    source = project(tmp_path / "source", {})
    script = (
        'mount -t tmpfs -o size=40k none "$1/small" && cp -r "$1"/source/. "$1/small" && cd "$1/small" && '
        'exec "$2" -m cogc build -t "$3"'
    )
    words = ["unshare", "--mount", "sh", "-c", script, "sh", str(tmp_path), sys.executable, image]
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    assert source.is_dir()
    assert found.returncode == 1, found.stderr
    assert "error[disk-full]" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_project_that_cannot_be_written(tmp_path: Path, image: str) -> None:
    """Mounted read-only, where only this test's process and its children see it."""
    folder = project(tmp_path / "project", {"image": image})
    script = (
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && '
        '"$2" -m cogc build && exec "$2" -m cogc build'
    )
    words = ["unshare", "--mount", "sh", "-c", script, "sh", str(folder), sys.executable]
    environment = {**os.environ, "COG_CACHE_DIR": str(tmp_path / "cache")}
    found = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    assert found.returncode == 0, found.stderr
    assert found.stderr.count("Nothing has changed") == 1
    assert not (folder / ".cog").exists()


def test_an_engine_that_is_not_there(tmp_path: Path, image: str) -> None:
    said = cogc(project(tmp_path, {}), "build", "-t", image, code=1, DOCKER_HOST=f"unix://{tmp_path}/none.sock").stderr
    assert "error[engine-unreachable]" in said


def test_an_engine_that_goes_away_in_the_middle(tmp_path: Path, image: str) -> None:
    command = f"echo {uuid.uuid4()} && echo waiting && sleep 60"
    folder = project(tmp_path / "project", {"build": {"python_version": "3.12", "run": [command]}})
    words = [sys.executable, "-m", "cogc", "build", "-t", image, "--progress", "plain"]
    environment = {**os.environ, "DOCKER_HOST": f"unix://{tmp_path}/engine.sock"}
    with (
        _between(tmp_path / "engine.sock") as cut,
        subprocess.Popen(words, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as build,
    ):
        assert build.stderr is not None
        next(line for line in build.stderr if line.endswith(" waiting\n"))
        cut()
        said = build.stderr.read()
    assert build.returncode == 1
    assert "error[engine-lost]" in said
    assert "docker info" in said
    assert "Traceback" not in said


@contextmanager
def _between(place: Path) -> Iterator[Callable[[], None]]:
    """A socket that passes on to the engine's own, until it is cut."""
    passing: set[socket.socket] = set()

    class Pass(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.socket(socket.AF_UNIX) as engine:
                engine.connect("/var/run/docker.sock")
                passing.update((self.request, engine))
                _pass_on(self.request, engine)
                passing.difference_update((self.request, engine))

    def cut() -> None:
        server.shutdown()
        server.socket.close()
        for one in tuple(passing):
            with contextlib.suppress(OSError):  # it has just ended by itself
                one.shutdown(socket.SHUT_RDWR)

    with socketserver.ThreadingUnixStreamServer(str(place), Pass) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield cut
        server.shutdown()


def _pass_on(near: socket.socket, far: socket.socket) -> None:
    """Until one of the two ends."""
    other = {near: far, far: near}
    with contextlib.suppress(OSError):
        while True:
            for one in select.select([near, far], [], [])[0]:
                data = one.recv(65536)
                if not data:
                    return
                other[one].sendall(data)
