"""A builder that is not the engine's own: another engine's BuildKit, which buildx takes for a remote one."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .projects import docker
from .registries import join

# The name of a builder of `docker buildx ls`, for machines whose engine runs elsewhere.
NAMED = "COGC_TEST_BUILDER"
_START = 30.0
# Only so is an engine's BuildKit whole: it sends images back, as the remote ones do.
_WHOLE = {"features": {"containerd-snapshotter": True}}
_UPGRADE = b"POST /grpc HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"


@contextmanager
def remote_builder() -> Iterator[str]:
    """The name of a builder that shares nothing with the engine, without a network of its own."""
    if NAMED in os.environ:
        yield os.environ[NAMED]
        return
    name = f"cogc-tests-{uuid.uuid4().hex[:8]}"
    with _short_folder() as folder, _engine(folder) as engine, _buildkit(engine, folder / "buildkit.sock") as buildkit:
        docker("buildx", "create", "--name", name, "--driver", "remote", f"unix://{buildkit}")
        try:
            yield name
        finally:
            docker("buildx", "rm", name)


@contextmanager
def _short_folder() -> Iterator[Path]:
    """The path of a socket may have 104 characters, which pytest's folders do not leave."""
    with tempfile.TemporaryDirectory(prefix="cogc-") as folder:
        yield Path(folder)


@contextmanager
def _engine(folder: Path) -> Iterator[Path]:
    """The socket of a second engine. A network and mounts of its own: it leaves the first one alone."""
    (folder / "engine.json").write_text(json.dumps(_WHOLE))
    places = {"config-file": "engine.json", "data-root": "data", "exec-root": "exec", "pidfile": "pid"}
    flags = [f"--{flag}={folder / place}" for flag, place in places.items()]
    program, path = _program()
    script = 'ip link set lo up && exec "$@"'
    apart = ("unshare", "--net", "--mount", "sh", "-c", script, "sh")
    command = [*apart, program, *flags, f"--host=unix://{folder / 'engine.sock'}"]
    with (folder / "engine.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "PATH": path})
    try:
        _wait(folder / "engine.sock", process, folder / "engine.log")
        yield folder / "engine.sock"
    finally:
        process.terminate()
        process.wait()


def _program() -> tuple[str, str]:
    """That of the engine that runs here, and where it finds its helpers."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            program = (process / "exe").readlink()
            variables = (process / "environ").read_bytes().split(b"\0")
        except OSError:  # it has ended, or is somebody else's
            continue
        if program.name == "dockerd" and shutil.which("unshare"):
            return str(program), next(each[5:].decode() for each in variables if each.startswith(b"PATH="))
    pytest.skip(f"no engine runs here as this user, to start a second one like it: {NAMED} may name a remote builder")


def _wait(place: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START
    while process.poll() is None and time.monotonic() < end:
        if (
            subprocess.run(["docker", "--host", f"unix://{place}", "info"], capture_output=True, check=False).returncode
            == 0
        ):
            return
        time.sleep(0.1)
    raise AssertionError(f"the second engine did not start: {log.read_text()[-2000:]}")


@contextmanager
def _buildkit(engine: Path, place: Path) -> Iterator[Path]:
    """The socket of the engine's BuildKit, bare: the engine has it behind a request."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()
        thread = threading.Thread(target=_serve, args=(listener, engine), daemon=True)
        thread.start()
        yield place
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(listener: socket.socket, engine: Path) -> None:
    joined = []
    while True:
        try:
            client, _ = listener.accept()
        except OSError:  # it was shut down
            break
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(engine))
        server.sendall(_UPGRADE)
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += server.recv(1)  # what comes after it belongs to the client
        joined.append(join(client, server))
    for thread in joined:
        thread.join()
